/** Reads what was stored, as the items of a workflow. */
import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { oneOf } from '../store/sql';
import { firstRowOf, testDeliveryOf } from './delivery';
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
	const newest = rows[0] && testDeliveryOf(rows[0].delivery_key);
	return rows.filter((row) => testDeliveryOf(row.delivery_key) === newest).reverse();
}

/** As items; with `raw` each carries the body it came with. */
export async function asItems(store: Store, rows: readonly StoredErpEvent[], raw: boolean): Promise<ErpItem[]> {
	const [source] = rows.map((row) => row.source);
	if (!raw || source === undefined) return rows.map((row) => erpItem(row));
	const keys = rows.map((row) => row.delivery_key);
	const bodies = await bodiesOf(store, source, [...new Set([...keys, ...keys.map(firstRowOf)])]);
	const bodyOf = (key: string) => bodies.get(key) || bodies.get(firstRowOf(key)) || '';
	return rows.map((row) => erpItem(row, bodyOf(row.delivery_key)));
}

/** What rows keep of a body, by their delivery key: of a delivery with several facts, the first row keeps it. */
async function bodiesOf(store: Store, source: string, keys: string[]): Promise<Map<string, string>> {
	const rows = await store.read((db) =>
		db
			.selectFrom('erp_event')
			.select(['delivery_key', 'raw'])
			.where('source', '=', source)
			.where(oneOf(db, 'delivery_key', keys))
			.execute(),
	);
	return new Map(rows.map((row) => [row.delivery_key, row.raw]));
}
