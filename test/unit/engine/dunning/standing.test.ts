import type { PayerHistory } from '../../../../engine/dunning/types';
import { aReceivable, aRecord, aStep, decide, only, saoPaulo, type PayerCase } from '../../../support/dunning';

/** Of NF 10, due on Tuesday 2026-03-10: d+2u on the 12th, d+7 17th, d+15 25th, d+30 April 9th, d+45 April 24th. */
const told = (step: string) => ({ steps: new Map([['1', [{ step, at: 0 }]]]) });
const known = (record: Parameters<typeof aRecord>[0]) => ({ receivables: new Map([['1', aRecord(record)]]) });
const promised = (promiseDate: string) => known({ state: 'promised', promiseDate, promises: 1 });
const overdueOn = (...days: string[]): Pick<PayerHistory, 'messages'> => ({
	messages: days.map((day) => ({ day, at: saoPaulo(`${day} 10:00`), afterDue: true })),
});

const on = (date: string, more: PayerCase) => {
	const decision = only({ now: saoPaulo(`${date} 10:00`), ...more });
	if (decision.type === 'later') return `later ${new Date(decision.at).toISOString().slice(0, 10)}`;
	return `${decision.type} ${'code' in decision ? decision.code : decision.step.key}`;
};
const days = (dates: string[], history: Partial<PayerHistory>, more: PayerCase = {}) =>
	dates.map((date) => on(date, { history, ...more }));

describe('a promise that outlives the ladder (X-04)', () => {
	const history = { ...promised('2026-04-30'), ...told('d+30') };

	it('is handed to a person once it is broken, on whatever day somebody looks', () => {
		expect(days(['2026-04-24', '2026-04-30', '2026-05-04', '2026-05-11', '2026-12-01'], history)).toEqual([
			...['skipped promised', 'skipped promised'],
			...['human step', 'human step', 'human step'],
		]);
	});

	it('says on which day that will be', () => {
		expect(only({ history, now: saoPaulo('2026-04-24 10:00') })).toMatchObject({
			next: { step: { key: 'd+45' }, date: '2026-05-04' },
		});
	});

	it('is for a person also when no step is left: nobody else would ever look at it', () => {
		const steps = { ...promised('2026-04-30'), ...told('d+45') };
		expect(only({ history: steps, now: saoPaulo('2026-05-04 10:00') })).toMatchObject({
			...{ type: 'human', code: 'promiseBroken' },
			explanation: 'Para uma pessoa: a promessa de pagamento da fatura NF 10 para 30/04/2026 não foi cumprida.',
		});
		expect(
			days(['2026-05-04'], { ...steps, ...known({ state: 'open', promiseDate: '2026-04-30', promises: 1 }) }),
		).toEqual(['skipped alreadySent']);
	});
});

describe('how late a step may be told', () => {
	it('counts from the day on which a promise was found broken', () => {
		const history = { ...promised('2026-03-27'), ...told('d+7') };
		// Friday; checked on Monday, when d+15 was five days ago; d+30 comes on April 9th.
		expect(days(['2026-03-27', '2026-03-30', '2026-04-06', '2026-04-07'], history)).toEqual([
			...['skipped promised', 'sendNow d+15', 'skipped notDue', 'skipped notDue'],
		]);
		expect(days(['2026-04-02'], history)).toEqual(['sendNow d+15']);
	});

	it('counts from the day on which it was reopened', () => {
		const reopened = known({ state: 'open', reason: 'reaberta', stateAt: saoPaulo('2026-04-02 09:00') });
		expect(days(['2026-04-02', '2026-04-07', '2026-04-08'], { ...reopened, ...told('d+7') })).toEqual([
			...['sendNow d+15', 'sendNow d+15', 'skipped notDue'],
		]);
		const reminded = known({ state: 'open', reason: null, stateAt: saoPaulo('2026-04-02 09:00') });
		expect(days(['2026-04-02'], { ...reminded, ...told('d+7') })).toEqual(['skipped notDue']);
	});

	it('has no limit for what a person is to do, once the ladder has begun', () => {
		expect(days(['2026-04-23', '2026-04-24', '2026-06-10'], told('d+30'))).toEqual([
			...['skipped alreadySent', 'human step', 'human step'],
		]);
		const policy = { humanFromCents: 100_000 };
		expect(days(['2026-03-24'], told('d+2u'), { policy })).toEqual(['human highValue']);
	});
});

