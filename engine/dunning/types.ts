/**
 * The words of the payment ladder (régua de cobrança). Values only; brazil.md §6 and §7 say where the rules come from.
 *
 * Planning reads and never writes: given the same receivables, policy, history and `now`, the decisions are the same. What makes
 * a reminder unrepeatable is the plan that goes with it: the outbox takes each step of each invoice once (engine/receivable).
 */
import type { DateText } from '../business-hours/dates';
import type { OwnDate } from '../business-hours/own-dates';
import type { Schedule, WeeklyHours } from '../business-hours/schedule';
import type { Instant } from '../model';
import type { ReceivableKey, ReceivableRecord } from '../model-receivable';
import type { Uf } from '../phone-ddd';

/** One receivable, as an ERP gives it, made sure of. */
export interface Receivable extends ReceivableKey {
	/** What the payer knows it by, e.g. "NF 1234/2". */
	number: string;
	payer: Payer;
	dueDate: DateText;
	issuedOn: DateText | null;
	amountCents: number;
	/** As the ERP says. */
	status: 'open' | 'paid' | 'cancelled' | 'renegotiated' | 'disputed';
	/** Things only a person may deal with, e.g. "falecimento"; '' = none. */
	humanReason: string;
	/** null = the policy's. */
	charges: OwnCharges | null;
	/** Passed through to the message: linha digitável, copia-e-cola, link. */
	boleto: string | null;
	pix: string | null;
	link: string | null;
}

export interface Payer {
	/** See model-receivable: what groups the receivables of one person or company. */
	key: string;
	name: string;
	/** CPF or CNPJ without punctuation; null when not known. */
	document: string | null;
	/** Portuguese: why the document that was given is not believed. */
	documentProblem?: string;
	/** As typed; null or unusable is an expected result (V-11). */
	phone: string | null;
	/** Where the payer lives; null = taken from the phone's DDD. */
	uf: Uf | null;
	segment: string | null;
}

/** In percent; interest is simple, per month of 30 days, from the original due date (brazil.md §7). */
export interface Charges {
	finePercent: number;
	monthlyInterestPercent: number;
}

/** Of one receivable; null = that rate of the policy. */
export type OwnCharges = { [Rate in keyof Charges]: Charges[Rate] | null };

export interface LadderStep {
	/** Stable: renaming a step would send it again. */
	key: string;
	name: string;
	/** Before (negative), on (0) or after the due date. */
	offset: number;
	unit: 'calendarDays' | 'bankDays';
	/** Only payers of these segments; [] = all. */
	segments: string[];
	/** `human` hands the receivable to a person instead of writing. */
	action: 'template' | 'text' | 'human';
	/** Name of the template, for `template`. */
	template: string | null;
	/** With [wildcards] such as [nome], for `text`. */
	text: string | null;
	/** When the day of the step is closed: `next` (default) or `previous` open day. The due date itself only moves forward. */
	shift: 'next' | 'previous';
}

export interface DunningPolicy {
	creditor: Creditor;
	steps: LadderStep[];
	/** Hours per state; a state without a row has the default ones. */
	hours: ContactHoursTable;
	/** Dates on which nobody is written to and banks are closed, besides the Brazilian holidays. */
	ownDates: OwnDate[];
	/** Reminders about overdue invoices per payer in seven days; default 2. */
	maxPerWeek: number;
	/** Older debts are not charged (CC art. 206 §5 I); default 5. */
	maxYears: number;
	/** First overdue reminder not before this bank day after the due date; default 2. */
	firstOverdueBankDay: number;
	/** A step that could not be told within so many days is left out; default 5. */
	catchUpDays: number;
	/** Quiet for so long after the payer wrote; default 24. */
	replyPauseHours: number;
	/** The bank day after the promised date on which a promise counts as broken; default 1. */
	promiseCheckBankDays: number;
	/** More promises than this go to a person; default 2. */
	maxPromises: number;
	charges: Charges;
	/** Invoices from this amount on are for a person; null = none. */
	humanFromCents: number | null;
}

/** CDC art. 42-A: every collection message names the supplier with address and CPF or CNPJ. */
export interface Creditor {
	name: string;
	document: string;
	address: string;
}

