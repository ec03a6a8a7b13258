/** What a contact answers to a payment reminder. Values only. */

export type ReminderIntent =
	| 'alreadyPaid'
	| 'secondCopy'
	| 'chooseDate' // wants to name a date
	| 'promiseDate' // names one
	| 'conditions'
	| 'dispute'
	| 'wrongPerson'
	| 'human';

export interface ReminderReply {
	intent: ReminderIntent;
	/** Of a promiseDate: YYYY-MM-DD. */
	date: string | null;
	/** Outbox id of the reminder it answers; null when none is known. */
	reminderId: string | null;
	/** What that reminder spoke of, the oldest first. */
	invoices: Array<{
		creditor: string;
		invoice: string;
		step: string;
		number: string | null;
		dueDate: string | null;
		amountCents: number | null;
		/** Where it stands at the desk when the answer comes. */
		state: string;
	}>;
}
