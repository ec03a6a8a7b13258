import { messageValues, type SendNow } from '../../../../engine/dunning/message-values';
import type { PayerHistory, Receivable } from '../../../../engine/dunning/types';
import {
	ANA,
	aReceivable,
	aRecord,
	aStep,
	CREDITOR,
	decide,
	only,
	saoPaulo,
	TUESDAY_10H,
} from '../../../support/dunning';

const told = (...steps: Array<[invoice: string, step: string, at?: number]>): Pick<PayerHistory, 'steps'> => {
	const map = new Map<string, Array<{ step: string; at: number }>>();
	for (const [invoice, step, at = 0] of steps) map.set(invoice, [...(map.get(invoice) ?? []), { step, at }]);
	return { steps: map };
};

const known = (...records: Array<Parameters<typeof aRecord>[0]>): Pick<PayerHistory, 'receivables'> => ({
	receivables: new Map(records.map(aRecord).map((record) => [record.invoice, record])),
});

describe('what the ladder decides', () => {
	it('sends the step of the day with what makes it unrepeatable, lawful and cancellable', () => {
		const decision = only();
		expect(decision).toMatchObject({
			type: 'sendNow',
			payer: ANA,
			step: { key: 'd+7' },
			totalCents: 100_000,
			plan: {
				creditor: '11222333000181',
				payer: '52998224725',
				day: '2026-03-17',
				steps: [{ invoice: '1', step: 'd+7', number: 'NF 10', dueDate: '2026-03-10', amountCents: 100_000 }],
				afterDue: true,
				maxPerWeek: 2,
				hours: { zone: 'America/Sao_Paulo', holidays: { state: 'SP' } },
				plannedAt: TUESDAY_10H,
				validUntil: saoPaulo('2026-03-17 18:00'),
				dedupeKey: 'dunning|11222333000181|52998224725|2026-03-17',
			},
			explanation: 'Enviar agora: 1 fatura em aberto (NF 10, vencimento 10/03/2026), passo D+7; total R$ 1.000,00.',
		});
	});

	it.each([
		['2026-03-08', 'skipped', 'notDue'],
		['2026-03-09', 'sendNow', 'd-3'],
		['2026-03-10', 'sendNow', 'd0'],
		['2026-03-11', 'skipped', 'notDue'],
		['2026-03-12', 'sendNow', 'd+2u'],
		['2026-03-13', 'sendNow', 'd+2u'],
		['2026-03-17', 'sendNow', 'd+7'],
		['2026-03-20', 'sendNow', 'd+7'],
		['2026-03-23', 'skipped', 'notDue'],
		['2026-03-25', 'sendNow', 'd+15'],
		['2026-04-09', 'sendNow', 'd+30'],
		['2026-04-23', 'skipped', 'notDue'],
		['2026-04-24', 'human', 'step'],
		['2026-04-30', 'skipped', 'ladderEnded'],
	])('on %s decides %s %s: the furthest due step wins, for a few days', (date, type, what) => {
		const decision = only({ now: saoPaulo(`${date} 10:00`) });
		expect([decision.type, 'code' in decision ? decision.code : decision.step.key]).toEqual([type, what]);
	});

	it('says nothing of a due date after it: "vence hoje" is not caught up', () => {
		const decision = only({ now: saoPaulo('2026-03-10 18:00') });
		expect(decision).toMatchObject({
			code: 'notDue',
			next: { step: { key: 'd+2u' }, date: '2026-03-12' },
			explanation: 'Ignorado: nada a enviar hoje; próximo passo D+2 úteis em 12/03/2026.',
		});
	});

	it('catches up a reminder until the due date', () => {
		const steps = [aStep({ key: 'd-3', offset: -3 })];
		const on = (date: string) => only({ policy: { steps }, now: saoPaulo(`${date} 10:00`) }).type;
		expect([on('2026-03-09'), on('2026-03-10'), on('2026-03-11')]).toEqual(['sendNow', 'sendNow', 'skipped']);
	});

	it('tells no step twice, and none before one that was told (D-34)', () => {
		const sentAt = saoPaulo('2026-03-17 09:05');
		expect(only({ history: told(['1', 'd+7', sentAt]) })).toMatchObject({
			code: 'alreadySent',
			next: { step: { key: 'd+15' }, date: '2026-03-25' },
			explanation: 'Ignorado: já enviado em 17/03/2026 (passo D+7); próximo passo D+15 em 25/03/2026.',
		});
		const moved = aReceivable({ dueDate: '2026-03-17' });
		expect(only({ receivables: [moved], history: told(['1', 'd+7']) })).toMatchObject({ code: 'alreadySent' });
		expect(only({ history: told(['1', 'd+2u']) }).type).toBe('sendNow');
		expect(only({ history: told(['1', 'a step that is gone']) }).type).toBe('sendNow');
	});

	it('knows the steps of a segment', () => {
		const steps = [aStep({ segments: ['Novo', 'VIP'] }), aStep({ key: 'all', offset: 8 })];
		const of = (segment: string | null) =>
			only({ receivables: [aReceivable({ payer: { ...ANA, segment } })], policy: { steps } }).type;
		expect([of('novo'), of(null), of('outro')]).toEqual(['sendNow', 'skipped', 'skipped']);
	});
});

