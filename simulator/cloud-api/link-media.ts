import { extensionRefusal, kindRefusal, type StoredMedia } from '../media';
import type { Simulation } from '../simulation';
import type { MediaPart } from './media-parts';

/**
 * What is behind a media link? Fetched only from this machine and from hosts a rehearsal names: the double must not
 * become a way to reach other servers. What is not fetched is shown as the link it is.
 */
export type FetchedLink = { ok: true; media: StoredMedia } | { ok: false; reason: string };

const PATIENCE_MS = 10_000;
const MOST_BYTES = 100 * 1_024 * 1_024;

export function mayFetch(simulation: Simulation, link: string): boolean {
	if (!URL.canParse(link)) return false;
	const { hostname } = new URL(link);
	return (
		/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) ||
		simulation.settings.linkHosts.includes(hostname.toLowerCase())
	);
}

export async function fetchLink(simulation: Simulation, part: MediaPart & { link: string }): Promise<FetchedLink> {
	const known = simulation.media.fetched(part.link, simulation.clock.now());
	const got: FetchedLink = known ? { ok: true, media: known } : await downloadOnce(simulation, part.link);
	if (!got.ok) return got;
	const wrong =
		kindRefusal(part.kind, got.media) ??
		extensionRefusal(part.fileName ?? new URL(part.link).pathname, got.media.mimeType);
	return wrong ? { ok: false, reason: wrong } : got;
}

async function downloadOnce(simulation: Simulation, link: string): Promise<FetchedLink> {
	const underWay = simulation.fetching.get(link);
	if (underWay) return underWay;
	const fetching = download(simulation, link);
	simulation.fetching.set(link, fetching);
	const got = await fetching;
	simulation.fetching.delete(link);
	if (got.ok) simulation.media.keepFetched(link, got.media.id, simulation.clock.now());
	return got;
}

async function download(simulation: Simulation, link: string): Promise<FetchedLink> {
	try {
		const response = await fetch(link, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
		if (!response.ok) return failed(`Downloading media from weblink failed with http code ${response.status}.`);
		if (Number(response.headers.get('content-length') ?? 0) > MOST_BYTES)
			return failed('The file behind the link is too large.');
		const bytes = Buffer.from(await response.arrayBuffer());
		if (bytes.length > MOST_BYTES) return failed('The file behind the link is too large.');
		const mimeType = response.headers.get('content-type') ?? 'application/octet-stream';
		return { ok: true, media: simulation.media.add(bytes, mimeType, null, simulation.clock.now(), 30) };
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
		return failed(`Downloading media from weblink failed: ${cause}.`);
	}
}

function failed(reason: string): FetchedLink {
	return { ok: false, reason };
}
