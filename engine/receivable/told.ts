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

/** One reminder, to whom and on which day of theirs. */
export interface ToldReminder {
	/** Tells it from others. */
	id: string;
	payer: string;
	contactId: string;
	day: DateText;
	/** It spoke of something overdue. */
	isOverdue: boolean;
	message: ToldMessage;
}

/**
 * What was told, and what this very transaction is about to. Released reminders are not in it. The reader is who owes as well as who
 * has the phone: one contact may be met by CPF and by phone, one payer on two numbers.
 */
export class Told {
	readonly #steps = new Map<string, ToldMessage>();
	readonly #byPayer = new Map<string, ToldReminder[]>();
	readonly #byContact = new Map<string, ToldReminder[]>();

	addStep(creditor: string, { invoice, step }: { invoice: string; step: string }, message: ToldMessage): void {
		this.#steps.set(stepKey(creditor, invoice, step), message);
	}

	addMessage(told: ToldReminder): void {
		for (const [lists, key] of [
			[this.#byPayer, told.payer],
			[this.#byContact, told.contactId],
		] as const) {
			const list = lists.get(key);
			if (list) list.push(told);
			else lists.set(key, [told]);
		}
	}

	add({ plan, contactId }: Reminder, at: Instant): void {
		const { creditor, payer, day, afterDue: isOverdue, dedupeKey: id } = plan;
		const message = { at, status: 'queued', code: null, finishedAt: null };
		for (const step of plan.steps) this.addStep(creditor, step, message);
		this.addMessage({ id, payer, contactId, day, isOverdue, message });
	}

	step(creditor: string, invoice: string, step: string): ToldMessage | undefined {
		return this.#steps.get(stepKey(creditor, invoice, step));
	}

	/** The reminder of that day to the contact, else to the payer; a later one was told before the clock was set back. */
	day({ contactId, plan: { payer, day } }: Reminder): ToldReminder | undefined {
		const isThen = (told: ToldReminder) => told.day >= day;
		return this.#byContact.get(contactId)?.find(isThen) ?? this.#byPayer.get(payer)?.find(isThen);
	}

	/** How many about something overdue in the seven days that end with the plan's, and after it: to the payer, the contact, either. */
	overdueInWeek({ contactId, plan: { payer, day } }: Reminder): { payer: number; contact: number; either: number } {
		const after = addDays(day, -7);
		const isCounted = (told: ToldReminder) => told.isOverdue && told.day > after;
		const toPayer = (this.#byPayer.get(payer) ?? []).filter(isCounted);
		const toContact = (this.#byContact.get(contactId) ?? []).filter(isCounted);
		const either = new Set([...toPayer, ...toContact].map(({ id }) => id)).size;
		return { payer: toPayer.length, contact: toContact.length, either };
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
	const today = told.day({ plan, contactId });
	if (today) {
		const who = today.contactId === contactId ? 'este contato' : 'este pagador, em outro número,';
		const explanation = `Ignorada: ${who} já tem o lembrete de ${writtenDate(today.day)} (${whatBecameOf(today.message, zone)}). Sai um por dia.`;
		return { code: 'oneReminderPerDay', explanation };
	}
	const { maxPerWeek } = plan;
	const week = told.overdueInWeek({ plan, contactId });
	if (!plan.afterDue || week.either < maxPerWeek) return null;
	const explanation = `Ignorada: ${whoHadEnough(week, maxPerWeek)} o máximo de lembretes de atraso em sete dias (${maxPerWeek}).`;
	return { code: 'weeklyMaximum', explanation };
}

function whoHadEnough({ payer, contact }: { payer: number; contact: number }, maxPerWeek: number): string {
	if (payer >= maxPerWeek) return 'este pagador já recebeu';
	return contact >= maxPerWeek
		? 'este contato já recebeu, contando outros cadastros,'
		: 'este pagador e este contato já receberam, juntos,';
}

function whatBecameOf({ status, code, at, finishedAt }: ToldMessage, zone: string): string {
	if (code === TAKEN_BACK) return `cancelada por alguém em ${momentOf(finishedAt ?? at, zone)}`;
	if (status === 'sent') return `já enviada em ${momentOf(finishedAt ?? at, zone)}`;
	if (status === 'refused') return `já tentada em ${momentOf(finishedAt ?? at, zone)}, sem entrega pelo WhatsApp`;
	return `já está na caixa de saída desde ${momentOf(at, zone)}`;
}

const stepKey = (creditor: string, invoice: string, step: string) => `${textOf({ creditor, invoice })}\n${step}`;