describe('what stops a receivable', () => {
	it.each([
		['paid', 'paid', 'Ignorado: a fatura NF 10 está paga.'],
		['cancelled', 'cancelled', 'Ignorado: a fatura NF 10 foi cancelada.'],
		['renegotiated', 'renegotiated', 'Ignorado: a fatura NF 10 foi renegociada.'],
	] as const)('is %s, whether the ERP or the desk says so', (state, code, explanation) => {
		const stop = { type: 'skipped', code, next: null, explanation };
		expect(only({ receivables: [aReceivable({ status: state })] })).toMatchObject(stop);
		expect(only({ history: known({ state }) })).toMatchObject(stop);
		expect(
			only({ receivables: [aReceivable({ status: state })], history: known({ state: 'promised' }) }),
		).toMatchObject(stop);
	});

	it('is paid as soon as either side says so', () => {
		const row = aReceivable({ status: 'cancelled' });
		expect(only({ receivables: [row], history: known({ state: 'paid' }) })).toMatchObject({ code: 'paid' });
	});

	it.each([
		['claimedPaid', 'claimedPaid'],
		['disputed', 'disputed'],
		['wrongPerson', 'wrongPerson'],
	] as const)('is %s at the desk', (state, code) => {
		expect(only({ history: known({ state }) })).toMatchObject({ type: 'skipped', code });
	});

	it('hands a dispute only the ERP knows of to a person', () => {
		const row = aReceivable({ status: 'disputed' });
		expect(only({ receivables: [row] })).toMatchObject({
			type: 'human',
			code: 'disputed',
			explanation: 'Para uma pessoa: o ERP diz que a fatura NF 10 foi contestada.',
		});
		expect(only({ receivables: [row], history: known({ state: 'disputed' }) })).toMatchObject({
			type: 'skipped',
			code: 'disputed',
		});
		expect(only({ receivables: [row], history: known({ state: 'open', promises: 1 }) }).type).toBe('human');
	});

	it('is older than five years, to the day', () => {
		const steps = [aStep({ offset: 1826 })];
		const on = (date: string) => {
			const decision = only({
				receivables: [aReceivable({ dueDate: '2021-03-09' })],
				policy: { steps },
				now: saoPaulo(`${date} 10:00`),
			});
			return 'code' in decision ? decision.code : decision.type;
		};
		expect([on('2026-03-09'), on('2026-03-10')]).toEqual(['sendNow', 'tooOld']);
		const leap = aReceivable({ dueDate: '2020-02-29' });
		expect(only({ receivables: [leap], now: saoPaulo('2025-03-02 10:00') })).toMatchObject({ code: 'tooOld' });
		expect(only({ receivables: [leap], now: saoPaulo('2025-03-01 10:00') })).toMatchObject({ code: 'ladderEnded' });
	});

	it('has no amount', () => {
		expect(only({ receivables: [aReceivable({ amountCents: 0 })] })).toMatchObject({ code: 'noAmount' });
	});

	it.each([
		[null, 'Não possui telefone para envio de mensagem.'],
		['  ', 'Não possui telefone para envio de mensagem.'],
		[
			'0800 123 4567',
			'Não possui telefone para envio de mensagem: Números como 0800, 0300 e 4004 não recebem mensagens. Exemplo: +55 11 99999-9999.',
		],
	])('has no usable phone in %p (V-11)', (phone, explanation) => {
		const decision = only({ receivables: [aReceivable({ payer: { ...ANA, phone } })] });
		expect(decision).toMatchObject({ type: 'skipped', code: 'noPhone', explanation });
	});

	it('is a payer who wants no messages, but a person may still call', () => {
		const history = { optedOutAt: 1 };
		expect(only({ history })).toMatchObject({ type: 'skipped', code: 'optedOut' });
		expect(only({ history, now: saoPaulo('2026-04-24 10:00') })).toMatchObject({ type: 'human', code: 'step' });
	});

	it('pauses after the payer wrote', () => {
		const wrote = saoPaulo('2026-03-16 15:00');
		expect(only({ history: { lastInboundAt: wrote } })).toMatchObject({
			code: 'replyPause',
			next: { step: { key: 'd+15' }, date: '2026-03-25' },
			explanation: 'Ignorado: o pagador escreveu em 16/03/2026; pausa de 24 h.',
		});
		expect(only({ history: { lastInboundAt: wrote }, now: saoPaulo('2026-03-17 15:00') }).type).toBe('sendNow');
		expect(only({ history: { lastInboundAt: wrote }, policy: { replyPauseHours: 0 } }).type).toBe('sendNow');
	});

	it('writes to nobody whose number is wrong for one of the invoices', () => {
		const rows = [aReceivable(), aReceivable({ invoice: '2', number: 'NF 12' })];
		const decisions = decide({ receivables: rows, history: known({ state: 'wrongPerson' }) });
		expect(decisions.map((each) => 'code' in each && each.code)).toEqual(['wrongPerson', 'wrongPerson']);
	});
});

