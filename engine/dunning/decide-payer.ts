import { dayNumber } from '../business-hours/dates';
import { lateCharges } from '../brazil/late-charges';
import type { Instant } from '../model';
import { explainHuman, explainLater, explainSendNow, explainSkipped, type Delay } from './explain';
import { readPayerRows, type PayerRows } from './payer-rows';
import type { CompiledPolicy } from './policy';
import type { LawfulMoment, Reader } from './reader';
import { nextStep, standingOf, type Standing } from './standing';
import type { Charges, Decision, DunningPlan, PayerHistory, PlannedInvoice, Receivable, SkipCode } from './types';

/**
 * What is to be done today about everything one payer owes one creditor? (X-04, D-34) Each receivable stands somewhere on the ladder;
 * then the payer is asked about: may they be written to at all, was there a reminder already, is it lawful now. All that is due goes
 * into one reminder, worded by the step that is furthest. The same input gives the same decisions, in whatever order it comes.
 *
 * @param receivables all of one creditor and payer
 * @param read the same as readPayerRows reads them, for who has done that already
 * @returns each receivable in exactly one decision; messages first, then by due date
 */
export function decidePayer(
	receivables: readonly Receivable[],
	compiled: CompiledPolicy,
	history: PayerHistory,
	now: Instant,
	read?: PayerRows,
): Decision[] {
	if (receivables.length === 0) return [];
	const payerRows = read ?? readPayerRows(receivables);
	const reader = compiled.readerOf({
		uf: payerRows.payer.uf,
		phone: payerRows.phone?.ok ? payerRows.phone.e164 : null,
	});
	const overdueOn = overdueDays(history);
	const plan: Planning = { ...payerRows, compiled, history, overdueOn, now, reader, today: reader.dayAt(now) };

	const due: Due[] = [];
	const others: Decision[] = [];
	for (const receivable of plan.rows) {
		const standing = standOn(plan, receivable, plan.today);
		if (standing.type === 'due') due.push({ receivable, ...standing });
		else others.push(withoutMessage(plan, receivable, standing));
	}
	const messages = due.length === 0 ? [] : tell(plan, due);
	const repeated = plan.repeated.map((receivable) => skip(plan, receivable, 'grouped'));
	return [...messages, ...others, ...repeated];
}

interface Planning extends PayerRows {
	compiled: CompiledPolicy;
	history: PayerHistory;
	/** Day numbers of the reminders of something overdue, in order. */
	overdueOn: readonly number[];
	now: Instant;
	reader: Reader;
	today: number;
}

interface Due {
	receivable: Receivable;
	position: number;
	overdue: boolean;
}

const NEVER: readonly number[] = [];

function overdueDays({ messages }: PayerHistory): readonly number[] {
	if (messages.length === 0) return NEVER;
	return messages
		.filter(({ afterDue }) => afterDue)
		.map(({ day }) => dayNumber(day))
		.sort((a, b) => a - b);
}

function standOn({ compiled, history, overdueOn, reader }: Planning, receivable: Receivable, day: number): Standing {
	const record = history.receivables.get(receivable.invoice);
	const told = history.steps.get(receivable.invoice);
	// Reminders leave the record open without a reason.
	const isReopened = record?.state === 'open' && record.reason !== null;
	const reopenedOn = isReopened ? reader.dayAt(record.stateAt) : null;
	const known = { record, told, reopenedOn, overdueOn };
	return standingOf(receivable, known, compiled.datesOf(receivable.dueDate, reader), day, compiled);
}

