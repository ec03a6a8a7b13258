import type { PayerHistory } from '../../../../engine/dunning/types';
import { ANA, aReceivable, aStep, decide, only, saoPaulo } from '../../../support/dunning';

const iso = (at: number) => new Date(at).toISOString();

describe('what an overdue invoice has grown to', () => {
	const charges = { finePercent: 2, monthlyInterestPercent: 1 };
	const grown = (dueDate: string, date: string, amountCents = 100_000) => {
		const steps = [-2, 1, 3, 5, 7, 10, 30, 45].map((offset) => aStep({ key: String(offset), offset }));
		const decision = only({
			receivables: [aReceivable({ dueDate, amountCents })],
			policy: { steps, charges },
			now: saoPaulo(`${date} 10:00`),
		});
		return decision.type === 'sendNow' && decision.invoices[0];
	};

	it.each([
		['2026-03-10', '2026-03-20', 100_000, 10, 2_000, 333, 102_333],
		['2026-03-10', '2026-04-09', 100_000, 30, 2_000, 1_000, 103_000],
		['2026-03-10', '2026-04-24', 100_000, 45, 2_000, 1_500, 103_500],
		['2026-03-10', '2026-03-17', 45_990, 7, 920, 107, 47_017],
		['2026-03-10', '2026-03-13', 9_990, 3, 200, 10, 10_200],
	])('from %s to %s: %i cents', (dueDate, date, amountCents, daysLate, fineCents, interestCents, updatedCents) => {
		expect(grown(dueDate, date, amountCents)).toMatchObject({ daysLate, fineCents, interestCents, updatedCents });
	});

	it('counts from the original due date once the bank day after it has passed', () => {
		// Due on Saturday, payable on Monday, told on Wednesday: four days late.
		expect(grown('2026-11-14', '2026-11-18')).toMatchObject({ daysLate: 4, fineCents: 2_000, interestCents: 133 });
	});

	it('charges nothing on the bank day on which it can still be paid', () => {
		const steps = [aStep({ offset: 0 })];
		const decision = only({
			receivables: [aReceivable({ dueDate: '2026-11-14' })],
			policy: { steps, charges },
			now: saoPaulo('2026-11-16 10:00'),
		});
		expect(decision).toMatchObject({ invoices: [{ daysLate: 0, updatedCents: 100_000 }], plan: { afterDue: false } });
	});

	it('tells days before the due date as negative, and what is not due yet as such', () => {
		const decision = only({ now: saoPaulo('2026-03-09 10:00') });
		expect(decision).toMatchObject({
			invoices: [{ daysLate: -1 }],
			explanation: 'Enviar agora: 1 fatura a vencer (NF 10, vencimento 10/03/2026), passo D-3; total R$ 1.000,00.',
		});
	});
});

