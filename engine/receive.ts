import { explainError } from './channel/cloud-api/errors';
import { operateInTransaction } from './conversation/operations';
import { ingest, type Arrival, type Fate } from './inbound/ingest';
import type { Instant, StatusEvent } from './model';
import { applyStatuses } from './outbox/delivery';
import type { Store } from './store/open-store';
import { appendTimeline } from './timeline/timeline';

export interface Received {
	fates: readonly Fate[];
	/** Whether there are new rows for triggers. */
	news: boolean;
	/** Outbox ids that a delivery report settled. */
	settled: string[];
	/** Whether a person typed on the company's phone. */
	taken: boolean;
}

/** One transaction for everything that arrived: rows, conversations, takeovers and delivery news together. */
export function storeArrivals(store: Store, arrivals: readonly Arrival[], now: Instant): Promise<Received> {
	return store.transaction(async (tx) => {
		const { dialect } = store;
		const { fates, rows, echoes, statuses, lines } = await ingest(tx, dialect, arrivals, now);
		for (const { conversationId, event } of echoes) {
			// Our own API messages are not echoed; one that is known anyway is not a human's.
			const ours = await tx
				.selectFrom('outbox')
				.select('id')
				.where('provider_message_id', '=', event.providerMessageId)
				.executeTakeFirst();
			if (!ours) {
				const typed = { type: 'humanTyped' as const, at: event.sentAt };
				await operateInTransaction(tx, dialect, conversationId, typed, {}, now);
			}
		}
		const news = await applyStatuses(tx, dialect, statuses, explainFailure, now);
		await appendTimeline(tx, dialect, [...lines, ...news.lines]);
		return { fates, news: rows > 0, settled: news.settled, taken: echoes.length > 0 };
	});
}

function explainFailure({ error }: StatusEvent): string {
	return error ? explainError({ code: Number(error.code) }).explanation : 'O WhatsApp não entregou a mensagem.';
}
