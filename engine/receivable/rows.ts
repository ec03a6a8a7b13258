/** How receivables are stored, read and locked. */
import type { Insertable, Selectable } from 'kysely';
import type { Instant } from '../model';
import type { ReceivableKey, ReceivableRecord, ReceivableState } from '../model-receivable';
import type { Db, Store, Tx } from '../store/open-store';
import type { Database } from '../store/schema';
import { insertMany, oneOf } from '../store/sql';

type Row = Selectable<Database['receivable']>;

export const textOf = ({ creditor, invoice }: ReceivableKey): string => `${creditor}\n${invoice}`;

/** In one order, so that two transactions never wait for each other; each once. */
export function sortedKeys(keys: readonly ReceivableKey[]): ReceivableKey[] {
	const byText = new Map(keys.map((key) => [textOf(key), { creditor: key.creditor, invoice: key.invoice }]));
	return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);
}

/** The invoices of each creditor. */
export function byCreditor(keys: readonly ReceivableKey[]): Map<string, string[]> {
	const found = new Map<string, Set<string>>();
	for (const { creditor, invoice } of keys) {
		const invoices = found.get(creditor);
		if (invoices) invoices.add(invoice);
		else found.set(creditor, new Set([invoice]));
	}
	return new Map([...found].map(([creditor, invoices]) => [creditor, [...invoices]]));
}

/** By `textOf`. On PostgreSQL `lock` keeps them as they are until the end of the transaction. */
export async function loadReceivables(
	db: Db | Tx,
	keys: readonly ReceivableKey[],
	lock: Store['dialect'] | null = null,
): Promise<Map<string, ReceivableRecord>> {
	const found = new Map<string, ReceivableRecord>();
	for (const [creditor, invoices] of byCreditor(keys)) {
		const query = db
			.selectFrom('receivable')
			.selectAll()
			.where('creditor', '=', creditor)
			.where(oneOf(db, 'invoice', invoices))
			.orderBy('invoice');
		const rows = await (lock === 'postgres' ? query.forUpdate() : query).execute();
		for (const row of rows) found.set(textOf(row), recordOf(row));
	}
	return found;
}

export function recordOf(row: Row): ReceivableRecord {
	const { creditor, invoice, number, payer, reason, promises } = row;
	return {
		...{ creditor, invoice, number, payer, reason, promises },
		contactId: row.contact_id,
		dueDate: row.due_date,
		amountCents: numberOf(row.amount_cents),
		state: row.state as ReceivableState,
		stateAt: Number(row.state_at),
		promiseDate: row.promise_date,
		promisesKept: row.promises_kept,
		paidAt: numberOf(row.paid_at),
		paidCents: numberOf(row.paid_cents),
	};
}

/** What is known of one that was never touched. */
export function newRecord({ creditor, invoice }: ReceivableKey, now: Instant): ReceivableRecord {
	return {
		...{ creditor, invoice, number: null, payer: null, contactId: null, dueDate: null, amountCents: null },
		...{ state: 'open', stateAt: now, reason: null, promiseDate: null, promises: 0, promisesKept: 0 },
		...{ paidAt: null, paidCents: null },
	};
}

const COLUMNS = [
	...['number', 'payer', 'contact_id', 'due_date', 'amount_cents', 'state', 'state_at', 'reason', 'promise_date'],
	...['promises', 'promises_kept', 'paid_at', 'paid_cents', 'updated_at'],
];
const REPLACE = `on conflict (creditor, invoice) do update set ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`;

export async function saveReceivables(tx: Tx, records: readonly ReceivableRecord[], now: Instant): Promise<void> {
	await insertMany(
		tx,
		'receivable',
		records.map((record) => rowOf(record, now)),
		REPLACE,
	);
}

/** Makes rows for those that have none, so that they can be locked. */
export async function touchReceivables(tx: Tx, keys: readonly ReceivableKey[], now: Instant): Promise<void> {
	await insertMany(
		tx,
		'receivable',
		sortedKeys(keys).map((key) => rowOf(newRecord(key, now), now)),
		'on conflict (creditor, invoice) do nothing',
	);
}

export function rowOf(record: ReceivableRecord, now: Instant): Insertable<Database['receivable']> {
	const { creditor, invoice, number, payer, state, reason, promises } = record;
	return {
		...{ creditor, invoice, number, payer, state, reason, promises },
		contact_id: record.contactId,
		due_date: record.dueDate,
		amount_cents: record.amountCents,
		state_at: record.stateAt,
		promise_date: record.promiseDate,
		promises_kept: record.promisesKept,
		paid_at: record.paidAt,
		paid_cents: record.paidCents,
		created_at: now,
		updated_at: now,
	};
}

const numberOf = (value: number | null) => (value === null ? null : Number(value));
