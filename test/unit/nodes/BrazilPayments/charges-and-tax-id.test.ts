import type { INodeParameters } from 'n8n-workflow';
import { BrazilPayments } from '../../../../nodes/BrazilPayments/BrazilPayments.node';
import { runNode } from '../../../support/run-node';

type Json = Record<string, any>;

const run = async (parameters: INodeParameters, items: Json[], onError?: 'continueRegularOutput') =>
	(await runNode({ node: new BrazilPayments(), parameters, items, onError }))[0]!;
/** The result of each item, as JSON only. */
const results = async (parameters: INodeParameters, items: Json[], field: string) =>
	(await run(parameters, items)).map(({ json }) => (json as Json)[field]);

describe('Brazil Payments: Tax ID (X-12)', () => {
	it('checks each item, numbers that lost their zeros too', async () => {
		const ids = ['12.ABC.345/01DE-35', '529.982.247-25', 1234567890, 191, '111.111.111-11', null];
		const parameters = { resource: 'taxId', operation: 'check', taxId: '={{ $json.document }}' };
		const readings = await results(
			parameters,
			ids.map((document) => ({ document })),
			'taxId',
		);
		expect(readings[0]).toEqual({
			valid: true,
			errors: [],
			warnings: [],
			kind: 'cnpj',
			digits: '12ABC34501DE35',
			formatted: '12.ABC.345/01DE-35',
			masked: '**.ABC.345/01DE-**',
		});
		expect(readings.slice(1, 4).map(({ formatted }) => formatted)).toEqual([
			'529.982.247-25',
			'012.345.678-90',
			'000.000.001-91',
		]);
		expect(readings.slice(4)).toEqual([
			{
				valid: false,
				errors: ['Este CPF não existe: os dígitos verificadores não conferem. Confira os números.'],
				warnings: [],
			},
			{ valid: false, errors: ['Informe um CPF ou um CNPJ.'], warnings: [] },
		]);
	});

	it('stops at a value that is no text at all, or tells it on the item', async () => {
		const parameters = { resource: 'taxId', operation: 'check', taxId: '={{ $json.document }}' };
		const items = [{ document: { cpf: 1 } }, { document: '52998224725' }];
		await expect(run(parameters, items)).rejects.toThrow('"Tax Id" must be text, but it is an object.');
		const out = await run(parameters, items, 'continueRegularOutput');
		expect(out.map(({ json }) => json.error ?? (json.taxId as Json).valid)).toEqual([
			expect.stringContaining('must be text'),
			true,
		]);
	});
});

