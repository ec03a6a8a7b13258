import { getBoletoInfo, isValidBoleto } from '@brazilian-utils/brazilian-utils';
import fc from 'fast-check';
import { addDays } from '../../../../engine/business-hours/dates';
import { bankBarcodeOf, bankLineOf } from '../../../../engine/brazil/bank-boleto';
import { readBoleto, type Boleto, type BoletoContext } from '../../../../engine/brazil/boleto';
import { mod11OfBank } from '../../../../engine/brazil/check-digits';
import { utilityBarcodeOf, utilityLineOf } from '../../../../engine/brazil/utility-boleto';
import { BANK_BOLETOS, INVALID_BOLETOS, UTILITY_BILLS } from './boleto-vectors';

const REFERENCE = '2018-01-01';

function read(text: string, context: Partial<BoletoContext> = {}): Boleto {
	const reading = readBoleto(text, { reference: REFERENCE, ...context });
	if (!reading.ok) throw new Error(reading.errors.join(' '));
	return reading;
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

describe('boletos of banks (X-12, B-07)', () => {
	it.each(BANK_BOLETOS)('reads $id by line and by bar code', ({ line, barcode, bank, amountCents, dueDate }) => {
		const reference = dueDate ?? REFERENCE;
		const reading = read((line ?? barcode)!, { reference });
		expect(reading).toMatchObject({ kind: 'bank', bank, segment: null, amountCents, dueDate, warnings: [] });
		if (line) expect(reading.line).toBe(digitsOf(line));
		if (barcode) expect(reading.barcode).toBe(barcode);
		for (const other of [reading.line, reading.barcode, reading.formattedLine]) {
			expect(read(other, { reference })).toEqual(reading);
		}
	});

	it('prints the line as banks do', () => {
		expect(read('10492006506100010004200997263900989810000021403')).toEqual({
			ok: true,
			errors: [],
			kind: 'bank',
			bank: '104',
			segment: null,
			segmentName: null,
			amountCents: 21403,
			dueDate: '2022-05-10',
			otherDueDate: '2046-12-30',
			barcode: '10499898100000214032006561000100040099726390',
			line: '10492006506100010004200997263900989810000021403',
			formattedLine: '10492.00650 61000.100042 00997.263900 9 89810000021403',
			warnings: [],
		});
	});

	it.each([
		['2026-11-21', 1637],
		['2026-12-31', 1677],
		['2027-02-22', 1730],
	])('knows the date %s, factor %d', (date, factor) => {
		expect(read(barcodeWith(String(factor)), { reference: '2026-11-01' }).dueDate).toBe(date);
	});

	it('chooses the date nearest to the reference and tells the other one', () => {
		const line = '00190000090114971860168524522114210000000102656';
		expect(read(line, { reference: '2026-03-10' })).toMatchObject({
			dueDate: '2025-02-22',
			otherDueDate: '2000-07-03',
		});
		expect(read(line, { reference: '2001-01-01' })).toMatchObject({
			dueDate: '2000-07-03',
			otherDueDate: '2025-02-22',
		});
	});

	it('believes the books about the due date and the amount, and says what differs', () => {
		const line = '03399.12347 56700.000005 00033.701012 1 71190000003223';
		expect(read(line, { dueDate: '2017-04-10', amountCents: 21760 })).toMatchObject({
			dueDate: '2017-04-10',
			otherDueDate: null,
			amountCents: 3223,
			warnings: [
				'O código do boleto diz que ele vence em 04/04/2017, e o cadastro diz 10/04/2017.',
				'O código do boleto diz R$ 32,23, e o cadastro diz R$ 217,60.',
			],
		});
		expect(read(line, { reference: '2041-01-01', dueDate: '2017-04-04', amountCents: 3223 })).toMatchObject({
			dueDate: '2017-04-04',
			warnings: [],
		});
		expect(read(line, { reference: '2000-01-01', dueDate: '2041-11-24' }).warnings).toEqual([]);
	});

	it('has no date when the factor starts with 0, and takes it from the books', () => {
		const open = '23794150099001980167035000211405700000000000000';
		expect(read(open)).toMatchObject({ dueDate: null, otherDueDate: null, amountCents: null });
		expect(read(open, { dueDate: '2026-03-10', amountCents: 100 })).toMatchObject({
			dueDate: '2026-03-10',
			warnings: [],
		});
		expect(read(barcodeWith('0012'))).toMatchObject({
			dueDate: null,
			warnings: ['O código não traz vencimento e usa o lugar dele: confira o valor no boleto.'],
		});
	});
});

describe('utility bills (X-12, B-07)', () => {
	it.each(UTILITY_BILLS)('reads $id by line and by bar code', ({ line, barcode, segment, amountCents }) => {
		const reading = read(line);
		expect(reading).toMatchObject({ kind: 'utility', bank: null, segment, amountCents, dueDate: null, warnings: [] });
		expect(reading.line).toBe(digitsOf(line));
		if (barcode) expect(reading.barcode).toBe(barcode);
		for (const other of [reading.line, reading.barcode, reading.formattedLine]) expect(read(other)).toEqual(reading);
	});

	it('prints the line in four blocks and names the segment', () => {
		expect(read('84610000000246100291100054603390069589506108')).toMatchObject({
			formattedLine: '84610000000-5 24610029110-2 00546033900-4 69589506108-0',
			segmentName: 'Telecomunicações',
		});
	});

	it('has no amount when the code carries a reference', () => {
		expect(read(utilityBarcode('87', '7', '00000012345')).amountCents).toBeNull();
		expect(read(utilityBarcode('87', '9', '00000012345')).amountCents).toBeNull();
		expect(read(utilityBarcode('87', '8', '00000012345')).amountCents).toBe(12345);
		expect(read(utilityBarcode('87', '6', '00000000000')).amountCents).toBeNull();
	});
});

describe('refusing a boleto (X-12)', () => {
	it.each(INVALID_BOLETOS)('says what is wrong with %s', (_, text, errors) => {
		expect(readBoleto(text, { reference: REFERENCE })).toEqual({ ok: false, errors });
	});

	it.each([
		['', 'Informe a linha digitável ou o código de barras do boleto.'],
		['boleto 123', 'Um boleto só tem números. Informe só a linha digitável ou o código de barras.'],
		[
			'8461000000',
			'Esta conta tem 48 números (ou 44, no código de barras); aqui há 10. Confira se o código está inteiro.',
		],
		[
			'10402006506100010004200997263900989810000021403',
			'O quarto número de um boleto de banco é 9. Confira os primeiros números.',
		],
		[
			bankLineOf(bankBarcodeFor('000', `${'0'.repeat(38)}1`)),
			'O código não traz o banco. Confira os primeiros números.',
		],
		[
			bankLineOf(bankBarcodeFor('846', `${'0'.repeat(38)}1`)),
			'Esta conta tem 48 números (ou 44, no código de barras); aqui há 47. Confira se o código está inteiro.',
		],
		[
			'888600000050096000190009000801782309000343062712',
			'O segundo número da conta não existe. Confira os primeiros números.',
		],
	])('%p', (text, error) => {
		expect(readBoleto(text, { reference: REFERENCE })).toEqual({ ok: false, errors: [error] });
	});

	it('names every block that is wrong', () => {
		expect(readBoleto('10492006516100010004300997263900989810000021403', { reference: REFERENCE })).toMatchObject({
			errors: [expect.stringMatching(/^O 1º bloco/), expect.stringMatching(/^O 2º bloco/)],
		});
	});
});

describe('any boleto (X-12)', () => {
	const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
	const bankBarcode = fc
		.tuple(fc.integer({ min: 1, max: 799 }), digits(4), digits(10), digits(25))
		.map(([bank, factor, amount, free]) => bankBarcodeFor(String(bank).padStart(3, '0'), factor + amount + free));
	const utility = fc
		.tuple(fc.constantFrom(...'12345679'), fc.constantFrom(...'6789'), digits(11), digits(29))
		.map(([segment, kind, amount, free]) => utilityBarcode(`8${segment}`, kind, amount, free));

	it('goes from bar code to line and back', () => {
		fc.assert(fc.property(bankBarcode, (barcode) => bankBarcodeOf(bankLineOf(barcode)) === barcode));
		fc.assert(fc.property(utility, (barcode) => utilityBarcodeOf(utilityLineOf(barcode)) === barcode));
		fc.assert(
			fc.property(fc.oneof(bankBarcode, utility), (barcode) => {
				const reading = read(barcode);
				expect(reading.barcode).toBe(barcode);
				expect(read(reading.line)).toEqual(reading);
			}),
		);
	});

	it('is refused when a digit of a line was mistyped, wherever its check digit can tell', () => {
		const mistyped = (line: string, at: number, by: number) =>
			line.slice(0, at) + ((Number(line[at]) + by) % 10) + line.slice(at + 1);
		const position = fc.nat(46);
		const shift = fc.integer({ min: 1, max: 9 });
		fc.assert(
			fc.property(bankBarcode, position, shift, (barcode, at, by) => {
				const line = bankLineOf(barcode);
				const refused = !readBoleto(mistyped(line, at, by), { reference: REFERENCE }).ok;
				// 1 stands for three remainders of modulo 11: it misses some changes of the factor and the amount.
				return refused || (at > 32 && line[32] === '1');
			}),
			{ numRuns: 1000 },
		);
		fc.assert(
			fc.property(utility, fc.nat(47), shift, (barcode, at, by) => {
				const line = utilityLineOf(barcode);
				const refused = !readBoleto(mistyped(line, at, by), { reference: REFERENCE }).ok;
				// 0 stands for two remainders of modulo 11; changing the kind of value changes the rule itself.
				return refused || at === 2 || ('89'.includes(line[2]!) && line[Math.floor(at / 12) * 12 + 11] === '0');
			}),
			{ numRuns: 1000 },
		);
	});

	it('is read as another implementation reads it', () => {
		fc.assert(
			fc.property(fc.oneof(bankBarcode, utility), (barcode) => {
				const { line, amountCents, kind, bank, dueDate } = read(barcode, { reference: '2026-03-10' });
				expect(isValidBoleto(line)).toBe(true);
				const info = getBoletoInfo(line, { referenceDate: new Date('2026-03-10T12:00:00Z') })!;
				if (amountCents !== null) expect(info.amount).toBe(amountCents);
				if (kind === 'bank') expect(info.bankCode).toBe(bank);
				expect(info.expirationDate === null).toBe(dueDate === null);
			}),
		);
		fc.assert(
			fc.property(bankBarcode, fc.integer({ min: 4, max: 46 }), fc.nat(9), (barcode, at, digit) => {
				const line = bankLineOf(barcode);
				const changed = line.slice(0, at) + digit + line.slice(at + 1);
				return readBoleto(changed, { reference: REFERENCE }).ok === isValidBoleto(changed);
			}),
			{ numRuns: 1000 },
		);
	});

	it('is due on the day it was made for, read within twelve years of it', () => {
		fc.assert(
			fc.property(fc.nat(17999), fc.integer({ min: -4400, max: 4400 }), (day, away) => {
				const dueDate = addDays('2000-07-03', day);
				const barcode = barcodeWith(String((day % 9000) + 1000));
				expect(read(barcode, { reference: addDays(dueDate, away) }).dueDate).toBe(dueDate);
			}),
		);
	});
});

function barcodeWith(factor: string): string {
	return bankBarcodeFor('104', `${factor}0000021403${'2006561000100040099726390'}`);
}

function bankBarcodeFor(bank: string, rest: string): string {
	return `${bank}9${mod11OfBank(`${bank}9${rest}`)}${rest}`;
}

/** With the check digit that makes it valid. */
function utilityBarcode(head: string, kind: string, amount: string, free = '0'.repeat(29)): string {
	const codes = Array.from({ length: 10 }, (_, dac) => `${head}${kind}${dac}${amount}${free}`);
	return codes.find((code) => readBoleto(code, { reference: REFERENCE }).ok)!;
}
