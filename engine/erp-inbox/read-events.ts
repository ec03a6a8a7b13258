/** Reads what was stored, as the items of a workflow. */
import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { oneOf } from '../store/sql';
import { deliveryOf } from './delivery';
import { erpItem, type ErpItem, type StoredErpEvent } from './erp-item';

const COLUMNS = [
	...(['seq', 'id', 'source', 'system', 'delivery_key', 'business_key', 'kind', 'outcome', 'reason', 'event'] as const),
	...(['received_at', 'test'] as const),
];

/** Rows of a source after `seq` that production runs for, oldest first. Bodies that could not be read are only told. */
export async function eventsAfter(store: Store, source: string, seq: number, limit: number): Promise<StoredErpEvent[]> {
	const rows = await store.read((db) =>
		db
			.selectFrom('erp_event')
			.select(COLUMNS)
			.where('source', '=', source)
			.where('seq', '>', seq)
			.where('test', '=', 0)
			.where('outcome', '<>', 'unreadable')
			.orderBy('seq')
			.limit(limit)
			.execute(),
	);
	return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** How long a manual test finds what was delivered for it. */
const TEST_FRESH_MS = 120_000;
// More than the facts of any one delivery.
const TEST_ROWS = 500;

/** All facts of the newest delivery that a manual test took; [] when there is none. */
export async function newestTestEvents(store: Store, source: string, now: Instant): Promise<StoredErpEvent[]> {
	const rows = await store.read((db) =>
		db
			.selectFrom('erp_event')
			.select(COLUMNS)
			.where('source', '=', source)
			.where('test', '=', 1)
			.where('received_at', '>', now - TEST_FRESH_MS)
			.orderBy('seq', 'desc')
			.limit(TEST_ROWS)
			.execute(),
	);
	const newest = rows[0] && deliveryOf(rows[0].delivery_key);
	return rows.filter((row) => deliveryOf(row.delivery_key) === newest).reverse();
}

/** As items; with `raw` each carries the body it came with. */
export async function asItems(store: Store, rows: readonly StoredErpEvent[], raw: boolean): Promise<ErpItem[]> {
	const [source] = rows.map((row) => row.source);
	if (!raw || source === undefined) return rows.map((row) => erpItem(row));
	const bodies = await bodiesOf(store, source, [...new Set(rows.map((row) => deliveryOf(row.delivery_key)))]);
	return rows.map((row) => erpItem(row, bodies.get(deliveryOf(row.delivery_key)) ?? ''));
}

/** A delivery with several facts keeps its body in the first row. */
async function bodiesOf(store: Store, source: string, deliveries: string[]): Promise<Map<string, string>> {
	const rows = await store.read((db) =>
		db
			.selectFrom('erp_event')
			.select(['delivery_key', 'raw'])
			.where('source', '=', source)
			.where(oneOf(db, 'delivery_key', [...deliveries, ...deliveries.map((key) => `${key}#1`)]))
			.execute(),
	);
	return new Map(rows.map((row) => [deliveryOf(row.delivery_key), row.raw]));
}