/** What is due, told now or later, or kept back by what is known of the payer. */
function tell(plan: Planning, due: readonly Due[]): Decision[] {
	const blocked = blockOf(plan);
	if (blocked) return due.map((each) => skip(plan, each.receivable, blocked, upcoming(plan, each)));

	const now: Due[] = [];
	const later = new Map<Instant, { moment: LawfulMoment; due: Due[]; delay: Delay }>();
	const tooLate: Decision[] = [];
	for (const each of due) {
		const found = whenToTell(plan, each);
		if (found.type === 'never') tooLate.push(withoutMessage(plan, each.receivable, found.standing));
		else if (found.moment.at === plan.now) now.push(found.due);
		else {
			const { moment, delay } = found;
			const group = later.get(moment.at);
			if (group) group.due.push(found.due);
			else later.set(moment.at, { moment, delay, due: [found.due] });
		}
	}
	return [
		...(now.length === 0 ? [] : [sendNow(plan, now)]),
		...[...later.values()]
			.sort((a, b) => a.moment.at - b.moment.at)
			.map((group) => laterOn(plan, group.due, group.moment, group.delay)),
		...tooLate,
	];
}

/** What is known against writing to this payer, whatever is due. */
function blockOf({ rows, phone, history, compiled, now }: Planning): SkipCode | null {
	if (rows.some(({ invoice }) => history.receivables.get(invoice)?.state === 'wrongPerson')) return 'wrongPerson';
	if (history.optedOutAt !== null) return 'optedOut';
	if (!phone?.ok) return 'noPhone';
	const quietUntil = (history.lastInboundAt ?? -Infinity) + compiled.policy.replyPauseHours * 3_600_000;
	return now < quietUntil ? 'replyPause' : null;
}

type When =
	| { type: 'at'; moment: LawfulMoment; delay: Delay; due: Due }
	/** Nothing of it is left to tell at the next lawful moment. */
	| { type: 'never'; standing: Exclude<Standing, { type: 'due' }> };

/** The moment is judged by what stands on the ladder then: "vence hoje" is not told tomorrow, and tomorrow's step is told instead. */
function whenToTell(plan: Planning, due: Due): When {
	for (let { overdue, position } = due; ;) {
		const { moment, delay } = lawfulMoment(plan, overdue);
		if (moment.day === plan.today) return { type: 'at', moment, delay, due };
		const then = standOn(plan, due.receivable, moment.day);
		if (then.type !== 'due') {
			const next = then.type === 'skipped' ? then.next : upcoming(plan, { ...due, position });
			const code = then.type === 'skipped' ? then.code : 'notDue';
			const why = delay.type === 'weekly' ? { held: delay } : {};
			return { type: 'never', standing: { type: 'skipped', code, next, ...why } };
		}
		position = then.position;
		// It was not overdue yet when it was asked: the week's maximum counts for it then.
		if (then.overdue === overdue) return { type: 'at', moment, delay, due: { ...due, ...then } };
		overdue = then.overdue;
	}
}

/** One reminder a day, so many overdue ones in seven days, never outside the lawful hours. */
function lawfulMoment(plan: Planning, overdue: boolean): { moment: LawfulMoment; delay: Delay } {
	const { reader, now, today, history, overdueOn, compiled } = plan;
	let fromDay = today;
	let delay: Delay = { type: 'hours' };
	const { messages } = history;
	if (messages.length > 0) {
		// A day ahead of today was told before the clock was set back.
		const lastDay = messages.reduce((last, { day }) => (day > last ? day : last), '');
		if (dayNumber(lastDay) >= today) {
			fromDay = dayNumber(lastDay) + 1;
			delay = { type: 'messaged', day: lastDay, ...shared((message) => message.day === lastDay) };
		}
		const { maxPerWeek } = compiled.policy;
		const filling = overdue ? overdueOn.at(-maxPerWeek) : undefined;
		const freeDay = filling === undefined ? today : filling + 7;
		if (freeDay > fromDay) {
			fromDay = freeDay;
			delay = { type: 'weekly', ...shared(({ afterDue, day }) => afterDue && dayNumber(day) >= filling!) };
		}
	}
	return { moment: reader.firstLawful(now, fromDay), delay };

	/** Whether some of these were told as another payer. */
	function shared(which: (message: PayerHistory['messages'][number]) => boolean): { shared?: true } {
		return messages.some((message) => message.asOther && which(message)) ? { shared: true } : {};
	}
}

// ---------------------------------------------------------------- decisions

