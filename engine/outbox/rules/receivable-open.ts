import type { ReceivableRecord, ReceivableState } from '../../model-receivable';
import { refuse, type Rule } from './facts';

/** A receivable that a reminder names, as far as it decides whether the reminder may leave. */
export type Standing = Pick<ReceivableRecord, 'invoice' | 'number' | 'state' | 'promiseDate'>;

export interface Stop {
	/** Settled: nothing is owed any more. Stopped: owed perhaps, but nobody may be reminded of it. */
	code: 'receivableSettled' | 'receivableStopped';
	/** Portuguese, e.g. "a fatura NF 12 já foi paga". */
	why: string;
}

/** A reminder leaves only while everything it names is open: what was paid a moment ago is not charged. */
export const receivableOpen: Rule = ({ reminder }) => {
	const stop = firstStop(reminder ?? []);
	return stop && refuse(stop.code, `Não enviada: ${stop.why}.`);
};

/** What stands against reminding of these; null = nothing. */
export function firstStop(standings: readonly Standing[]): Stop | null {
	for (const standing of standings) {
		const stop = stopOf(standing);
		if (stop) return stop;
	}
	return null;
}

/** What stands against reminding of this one; null = nothing. */
export function stopOf({ invoice, number, state, promiseDate }: Standing): Stop | null {
	if (state === 'open') return null;
	const code = SETTLED.has(state) ? 'receivableSettled' : 'receivableStopped';
	const until = promiseDate ? ` para ${promiseDate.split('-').reverse().join('/')}` : '';
	return { code, why: WORDS[state].replace('#', number ?? invoice) + (state === 'promised' ? until : '') };
}

/** States nothing but a person or a reversal leads out of. */
export const SETTLED: ReadonlySet<ReceivableState> = new Set(['paid', 'cancelled', 'renegotiated']);

const WORDS: Record<Exclude<ReceivableState, 'open'>, string> = {
	paid: 'a fatura # já foi paga',
	cancelled: 'a fatura # foi cancelada',
	renegotiated: 'a fatura # foi renegociada',
	claimedPaid: 'o pagador disse que já pagou a fatura #',
	disputed: 'o pagador não reconhece a fatura #',
	promised: 'há uma promessa de pagamento da fatura #',
	wrongPerson: 'este número não é do pagador da fatura #',
	human: 'uma pessoa está cuidando da fatura #',
};
