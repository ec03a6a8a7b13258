/**
 * What does a piece of news change about a receivable? Pure. States never move backwards by themselves: what is paid stays paid,
 * what a person deals with stays with the person, whatever arrives late or twice; only `reopen` leads back.
 */
import { formatReais } from '../brazil/money';
import { addBankDays, nextBankDay } from '../business-hours/bank-days';
import { addDays, isDateText, type DateText } from '../business-hours/dates';
import type { Instant } from '../model';
import type { ReceivableRecord, ReceivableState } from '../model-receivable';
import { SETTLED } from '../outbox/rules/receivable-open';
import { dateIn, dayOf, nameOf, STATE_WORDS, writtenDate } from './words';

/**
 *   settle       the money came · cancel: the creditor gave it up · renegotiate: it became part of an agreement
 *   partPayment  some of the money came: the rest is owed as before, wherever the receivable stands
 *   claimPaid    "já paguei" · dispute: "não reconheço" · promise: the payer names a date · wrongPerson: "não sou eu"
 *   handToHuman  a person deals with it from now on
 *   reopen       the way back from any state: a payment that was reversed, a dispute that was cleared, a number that was corrected
 */
export type Change =
	| { type: 'settle'; paidAt?: Instant | null; paidCents?: number | null }
	| { type: 'partPayment'; paidAt?: Instant | null; paidCents?: number | null }
	| { type: 'promise'; date: DateText }
	| { type: 'cancel' | 'renegotiate' | 'claimPaid' | 'dispute' | 'wrongPerson' | 'handToHuman' | 'reopen' };

export interface Circumstances {
	now: Instant;
	/** For dates and days. */
	zone: string;
	/** Today in `zone`. */
	today: DateText;
	/** When it happened where the news comes from; null = not said. */
	occurredAt: Instant | null;
	/** Portuguese: who said so, and why when it matters; null = not said. */
	reason: string | null;
	promises: PromiseRules;
}

export interface PromiseRules {
	/** A later date is a matter for a person. */
	maxDaysAhead: number;
	/** More promises than this are a matter for a person. */
	max: number;
	/** A payment by this bank day after the promised date keeps it: banks report a day later (dunning/policy.ts). */
	checkBankDays: number;
}

export const DEFAULT_PROMISE_RULES: PromiseRules = { maxDaysAhead: 10, max: 2, checkBankDays: 1 };

/** `event`: of the timeline. */
export interface News {
	event: string;
	text: string;
	data: Record<string, unknown>;
}

/**
 *   changed    it stands differently now
 *   unchanged  it stood so already
 *   stale      the news cannot move it from where it is
 *   refused    it cannot be accepted as it is: `code` says why
 */
export type Transition =
	| { type: 'changed'; record: ReceivableRecord; news: News[]; explanation: string }
	| { type: 'unchanged' | 'stale'; explanation: string }
	| { type: 'refused'; code: 'promiseInPast' | 'promiseTooFar' | 'tooManyPromises' | 'noDate'; explanation: string };

export function transition(record: ReceivableRecord, change: Change, facts: Circumstances): Transition {
	const { state } = record;
	if (isSame(record, change))
		return { type: 'unchanged', explanation: `A ${nameOf(record)} já consta como ${STATE_WORDS[state]}.` };
	const late = isLate(record, change, facts);
	if (late || !ALLOWED[change.type].has(state)) {
		const since = dayOf(record.stateAt, facts.zone);
		return {
			type: 'stale',
			explanation: `A ${nameOf(record)} consta como ${STATE_WORDS[state]} desde ${since}: nada mudou.`,
		};
	}
	if (change.type === 'promise') {
		const refusal = refusePromise(record, change.date, facts);
		if (refusal) return refusal;
	}
	const next: ReceivableRecord = { ...record, ...fieldsOf(record, change, facts) };
	const news = newsOf(record, next, change, facts);
	return {
		type: 'changed',
		record: next,
		news,
		explanation: news.find(({ event }) => event === EVENTS[change.type])!.text,
	};
}

/** The payer let the promised date pass: the ladder goes on. The date stays, so that it is known that there was one. */
export function breakPromise(record: ReceivableRecord, now: Instant): { record: ReceivableRecord; news: News } {
	return {
		record: { ...record, state: 'open', stateAt: now, reason: 'promessa não cumprida' },
		news: brokenPromise(record),
	};
}

/** The contact is not the payer, while the invoice stays as it is. */
export function wrongPersonNews(record: ReceivableRecord, facts: Circumstances): News {
	return newsOf(record, record, { type: 'wrongPerson' }, facts)[0]!;
}