describe('when it is told', () => {
	it.each([
		['2026-03-17 07:00', '2026-03-17 09:00', 'fora do horário permitido (seg. a sex. das 09:00 às 18:00)'],
		['2026-03-17 18:00', '2026-03-18 09:00', 'fora do horário permitido (seg. a sex. das 09:00 às 18:00)'],
	])('waits at %s until %s', (now, at, why) => {
		const [date, time] = at.split(' ') as [string, string];
		expect(only({ now: saoPaulo(now) })).toMatchObject({
			type: 'later',
			payer: ANA,
			invoices: [{ invoice: '1' }],
			step: { key: 'd+7' },
			at: saoPaulo(at),
			explanation: `Adiado para ${date.split('-').reverse().join('/')} às ${time}: ${why}.`,
		});
	});

	it.each([
		['Carnaval', '2026-02-17', '18/02/2026', '2026-02-06'],
		['Carnaval', '2027-02-08', '10/02/2027', '2027-01-29'],
		['Consciência Negra', '2026-11-20', '23/11/2026', '2026-11-12'],
		['Natal', '2026-12-25', '28/12/2026', '2026-12-17'],
		['Confraternização Universal', '2027-01-01', '04/01/2027', '2026-12-24'],
	])('waits out %s', (name, date, opening, dueDate) => {
		const receivables = [aReceivable({ dueDate })];
		const steps = [aStep({ shift: 'previous' })];
		const decision = only({ receivables, policy: { steps }, now: saoPaulo(`${date} 10:00`) });
		expect(decision).toMatchObject({
			type: 'later',
			explanation: `Adiado para ${opening} às 09:00: feriado de ${name}.`,
		});
	});

	it('names own dates as what they are', () => {
		const ownDates = [{ date: '2026-03-18', name: 'Luto oficial' }];
		const decision = only({ policy: { ownDates }, now: saoPaulo('2026-03-18 10:00') });
		expect(decision).toMatchObject({ explanation: 'Adiado para 19/03/2026 às 09:00: data sem envios (Luto oficial).' });
	});

	it('goes by the clock of Rio Branco', () => {
		const receivables = [aReceivable({ payer: { ...ANA, phone: '68999991234' } })];
		expect(only({ receivables })).toMatchObject({ type: 'later', at: saoPaulo('2026-03-17 11:00') });
		// Still Monday in Acre: D+7 is tomorrow.
		const steps = [aStep()];
		expect(only({ receivables, policy: { steps }, now: saoPaulo('2026-03-17 01:30') })).toMatchObject({
			code: 'notDue',
			next: { date: '2026-03-17' },
		});
		expect(only({ receivables, policy: { steps }, now: saoPaulo('2026-03-17 02:00') }).type).toBe('later');
		expect(only({ receivables, now: saoPaulo('2026-03-17 19:59') })).toMatchObject({
			type: 'sendNow',
			plan: { day: '2026-03-17', validUntil: saoPaulo('2026-03-17 20:00') },
		});
	});

	it('goes by both clocks of DDD 97', () => {
		const receivables = [aReceivable({ payer: { ...ANA, phone: '97991234567' } })];
		expect(only({ receivables })).toMatchObject({ type: 'later', at: saoPaulo('2026-03-17 11:00') });
		expect(only({ receivables, now: saoPaulo('2026-03-17 18:59') }).type).toBe('sendNow');
		expect(only({ receivables, now: saoPaulo('2026-03-17 19:00') })).toMatchObject({
			at: saoPaulo('2026-03-18 11:00'),
		});
	});

	it('waits for the day after a reminder of today', () => {
		const messages = [{ day: '2026-03-17', at: 0, afterDue: false }];
		expect(only({ history: { messages } })).toMatchObject({
			type: 'later',
			at: saoPaulo('2026-03-18 09:00'),
			explanation: 'Adiado para 18/03/2026 às 09:00: já há um aviso em 17/03/2026, e só um sai por dia.',
		});
	});

	it('does not start the day anew when the clock is set back over midnight', () => {
		const messages = [{ day: '2026-03-18', at: saoPaulo('2026-03-18 09:00'), afterDue: true }];
		expect(only({ history: { messages } })).toMatchObject({ type: 'later', at: saoPaulo('2026-03-19 09:00') });
	});

	it('tells of overdue invoices so often in seven days only, and frees by the day', () => {
		const messages = [
			{ day: '2026-03-13', at: 0, afterDue: true },
			{ day: '2026-03-11', at: 0, afterDue: true },
			{ day: '2026-03-16', at: 0, afterDue: false },
		];
		expect(only({ history: { messages } })).toMatchObject({
			type: 'later',
			at: saoPaulo('2026-03-18 09:00'),
			explanation: 'Adiado para 18/03/2026 às 09:00: já houve 2 avisos de atraso em 7 dias, o máximo.',
		});
		expect(only({ history: { messages }, now: saoPaulo('2026-03-18 09:00') }).type).toBe('sendNow');
		expect(only({ history: { messages }, policy: { maxPerWeek: 3 } }).type).toBe('sendNow');
	});

	it('reminds of what falls due even when the overdue ones have to wait', () => {
		const messages = [
			{ day: '2026-03-13', at: 0, afterDue: true },
			{ day: '2026-03-11', at: 0, afterDue: true },
		];
		const receivables = [aReceivable(), aReceivable({ invoice: '2', number: 'NF 12', dueDate: '2026-03-17' })];
		expect(decide({ receivables, history: { messages } })).toMatchObject([
			{ type: 'sendNow', step: { key: 'd0' }, plan: { afterDue: false, steps: [{ invoice: '2' }] } },
			{ type: 'later', step: { key: 'd+7' }, invoices: [{ invoice: '1' }] },
		]);
	});

	it('tells at the next opening what stands on the ladder then', () => {
		const steps = [aStep({ key: 'd+7' }), aStep({ key: 'd+8', offset: 8 })];
		expect(only({ policy: { steps }, now: saoPaulo('2026-03-17 20:00') })).toMatchObject({
			type: 'later',
			step: { key: 'd+8' },
			at: saoPaulo('2026-03-18 09:00'),
		});
	});

	it('does not put off what would be too late then', () => {
		const steps = [aStep({ key: 'd+7' }), aStep({ key: 'call', offset: 8, action: 'human', template: null })];
		expect(only({ policy: { steps }, now: saoPaulo('2026-03-17 20:00') })).toMatchObject({
			code: 'notDue',
			next: { step: { key: 'call' }, date: '2026-03-18' },
		});
		expect(only({ policy: { steps: [aStep()], catchUpDays: 0 }, now: saoPaulo('2026-03-17 20:00') })).toMatchObject({
			code: 'ladderEnded',
		});
	});

	it('counts what is overdue by then against the maximum of the week', () => {
		// The evening before 9 July, which São Paulo keeps and its banks do not: on the 10th the invoice is overdue.
		const steps = [aStep({ key: 'd-1', offset: -1 }), aStep({ key: 'd+1', offset: 1 })];
		const evening = (history: Partial<PayerHistory>) =>
			only({
				receivables: [aReceivable({ dueDate: '2026-07-08' })],
				policy: { steps, firstOverdueBankDay: 1 },
				history,
				now: saoPaulo('2026-07-08 19:00'),
			});
		const messages = ['2026-07-06', '2026-07-07'].map((day) => ({ day, at: 0, afterDue: true }));
		expect(evening({})).toMatchObject({ type: 'later', step: { key: 'd+1' }, at: saoPaulo('2026-07-10 09:00') });
		expect(evening({ messages })).toMatchObject({
			type: 'later',
			step: { key: 'd+1' },
			explanation: 'Adiado para 13/07/2026 às 09:00: já houve 2 avisos de atraso em 7 dias, o máximo.',
		});
	});

	it('is lawful around lunch, and valid until the end of the day', () => {
		const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
		const table = {
			default: [
				{ days: [...days], from: '09:00', to: '12:00' },
				{ days: [...days], from: '14:00', to: '17:00' },
			],
			states: {},
		};
		expect(only({ policy: { hours: table } })).toMatchObject({ plan: { validUntil: saoPaulo('2026-03-17 17:00') } });
		const noon = only({ policy: { hours: table }, now: saoPaulo('2026-03-17 12:30') });
		expect(noon.type === 'later' && iso(noon.at)).toBe('2026-03-17T17:00:00.000Z');
	});
});
