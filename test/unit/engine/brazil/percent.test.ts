import fc from 'fast-check';
import { percentOf, requireCents } from '../../../../engine/brazil/percent';

describe('percentages of amounts (X-12)', () => {
	it.each([
		[100000, 2, 1, 1, 2000],
		[45990, 1, 7, 30, 107],
		[1000, 1.15, 1, 1, 12],
		[50, 1, 1, 1, 1],
		[49, 1, 1, 1, 0],
		[999_999_999_999, 1000, 3650, 30, 1_216_666_666_665_450],
	])('%d cents, %d %%, %d/%d times: %d', (cents, percent, times, per, expected) => {
		expect(percentOf(cents, percent, times, per)).toBe(expected);
	});

	it('is exact to the half cent for small and large amounts', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.nat(10_000_000), fc.nat(99_999_999_999)),
				fc.nat(100_000_000),
				fc.nat(4000),
				fc.constantFrom(1, 30),
				(cents, millionths, times, per) => {
					const [top, bottom] = [BigInt(cents) * BigInt(millionths) * BigInt(times), 100_000_000n * BigInt(per)];
					const rounded = top / bottom + (2n * (top % bottom) >= bottom ? 1n : 0n);
					return percentOf(cents, millionths / 1_000_000, times, per) === Number(rounded);
				},
			),
			{ numRuns: 2000 },
		);
	});

	it('refuses what is no amount and no percentage', () => {
		for (const cents of [-1, 0.5, NaN, Infinity, 2 ** 53]) expect(() => requireCents(cents)).toThrow('in cents');
		for (const percent of [-1, 1000.1, NaN]) expect(() => percentOf(100, percent)).toThrow('not a percentage');
	});
});
