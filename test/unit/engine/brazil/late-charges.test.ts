import fc from 'fast-check';
import { addDays } from '../../../../engine/business-hours/dates';
import { lateCharges, USUAL_CHARGES } from '../../../../engine/brazil/late-charges';

const DUE = '2026-03-10';
const after = (days: number) => addDays(DUE, days);

describe('late charges (X-12)', () => {
	it.each([
		[100000, 1, 2000, 33, 102033],
		[100000, 10, 2000, 333, 102333],
		[100000, 30, 2000, 1000, 103000],
		[100000, 45, 2000, 1500, 103500],
		[45990, 7, 920, 107, 47017],
		[9990, 3, 200, 10, 10200],
	])('%d cents, %d days late: fine %d, interest %d, total %d', (amountCents, days, fineCents, interestCents, total) => {
		expect(lateCharges({ amountCents, dueDate: DUE, asOf: after(days), ...USUAL_CHARGES })).toEqual({
			daysLate: days,
			fineCents,
			interestCents,
			totalCents: total,
		});
	});

	it('charges nothing on the due date or before', () => {
		for (const asOf of [DUE, after(-5)]) {
			expect(lateCharges({ amountCents: 100000, dueDate: DUE, asOf, ...USUAL_CHARGES })).toEqual({
				daysLate: 0,
				fineCents: 0,
				interestCents: 0,
				totalCents: 100000,
			});
		}
	});

	it('charges nothing up to the bank day a bill could still be paid on, and then from the original due date', () => {
		const saturday = { amountCents: 100000, dueDate: '2026-11-14', payableUntil: '2026-11-16', ...USUAL_CHARGES };
		expect(lateCharges({ ...saturday, asOf: '2026-11-16' })).toMatchObject({ daysLate: 0, totalCents: 100000 });
		expect(lateCharges({ ...saturday, asOf: '2026-11-17' })).toEqual({
			daysLate: 3,
			fineCents: 2000,
			interestCents: 100,
			totalCents: 102100,
		});
	});

	it('takes a discount off, never below zero', () => {
		const input = { amountCents: 100000, dueDate: DUE, asOf: after(1), ...USUAL_CHARGES };
		expect(lateCharges({ ...input, discountCents: 2033 }).totalCents).toBe(100000);
		expect(lateCharges({ ...input, discountCents: 999999 }).totalCents).toBe(0);
	});

	it('rounds half a cent up in each component', () => {
		const input = { dueDate: DUE, asOf: after(30), monthlyInterestPercent: 1, finePercent: 1 };
		expect(lateCharges({ ...input, amountCents: 50 })).toMatchObject({ fineCents: 1, interestCents: 1 });
		expect(lateCharges({ ...input, amountCents: 49 })).toMatchObject({ fineCents: 0, interestCents: 0 });
		// 1.15 % of 10,00 in floating point is 1.1499…, a cent short.
		expect(lateCharges({ ...input, amountCents: 1000, finePercent: 1.15 }).fineCents).toBe(12);
	});

	it('refuses what is no amount, date or rate', () => {
		const input = { amountCents: 100, dueDate: DUE, asOf: DUE, finePercent: 0, monthlyInterestPercent: 0 };
		expect(() => lateCharges({ ...input, amountCents: 459.9 })).toThrow('459.9 is not an amount in cents.');
		expect(() => lateCharges({ ...input, asOf: '10/03/2026' })).toThrow('"10/03/2026" is not a date.');
		expect(() => lateCharges({ ...input, monthlyInterestPercent: -1 })).toThrow('-1 is not a percentage.');
		expect(() => lateCharges({ ...input, discountCents: NaN })).toThrow('NaN is not an amount in cents.');
	});

	it('never falls from one day to the next, and is linear in the days', () => {
		fc.assert(
			fc.property(
				fc.nat(1_000_000_000),
				fc.nat(2000),
				fc.integer({ min: 0, max: 1000 }),
				fc.integer({ min: 0, max: 2000 }),
				(amountCents, days, fine, interest) => {
					const rates = { finePercent: fine / 100, monthlyInterestPercent: interest / 100 };
					const on = (late: number) => lateCharges({ amountCents, dueDate: DUE, asOf: after(late), ...rates });
					const exact = (amountCents * interest * days) / 300_000;
					expect(on(days + 1).totalCents).toBeGreaterThanOrEqual(on(days).totalCents);
					expect(Math.abs(on(days).interestCents - exact)).toBeLessThanOrEqual(0.501);
				},
			),
		);
	});
});