// ---------------------------------------------------------------- helpers

/** The others leave or find the state as it is. */
const STATES: Record<Exclude<Change['type'], 'reopen' | 'partPayment'>, ReceivableState> = {
	settle: 'paid',
	cancel: 'cancelled',
	renegotiate: 'renegotiated',
	claimPaid: 'claimedPaid',
	dispute: 'disputed',
	promise: 'promised',
	wrongPerson: 'wrongPerson',
	handToHuman: 'human',
};

/** The payer's own words. What a person deals with is theirs: it waits for the person, whatever the payer adds. */
const ON_THE_WAY: ReceivableState[] = ['open', 'claimedPaid', 'promised'];
const UNSETTLED: ReceivableState[] = [...ON_THE_WAY, 'disputed', 'wrongPerson', 'human'];

/** From which states each piece of news leads on. Money that came is money that came, even for what was given up. */
const ALLOWED: Record<Change['type'], ReadonlySet<ReceivableState>> = {
	settle: new Set([...UNSETTLED, 'cancelled', 'renegotiated']),
	partPayment: new Set(UNSETTLED),
	cancel: new Set(UNSETTLED),
	renegotiate: new Set(UNSETTLED),
	claimPaid: new Set(ON_THE_WAY),
	promise: new Set(ON_THE_WAY),
	dispute: new Set(ON_THE_WAY),
	wrongPerson: new Set(UNSETTLED),
	handToHuman: new Set(UNSETTLED),
	reopen: new Set([...UNSETTLED, ...SETTLED]),
};

function isSame({ state, promiseDate }: ReceivableRecord, change: Change): boolean {
	if (change.type === 'reopen') return state === 'open';
	// Each part is another one.
	if (change.type === 'partPayment') return false;
	return state === STATES[change.type] && (change.type !== 'promise' || change.date === promiseDate);
}

/** What happened before somebody reopened it is old news. Others that are open were only reminded of (their reason is null). */
export function isLate(
	{ state, reason, stateAt }: ReceivableRecord,
	change: Change,
	{ occurredAt }: Pick<Circumstances, 'occurredAt'>,
): boolean {
	const wasReopened = state === 'open' && reason !== null;
	return change.type !== 'reopen' && wasReopened && occurredAt !== null && occurredAt < stateAt;
}

function refusePromise(
	record: ReceivableRecord,
	date: DateText,
	{ today, promises: rules }: Circumstances,
): Transition | null {
	const refuse = (code: 'promiseInPast' | 'promiseTooFar' | 'tooManyPromises' | 'noDate', explanation: string) =>
		({ type: 'refused', code, explanation }) as const;
	if (!isDateText(date))
		return refuse('noDate', 'A promessa não foi anotada: falta a data. Pergunte em que dia o pagamento será feito.');
	if (date < today)
		return refuse('promiseInPast', `A promessa não foi anotada: ${writtenDate(date)} já passou. Peça outra data.`);
	const last = addDays(today, rules.maxDaysAhead);
	if (date > last) {
		return refuse(
			'promiseTooFar',
			`A promessa não foi anotada: ${writtenDate(date)} fica depois de ${writtenDate(last)}, o limite de ${rules.maxDaysAhead} dias. Peça uma data mais próxima ou passe para uma pessoa.`,
		);
	}
	if (record.promises >= rules.max) {
		return refuse(
			'tooManyPromises',
			`A promessa não foi anotada: já houve ${record.promises} para a ${nameOf(record)}. Passe para uma pessoa.`,
		);
	}
	return null;
}

function fieldsOf(record: ReceivableRecord, change: Change, facts: Circumstances): Partial<ReceivableRecord> {
	const { now, reason } = facts;
	if (change.type === 'reopen') {
		return {
			state: 'open',
			stateAt: now,
			reason: reason ?? 'reaberta',
			promiseDate: null,
			paidAt: null,
			paidCents: null,
		};
	}
	if (change.type === 'partPayment') return {};
	const fields: Partial<ReceivableRecord> = { state: STATES[change.type], stateAt: now, reason };
	if (change.type === 'promise') return { ...fields, promiseDate: change.date, promises: record.promises + 1 };
	if (change.type !== 'settle') return fields;
	const { paidAt, paidCents } = change;
	const promisesKept = record.promisesKept + (keepsPromise(record, change, facts) ? 1 : 0);
	return { ...fields, paidAt: paidAt ?? now, paidCents: paidCents ?? null, promisesKept };
}

