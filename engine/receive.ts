import { explainError } from './channel/cloud-api/errors';
import { explainLinkedError } from './channel/linked-device/error-table';
import { followEchoes } from './follow-echoes';
import { claimOf } from './inbound/claims';
import { ingest, type Arrival, type Fate } from './inbound/ingest';
import { ownEchoes } from './inbound/own-echoes';
import type { Instant } from './model';
import { isLinkedDevice } from './model-linked-device';
import { brakeOnAccountNews } from './outbox/account-news';
import { applyStatuses, type ExplainFailure } from './outbox/delivery';
import { releaseHeld } from './outbox/release';
import type { Store } from './store/open-store';
import { followTemplateNews, type ReceivedNews } from './template/follow-news';
import { appendTimeline } from './timeline/timeline';
import { addUsage, type UsageMark } from './usage/add-usage';

export interface Received {
	fates: readonly Fate[];
	/** Whether there are new rows for triggers. */
	news: boolean;
	/** Outbox ids that a delivery report settled. */
	settled: string[];
	/** Whether a person typed on the company's phone. */
	taken: boolean;
	/** Whether messages that waited for a contact, or confirm what one said, may leave now. */
	released: boolean;
	/** Whether there are files to fetch. */
	files: boolean;
}

/** One transaction for everything that arrived: rows, conversations, takeovers and delivery news together. */
export function storeArrivals(store: Store, arrivals: readonly Arrival[], now: Instant): Promise<Received> {
	return store.transaction(async (tx) => {
		const { dialect } = store;
		const own = await ownEchoes(tx, arrivals);
		const heard = arrivals.filter((arrival) => !own.has(arrival));
		const ingested = await ingest(tx, dialect, heard, now);
		const { rows, files, wrote, confirmations, echoes, statuses, lines } = ingested;
		const left = [...ingested.fates];
		const fates = arrivals.map((arrival): Fate => (own.has(arrival) ? 'noted' : left.shift()!));
		const released = await releaseHeld(tx, wrote);
		const news = await applyStatuses(tx, dialect, statuses, explainFailure, now);
		const templateLines = await followTemplateNews(tx, accountNewsOf(arrivals));
		const brakeLines = await brakeOnAccountNews(tx, dialect, accountNewsOf(arrivals), now);
		// After the starts, as everywhere: two processes that lock in different orders would wait for each other.
		await addUsage(tx, [...receivedOf(arrivals, fates), ...news.usage], now);
		const echoLines = await followEchoes(tx, dialect, echoes, now);
		const told = new Set(templateLines.map(({ key }) => key));
		const general = lines.filter(({ key }) => key === undefined || !told.has(key));
		await appendTimeline(tx, dialect, [...general, ...templateLines, ...brakeLines, ...news.lines, ...echoLines]);
		return {
			fates,
			news: rows > 0,
			settled: news.settled,
			taken: echoes.length > 0,
			released: released + confirmations > 0,
			files: files > 0,
		};
	});
}

/** With the key under which the timeline tells it once. */
function accountNewsOf(arrivals: readonly Arrival[]): ReceivedNews[] {
	return arrivals.flatMap(({ channelId, event }) =>
		event.type === 'account' ? [{ channelId, event, key: claimOf(channelId, event) }] : [],
	);
}

function receivedOf(arrivals: readonly Arrival[], fates: readonly Fate[]): UsageMark[] {
	return arrivals.flatMap(({ channelId, event }, i) =>
		event.type === 'message' && fates[i] === 'stored'
			? [{ channelId, kind: 'received' as const, at: event.sentAt }]
			: [],
	);
}

const NO_REASON = 'O WhatsApp não entregou a mensagem e não disse por quê. Confirme o número antes de enviar de novo.';

const explainFailure: ExplainFailure = (channelId, { error }, attempt) => {
	if (!error) return { retry: { kind: 'never' }, explanation: NO_REASON };
	return isLinkedDevice(channelId) ? explainLinkedError(error.code, attempt) : explainError(error, attempt);
};
