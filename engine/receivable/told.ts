/** Was it told already? Each step of an invoice once, one reminder per reader and day, a few per week about what is overdue. Pure. */
import { addDays, type DateText } from '../business-hours/dates';
import { DEFAULT_ZONE } from '../business-hours/schedule';
import type { DunningPlan } from '../dunning/types';
import type { Instant } from '../model';
import { TAKEN_BACK } from '../outbox/released';
import { textOf } from './rows';
import { momentOf, writtenDate } from './words';

/** A reminder that left or may still leave. */
export interface ToldMessage {
	/** When it was stored. */
	at: Instant;
	status: string;
	/** Of a refusal. */
	code: string | null;
	/** When it was sent or refused. */
	finishedAt: Instant | null;
}

interface Reminder {
	plan: DunningPlan;
	contactId: string;
}

/** What was told, and what this very transaction is about to. Released reminders are not in it. */
export class Told {
	readonly #steps = new Map<string, ToldMessage>();
	readonly #days = new Map<string, Array<{ day: DateText; message: ToldMessage }>>();
	readonly #overdue = new Map<string, DateText[]>();

	addStep(creditor: string, { invoice, step }: { invoice: string; step: string }, message: ToldMessage): void {
		this.#steps.set(stepKey(creditor, invoice, step), message);
	}

	addDay(contactId: string, day: DateText, message: ToldMessage): void {
		this.#days.set(contactId, [...(this.#days.get(contactId) ?? []), { day, message }]);
	}

	addOverdue(payer: string, day: DateText): void {
		this.#overdue.set(payer, [...(this.#overdue.get(payer) ?? []), day]);
	}

	add({ plan, contactId }: Reminder, at: Instant): void {
		const message = { at, status: 'queued', code: null, finishedAt: null };
		for (const step of plan.steps) this.addStep(plan.creditor, step, message);
		this.addDay(contactId, plan.day, message);
		if (plan.afterDue) this.addOverdue(plan.payer, plan.day);
	}

	step(creditor: string, invoice: string, step: string): ToldMessage | undefined {
		return this.#steps.get(stepKey(creditor, invoice, step));
	}

	/** The reminder of that day; a later one was told before the clock was set back. */
	day(contactId: string, day: DateText): { day: DateText; message: ToldMessage } | undefined {
		return this.#days.get(contactId)?.find((each) => each.day >= day);
	}

	/** How many in the seven days that end with this one, and after it. */
	overdueInWeekOf(payer: string, day: DateText): number {
		const after = addDays(day, -7);
		return (this.#overdue.get(payer) ?? []).filter((each) => each > after).length;
	}
}

export interface Objection {
	code: 'alreadySent' | 'oneReminderPerDay' | 'weeklyMaximum';
	/** Portuguese. */
	explanation: string;
}

/** Why the reminder is not to be told; null = it may be. */
export function objectionTo({ plan, contactId }: Reminder, told: Told): Objection | null {
	const zone = plan.hours.zone ?? DEFAULT_ZONE;
	for (const { invoice, step } of plan.steps) {
		const before = told.step(plan.creditor, invoice, step);
		if (before) return { code: 'alreadySent', explanation: `Ignorada: ${whatBecameOf(before, zone)}.` };
	}
	const today = told.day(contactId, plan.day);
	if (today) {
		const explanation = `Ignorada: este contato já tem o lembrete de ${writtenDate(today.day)} (${whatBecameOf(today.message, zone)}). Sai um por dia.`;
		return { code: 'oneReminderPerDay', explanation };
	}
	if (plan.afterDue && told.overdueInWeekOf(plan.payer, plan.day) >= plan.maxPerWeek) {
		const explanation = `Ignorada: este pagador já recebeu o máximo de lembretes de atraso em sete dias (${plan.maxPerWeek}).`;
		return { code: 'weeklyMaximum', explanation };
	}
	return null;
}

function whatBecameOf({ status, code, at, finishedAt }: ToldMessage, zone: string): string {
	if (code === TAKEN_BACK) return `cancelada por alguém em ${momentOf(finishedAt ?? at, zone)}`;
	if (status === 'sent') return `já enviada em ${momentOf(finishedAt ?? at, zone)}`;
	if (status === 'refused') return `já tentada em ${momentOf(finishedAt ?? at, zone)}, sem entrega pelo WhatsApp`;
	return `já está na caixa de saída desde ${momentOf(at, zone)}`;
}

const stepKey = (creditor: string, invoice: string, step: string) => `${textOf({ creditor, invoice })}\n${step}`;
