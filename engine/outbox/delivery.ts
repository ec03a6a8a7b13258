import type { DeliveryStatus, Instant, StatusEvent } from '../model';
import type { Tx } from '../store/open-store';
import { chunks, updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';

const RANK: Record<DeliveryStatus, number> = { sent: 1, failed: 2, delivered: 3, read: 4, played: 5 };

/** Whether news may replace what is known: never backwards; `failed` only before delivery (D-32). */
export function isNews(known: string | null, next: DeliveryStatus): boolean {
	if (known === null) return true;
	const rank = RANK[known as DeliveryStatus] ?? 0;
	return RANK[next] > rank && !(next !== 'failed' && known === 'failed' && next === 'sent');
}

interface Row {
	id: string;
	status: string;
	delivery: string | null;
	delivery_at: number | null;
	provider_message_id: string | null;
	finished_at: number | null;
	error_code: string | null;
	explanation: string | null;
	channel_id: string;
	contact_id: string;
	conversation_id: string | null;
}

/**
 * Applies delivery news to the outbox. News find their message by our own id (`biz_opaque_callback_data`), else by the provider's:
 * they may come before the answer to the send, and they settle a send whose answer never came (D4).
 * Returns the outbox ids that were settled as sent and the timeline lines of failures.
 */
export async function applyStatuses(
	tx: Tx,
	events: ReadonlyArray<{ channelId: string; event: StatusEvent }>,
	explain: (event: StatusEvent) => string,
	now: Instant,
): Promise<{ settled: string[]; lines: TimelineLine[] }> {
	const rows = await findRows(tx, events);
	const changed = new Map<string, Row>();
	const settled: string[] = [];
	const lines: TimelineLine[] = [];
	for (const { event } of events) {
		const row = (event.outboxId && rows.byId.get(event.outboxId)) || rows.byProviderId.get(event.providerMessageId);
		if (!row) continue;
		row.provider_message_id ??= event.providerMessageId;
		if (row.status === 'sending' || row.status === 'unknown' || row.status === 'queued') {
			row.status = 'sent';
			row.finished_at = now;
			row.explanation = null;
			row.error_code = null;
			settled.push(row.id);
			changed.set(row.id, row);
		}
		if (!isNews(row.delivery, event.status)) continue;
		row.delivery = event.status;
		row.delivery_at = event.at;
		changed.set(row.id, row);
		if (event.status === 'failed') {
			row.status = 'refused';
			row.error_code = event.error ? String(event.error.code) : 'failed';
			row.explanation = explain(event);
			lines.push({
				event: 'messageFailed',
				at: event.at,
				channelId: row.channel_id,
				contactId: row.contact_id,
				conversationId: row.conversation_id,
				text: row.explanation,
				data: { messageId: row.id, code: row.error_code },
				key: `failed|${row.id}`,
			});
		}
	}
	await updateMany(
		tx,
		'outbox',
		{
			status: 'text',
			delivery: 'text',
			delivery_at: 'bigint',
			provider_message_id: 'text',
			finished_at: 'bigint',
			error_code: 'text',
			explanation: 'text',
		},
		[...changed.values()].map((r) => ({
			id: r.id,
			status: r.status,
			delivery: r.delivery,
			delivery_at: r.delivery_at,
			provider_message_id: r.provider_message_id,
			finished_at: r.finished_at,
			error_code: r.error_code,
			explanation: r.explanation,
		})),
	);
	return { settled, lines };
}

async function findRows(tx: Tx, events: ReadonlyArray<{ event: StatusEvent }>) {
	const columns = [
		'id',
		'status',
		'delivery',
		'delivery_at',
		'provider_message_id',
		'finished_at',
		'error_code',
		'explanation',
		'channel_id',
		'contact_id',
		'conversation_id',
	] as const;
	const byId = new Map<string, Row>();
	const byProviderId = new Map<string, Row>();
	const keep = (row: Row) => {
		const known = byId.get(row.id) ?? row;
		byId.set(row.id, known);
		if (known.provider_message_id) byProviderId.set(known.provider_message_id, known);
	};
	const ids = [...new Set(events.flatMap(({ event }) => (event.outboxId ? [event.outboxId] : [])))];
	for (const part of chunks(ids))
		(await tx.selectFrom('outbox').select(columns).where('id', 'in', part).execute()).forEach(keep);
	const others = [
		...new Set(
			events
				.filter(({ event }) => !event.outboxId || !byId.has(event.outboxId))
				.map(({ event }) => event.providerMessageId),
		),
	];
	for (const part of chunks(others))
		(await tx.selectFrom('outbox').select(columns).where('provider_message_id', 'in', part).execute()).forEach(keep);
	return { byId, byProviderId };
}
