import fc from 'fast-check';
import type { ReceivableRecord, ReceivableState } from '../../../../engine/model-receivable';
import { newRecord } from '../../../../engine/receivable/rows';
import {
	breakPromise,
	DEFAULT_PROMISE_RULES,
	transition,
	type Change,
	type Circumstances,
} from '../../../../engine/receivable/transition';
import { TUESDAY_10H as NOW } from '../../../support/sending-facts';

const DAY = 86_400_000;
const STATES: ReceivableState[] = [
	...(['open', 'paid', 'cancelled', 'renegotiated', 'claimedPaid', 'disputed'] as const),
	...(['promised', 'wrongPerson', 'human'] as const),
];

const record = (state: ReceivableState, more: Partial<ReceivableRecord> = {}): ReceivableRecord => ({
	...newRecord({ creditor: 'acme', invoice: 'tit-1' }, NOW - DAY),
	...{ number: 'NF 12', amountCents: 10_000, state },
	...more,
});
const facts = (more: Partial<Circumstances> = {}): Circumstances => ({
	...{ now: NOW, zone: 'America/Sao_Paulo', today: '2026-03-10', occurredAt: null, reason: null },
	promises: DEFAULT_PROMISE_RULES,
	...more,
});
const after = (before: ReceivableRecord, change: Change, more: Partial<Circumstances> = {}) => {
	const result = transition(before, change, facts(more));
	if (result.type !== 'changed') throw new Error(`${result.type}: ${result.explanation}`);
	return result;
};
const events = (result: ReturnType<typeof after>) => result.news.map(({ event, text }) => [event, text]);

describe('news of a receivable', () => {
	it('settles it from anywhere, with date and amount: money that came is money that came', () => {
		for (const state of STATES.filter((each) => each !== 'paid')) {
			expect(after(record(state), { type: 'settle' }).record).toMatchObject({ state: 'paid', paidAt: NOW });
		}
		const paidAt = Date.parse('2026-03-09T23:30:00-03:00');
		const result = after(record('open'), { type: 'settle', paidAt, paidCents: 10_050 });
		expect(result.record).toMatchObject({ state: 'paid', stateAt: NOW, paidAt, paidCents: 10_050 });
		expect(events(result)).toEqual([['receivablePaid', 'A fatura NF 12 foi paga em 09/03/2026: R$ 100,50.']]);
	});

	it('is told of a part that was paid, and stays as it was', () => {
		const part = { type: 'partPayment', paidCents: 4_000 } as const;
		for (const state of STATES.filter((each) => !['paid', 'cancelled', 'renegotiated'].includes(each))) {
			const before = record(state, { promiseDate: '2026-03-20', reason: 'como estava' });
			expect(after(before, part).record).toEqual(before);
		}
		const [news] = after(record('open'), part, { reason: 'aviso de Omie' }).news;
		expect(news).toEqual({
			event: 'receivablePartlyPaid',
			text: 'Entrou uma parte da fatura NF 12 em 10/03/2026: R$ 40,00 (aviso de Omie). O que falta continua em aberto.',
			data: expect.objectContaining({ state: 'open', previousState: 'open', partCents: 4_000, amountCents: 10_000 }),
		});
		// Each part is another one; after the whole none is.
		expect(after(record('open'), part).news).toHaveLength(1);
		expect(transition(record('paid'), part, facts()).type).toBe('stale');
	});

	it('never leads back by itself: what is settled stays so, whatever comes late', () => {
		const changes: Change[] = [
			...(['cancel', 'renegotiate', 'claimPaid', 'dispute', 'wrongPerson', 'handToHuman'] as const).map((type) => ({
				type,
			})),
			{ type: 'promise', date: '2026-03-12' },
		];
		for (const change of changes) {
			const result = transition(record('paid'), change, facts());
			expect(result).toEqual({
				type: 'stale',
				explanation: 'A fatura NF 12 consta como paga desde 09/03/2026: nada mudou.',
			});
			for (const state of ['cancelled', 'renegotiated'] as const) {
				expect(['stale', 'unchanged']).toContain(transition(record(state), change, facts()).type);
			}
		}
	});

	it('leaves with the person what a person deals with, whatever the payer adds', () => {
		for (const state of ['disputed', 'wrongPerson', 'human'] as const) {
			expect(transition(record(state), { type: 'claimPaid' }, facts()).type).toBe('stale');
			expect(transition(record(state), { type: 'promise', date: '2026-03-12' }, facts()).type).toBe('stale');
		}
		expect(after(record('claimedPaid'), { type: 'dispute' }).record.state).toBe('disputed');
		expect(after(record('disputed'), { type: 'handToHuman' }).record.state).toBe('human');
	});

	it('told twice changes nothing the second time', () => {
		expect(transition(record('disputed'), { type: 'dispute' }, facts())).toEqual({
			type: 'unchanged',
			explanation: 'A fatura NF 12 já consta como não reconhecida pelo pagador.',
		});
		expect(transition(record('open'), { type: 'reopen' }, facts()).type).toBe('unchanged');
	});

	it('reopens from any state, and then takes no older news', () => {
		for (const state of STATES.filter((each) => each !== 'open')) {
			const { record: reopened } = after(record(state, { paidAt: NOW - DAY, promiseDate: '2026-03-20' }), {
				type: 'reopen',
			});
			expect(reopened).toMatchObject({ state: 'open', paidAt: null, promiseDate: null });
			const settle = { type: 'settle' } as const;
			expect(transition(reopened, settle, facts({ now: NOW + 1, occurredAt: NOW - DAY })).type).toBe('stale');
			expect(transition(reopened, settle, facts({ now: NOW + 1, occurredAt: NOW })).type).toBe('changed');
			expect(transition(reopened, settle, facts({ now: NOW + 1 })).type).toBe('changed');
		}
		// One that was only reminded of takes news of yesterday.
		expect(transition(record('open'), { type: 'settle' }, facts({ occurredAt: NOW - 9 * DAY })).type).toBe('changed');
	});
});

