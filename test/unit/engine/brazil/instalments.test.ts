import fc from 'fast-check';
import { addMonths, splitInInstalments } from '../../../../engine/brazil/instalments';

const split = (input: Partial<Parameters<typeof splitInInstalments>[0]>) =>
	splitInInstalments({ amountCents: 10000, count: 3, firstDueDate: '2026-03-10', ...input });

const amounts = (plan: ReturnType<typeof split>) => {
	if (!plan.ok) throw new Error(plan.reason);
	return plan.instalments.map(({ amountCents }) => amountCents);
};

describe('instalments (X-12)', () => {
	it('gives equal cents and the remainder to the last one', () => {
		expect(split({})).toEqual({
			ok: true,
			instalments: [
				{ number: 1, dueDate: '2026-03-10', amountCents: 3333 },
				{ number: 2, dueDate: '2026-04-10', amountCents: 3333 },
				{ number: 3, dueDate: '2026-05-10', amountCents: 3334 },
			],
			interestCents: 0,
			totalCents: 10000,
		});
	});

	it('asks for the down payment first and splits the rest from a month later', () => {
		expect(split({ amountCents: 50000, downPaymentCents: 20000 })).toEqual({
			ok: true,
			instalments: [
				{ number: 0, dueDate: '2026-03-10', amountCents: 20000 },
				{ number: 1, dueDate: '2026-04-10', amountCents: 10000 },
				{ number: 2, dueDate: '2026-05-10', amountCents: 10000 },
				{ number: 3, dueDate: '2026-06-10', amountCents: 10000 },
			],
			interestCents: 0,
			totalCents: 50000,
		});
	});

	it('follows the Price table with a monthly rate', () => {
		// 1000,00 in 3 × at 1 %: 340,0221… each.
		const plan = split({ amountCents: 100000, monthlyRatePercent: 1 });
		expect(amounts(plan)).toEqual([34002, 34002, 34003]);
		expect(plan).toMatchObject({ interestCents: 2007, totalCents: 102007 });
		expect(amounts(split({ amountCents: 100000, count: 1, monthlyRatePercent: 2 }))).toEqual([102000]);
		expect(amounts(split({ amountCents: 1000000, count: 12, monthlyRatePercent: 2.5 })).slice(0, 1)).toEqual([97487]);
	});

	it('keeps the day of the month, or its last day', () => {
		expect([0, 1, 2, 13].map((months) => addMonths('2026-01-31', months))).toEqual([
			'2026-01-31',
			'2026-02-28',
			'2026-03-31',
			'2027-02-28',
		]);
		expect(addMonths('2027-12-30', 2)).toBe('2028-02-29');
	});

	it('says how many instalments keep to the minimum', () => {
		expect(split({ count: 4, minimumCents: 3000 })).toEqual({
			ok: false,
			reason: 'Cada parcela ficaria abaixo do mínimo de R$ 30,00. O máximo é 3x.',
			mostInstalments: 3,
		});
		expect(split({ count: 2, minimumCents: 10001 })).toMatchObject({
			reason: 'Cada parcela ficaria abaixo do mínimo de R$ 100,01. Este valor não pode ser parcelado.',
			mostInstalments: 0,
		});
		expect(split({ amountCents: 2, count: 3 })).toMatchObject({ ok: false, mostInstalments: 2 });
	});

	it.each([
		[{ count: 0 }, 'O número de parcelas deve ser de 1 a 120.'],
		[{ count: 1.5 }, 'O número de parcelas deve ser de 1 a 120.'],
		[{ firstDueDate: '31/01/2026' }, 'Informe a data do primeiro vencimento.'],
		[{ monthlyRatePercent: -1 }, 'Os juros ao mês devem ser de 0% a 100%.'],
		[{ monthlyRatePercent: NaN }, 'Os juros ao mês devem ser de 0% a 100%.'],
		[{ downPaymentCents: 10000 }, 'A entrada deve ser menor que o valor total.'],
	])('refuses %o', (input, reason) => {
		expect(split(input)).toEqual({ ok: false, reason, mostInstalments: null });
	});

	it('adds up to the total, ends with the largest and never owes less with a higher rate', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 100, max: 1_000_000_000 }),
				fc.integer({ min: 1, max: 60 }),
				fc.nat(1000),
				fc.nat(50),
				(amountCents, count, rate, down) => {
					const downPaymentCents = Math.floor((amountCents * down) / 100);
					const plan = split({ amountCents, count, downPaymentCents, monthlyRatePercent: rate / 100 });
					if (!plan.ok) return expect(Math.floor((amountCents - downPaymentCents) / count)).toBe(0);
					const all = amounts(plan);
					expect(all.reduce((sum, each) => sum + each, 0)).toBe(plan.totalCents);
					expect(plan.totalCents).toBe(amountCents + plan.interestCents);
					const parts = downPaymentCents > 0 ? all.slice(1) : all;
					expect(parts.length).toBe(count);
					expect(new Set(parts.slice(0, -1)).size).toBeLessThanOrEqual(1);
					expect(parts.at(-1)! - parts[0]!).toBeGreaterThanOrEqual(0);
					expect(parts.at(-1)! - parts[0]!).toBeLessThan(count);
					const dearer = split({ amountCents, count, downPaymentCents, monthlyRatePercent: rate / 100 + 1 });
					expect(dearer.ok && dearer.totalCents).toBeGreaterThanOrEqual(plan.totalCents);
				},
			),
		);
	});
});
