import fc from 'fast-check';
import { formatReais, readReais } from '../../../../engine/brazil/money';

describe('amounts in reais (X-12)', () => {
	it.each([
		['R$ 1.234,50', 123450],
		['r$1234,5', 123450],
		['R$\u00a01.234,50', 123450],
		['1234.50', 123450],
		['1,234.50', 123450],
		['1.234', 123400],
		['1.5', 150],
		['12345678,9', 1234567890],
		['0', 0],
		['0,01', 1],
		[459.9, 45990],
		[0.1 + 0.2, 30],
		[1e9, 100_000_000_000],
	])('reads %s', (text, cents) => {
		expect(readReais(text)).toBe(cents);
	});

	it.each([
		'',
		'dez',
		'-1',
		-1,
		'1,234',
		'1.23.45',
		'12,345',
		1.005,
		NaN,
		Infinity,
		null,
		undefined,
		{},
		'1 000',
		1e12,
	])('does not guess what %p is', (value) => {
		expect(readReais(value)).toBeNull();
	});

	it('reads back whatever it writes', () => {
		fc.assert(
			fc.property(fc.nat(999_999_999), (cents) => {
				return readReais(formatReais(cents)) === cents && readReais(cents / 100) === cents;
			}),
		);
	});
});