/** `default` is Mon–Fri 09:00–18:00 unless changed. */
export interface ContactHoursTable {
	default: WeeklyHours[];
	states: Partial<Record<Uf, WeeklyHours[]>>;
	/** Holidays of the nation and the state, Carnival and Corpus Christi are closed unless this says otherwise. */
	openOnHolidays?: boolean;
}

/** What the desk knows about the payers being planned (read by engine/receivable). */
export interface PayerHistory {
	/** By invoice id. */
	receivables: ReadonlyMap<string, ReceivableRecord>;
	/** Steps that were told or are about to be, by invoice id; those before the furthest one may be left out. */
	steps: ReadonlyMap<string, ReadonlyArray<{ step: string; at: Instant }>>;
	/** Reminders of the last three weeks to this payer, and to whoever has the payer's phone (`asOther`: as another payer). */
	messages: ReadonlyArray<{ day: DateText; at: Instant; afterDue: boolean; asOther?: boolean }>;
	/** Last time the payer wrote; null = never. */
	lastInboundAt: Instant | null;
	/** The contact wants no messages of this kind. */
	optedOutAt: Instant | null;
}

export const NO_HISTORY: PayerHistory = {
	receivables: new Map(),
	steps: new Map(),
	messages: [],
	lastInboundAt: null,
	optedOutAt: null,
};

/** One receivable within a reminder, with what it has grown to. */
export interface PlannedInvoice {
	receivable: Receivable;
	step: string;
	/** Calendar days since the original due date; 0 or less = not overdue. */
	daysLate: number;
	fineCents: number;
	interestCents: number;
	/** Amount + fine + interest. */
	updatedCents: number;
}

/** One reminder: what a Send node needs to keep it unrepeatable, lawful and cancellable. Travels in items as plain JSON. */
export interface DunningPlan {
	creditor: string;
	payer: string;
	/** The reader's own date on which it was planned. */
	day: DateText;
	steps: Array<{ invoice: string; step: string; number: string; dueDate: DateText; amountCents: number }>;
	/** It speaks of something overdue. */
	afterDue: boolean;
	maxPerWeek: number;
	/** It leaves within these hours only, judged when it leaves. */
	hours: Schedule;
	/** Whoever writes after this hears another plan; absent in plans of earlier versions. */
	plannedAt?: Instant;
	/** End of the lawful hours of `day`: what could not leave by then is planned anew. */
	validUntil: Instant;
	/** The same for every run that plans this reminder. */
	dedupeKey: string;
}

/** Stable camelCase. */
export type SkipCode =
	| 'notDue' // no step for today yet
	| 'alreadySent'
	| 'ladderEnded' // its last step was too long ago
	| 'paid'
	| 'cancelled'
	| 'renegotiated'
	| 'disputed'
	| 'claimedPaid'
	| 'wrongPerson'
	| 'optedOut'
	| 'promised' // until the promised date has passed
	| 'tooOld' // older than five years
	| 'noPhone'
	| 'noAmount'
	| 'replyPause'
	| 'grouped'; // told within the reminder of another invoice today

export type HumanCode = 'step' | 'flagged' | 'highValue' | 'promiseBroken' | 'disputed' | 'human';

/** `explanation`: one sentence in Portuguese for people. */
export type Decision =
	| {
			type: 'sendNow';
			payer: Payer;
			/** Of the furthest step among them: it words the message. */
			step: LadderStep;
			invoices: PlannedInvoice[];
			totalCents: number;
			plan: DunningPlan;
			explanation: string;
	  }
	| {
			type: 'later';
			payer: Payer;
			invoices: Receivable[];
			step: LadderStep;
			/** The first lawful minute. */
			at: Instant;
			explanation: string;
	  }
	| {
			type: 'skipped';
			receivable: Receivable;
			code: SkipCode;
			/** The next step of this receivable and its date, when there is one. */
			next: { step: LadderStep; date: DateText } | null;
			explanation: string;
	  }
	| { type: 'human'; receivable: Receivable; code: HumanCode; explanation: string };
