/** What stands against the receivables that reminders name? Asked once for all reminders among some messages. */
import type { Instant } from '../model';
import { REMINDER, type ReceivableKey, type ReceivableState } from '../model-receivable';
import { invoiceOfTopic, type Topic } from '../model-topic';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { Standing } from './rules/receivable-open';

interface Row {
	id: string;
	contact_id: string;
	purpose: string | null;
	topics: string | null;
}

/** By message: what stands against it. A message that is absent is no reminder, or nothing does. */
export async function loadReminders(tx: Tx, rows: readonly Row[]): Promise<Map<string, Standing[]>> {
	const found = new Map<string, Standing[]>();
	const named = rows.flatMap(({ id, contact_id: contactId, purpose, topics }) =>
		purpose === REMINDER && topics !== null
			? [{ id, contactId, keys: (JSON.parse(topics) as Topic[]).flatMap((topic) => invoiceOfTopic(topic) ?? []) }]
			: [],
	);
	if (named.length === 0) return found;
	const notMine = await payersDenied(
		tx,
		named.map(({ contactId }) => contactId),
	);
	const stopped = await stoppedAmong(
		tx,
		named.flatMap(({ keys }) => keys),
		[...new Set([...notMine.values()].flatMap((payers) => [...payers]))],
	);
	for (const { id, contactId, keys } of named) {
		const standings = keys.flatMap((key): Standing[] => {
			const known = stopped.get(textOf(key));
			if (!known) return [];
			if (known.standing.state !== 'open') return [known.standing];
			const isDenied = known.payer !== null && notMine.get(contactId)?.has(known.payer);
			return isDenied ? [{ ...known.standing, state: 'wrongPerson' }] : [];
		});
		if (standings.length > 0) found.set(id, standings);
	}
	return found;
}

/** By message: when each reminder among these was planned. Absent = no reminder, or another message carries its steps. */
export async function loadPlannedAt(
	tx: Tx,
	rows: ReadonlyArray<Pick<Row, 'id' | 'purpose'>>,
): Promise<Map<string, Instant>> {
	const ids = rows.flatMap(({ id, purpose }) => (purpose === REMINDER ? [id] : []));
	if (ids.length === 0) return new Map();
	const planned = await tx
		.selectFrom('dunning_message')
		.select(['outbox_id', 'at'])
		.where(oneOf(tx, 'outbox_id', ids))
		.execute();
	return new Map(planned.map(({ outbox_id, at }) => [outbox_id, Number(at)]));
}

/** Whom these contacts are not ("não sou eu"): they hear of none of those payers' invoices, also of ones that were waiting. */
async function payersDenied(tx: Tx, contactIds: readonly string[]): Promise<Map<string, Set<string>>> {
	const rows = await tx
		.selectFrom('wrong_person')
		.select(['contact_id', 'payer'])
		.where(oneOf(tx, 'contact_id', [...new Set(contactIds)]))
		.execute();
	const denied = new Map<string, Set<string>>();
	for (const { contact_id, payer } of rows) denied.set(contact_id, (denied.get(contact_id) ?? new Set()).add(payer));
	return denied;
}

/** Those that are not open, and open ones of these payers. */
async function stoppedAmong(tx: Tx, keys: readonly ReceivableKey[], payers: readonly string[]) {
	const stopped = new Map<string, { payer: string | null; standing: Standing }>();
	for (const creditor of new Set(keys.map((key) => key.creditor))) {
		const invoices = new Set(keys.filter((key) => key.creditor === creditor).map((key) => key.invoice));
		const rows = await tx
			.selectFrom('receivable')
			.select(['invoice', 'number', 'payer', 'state', 'promise_date'])
			.where('creditor', '=', creditor)
			.where(oneOf(tx, 'invoice', [...invoices]))
			.where((e) => {
				const isClosed = e('state', '<>', 'open');
				return payers.length === 0 ? isClosed : e.or([isClosed, oneOf(tx, 'payer', payers)]);
			})
			.execute();
		for (const { invoice, number, payer, state, promise_date } of rows) {
			const standing = { invoice, number, state: state as ReceivableState, promiseDate: promise_date };
			stopped.set(textOf({ creditor, invoice }), { payer, standing });
		}
	}
	return stopped;
}

const textOf = ({ creditor, invoice }: ReceivableKey) => `${creditor}\n${invoice}`;