function sendNow(plan: Planning, due: readonly Due[]): Decision {
	const { payer, compiled, reader, today } = plan;
	const step = furthestStep(plan, due);
	const invoices = due.map((each) => planned(plan, each));
	const totalCents = invoices.reduce((total, { updatedCents }) => total + updatedCents, 0);
	const creditor = due[0]!.receivable.creditor;
	const day = reader.dateOf(today);
	const reminder: DunningPlan = {
		creditor,
		payer: payer.key,
		day,
		steps: invoices.map(({ receivable: { invoice, number, dueDate, amountCents }, step: told }) => ({
			...{ invoice, step: told, number, dueDate, amountCents },
		})),
		afterDue: due.some(({ overdue }) => overdue),
		maxPerWeek: compiled.policy.maxPerWeek,
		hours: reader.schedule,
		plannedAt: plan.now,
		validUntil: reader.closingOf(today),
		dedupeKey: `dunning|${creditor}|${payer.key}|${day}`,
	};
	const explanation = explainSendNow(payer, step, invoices, totalCents);
	return { type: 'sendNow', payer, step, invoices, totalCents, plan: reminder, explanation };
}

function laterOn(plan: Planning, due: readonly Due[], moment: LawfulMoment, delay: Delay): Decision {
	const { payer, compiled, reader, today } = plan;
	const explanation = explainLater(moment, delay, today, reader, compiled.policy.maxPerWeek);
	const invoices = due.map(({ receivable }) => receivable);
	return { type: 'later', payer, invoices, step: furthestStep(plan, due), at: moment.at, explanation };
}

function furthestStep({ compiled }: Planning, due: readonly Due[]) {
	return compiled.ladder[due.reduce((furthest, { position }) => Math.max(furthest, position), 0)]!;
}

function planned({ compiled, reader, today }: Planning, { receivable, position }: Due): PlannedInvoice {
	const { amountCents, dueDate } = receivable;
	const { due, effective, effectiveDate } = compiled.datesOf(dueDate, reader);
	const rates = ratesOf(receivable, compiled);
	const invoice = { receivable, step: compiled.ladder[position]!.key };
	const isLate = today > effective;
	const daysLate = isLate ? today - due : Math.min(0, today - due);
	if (!isLate || (rates.finePercent === 0 && rates.monthlyInterestPercent === 0)) {
		return { ...invoice, daysLate, fineCents: 0, interestCents: 0, updatedCents: amountCents };
	}
	const { fineCents, interestCents, totalCents } = lateCharges({
		...{ amountCents, dueDate, ...rates },
		asOf: reader.dateOf(today),
		payableUntil: effectiveDate,
	});
	return { ...invoice, daysLate, fineCents, interestCents, updatedCents: totalCents };
}

function ratesOf({ charges: own }: Receivable, { policy: { charges } }: CompiledPolicy): Charges {
	return {
		finePercent: own?.finePercent ?? charges.finePercent,
		monthlyInterestPercent: own?.monthlyInterestPercent ?? charges.monthlyInterestPercent,
	};
}

function withoutMessage(
	plan: Planning,
	receivable: Receivable,
	standing: Exclude<Standing, { type: 'due' }>,
): Decision {
	const { policy, ladder } = plan.compiled;
	const record = plan.history.receivables.get(receivable.invoice);
	if (standing.type === 'human') {
		const { code, position } = standing;
		const step = position === null ? null : ladder[position]!;
		return { type: 'human', receivable, code, explanation: explainHuman(receivable, code, step, record, policy) };
	}
	const explanation = explainSkipped(receivable, standing, record, plan);
	return { type: 'skipped', receivable, code: standing.code, next: standing.next, explanation };
}

function skip(
	plan: Planning,
	receivable: Receivable,
	code: SkipCode,
	next: ReturnType<typeof nextStep> = null,
): Decision {
	return withoutMessage(plan, receivable, { type: 'skipped', code, next });
}

/** The step after the one that is due. */
function upcoming(
	{ compiled, reader, today }: Planning,
	{ receivable, position }: Pick<Due, 'receivable' | 'position'>,
) {
	const dates = compiled.datesOf(receivable.dueDate, reader);
	return nextStep(compiled.positionsFor(receivable.payer.segment), dates, today, position);
}
