/** Whose number is it not? "Não sou eu" is about a contact and a payer: no invoice of that payer goes there, old or new. */
import type { Instant } from '../model';
import { REMINDER } from '../model-receivable';
import { cancelWaiting, type Cancellation } from '../outbox/cancel-about';
import type { Db, Tx } from '../store/open-store';
import { insertMany, oneOf } from '../store/sql';

export interface WrongPerson {
	contactId: string;
	payer: string;
}

export const wrongKey = ({ contactId, payer }: WrongPerson): string => `${contactId}\n${payer}`;

export async function rememberWrongPerson(tx: Tx, who: readonly WrongPerson[], now: Instant): Promise<void> {
	const sorted = [...new Map(who.map((each) => [wrongKey(each), each]))].sort(([a], [b]) => (a < b ? -1 : 1));
	await insertMany(
		tx,
		'wrong_person',
		sorted.map(([, { contactId, payer }]) => ({ contact_id: contactId, payer, at: now })),
		'on conflict (contact_id, payer) do nothing',
	);
}

export async function forgetWrongPerson(tx: Tx, who: readonly WrongPerson[]): Promise<void> {
	for (const { contactId, payer } of who) {
		await tx.deleteFrom('wrong_person').where('contact_id', '=', contactId).where('payer', '=', payer).execute();
	}
}

/** By `wrongKey`: of these contacts, whom they are not. */
export async function loadWrongPersons(db: Db | Tx, contactIds: readonly string[]): Promise<Set<string>> {
	if (contactIds.length === 0) return new Set();
	const rows = await db
		.selectFrom('wrong_person')
		.select(['contact_id', 'payer'])
		.where(oneOf(db, 'contact_id', [...new Set(contactIds)]))
		.execute();
	return new Set(rows.map((row) => wrongKey({ contactId: row.contact_id, payer: row.payer })));
}

/** Takes back the reminders about the payer that wait for the contact. */
export async function cancelToWrongPerson(
	tx: Tx,
	{ contactId, payer }: WrongPerson,
	explanation: string,
	now: Instant,
): Promise<Cancellation> {
	const rows = await tx
		.selectFrom('dunning_message')
		.select('outbox_id')
		.where('contact_id', '=', contactId)
		.where('payer', '=', payer)
		.execute();
	const ids = rows.map((row) => row.outbox_id);
	return cancelWaiting(tx, ids, { purpose: REMINDER, explanation }, now);
}