describe('the first list of an ERP', () => {
	it('hands nobody what has been overdue for months', () => {
		expect(days(['2026-04-24', '2026-06-10'], {})).toEqual(['human step', 'skipped ladderEnded']);
		expect(days(['2026-03-24'], {}, { policy: { humanFromCents: 100_000 } })).toEqual(['skipped notDue']);
	});
});

describe('a step that the weekly maximum held back', () => {
	const policy = { maxPerWeek: 1 };
	const history = { ...overdueOn('2026-03-16'), ...told('d+2u') };

	it('waits for its turn, says so, and is told then however old it is', () => {
		const later = only({ history, policy });
		expect(later).toMatchObject({
			type: 'later',
			explanation: 'Adiado para 23/03/2026 às 09:00: já houve 1 aviso de atraso em 7 dias, o máximo.',
		});
		expect(days(['2026-03-17', '2026-03-20', '2026-03-23', '2026-03-24'], history, { policy })).toEqual([
			...['later 2026-03-23', 'later 2026-03-23', 'sendNow d+7', 'sendNow d+7'],
		]);
	});

	it('says when the phone heard them as another payer', () => {
		const asOther = history.messages.map((message) => ({ ...message, asOther: true }));
		expect(only({ history: { ...history, messages: asOther }, policy }).explanation).toBe(
			'Adiado para 23/03/2026 às 09:00: já houve 1 aviso de atraso a este telefone (contando outro cadastro) em 7 dias, o máximo.',
		);
		const today = asOther.map((message) => ({ ...message, day: '2026-03-17' }));
		expect(only({ history: { ...history, messages: today } }).explanation).toBe(
			'Adiado para 18/03/2026 às 09:00: já há um aviso em 17/03/2026 a este telefone, por outro cadastro, e só um sai por dia.',
		);
	});

	it('is caught up for as many days as others, also after one week has followed another', () => {
		const steps = [aStep({ key: 'd+2u', offset: 2 }), aStep()];
		const more = { receivables: [aReceivable({ dueDate: '2026-02-24' })], policy: { ...policy, steps } };
		// Due on March 3rd, held by the 2nd until the 9th, and by the 9th until the 16th.
		const weeks = { ...overdueOn('2026-03-02', '2026-03-09'), ...told('d+2u') };
		expect(days(['2026-03-10', '2026-03-16', '2026-03-20', '2026-03-23'], weeks, more)).toEqual([
			...['later 2026-03-16', 'sendNow d+7', 'sendNow d+7', 'skipped ladderEnded'],
		]);
	});

	it('is not made fresh by it when it had been left to lie before', () => {
		const steps = { receivables: [aReceivable({ dueDate: '2026-03-02' })], policy };
		// d+7 on the 9th, told on the 16th only of another invoice: d+15 is next, on the 17th.
		expect(days(['2026-03-16'], { ...overdueOn('2026-03-16'), ...told('d+2u') }, steps)).toEqual(['skipped notDue']);
	});

	it('is explained by it too when a person takes over before its turn', () => {
		const decisions = decide({
			receivables: [aReceivable()],
			history: { ...overdueOn('2026-04-21'), ...told('d+15') },
			policy: { maxPerWeek: 1, catchUpDays: 20 },
			now: saoPaulo('2026-04-22 10:00'),
		});
		expect(decisions).toMatchObject([
			{
				code: 'notDue',
				explanation: 'Ignorado: já houve 1 aviso de atraso em 7 dias, o máximo; próximo passo D+45 em 24/04/2026.',
			},
		]);
	});
});
