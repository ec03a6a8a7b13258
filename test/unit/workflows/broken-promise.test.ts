import { compileFunction } from 'node:vm';
import regua from '../../../workflows/30-regua-de-cobranca.json';
import { messageValues, type SendNow } from '../../../engine/dunning/message-values';
import { aReceivable, aRecord, CREDITOR, only, saoPaulo } from '../../support/dunning';
import { filledTemplate } from '../../support/ladder-workflow';

// Which words does the payment ladder choose once it has asked again how each invoice stands? The code is the workflow's own.

type Json = Record<string, any>;

const { parameters } = regua.nodes.find(({ name }) => name === 'Escolher o modelo')!;
const config = { modeloPromessaVencida: 'regua_promessa_vencida' };

function choose($json: Json): Json {
	const run = compileFunction(parameters.jsCode as string, ['$json', '$']);
	const { json } = run($json, () => ({ first: () => ({ json: { config } }) })) as { json: Json };
	return json;
}

interface Owed {
	invoice: string;
	dueDate: string;
	promiseDate?: string;
}

/** What a reminder of Wednesday, 25 March carries: each invoice of R$ 100,00, those that were promised not paid. */
function reminder(owed: Owed[]): Json {
	const records = owed
		.filter(({ promiseDate }) => promiseDate)
		.map(({ invoice, promiseDate }) => aRecord({ invoice, state: 'promised', promiseDate: promiseDate!, promises: 1 }));
	const { plan, invoices, ...decision } = only({
		receivables: owed.map(({ invoice, dueDate }) =>
			aReceivable({ invoice, number: `NF ${invoice}`, dueDate, amountCents: 10_000 }),
		),
		policy: { charges: { finePercent: 2, monthlyInterestPercent: 0 } },
		history: { receivables: new Map(records.map((record) => [record.invoice, record])) },
		now: saoPaulo('2026-03-25 10:00'),
	}) as SendNow;
	return {
		template: decision.step.template,
		values: messageValues({ ...decision, plan, invoices }, CREDITOR),
		invoices: invoices.map(({ receivable, updatedCents }) => ({ ...receivable, updatedCents })),
		plan,
		receivables: owed.map(({ invoice, promiseDate }) => ({
			...{ invoice, state: promiseDate ? 'promised' : 'open', promiseDate: promiseDate ?? null },
		})),
	};
}

const A = { invoice: 'A', dueDate: '2026-03-10', promiseDate: '2026-03-20' };
const B = { invoice: 'B', dueDate: '2026-03-27' };
const C = { invoice: 'C', dueDate: '2026-03-09', promiseDate: '2026-03-23' };

describe('a promise that was not kept', () => {
	it('leaves a reminder of what nobody promised as it is', () => {
		const given = reminder([{ ...A, promiseDate: '' }, B]);
		expect(choose(given)).toEqual(given);
	});

	it('is told of what was promised alone; the rest is not told and not taken as told (D-34)', () => {
		const given = reminder([A, B]);
		const { template, values, plan } = choose(given);
		expect(given.plan.steps).toHaveLength(2);
		expect({ template, steps: plan.steps.map(({ invoice }: Json) => invoice) }).toEqual({
			template: 'regua_promessa_vencida',
			steps: ['A'],
		});
		expect(values).toEqual({
			...given.values,
			fatura: 'NF A',
			vencimento: '10/03/2026',
			qtd: '1',
			valor: 'R$ 100,00',
			total: 'R$ 102,00',
			data_promessa: '20/03/2026',
		});
		expect(filledTemplate(template, values)).toContain('Fatura: NF A\nData combinada: 20/03/2026\n');
	});

	it('names every invoice and every date that was promised', () => {
		const { values, plan } = choose(reminder([A, B, C]));
		expect(values).toMatchObject({
			fatura: 'NF C, NF A',
			qtd: '2',
			valor: 'R$ 200,00',
			total: 'R$ 204,00',
			data_promessa: '20/03/2026, 23/03/2026',
		});
		expect(plan.steps).toHaveLength(2);
	});

	it('does not list more invoices than a line holds', () => {
		const many = Array.from({ length: 7 }, (_, i) => ({ ...A, invoice: String(i) }));
		expect(choose(reminder(many)).values.fatura).toBe('NF 0, NF 1, NF 2, NF 3 e mais 3');
	});
});
