/** Builders for the payment ladder: what is not said is an open invoice of Ana in São Paulo, due on Tuesday 2026-03-10. */
import { decidePayer } from '../../engine/dunning/decide-payer';
import { compilePolicy, dunningPolicy, type CompiledPolicy } from '../../engine/dunning/policy';
import {
	NO_HISTORY,
	type Decision,
	type DunningPolicy,
	type LadderStep,
	type Payer,
	type PayerHistory,
	type Receivable,
} from '../../engine/dunning/types';
import type { ReceivableRecord } from '../../engine/model-receivable';

export const CREDITOR = {
	name: 'Oficina Aurora Ltda',
	document: '11.222.333/0001-81',
	address: 'Rua das Flores, 10, São Paulo/SP',
};

export const ANA: Payer = {
	key: '52998224725',
	name: 'Ana Souza',
	document: '52998224725',
	phone: '11987654321',
	uf: null,
	segment: null,
};

export function aReceivable(given: Partial<Receivable> = {}): Receivable {
	return {
		creditor: '11222333000181',
		invoice: '1',
		number: 'NF 10',
		payer: ANA,
		dueDate: '2026-03-10',
		issuedOn: null,
		amountCents: 100_000,
		status: 'open',
		humanReason: '',
		charges: null,
		boleto: null,
		pix: null,
		link: null,
		...given,
	};
}

export function aRecord(given: Partial<ReceivableRecord> = {}): ReceivableRecord {
	return {
		creditor: '11222333000181',
		invoice: '1',
		number: 'NF 10',
		payer: ANA.key,
		contactId: null,
		dueDate: '2026-03-10',
		amountCents: 100_000,
		state: 'open',
		stateAt: 0,
		reason: null,
		promiseDate: null,
		promises: 0,
		promisesKept: 0,
		paidAt: null,
		paidCents: null,
		...given,
	};
}

export function aStep(given: Partial<LadderStep> = {}): LadderStep {
	return {
		key: 'd+7',
		name: 'Combinar data',
		offset: 7,
		unit: 'calendarDays',
		segments: [],
		action: 'template',
		template: 'regua',
		text: null,
		shift: 'next',
		...given,
	};
}

export function aPolicy(given: Partial<DunningPolicy> = {}): CompiledPolicy {
	return compilePolicy(dunningPolicy({ creditor: CREDITOR, ...given }));
}

export function aHistory(given: Partial<PayerHistory> = {}): PayerHistory {
	return { ...NO_HISTORY, ...given };
}

/** On the clocks of São Paulo: "2026-03-17 10:00". */
export function saoPaulo(text: string): number {
	return Date.parse(`${text.replace(' ', 'T')}:00-03:00`);
}

/** One payer asked about: Ana's invoice on its D+7, a Tuesday at ten, unless it says otherwise. */
export interface PayerCase {
	receivables?: Receivable[];
	policy?: Partial<DunningPolicy>;
	history?: Partial<PayerHistory>;
	now?: number;
}

export const TUESDAY_10H = saoPaulo('2026-03-17 10:00');

export function decide({
	receivables = [aReceivable()],
	policy,
	history,
	now = TUESDAY_10H,
}: PayerCase = {}): Decision[] {
	return decidePayer(receivables, aPolicy(policy), aHistory(history), now);
}

/** @throws when there is more than one decision, or none */
export function only(given: PayerCase = {}): Decision {
	const [decision, ...others] = decide(given);
	if (!decision || others.length > 0) throw new Error(`${others.length} decisions more than one`);
	return decision;
}
