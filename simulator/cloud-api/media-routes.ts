import { mediaLinkPath, type StoredMedia, uploadRefusal } from '../media';
import type { Simulation } from '../simulation';
import type { Json } from './checks';
import type { Problem } from './errors';

/** Upload and look-up of media (cloud-api.md §1 Media). */
export type MediaAnswer = { ok: true; body: Json } | { ok: false; problem: Problem };

export async function uploadMedia(simulation: Simulation, bytes: Buffer, contentType: string): Promise<MediaAnswer> {
	const form = await parseForm(bytes, contentType);
	if (!form) return refuse('The body must be multipart/form-data with messaging_product, type and file.');
	if (form.get('messaging_product') !== 'whatsapp') return refuse('The parameter messaging_product is required.');
	const file = form.get('file');
	if (!(file instanceof File)) return refuse('The parameter file is required.');
	// Meta trusts the part's own type; `type` is what is left when the part has none.
	const declared = form.get('type');
	const mimeType = file.type || (typeof declared === 'string' ? declared : '');
	const content = Buffer.from(await file.arrayBuffer());
	const refusal = uploadRefusal(mimeType, content.length);
	if (refusal) return refuse(refusal);
	const media = simulation.media.add(content, mimeType, file.name || null, simulation.clock.now(), 30);
	return { ok: true, body: { id: media.id } };
}

/** Every look-up gives a new address, which dies after five minutes. */
export function describeMedia(simulation: Simulation, id: string, baseUrl: string): MediaAnswer {
	const now = simulation.clock.now();
	const media = simulation.media.get(id, now);
	if (!media || simulation.faults.media.gone) return unknownMedia(id);
	if (simulation.faults.takeMedia('failLookups')) {
		return { ok: false, problem: { code: 131000, details: 'Injected failure of a media look-up.' } };
	}
	return {
		ok: true,
		body: {
			messaging_product: 'whatsapp',
			url: `${baseUrl}${mediaLinkPath(simulation.media, id, now)}`,
			mime_type: media.mimeType,
			sha256: shownSha256(simulation, media),
			file_size: media.bytes.length,
			id: media.id,
		},
	};
}

/** What webhooks and look-ups say about the bytes; a fault makes it wrong. */
export function shownSha256(simulation: Simulation, media: StoredMedia): string {
	return simulation.faults.media.wrongSha256 ? '0'.repeat(64) : media.sha256;
}

export function deleteMedia(simulation: Simulation, id: string): MediaAnswer {
	return simulation.media.remove(id) ? { ok: true, body: { success: true } } : unknownMedia(id);
}

async function parseForm(bytes: Buffer, contentType: string): Promise<FormData | null> {
	try {
		return await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
	} catch {
		return null;
	}
}

function refuse(details: string): MediaAnswer {
	return { ok: false, problem: { code: 100, details } };
}

function unknownMedia(id: string): MediaAnswer {
	return {
		ok: false,
		problem: {
			code: 100,
			subcode: 33,
			title: 'Unsupported get request',
			details: `Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or has expired.`,
		},
	};
}
