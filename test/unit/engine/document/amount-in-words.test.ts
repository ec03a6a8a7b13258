import { convertCurrencyToWords } from '@brazilian-utils/brazilian-utils';
import fc from 'fast-check';
import { amountInWords } from '../../../../engine/document/amount-in-words';

describe('amounts written out', () => {
	it.each([
		[0, 'zero reais'],
		[1, 'um centavo'],
		[100, 'um real'],
		[201, 'dois reais e um centavo'],
		[10_000, 'cem reais'],
		[10_100, 'cento e um reais'],
		[100_000, 'mil reais'],
		[110_000, 'mil e cem reais'],
		[123_450, 'mil duzentos e trinta e quatro reais e cinquenta centavos'],
		[100_000_000, 'um milhão de reais'],
		[100_000_100, 'um milhão e um reais'],
		[999_999_999_999, convertCurrencyToWords(9_999_999_999.99)],
	])('%d cents are %s', (cents, words) => expect(amountInWords(cents)).toBe(words));

	it('agrees with another implementation on any amount', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (cents) => {
				expect(amountInWords(cents)).toBe(convertCurrencyToWords(cents / 100));
			}),
		);
	});
});
