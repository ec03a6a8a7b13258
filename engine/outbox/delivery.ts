import type { DeliveryStatus, Instant, StatusEvent } from '../model';
import type { Store, Tx } from '../store/open-store';
import { oneOf, updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';

const RANK: Record<DeliveryStatus, number> = { sent: 1, failed: 2, delivered: 3, read: 4, played: 5 };

/** Whether news may replace what is known: never backwards; `failed` only before delivery (D-32). */
export function isNews(known: string | null, next: DeliveryStatus): boolean {
	return known === null || RANK[next] > (RANK[known as DeliveryStatus] ?? 0);
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
 * Returns the outbox ids that were settled by them and the timeline lines of failures.
 */
export async function applyStatuses(
	tx: Tx,
	dialect: Store['dialect'],
	events: ReadonlyArray<{ channelId: string; event: StatusEvent }>,
	explain: (event: StatusEvent) => string,
	now: Instant,
): Promise<{ settled: string[]; lines: TimelineLine[] }> {
	const rows = await findRows(tx, dialect, events);
	const changed = new Map<string, Row>();
	const settled: string[] = [];
	const lines: TimelineLine[] = [];
	for (const { event } of events) {
		const row = (event.outboxId && rows.byId.get(event.outboxId)) || rows.byProviderId.get(event.providerMessageId);
		if (!row || !isNews(row.delivery, event.status)) continue;
		changed.set(row.id, row);
		if (!isSettled(row.status)) settled.push(row.id);
		row.finished_at ??= now;
		row.provider_message_id ??= event.providerMessageId;
		row.delivery = event.status;
		row.delivery_at = event.at;
		if (event.status === 'failed') {
			row.status = 'refused';
			row.error_code = event.error ? String(event.error.code) : 'failed';
			row.explanation = explain(event);
			lines.push(failureLine(row, event));
		} else {
			// What arrived was sent, whatever was believed before.
			row.status = 'sent';
			row.error_code = null;
			row.explanation = null;
		}
	}
	await updateMany(
		tx,
		'outbox',
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

function isSettled(status: string): boolean {
	return status === 'sent' || status === 'refused';
}

function failureLine(row: Row, event: StatusEvent): TimelineLine {
	return {
		event: 'messageFailed',
		at: event.at,
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		text: row.explanation!,
		data: { messageId: row.id, code: row.error_code },
		key: `failed|${row.id}`,
	};
}

const COLUMNS = [
	...(['id', 'status', 'delivery', 'delivery_at', 'provider_message_id', 'finished_at'] as const),
	...(['error_code', 'explanation', 'channel_id', 'contact_id', 'conversation_id'] as const),
] as const;

/** On PostgreSQL the rows stay locked: an answer that comes at the same moment must see what is decided here. */
async function findRows(tx: Tx, dialect: Store['dialect'], events: ReadonlyArray<{ event: StatusEvent }>) {
	const byId = new Map<string, Row>();
	const byProviderId = new Map<string, Row>();
	const load = async (column: 'id' | 'provider_message_id', values: Iterable<string>) => {
		const distinct = [...new Set(values)];
		if (distinct.length === 0) return;
		const query = tx
			.selectFrom('outbox')
			.select(COLUMNS)
			.where(oneOf(tx, column, distinct))
			.orderBy('id');
		for (const row of await (dialect === 'postgres' ? query.forUpdate() : query).execute()) {
			const known = byId.get(row.id) ?? row;
			byId.set(row.id, known);
			if (known.provider_message_id) byProviderId.set(known.provider_message_id, known);
		}
	};
	await load(
		'id',
		events.flatMap(({ event }) => (event.outboxId ? [event.outboxId] : [])),
	);
	await load(
		'provider_message_id',
		events.flatMap(({ event }) => (event.outboxId && byId.has(event.outboxId) ? [] : [event.providerMessageId])),
	);
	return { byId, byProviderId };
}
