/** Which of the receivables that reminders name are not open? Asked once for all reminders among some messages. */
import { REMINDER, type ReceivableKey, type ReceivableState } from '../model-receivable';
import { invoiceOfTopic, type Topic } from '../model-topic';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { Standing } from './rules/receivable-open';

interface Row {
	id: string;
	purpose: string | null;
	topics: string | null;
}

/** By message: what stands against it. A message that is absent is no reminder, or nothing does. */
export async function loadReminders(tx: Tx, rows: readonly Row[]): Promise<Map<string, Standing[]>> {
	const found = new Map<string, Standing[]>();
	const named = rows.flatMap((row) =>
		row.purpose === REMINDER && row.topics !== null
			? [{ id: row.id, keys: (JSON.parse(row.topics) as Topic[]).flatMap((topic) => invoiceOfTopic(topic) ?? []) }]
			: [],
	);
	if (named.length === 0) return found;
	const closed = await closedAmong(
		tx,
		named.flatMap(({ keys }) => keys),
	);
	for (const { id, keys } of named) {
		const standings = keys.flatMap((key) => closed.get(textOf(key)) ?? []);
		if (standings.length > 0) found.set(id, standings);
	}
	return found;
}

async function closedAmong(tx: Tx, keys: readonly ReceivableKey[]): Promise<Map<string, Standing>> {
	const closed = new Map<string, Standing>();
	for (const creditor of new Set(keys.map((key) => key.creditor))) {
		const invoices = new Set(keys.filter((key) => key.creditor === creditor).map((key) => key.invoice));
		const rows = await tx
			.selectFrom('receivable')
			.select(['invoice', 'number', 'state', 'promise_date'])
			.where('creditor', '=', creditor)
			.where(oneOf(tx, 'invoice', [...invoices]))
			.where('state', '<>', 'open')
			.execute();
		for (const { invoice, number, state, promise_date } of rows) {
			const standing = { invoice, number, state: state as ReceivableState, promiseDate: promise_date };
			closed.set(textOf({ creditor, invoice }), standing);
		}
	}
	return closed;
}

const textOf = ({ creditor, invoice }: ReceivableKey) => `${creditor}\n${invoice}`;
