import { datesOfFactor, factorMeans } from '../../../../engine/brazil/due-date-factor';

describe('the due-date factor of a boleto (X-12)', () => {
	it.each([
		['1000', '2000-07-03', '2025-02-22'],
		['9999', '2025-02-21', '2049-10-13'],
		['1637', '2002-04-01', '2026-11-21'],
	])('%s means %s or %s', (factor, first, second) => {
		expect(datesOfFactor(factor, first)).toEqual({ dueDate: first, otherDueDate: second });
		expect(datesOfFactor(factor, second)).toEqual({ dueDate: second, otherDueDate: first });
		expect([first, second, '2026-03-10'].map((date) => factorMeans(factor, date))).toEqual([true, true, false]);
	});

	it('means no date below 1000', () => {
		for (const factor of ['0000', '0999']) {
			expect(datesOfFactor(factor, '2026-03-10')).toEqual({ dueDate: null, otherDueDate: null });
		}
		expect(factorMeans('0999', '2000-07-02')).toBe(false);
	});

	it('takes the earlier date half-way between the two', () => {
		expect(datesOfFactor('1000', '2012-10-28').dueDate).toBe('2000-07-03');
		expect(datesOfFactor('1000', '2012-10-29').dueDate).toBe('2025-02-22');
	});
});
