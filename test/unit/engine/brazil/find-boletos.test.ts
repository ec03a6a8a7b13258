import fc from 'fast-check';
import { findBoletos } from '../../../../engine/brazil/find-boletos';
import { BANK_BOLETOS, INVALID_BOLETOS, UTILITY_BILLS } from './boleto-vectors';

const find = (text: string) => findBoletos(text, { reference: '2018-01-01' });
const barcodesIn = (text: string) => find(text).boletos.map(({ barcode }) => barcode);

const BANK = '10499898100000214032006561000100040099726390';
const BANK_LINE = '10492.00650 61000.100042 00997.263900 9 89810000021403';
const UTILITY = '84610000000246100291100054603390069589506108';
const UTILITY_LINE = '84610000000-5 24610029110-2 00546033900-4 69589506108-0';

describe('finding boletos in a message (B-07)', () => {
	it.each([...BANK_BOLETOS, ...UTILITY_BILLS])('finds $id in a sentence', ({ line, barcode }) => {
		const { boletos, unreadable } = find(`Oi! Segue o boleto: ${line ?? barcode}, vence dia 10. Obrigada`);
		expect(boletos).toHaveLength(1);
		expect(unreadable).toEqual([]);
	});

	it.each([
		['alone', BANK_LINE],
		['without dots', BANK_LINE.replace(/\D/g, '')],
		['with a label', `Linha digitável:${BANK_LINE}`],
		['in bold', `*${BANK_LINE}*`],
		['over several lines', '10492.00650 61000.100042\r\n00997.263900\n\n9\n89810000021403'],
		['with other separators', '10492-00650 / 61000-100042 / 00997-263900 — 9 — 89810000021403'],
		['with invisible marks', `\u200e10492.00650\u00a061000.100042\u200b 00997.263900 9 89810000021403\u2069`],
		['between other numbers', `Fatura 123/2 de 10/05/2022 ${BANK_LINE} 214,03 11 99999-8888`],
		['after a CPF and a phone', `529.982.247-25\n11 98765-4321\n${BANK_LINE}`],
		['scanned', BANK],
		['scanned after a number', `NF 998877 ${BANK}`],
	])('finds one %s', (_, text) => {
		expect(barcodesIn(text)).toEqual([BANK]);
	});

	it('finds several in their order, each once', () => {
		expect(barcodesIn(`1) ${UTILITY_LINE}\n2) ${BANK_LINE}\n${BANK}`)).toEqual([UTILITY, BANK]);
		expect(barcodesIn(`${BANK_LINE} ${UTILITY_LINE}`)).toEqual([BANK, UTILITY]);
	});

	it.each([
		['phones', 'Ligue 11 98765-4321 ou 11 3333-4444'],
		// 44 digits together, starting with 8 as a bill does.
		['a list of phones', '81 99999-0001\n81 99999-0002\n81 99999-0003\n81 99999-0004'],
		['a CPF and a CNPJ', 'CPF 529.982.247-25 e CNPJ 11.222.333/0001-81'],
		['dates and amounts', '10/05/2022 R$ 1.234,56 até 31/12/2026'],
		['the key of an invoice', '35260311222333000181550010000012341000012340'],
		['the key of an invoice in groups', '3526 0311 2223 3300 0181 5500 1000 0012 3410 0001 2340'],
		['half a line', '10492.00650 61000.100042 00997.263900'],
		['words', 'bom dia, já paguei'],
		['nothing', ''],
	])('takes %s for no boleto', (_, text) => {
		expect(find(text)).toEqual({ boletos: [], unreadable: [] });
	});

	it('takes no valid invoice key for a bar code, though one in eleven looks like it', () => {
		const keys = Array.from({ length: 300 }, (_, n) =>
			invoiceKey(`35291111222333000181550010000${n + 10000}100001234`),
		);
		expect(keys.flatMap(barcodesIn)).toEqual([]);
	});

	it('takes no list of phones for a bar code: 44 digits count in one piece only', () => {
		const lists = Array.from({ length: 100 }, (_, n) =>
			[0, 1, 2, 3].map((line) => `81 9${9000 + n}-${1000 + line}`).join('\n'),
		);
		expect(lists.flatMap(barcodesIn)).toEqual([]);
	});

	it('takes a number after a bar code for no mistyped line', () => {
		expect(find(`${BANK} 100`)).toMatchObject({ boletos: [{ barcode: BANK }], unreadable: [] });
	});

	it('tells a mistyped line from other numbers, and what is wrong with it', () => {
		const wrong = BANK_LINE.replace('61000.100042', '61000.100043');
		expect(find(`paga esse ${wrong} por favor`)).toEqual({
			boletos: [],
			unreadable: [
				{
					text: wrong,
					errors: ['O 2º bloco de números da linha digitável não confere. Confira os números dele.'],
				},
			],
		});
		const invalid = INVALID_BOLETOS.filter(([id]) => ['I01', 'I02', 'I06'].includes(id));
		for (const [, text, errors] of invalid) expect(find(text).unreadable).toEqual([{ text, errors }]);
	});

	it('finds a boleto whatever words are around it', () => {
		const words = fc.stringMatching(/^[a-zA-Zçãé,!? \n]{0,40}$/);
		const boleto = fc.constantFrom(...BANK_BOLETOS, ...UTILITY_BILLS);
		fc.assert(
			fc.property(words, boleto, words, (before, { line, barcode }, after) => {
				expect(find(`${before}\n${line ?? barcode}\n${after}`).boletos).toHaveLength(1);
			}),
		);
	});

	it('reads any text without failing, and long ones in no time', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => Array.isArray(find(text).boletos)));
		expect(barcodesIn('1 2.3-'.repeat(20_000) + BANK_LINE)).toEqual([BANK]);
	});
});

/** The key with the check digit that makes it valid. */
function invoiceKey(first43: string): string {
	let sum = 0;
	[...first43].reverse().forEach((digit, at) => (sum += Number(digit) * (2 + (at % 8))));
	return first43 + (sum % 11 < 2 ? 0 : 11 - (sum % 11));
}
