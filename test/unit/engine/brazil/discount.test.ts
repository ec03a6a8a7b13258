import fc from 'fast-check';
import { punctualityDiscount, settle } from '../../../../engine/brazil/discount';

describe('discounts (X-12)', () => {
	it('rewards paying up to the date, not after it', () => {
		expect(punctualityDiscount(45990, { percent: 5 }, '2026-03-10', '2026-03-10')).toBe(2300);
		expect(punctualityDiscount(45990, { cents: 1000 }, '2026-03-10', '2026-03-01')).toBe(1000);
		expect(punctualityDiscount(45990, { cents: 99999 }, '2026-03-10', '2026-03-01')).toBe(45990);
		expect(punctualityDiscount(45990, { percent: 5 }, '2026-03-10', '2026-03-11')).toBe(0);
	});

	const debt = { principalCents: 100000, fineCents: 2000, interestCents: 1500 };

	it.each([
		[1000, 100000, 2000, 500],
		[1500, 100000, 2000, 0],
		[3000, 100000, 500, 0],
		[3500, 100000, 0, 0],
		[10000, 93500, 0, 0],
		[999999, 0, 0, 0],
	])('takes %d cents off interest, then the fine, then the principal', (cents, principal, fine, interest) => {
		expect(settle({ ...debt, discount: { cents } })).toEqual({
			discountCents: Math.min(cents, 103500),
			principalCents: principal,
			fineCents: fine,
			interestCents: interest,
			totalCents: principal + fine + interest,
		});
	});

	it('reads a percentage as one of everything owed', () => {
		expect(settle({ ...debt, discount: { percent: 10 } })).toEqual({
			discountCents: 10350,
			principalCents: 93150,
			fineCents: 0,
			interestCents: 0,
			totalCents: 93150,
		});
	});

	it('loses no cent between the parts', () => {
		const cents = fc.nat(10_000_000);
		fc.assert(
			fc.property(cents, cents, cents, fc.nat(100), (principalCents, fineCents, interestCents, percent) => {
				const parts = { principalCents, fineCents, interestCents };
				const left = settle({ ...parts, discount: { percent } });
				expect(left.principalCents + left.fineCents + left.interestCents).toBe(left.totalCents);
				expect(left.totalCents + left.discountCents).toBe(principalCents + fineCents + interestCents);
				if (left.principalCents < principalCents) expect(left.fineCents + left.interestCents).toBe(0);
			}),
		);
	});
});