describe('Brazil Payments: Charges (X-12)', () => {
	const LATE = {
		resource: 'charges',
		operation: 'lateCharges',
		amount: '={{ $json.amount }}',
		dueDate: '={{ $json.due }}',
	};

	it('adds fine and interest for each item', async () => {
		const charges = await results(
			{ ...LATE, rates: 'usual', options: { asOf: '={{ $json.paid }}' } },
			[
				{ amount: '459,90', due: '10/03/2026', paid: '2026-03-17' },
				{ amount: 1000, due: '2026-03-10T00:00:00Z', paid: '2026-04-24' },
				{ amount: 1000, due: '2026-11-14', paid: '2026-11-16' },
				{ amount: 1000, due: '2026-11-14', paid: '2026-11-17' },
			],
			'charges',
		);
		expect(charges[0]).toEqual({
			valid: true,
			errors: [],
			warnings: [],
			dueDate: '2026-03-10',
			payableUntil: '2026-03-10',
			asOf: '2026-03-17',
			daysLate: 7,
			finePercent: 2,
			monthlyInterestPercent: 1,
			amountCents: 45990,
			fineCents: 920,
			interestCents: 107,
			discountCents: 0,
			totalCents: 47017,
			amount: 459.9,
			fine: 9.2,
			interest: 1.07,
			discount: 0,
			total: 470.17,
			totalText: 'R$ 470,17',
		});
		expect(charges.slice(1).map(({ daysLate, payableUntil, total }) => [daysLate, payableUntil, total])).toEqual([
			[45, '2026-03-10', 1035],
			[0, '2026-11-16', 1000],
			[3, '2026-11-16', 1021],
		]);
	});

	it('charges nothing unless told, and what the contract says when told', async () => {
		const item = [{ amount: 1000, due: '2026-03-10' }];
		const options = { asOf: '2026-04-09' };
		expect((await results({ ...LATE, options }, item, 'charges'))[0]).toMatchObject({ daysLate: 30, total: 1000 });
		const custom = { ...LATE, rates: 'custom', finePercent: 10, monthlyInterestPercent: '={{ "0,5%" }}', options };
		expect((await results(custom, item, 'charges'))[0]).toMatchObject({ fine: 100, interest: 5, total: 1105 });
		const weekend = { ...LATE, rates: 'usual', options: { asOf: '2026-11-16', bankDays: false } };
		expect((await results(weekend, [{ amount: 1000, due: '2026-11-14' }], 'charges'))[0]).toMatchObject({
			daysLate: 2,
			total: 1020.67,
		});
	});

	it('takes a discount off everything owed, or for paying on time', async () => {
		const item = [{ amount: 1000, due: '2026-03-10' }];
		const total = async (options: INodeParameters) =>
			(await results({ ...LATE, rates: 'usual', options }, item, 'charges'))[0].total;
		expect(await total({ asOf: '2026-04-09', discountPercent: 10 })).toBe(927);
		expect(await total({ asOf: '2026-04-09', discountAmount: '30,00', discountPercent: 10 })).toBe(1000);
		expect(await total({ asOf: '2026-04-09', discountPercent: 5, discountKind: 'punctuality' })).toBe(1030);
		expect(await total({ asOf: '2026-03-10', discountPercent: 5, discountKind: 'punctuality' })).toBe(950);
	});

	it('tells what it cannot reckon with', async () => {
		const parameters = {
			...LATE,
			rates: 'custom',
			finePercent: '={{ "muita" }}',
			options: { asOf: '={{ $json.due }}' },
		};
		const [charges] = await results(parameters, [{ amount: 0, due: '2026-02-30' }], 'charges');
		expect(charges).toEqual({
			valid: false,
			errors: [
				'O valor deve ser maior que zero.',
				'A data de vencimento não é uma data: "2026-02-30". Use 2026-03-10 ou 10/03/2026.',
				'A data do pagamento não é uma data: "2026-02-30". Use 2026-03-10 ou 10/03/2026.',
				'A multa não é uma porcentagem: "muita". Use 2 para 2%.',
			],
			warnings: [],
		});
		expect((await results(LATE, [{}], 'charges'))[0].errors).toEqual([
			'O valor está vazio.',
			'A data de vencimento está vazia.',
		]);
	});

	it('splits each amount in instalments', async () => {
		const parameters = {
			resource: 'charges',
			operation: 'instalments',
			amount: '={{ $json.amount }}',
			count: '={{ $json.count }}',
			firstDueDate: '2026-01-31',
			options: { downPayment: '={{ $json.down }}', minimum: '30,00' },
		};
		const [plain, down, small, wrong] = await results(
			parameters,
			[
				{ amount: 100, count: 3 },
				{ amount: 'R$ 500,00', count: 2, down: 200 },
				{ amount: 100, count: 4 },
				{ amount: 100, count: 0, down: 'x' },
			],
			'instalments',
		);
		expect(plain).toEqual({
			valid: true,
			errors: [],
			warnings: [],
			list: [
				{ number: 1, dueDate: '2026-01-31', amountCents: 3333, amount: 33.33, amountText: 'R$ 33,33' },
				{ number: 2, dueDate: '2026-02-28', amountCents: 3333, amount: 33.33, amountText: 'R$ 33,33' },
				{ number: 3, dueDate: '2026-03-31', amountCents: 3334, amount: 33.34, amountText: 'R$ 33,34' },
			],
			interestCents: 0,
			totalCents: 10000,
			total: 100,
			totalText: 'R$ 100,00',
		});
		expect(down.list.map(({ number, amount }: Json) => [number, amount])).toEqual([
			[0, 200],
			[1, 150],
			[2, 150],
		]);
		expect(small).toMatchObject({
			valid: false,
			errors: ['Cada parcela ficaria abaixo do mínimo de R$ 30,00. O máximo é 3x.'],
			mostInstalments: 3,
		});
		expect(wrong.errors).toEqual(['A entrada não é um valor em reais: "x". Use 459,90 ou 459.90.']);
	});
});