describe('a promise to pay', () => {
	const promise = (given: Parameters<typeof aRecord>[0] = {}) =>
		known({ state: 'promised', promiseDate: '2026-03-20', promises: 1, ...given });

	it('keeps quiet until the bank day after the promised date', () => {
		expect(only({ history: promise(), now: saoPaulo('2026-03-20 10:00') })).toMatchObject({
			code: 'promised',
			next: { step: { key: 'd+7' }, date: '2026-03-23' },
			explanation: 'Ignorado: pagamento prometido para 20/03/2026. Próximo passo: D+7 em 23/03/2026.',
		});
		expect(only({ history: promise(), now: saoPaulo('2026-03-23 10:00') })).toMatchObject({ step: { key: 'd+7' } });
		expect(only({ history: promise(), now: saoPaulo('2026-03-25 10:00') })).toMatchObject({ step: { key: 'd+15' } });
	});

	it('goes on with a step that is still fresh when it is broken', () => {
		const history = promise({ promiseDate: '2026-03-18' });
		expect(only({ history })).toMatchObject({ code: 'promised', next: { step: { key: 'd+7' }, date: '2026-03-19' } });
		expect(only({ history, now: saoPaulo('2026-03-19 10:00') })).toMatchObject({
			type: 'sendNow',
			step: { key: 'd+7' },
		});
	});

	it('waits over weekends and Carnival for the bank', () => {
		const rows = [aReceivable({ dueDate: '2026-02-06' })];
		const on = (date: string) =>
			only({ receivables: rows, history: promise({ promiseDate: '2026-02-14' }), now: saoPaulo(`${date} 10:00`) });
		// Saturday counts as Ash Wednesday, the first bank day after Carnival.
		expect(on('2026-02-18')).toMatchObject({ code: 'promised' });
		expect(on('2026-02-19')).toMatchObject({ step: { key: 'd+7' } });
	});

	it('is a matter for a person when there were too many', () => {
		const now = saoPaulo('2026-03-23 10:00');
		const broken = { type: 'human', code: 'promiseBroken' };
		expect(only({ history: promise({ promises: 3 }), now })).toMatchObject({
			...broken,
			explanation: 'Para uma pessoa: 3 promessas de pagamento da fatura NF 10; a última era para 20/03/2026.',
		});
		expect(only({ history: promise({ promises: 3, state: 'open' }), now })).toMatchObject(broken);
		expect(only({ history: promise({ promises: 3, state: 'open', promiseDate: null }), now })).toMatchObject({
			code: 'notDue',
		});
		expect(only({ history: promise({ promises: 3 }), now: TUESDAY_10H })).toMatchObject({ code: 'promised' });
		expect(only({ history: promise({ promises: 2 }), now: saoPaulo('2026-03-25 10:00') }).type).toBe('sendNow');
	});
});