describe('a promise to pay', () => {
	const promise = (date: string) => ({ type: 'promise', date }) as const;

	it('is kept with its date and counted', () => {
		const result = after(record('open'), promise('2026-03-20'));
		expect(result.record).toMatchObject({ state: 'promised', promiseDate: '2026-03-20', promises: 1 });
		expect(events(result)).toEqual([
			[
				'promiseMade',
				'Promessa de pagamento da fatura NF 12 para 20/03/2026 (1ª promessa). Os lembretes dela param até lá.',
			],
		]);
		expect(transition(result.record, promise('2026-03-20'), facts()).type).toBe('unchanged');
		expect(after(result.record, promise('2026-03-18')).record).toMatchObject({
			promises: 2,
			promiseDate: '2026-03-18',
		});
	});

	it.each([
		['2026-03-09', 'promiseInPast', /já passou/],
		['2026-03-21', 'promiseTooFar', /depois de 20\/03\/2026, o limite de 10 dias/],
		['', 'noDate', /falta a data/],
		['2026-02-30', 'noDate', /falta a data/],
	])('for %s is a result with its reason', (date, code, explanation) => {
		const result = transition(record('open'), promise(date), facts());
		expect(result).toMatchObject({ type: 'refused', code });
		expect(result).toHaveProperty('explanation', expect.stringMatching(explanation));
	});

	it('may be for today and for the last day allowed; a third one is for a person', () => {
		expect(after(record('open'), promise('2026-03-10')).record.state).toBe('promised');
		expect(after(record('open'), promise('2026-03-20')).record.state).toBe('promised');
		expect(transition(record('open', { promises: 2 }), promise('2026-03-12'), facts())).toMatchObject({
			code: 'tooManyPromises',
		});
	});

	it('counts as kept when the money comes while it is quiet for it', () => {
		const promised = record('promised', { promiseDate: '2026-03-10', promises: 1 });
		const result = after(promised, { type: 'settle' });
		expect(result.record.promisesKept).toBe(1);
		expect(events(result)[1]).toEqual([
			'promiseKept',
			'Promessa cumprida: a fatura NF 12 foi paga como combinado para 10/03/2026.',
		]);
		const claimed = record('claimedPaid', { promiseDate: '2026-03-10', promises: 1 });
		expect(after(claimed, { type: 'settle', paidAt: NOW }).record.promisesKept).toBe(1);
		expect(after(claimed, { type: 'settle', paidAt: NOW + DAY }).record.promisesKept).toBe(0);
		expect(
			after(record('open', { promiseDate: '2026-03-01', promises: 1 }), { type: 'settle' }).record.promisesKept,
		).toBe(0);
	});

	it.each([
		['on the promised Friday', '2026-03-06T10:00:00-03:00', 1, ['receivablePaid', 'promiseKept']],
		['on the bank day after it', '2026-03-09T23:30:00-03:00', 1, ['receivablePaid', 'promiseKept']],
		['later', '2026-03-10T00:30:00-03:00', 0, ['promiseBroken', 'receivablePaid']],
		['half a year later', '2026-08-15T10:00:00-03:00', 0, ['promiseBroken', 'receivablePaid']],
	])('is kept by a payment until it is checked: one %s', (_, paid, kept, told) => {
		const promised = record('promised', { promiseDate: '2026-03-06', promises: 1 });
		const result = after(promised, { type: 'settle', paidAt: Date.parse(paid) });
		expect([result.record.promisesKept, result.news.map(({ event }) => event)]).toEqual([kept, told]);
		expect(result.explanation).toMatch(/^A fatura NF 12 foi paga em/);
	});

	it('that was broken is told when the ladder goes on or a person takes over; its date stays', () => {
		const promised = record('promised', { promiseDate: '2026-03-09', promises: 1 });
		const broken = breakPromise(promised, NOW);
		expect(broken.record).toMatchObject({ state: 'open', promiseDate: '2026-03-09', promises: 1 });
		expect(broken.news).toMatchObject({
			event: 'promiseBroken',
			text: 'Promessa não cumprida: a fatura NF 12 não foi paga até 09/03/2026.',
		});
		const handed = after(promised, { type: 'handToHuman' });
		expect(handed.news.map(({ event }) => event)).toEqual(['promiseBroken', 'receivableHanded']);
		expect(handed.explanation).toBe('A fatura NF 12 passou para uma pessoa da equipe. Os lembretes dela param.');
	});
});

it('whatever comes in whatever order: paid is only left by reopening, and counts never sink', () => {
	const change = fc.oneof(
		fc.constantFrom<Change>(
			{ type: 'settle' },
			{ type: 'cancel' },
			{ type: 'renegotiate' },
			{ type: 'claimPaid' },
			{ type: 'dispute' },
			{ type: 'wrongPerson' },
			{ type: 'handToHuman' },
			{ type: 'reopen' },
		),
		fc
			.integer({ min: 1, max: 28 })
			.map((day): Change => ({ type: 'promise', date: `2026-03-${String(day).padStart(2, '0')}` })),
	);
	fc.assert(
		fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
			let known = record('open');
			changes.forEach((each, i) => {
				const result = transition(known, each, facts({ now: NOW + i }));
				const next = result.type === 'changed' ? result.record : known;
				if (known.state === 'paid' && each.type !== 'reopen') expect(next).toEqual(known);
				expect(next.promises).toBeGreaterThanOrEqual(known.promises);
				expect(next.promisesKept).toBeGreaterThanOrEqual(known.promisesKept);
				expect(next.promisesKept).toBeLessThanOrEqual(next.promises);
				known = next;
			});
		}),
	);
});
