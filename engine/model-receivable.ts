/**
 * What is owed, as every part of the engine names it. Values only.
 *
 *   creditor    who is owed: its CNPJ or CPF without punctuation, or any stable key
 *   invoice     the id of one receivable (título, parcela) in its ERP: stable, unique per creditor
 *   payer       who owes: the document without punctuation, else the phone, else the ERP's id of the customer
 *   step        the key of one rung of the ladder (régua), e.g. "d-3", "d0", "d+7"
 *
 * Amounts are whole cents. Dates are YYYY-MM-DD without a clock; instants are epoch milliseconds.
 */
import type { Instant } from './model';

export interface ReceivableKey {
	creditor: string;
	invoice: string;
}

/**
 * Where a receivable stands at the desk. Only `open` is reminded of.
 *   open          owed, nothing is against a reminder
 *   paid          settled, however it became known: final
 *   cancelled     the creditor gave it up or replaced it: final
 *   renegotiated  part of an agreement: final for this receivable
 *   claimedPaid   "já paguei": being checked
 *   disputed      "não reconheço": a person looks at it
 *   promised      the payer named a date; quiet until it has passed
 *   wrongPerson   the number is somebody else's
 *   human         a person deals with it (death, insolvency, high value, broken promises)
 */
export type ReceivableState =
	'open' | 'paid' | 'cancelled' | 'renegotiated' | 'claimedPaid' | 'disputed' | 'promised' | 'wrongPerson' | 'human';

/**
 * What the outbox calls a message that reminds of receivables (column `purpose`): it leaves only while all it names are open.
 * Other messages about an invoice, such as thanks for a payment, do not carry it.
 */
export const REMINDER = 'reminder';

/** What the desk knows of a receivable; absent = never touched, which is the same as open. */
export interface ReceivableRecord extends ReceivableKey {
	number: string | null;
	payer: string | null;
	contactId: string | null;
	dueDate: string | null;
	amountCents: number | null;
	state: ReceivableState;
	stateAt: Instant;
	/** In Portuguese: who said so, and when it matters why. */
	reason: string | null;
	/** Of a promise; kept when the promise is broken. */
	promiseDate: string | null;
	/** How many promises were made, and kept. */
	promises: number;
	promisesKept: number;
	paidAt: Instant | null;
	paidCents: number | null;
}