describe('what is for a person', () => {
	it('is a step that says so', () => {
		expect(only({ now: saoPaulo('2026-04-24 10:00') })).toMatchObject({
			type: 'human',
			code: 'step',
			explanation: 'Para uma pessoa: passo D+45 da fatura NF 10, vencimento 10/03/2026, R$ 1.000,00.',
		});
	});

	it('is what the ERP flags, without a whole CPF in the words', () => {
		const row = aReceivable({ humanReason: 'falecimento, inventariante CPF 529.982.247-25' });
		expect(only({ receivables: [row] })).toMatchObject({
			code: 'flagged',
			explanation: 'Para uma pessoa: falecimento, inventariante CPF ***.982.247-** (fatura NF 10).',
		});
	});

	it('is an invoice of high value, once it is due to be told of', () => {
		const policy = { humanFromCents: 100_000 };
		expect(only({ policy })).toMatchObject({ type: 'human', code: 'highValue' });
		expect(only({ policy: { humanFromCents: 100_001 } }).type).toBe('sendNow');
		expect(only({ policy, now: saoPaulo('2026-03-05 10:00') })).toMatchObject({ code: 'notDue' });
	});

	it('is what a person has taken over', () => {
		const history = known({ state: 'human', reason: 'insolvência' });
		expect(only({ history })).toMatchObject({
			code: 'human',
			explanation: 'Com uma pessoa da equipe: fatura NF 10 (insolvência).',
		});
	});
});

