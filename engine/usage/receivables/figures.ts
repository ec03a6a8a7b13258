/**
 * What did the steps of the ladder bring? Pure. A payment, a reply and a refusal each belong to one reminder, the last one before
 * them, so that the steps add up to the whole.
 */
import { daysBetween } from '../../business-hours/dates';
import type { Instant } from '../../model';
import { outcomeOf, type DeliveryReason } from '../delivery-report';
import { isUnreached } from '../delivery-summary';
import { dayTeller, type DayTeller } from '../local-day';
import type { LoadedEvent, LoadedReminder, LoadedStep } from './load';

export interface StepFigures {
	/** Messages; one that tells two steps counts in both, and once in the total. */
	reminders: number;
	/** Invoices that were told of, each once per step. */
	invoices: number;
	sent: number;
	delivered: number;
	read: number;
	/** The contact wrote within 72 h. */
	replied: number;
	/** The contact refused further messages within 72 h. */
	optedOut: number;
	/** Refused, failed or without confirmation. */
	notReached: number;
	/** Still in the line, or kept. */
	waiting: number;
	reasons: DeliveryReason[];
	/** Invoices that were paid within the days asked for, after the last reminder before. */
	paidInvoices: number;
	recoveredCents: number;
	/** By currency, in its units. A message of several steps is shared between them by their invoices. */
	costs: Record<string, number>;
	/** What one real recovered has cost, by currency; {} when nothing was recovered. */
	costPerReal: Record<string, number>;
}

export interface EventFigures {
	promisesMade: number;
	promisesKept: number;
	promisesBroken: number;
	claimedPaid: number;
	disputed: number;
	/** Contacts, not invoices. */
	wrongPerson: number;
	handedToPerson: number;
	renegotiated: number;
	/** Everything that was paid, reminded of or not. */
	paid: number;
	paidCents: number;
}

export interface LoadedFigures {
	reminders: readonly LoadedReminder[];
	steps: readonly LoadedStep[];
	/** Ascending. */
	replies: ReadonlyMap<string, readonly Instant[]>;
	optOuts: ReadonlyMap<string, Instant>;
}

export interface FiguresOptions {
	recoveryDays: number;
	/** IANA zone of the days that are counted. */
	zone: string;
}

/** @returns a step's figures by its key, and those of all reminders */
export function stepFigures(
	loaded: LoadedFigures,
	options: FiguresOptions,
): { steps: Map<string, StepFigures>; total: StepFigures } {
	const { reminders, steps } = loaded;
	const ids = new Set(reminders.map(({ outboxId }) => outboxId));
	const told = grouped(
		steps.filter(({ outboxId }) => ids.has(outboxId)),
		({ outboxId }) => outboxId,
	);
	const responses = responsesTo(loaded);
	const sheets = new Map<string, Sheet>();
	const total = new Sheet();
	for (const reminder of reminders) {
		const own = grouped(told.get(reminder.outboxId) ?? [], ({ step }) => step);
		const invoices = told.get(reminder.outboxId)?.length ?? 0;
		total.add(reminder, responses, invoices, 1);
		for (const [step, rows] of own) {
			sheetOf(sheets, step).add(reminder, responses, rows.length, rows.length / invoices);
		}
	}
	for (const { step, paidCents, outboxId } of recoveries(steps, options)) {
		if (!ids.has(outboxId)) continue;
		sheetOf(sheets, step).recover(paidCents);
		total.recover(paidCents);
	}
	return { steps: new Map([...sheets].map(([step, sheet]) => [step, sheet.figures()])), total: total.figures() };
}

export function eventFigures(events: readonly LoadedEvent[]): EventFigures {
	const of = (event: string) => events.filter((each) => each.event === event);
	const wrong = of('wrongPerson').map(({ contactId }, at) => contactId ?? `?${at}`);
	const paid = of('receivablePaid');
	return {
		promisesMade: of('promiseMade').length,
		promisesKept: of('promiseKept').length,
		promisesBroken: of('promiseBroken').length,
		claimedPaid: of('receivableClaimedPaid').length,
		disputed: of('receivableDisputed').length,
		wrongPerson: new Set(wrong).size,
		handedToPerson: of('receivableHanded').length,
		renegotiated: of('receivableRenegotiated').length,
		paid: paid.length,
		paidCents: paid.reduce((sum, { cents }) => sum + cents, 0),
	};
}

// ---------------------------------------------------------------- helpers

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) {
		const group = groups.get(keyOf(row));
		if (group) group.push(row);
		else groups.set(keyOf(row), [row]);
	}
	return groups;
}

const ANSWERED_WITHIN_MS = 72 * 3_600_000;

interface Responses {
	replied: ReadonlySet<string>;
	optedOut: ReadonlySet<string>;
}

