import type { Selectable } from 'kysely';
import type { StatusEvent } from '../model';
import type { Store, Tx } from '../store/open-store';
import type { Database } from '../store/schema';
import { oneOf, updateMany } from '../store/sql';

const COLUMNS = [
	...(['id', 'status', 'delivery', 'delivery_at', 'provider_message_id', 'finished_at', 'not_before'] as const),
	...([
		'error_code',
		'explanation',
		'channel_id',
		'contact_id',
		'conversation_id',
		'address',
		'attempts',
		'created_at',
	] as const),
	...(['label', 'category', 'price_category', 'price_type', 'cost_micros', 'currency'] as const),
] as const;

/** What reports may change of a message, and what is needed to tell and count it. */
export type MessageRow = Pick<Selectable<Database['outbox']>, (typeof COLUMNS)[number]>;

/** On PostgreSQL the rows stay locked: an answer that comes at the same moment must see what is decided here. */
export async function findRows(tx: Tx, dialect: Store['dialect'], events: ReadonlyArray<{ event: StatusEvent }>) {
	const byId = new Map<string, MessageRow>();
	const byProviderId = new Map<string, MessageRow>();
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

/** Ordinary news change no indexed column: their statement names none, so that no index is touched. */
export async function storeRows(tx: Tx, changes: ReadonlyArray<{ row: MessageRow; wide: boolean }>): Promise<void> {
	const narrow = ({ row }: { row: MessageRow }) => ({
		id: row.id,
		delivery: row.delivery,
		delivery_at: row.delivery_at,
		price_category: row.price_category,
		price_type: row.price_type,
		cost_micros: row.cost_micros,
		currency: row.currency,
	});
	const wide = ({ row }: { row: MessageRow }) => ({
		...narrow({ row }),
		status: row.status,
		not_before: row.not_before,
		provider_message_id: row.provider_message_id,
		finished_at: row.finished_at,
		error_code: row.error_code,
		explanation: row.explanation,
	});
	await updateMany(tx, 'outbox', changes.filter((c) => !c.wide).map(narrow));
	await updateMany(tx, 'outbox', changes.filter((c) => c.wide).map(wide));
}
