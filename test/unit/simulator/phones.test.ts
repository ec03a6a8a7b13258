import { dialledDigits, isBsuid, ninthDigitForms, withoutNinthDigit } from '../../../simulator/phones';

const BUSINESS = '+55 11 3000-0000';

describe('phones', () => {
	it.each([
		['+55 (11) 98765-4321', '5511987654321'],
		['5511987654321', '5511987654321'],
		['11987654321', '5511987654321'],
		['+14155550100', '14155550100'],
		['ana', null],
		['+123', null],
	])('dials %s as %s', (to, digits) => {
		expect(dialledDigits(to, BUSINESS)).toBe(digits);
	});

	it('knows both forms of a Brazilian mobile and leaves other numbers alone', () => {
		expect(ninthDigitForms('5511987654321')).toEqual(['5511987654321', '551187654321']);
		expect(ninthDigitForms('551187654321')).toEqual(['551187654321', '5511987654321']);
		expect(ninthDigitForms('551130000000')).toEqual(['551130000000']);
		expect(withoutNinthDigit('5511987654321')).toBe('551187654321');
	});

	it('tells a business-scoped user id from a phone', () => {
		expect(isBsuid('BR.1502576394655843')).toBe(true);
		expect(isBsuid('BR.ENT.1502576394655843')).toBe(true);
		expect(isBsuid('+5511987654321')).toBe(false);
	});
});