/** Ids of the reminders that somebody answered, or that made somebody leave. */
function responsesTo({ reminders, replies, optOuts }: LoadedFigures): Responses {
	const replied = new Set<string>();
	const optedOut = new Set<string>();
	const sent = reminders.filter(({ status, finishedAt }) => status === 'sent' && finishedAt !== null);
	for (const [contactId, own] of grouped(sent, ({ contactId }) => contactId)) {
		const ordered = own
			.map((each) => ({ id: each.outboxId, at: secondOf(each.finishedAt!) }))
			.sort((a, b) => a.at - b.at);
		const answered = (at: Instant) => {
			const last = ordered.findLast((each) => each.at <= at);
			return last && at - last.at <= ANSWERED_WITHIN_MS ? last.id : null;
		};
		for (const at of replies.get(contactId) ?? []) addIfAny(replied, answered(at));
		const left = optOuts.get(contactId);
		if (left !== undefined) addIfAny(optedOut, answered(left));
	}
	return { replied, optedOut };
}

/** WhatsApp tells in which second somebody wrote: an answer may seem to come before the reminder of the same second. */
const secondOf = (at: Instant): Instant => Math.floor(at / 1_000) * 1_000;

function addIfAny(set: Set<string>, id: string | null): void {
	if (id !== null) set.add(id);
}

/** For each invoice that was paid: the last step told before, when that was few enough days ago. */
function recoveries(steps: readonly LoadedStep[], { recoveryDays, zone }: FiguresOptions): LoadedStep[] {
	const dayOf = dayTeller(zone);
	const paid = steps.filter(({ paidAt, sentAt }) => paidAt !== null && sentAt !== null);
	return [...grouped(paid, ({ invoiceKey }) => invoiceKey).values()].flatMap((told) => {
		const before = told.filter(({ sentAt, paidAt }) => isBefore(sentAt!, paidAt!, dayOf));
		const last = before.reduce<LoadedStep | null>((a, b) => (a !== null && a.sentAt! >= b.sentAt! ? a : b), null);
		if (last === null) return [];
		const days = daysBetween(dayOf(last.sentAt!), dayOf(last.paidAt!));
		return days <= recoveryDays ? [last] : [];
	});
}

/** Banks tell the day of a payment, not its hour: one at midnight counts for the reminders of its day. */
function isBefore(sentAt: Instant, paidAt: Instant, dayOf: DayTeller): boolean {
	if (sentAt <= paidAt) return true;
	const paidOn = dayOf(paidAt);
	return dayOf(sentAt) === paidOn && dayOf(paidAt - 1) !== paidOn;
}

function sheetOf(sheets: Map<string, Sheet>, step: string): Sheet {
	const sheet = sheets.get(step) ?? new Sheet();
	sheets.set(step, sheet);
	return sheet;
}

/** Adds up; costs in millionths until the end. */
class Sheet {
	readonly #sums = {
		...{ reminders: 0, invoices: 0, sent: 0, delivered: 0, read: 0, replied: 0, optedOut: 0 },
		...{ notReached: 0, waiting: 0, paidInvoices: 0, recoveredCents: 0 },
	};
	readonly #micros = new Map<string, number>();
	readonly #reasons = new Map<string, DeliveryReason>();

	add(reminder: LoadedReminder, { replied, optedOut }: Responses, invoices: number, share: number): void {
		const sums = this.#sums;
		const outcome = outcomeOf({ status: reminder.status, delivery: reminder.delivery });
		sums.reminders++;
		sums.invoices += invoices;
		if (outcome === 'failed' || !isUnreached(outcome)) sums.sent++;
		if (outcome === 'delivered' || outcome === 'read') sums.delivered++;
		if (outcome === 'read') sums.read++;
		if (outcome === 'waiting' || outcome === 'held') sums.waiting++;
		else if (isUnreached(outcome)) sums.notReached++;
		if (replied.has(reminder.outboxId)) sums.replied++;
		if (optedOut.has(reminder.outboxId)) sums.optedOut++;
		if (isUnreached(outcome) && reminder.code !== null) this.#addReason(outcome, reminder.code, reminder.explanation);
		const { currency, costMicros } = reminder;
		if (currency !== null && costMicros !== null) {
			this.#micros.set(currency, (this.#micros.get(currency) ?? 0) + costMicros * share);
		}
	}

	recover(cents: number): void {
		this.#sums.paidInvoices++;
		this.#sums.recoveredCents += cents;
	}

	figures(): StepFigures {
		const { recoveredCents } = this.#sums;
		const costs: Record<string, number> = {};
		const costPerReal: Record<string, number> = {};
		for (const [currency, micros] of this.#micros) {
			costs[currency] = Math.round(micros) / 1_000_000;
			if (recoveredCents > 0) costPerReal[currency] = Math.round((micros * 100_000) / recoveredCents) / 1_000_000_000;
		}
		const reasons = [...this.#reasons.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
		return { ...this.#sums, reasons, costs, costPerReal };
	}

	#addReason(outcome: DeliveryReason['outcome'], code: string, explanation: string | null): void {
		const key = `${outcome} ${code}`;
		const known = this.#reasons.get(key) ?? { outcome, code, count: 0, explanation: explanation ?? '' };
		known.count++;
		this.#reasons.set(key, known);
	}
}