describe('one reminder per payer', () => {
	const rows = [
		aReceivable({ charges: { finePercent: 2, monthlyInterestPercent: 1 } }),
		aReceivable({ invoice: '2', number: 'NF 12', dueDate: '2026-03-13', amountCents: 5_000 }),
		aReceivable({ invoice: '3', number: 'NF 14', dueDate: '2026-03-20', amountCents: 7_000 }),
		aReceivable({ invoice: '4', number: 'NF 16', dueDate: '2026-04-20' }),
	];

	it('tells everything that is due, worded by the furthest step', () => {
		const [message, ...others] = decide({ receivables: rows });
		expect(message).toMatchObject({
			type: 'sendNow',
			step: { key: 'd+7' },
			plan: {
				steps: [
					{ invoice: '1', step: 'd+7' },
					{ invoice: '2', step: 'd+2u' },
					{ invoice: '3', step: 'd-3' },
				],
			},
			explanation:
				'Enviar agora: 3 faturas em aberto, 1 delas ainda a vencer (NF 10, NF 12, NF 14), passo D+7; total atualizado R$ 1.142,33.',
		});
		expect(others).toMatchObject([{ code: 'notDue', receivable: { invoice: '4' } }]);
	});

	it.each([
		['2 faturas a vencer (', ['2026-03-20', '2026-03-20']],
		['2 faturas em aberto (', ['2026-03-10', '2026-03-10']],
		['3 faturas em aberto, 2 delas ainda a vencer (', ['2026-03-10', '2026-03-20', '2026-03-20']],
	])('says "%s" of invoices due on %j', (words, dueDates) => {
		const receivables = dueDates.map((dueDate, i) => aReceivable({ invoice: String(i), dueDate }));
		expect(only({ receivables }).explanation).toContain(words);
	});

	it('takes a rate that the row leaves out from the policy', () => {
		const charges = { finePercent: 1, monthlyInterestPercent: 3 };
		const invoiceWith = (own: Receivable['charges']) => {
			const decision = only({ receivables: [aReceivable({ charges: own })], policy: { charges } }) as SendNow;
			return decision.invoices.flatMap(({ fineCents, interestCents }) => [fineCents, interestCents]);
		};
		expect(invoiceWith(null)).toEqual([1_000, 700]);
		expect(invoiceWith({ finePercent: 2, monthlyInterestPercent: null })).toEqual([2_000, 700]);
		expect(invoiceWith({ finePercent: null, monthlyInterestPercent: 0 })).toEqual([1_000, 0]);
	});

	it('reminds a payer of more invoices than fit on the stack', () => {
		const receivables = Array.from({ length: 130_000 }, (_, i) => aReceivable({ invoice: String(i) }));
		const decision = only({ receivables }) as SendNow;
		expect(decision.invoices).toHaveLength(130_000);
		expect(messageValues(decision, CREDITOR)).toMatchObject({ qtd: '130000', dias_atraso: '7' });
		expect(decide({ receivables: [...receivables, ...receivables.map((row) => ({ ...row }))] })).toHaveLength(130_001);
	});

	it('says that the CPF of the payer is wrong, and reminds all the same', () => {
		const payer = { ...ANA, document: null, documentProblem: 'Este CPF não existe.' };
		expect(only({ receivables: [aReceivable({ payer })] })).toMatchObject({
			type: 'sendNow',
			explanation: expect.stringMatching(/R\$ 1\.000,00\. O CPF ou CNPJ do cadastro não é válido: corrija no ERP\.$/),
		});
	});

	it('does not depend on the order in which invoices come', () => {
		expect(decide({ receivables: rows.toReversed() })).toEqual(decide({ receivables: rows }));
	});

	it('counts one row of an invoice that comes twice, rather the one that is paid', () => {
		const open = aReceivable();
		expect(decide({ receivables: [open, aReceivable({ status: 'paid' })] })).toMatchObject([
			{ type: 'skipped', code: 'paid' },
			{ type: 'skipped', code: 'grouped', receivable: open },
		]);
		expect(decide({ receivables: [open, { ...open, dueDate: '2026-03-09' }] }).map(({ type }) => type)).toEqual([
			'sendNow',
			'skipped',
		]);
	});

	it('writes to the newest usable phone', () => {
		const older = aReceivable({ payer: { ...ANA, phone: '11912345678' } });
		const newer = aReceivable({ invoice: '2', dueDate: '2026-03-12' });
		const newest = aReceivable({ invoice: '3', dueDate: '2026-03-13', payer: { ...ANA, phone: '123' } });
		const [message] = decide({ receivables: [older, newest, newer] });
		expect(message).toMatchObject({ type: 'sendNow', payer: { phone: '11987654321' } });
	});

	it('decides nothing about nothing', () => {
		expect(decide({ receivables: [] })).toEqual([]);
	});
});
