import * as fc from 'fast-check';
import {
	boletoOf,
	centsOf,
	dateOf,
	idOf,
	instantOf,
	linkOf,
	pixOf,
	taxIdOf,
	textOf,
	wholeCentsOf,
} from '../../../../engine/erp/values';

describe('amounts', () => {
	it.each([
		[217.6, 21760],
		[278.01, 27801],
		[1.005, 101],
		[0.1 + 0.2, 30],
		[0, 0],
		['110.00', 11000],
		['1234,56', 123456],
		['1.234,56', 123456],
		['1,234.56', 123456],
		['R$ 1.234,56', 123456],
		['1.234.567', 123456700],
		['12', 1200],
		['0,5', 50],
	])('reads %p as %p cents', (given, cents) => {
		expect(centsOf(given)).toBe(cents);
	});

	it.each([
		['1.234'],
		['1,234'],
		[-1],
		['-1'],
		[NaN],
		[Infinity],
		[1e21],
		['abc'],
		[''],
		[null],
		[undefined],
		[{}],
		[[5]],
	])('does not guess at %p', (given) => {
		expect(centsOf(given)).toBeNull();
	});

	it('gives back every amount in cents, as a number and as a text', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
				expect(centsOf(cents / 100)).toBe(cents);
				expect(centsOf((cents / 100).toFixed(2))).toBe(cents);
			}),
		);
	});

	it('takes cents only as whole numbers', () => {
		expect(wholeCentsOf(1600)).toBe(1600);
		expect(wholeCentsOf('1600')).toBe(1600);
		expect(wholeCentsOf(16.5)).toBeNull();
		expect(wholeCentsOf(-1)).toBeNull();
		expect(wholeCentsOf('16,00')).toBeNull();
	});
});

describe('dates', () => {
	it.each([
		['18/02/2023', '2023-02-18'],
		['18/02/2023 14:17:20', '2023-02-18'],
		['2026-11-20', '2026-11-20'],
		['20261120', '2026-11-20'],
		['2023-04-05T00:00:00-03:00', '2023-04-05'],
		['2023-04-05T00:00:00Z', '2023-04-05'],
		['2024-03-16T01:19:44.426Z', '2024-03-15'],
		['2017-04-18 09:18:13 -0300', '2017-04-18'],
	])('reads %p as %p', (given, date) => {
		expect(dateOf(given)).toBe(date);
	});

	it.each([['31/02/2023'], ['00/00/0000'], ['0000-00-00'], ['2023-13-01'], ['1/2/2023'], [20230218], ['hoje'], ['']])(
		'does not guess at %p',
		(given) => {
			expect(dateOf(given)).toBeNull();
		},
	);
});

describe('instants', () => {
	it.each([
		['2025-01-10T12:18:46Z', '2025-01-10T12:18:46Z'],
		['2020-09-09T20:15:00.358Z', '2020-09-09T20:15:00.358Z'],
		['2017-04-18 09:18:13 -0300', '2017-04-18T12:18:13Z'],
		['2024-06-12 16:45:03', '2024-06-12T19:45:03Z'],
		['18/02/2023 14:17:20', '2023-02-18T17:17:20Z'],
		// Daylight saving time was kept until 2019.
		['18/12/2018 14:17:20', '2018-12-18T16:17:20Z'],
		[1_700_000_000, '2023-11-14T22:13:20Z'],
		[1_700_000_000_123, '2023-11-14T22:13:20.123Z'],
	])('reads %p as %p', (given, instant) => {
		expect(instantOf(given)).toBe(Date.parse(instant));
	});

	it('reads a clock without an offset in the zone of its sender', () => {
		expect(instantOf('2026-11-03 12:00:00', 'utc')).toBe(Date.parse('2026-11-03T12:00:00Z'));
	});

	it.each([
		['2026-11-03'],
		['2023-04-04T00:00:00-03:00'],
		['2026-02-30T10:00:00Z'],
		['2026-11-03T25:00:00Z'],
		[5],
		[''],
	])('finds no clock in %p', (given) => {
		expect(instantOf(given)).toBeNull();
	});
});

describe('ids, texts and codes', () => {
	it('takes an id as text or whole number, 0 and empty are none', () => {
		expect(idOf(6301382458)).toBe('6301382458');
		expect(idOf(' pay_1 ')).toBe('pay_1');
		expect([idOf(0), idOf('0'), idOf(''), idOf(1.5), idOf(2 ** 60), idOf(true), idOf('a\u0000b')]).toEqual(
			Array(7).fill(null),
		);
	});

	it('believes no id that is too long: cutting it could make two things one', () => {
		expect(idOf('x'.repeat(200))).toBe('x'.repeat(200));
		expect(idOf('x'.repeat(201))).toBeNull();
	});

	it('turns the empty text into null, drops control characters and halves of characters, cuts what is too long', () => {
		expect(textOf('  ')).toBeNull();
		expect(textOf('a\u0000b\nc')).toBe('a b\nc');
		expect(textOf('\ud83d')).toBeNull();
		expect(textOf(`${'x'.repeat(9)}😀`, 10)).toBe('x'.repeat(9));
		expect(textOf(12)).toBe('12');
		expect(textOf({})).toBeNull();
	});

	it('keeps the letters of a CNPJ', () => {
		expect(taxIdOf('12.abc.345/01DE-35')).toBe('12ABC34501DE35');
		expect(taxIdOf('05.813.794/0001-26')).toBe('05813794000126');
		expect(taxIdOf('529.982.247-25')).toBe('52998224725');
		expect(taxIdOf('123')).toBeNull();
		expect(taxIdOf(null)).toBeNull();
	});

	it('takes only links a person may be sent', () => {
		expect(linkOf('https://www.asaas.com/i/1')).toBe('https://www.asaas.com/i/1');
		expect([linkOf('javascript:alert(1)'), linkOf('<paymentLinkUrl>'), linkOf('http://'), linkOf(1)]).toEqual([
			null,
			null,
			null,
			null,
		]);
	});

	it('takes a boleto line by its digits and a Pix code by its beginning', () => {
		expect(boletoOf('03399.12347 56700.000005 00033.701012 1 71190000003223')).toBe(
			'03399123475670000000500033701012171190000003223',
		);
		expect(boletoOf('12345')).toBeNull();
		expect(pixOf('00020126580014br.gov.bcb.pix')).toBe('00020126580014br.gov.bcb.pix');
		expect(pixOf('<brCode>')).toBeNull();
	});

	it('never throws, whatever JSON holds', () => {
		const readers = [textOf, idOf, centsOf, wholeCentsOf, dateOf, instantOf, taxIdOf, linkOf, boletoOf, pixOf];
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })), (value) => {
				for (const read of readers) read(value);
			}),
		);
	});
});