/** A payment by the day on which a promise is checked keeps it; so does one by the promised day of who says to have paid. */
function keepsPromise(
	{ state, promiseDate }: ReceivableRecord,
	{ paidAt }: Extract<Change, { type: 'settle' }>,
	{ now, zone, promises }: Circumstances,
): boolean {
	if (promiseDate === null) return false;
	const paidOn = dateIn(zone, paidAt ?? now);
	if (state === 'promised') return paidOn <= addBankDays(nextBankDay(promiseDate), promises.checkBankDays);
	return state === 'claimedPaid' && paidOn <= promiseDate;
}

const EVENTS: Record<Change['type'], string> = {
	settle: 'receivablePaid',
	partPayment: 'receivablePartlyPaid',
	cancel: 'receivableCancelled',
	renegotiate: 'receivableRenegotiated',
	claimPaid: 'receivableClaimedPaid',
	dispute: 'receivableDisputed',
	promise: 'promiseMade',
	wrongPerson: 'wrongPerson',
	handToHuman: 'receivableHanded',
	reopen: 'receivableReopened',
};

function newsOf(before: ReceivableRecord, after: ReceivableRecord, change: Change, facts: Circumstances): News[] {
	const why = facts.reason === null ? '' : ` (${facts.reason})`;
	const news = [
		{
			event: EVENTS[change.type],
			text: sentenceOf(after, change, facts, why),
			data: {
				...dataOf(before, after),
				...(change.type === 'partPayment' ? { partCents: change.paidCents ?? null } : {}),
			},
		},
	];
	if (after.promisesKept > before.promisesKept) {
		const text = `Promessa cumprida: a ${nameOf(after)} foi paga como combinado para ${writtenDate(before.promiseDate!)}.`;
		news.push({ event: 'promiseKept', text, data: dataOf(before, after) });
	}
	if (before.state !== 'promised' || before.promiseDate === null) return news;
	const isBroken =
		(change.type === 'handToHuman' && before.promiseDate < facts.today) ||
		(change.type === 'settle' && after.promisesKept === before.promisesKept);
	if (isBroken) news.unshift(brokenPromise(before));
	return news;
}

function brokenPromise(record: ReceivableRecord): News {
	const text = `Promessa não cumprida: a ${nameOf(record)} não foi paga até ${writtenDate(record.promiseDate!)}.`;
	return { event: 'promiseBroken', text, data: dataOf(record, record) };
}

function sentenceOf(record: ReceivableRecord, change: Change, { now, zone }: Circumstances, why: string): string {
	const name = nameOf(record);
	switch (change.type) {
		case 'settle': {
			const amount = record.paidCents === null ? '' : `: ${formatReais(record.paidCents)}`;
			return `A ${name} foi paga em ${dayOf(record.paidAt!, zone)}${amount}${why}.`;
		}
		case 'partPayment': {
			const amount = change.paidCents ? `: ${formatReais(change.paidCents)}` : '';
			return `Entrou uma parte da ${name} em ${dayOf(change.paidAt ?? now, zone)}${amount}${why}. O que falta continua em aberto.`;
		}
		case 'cancel':
			return `A ${name} foi cancelada${why}. Não há mais lembretes dela.`;
		case 'renegotiate':
			return `A ${name} foi renegociada${why}. Não há mais lembretes dela.`;
		case 'claimPaid':
			return `O pagador disse que já pagou a ${name}${why}. Os lembretes dela param até a conferência.`;
		case 'dispute':
			return `O pagador não reconhece a ${name}${why}. Os lembretes dela param; uma pessoa precisa verificar.`;
		case 'promise':
			return `Promessa de pagamento da ${name} para ${writtenDate(change.date)}${why} (${record.promises}ª promessa). Os lembretes dela param até lá.`;
		case 'wrongPerson':
			return `Este contato não é o pagador da ${name}${why}. Nada mais sobre esse pagador vai para este contato.`;
		case 'handToHuman':
			return `A ${name} passou para uma pessoa da equipe${why}. Os lembretes dela param.`;
		case 'reopen':
			return `A ${name} foi reaberta${why}. Os lembretes dela voltam a valer.`;
	}
}

function dataOf(before: ReceivableRecord, after: ReceivableRecord): Record<string, unknown> {
	const { creditor, invoice, number, payer, amountCents, promiseDate, promises, paidCents } = after;
	return {
		...{ creditor, invoice, number, payer, amountCents },
		...{ state: after.state, previousState: before.state },
		...(promiseDate === null ? {} : { promiseDate, promises }),
		...(paidCents === null ? {} : { paidCents }),
	};
}
