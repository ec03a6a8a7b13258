import { isValidCnpj, isValidCpf } from '@brazilian-utils/brazilian-utils';
import fc from 'fast-check';
import { readTaxId, withLostZeros } from '../../../../engine/brazil/tax-id';

const read = (text: string) => {
	const reading = readTaxId(text);
	if (!reading.ok) throw new Error(reading.reason);
	return reading;
};

describe('reading a CPF or CNPJ (X-12)', () => {
	it.each([
		['529.982.247-25', 'cpf', '52998224725', '***.982.247-**'],
		['111.444.777-35', 'cpf', '11144477735', '***.444.777-**'],
		['123.456.789-09', 'cpf', '12345678909', '***.456.789-**'],
		['012.345.678-90', 'cpf', '01234567890', '***.345.678-**'],
		['12.ABC.345/01DE-35', 'cnpj', '12ABC34501DE35', '**.ABC.345/01DE-**'],
		['ZZ.ZZZ.ZZZ/0001-91', 'cnpj', 'ZZZZZZZZ000191', '**.ZZZ.ZZZ/0001-**'],
		['11.222.333/0001-81', 'cnpj', '11222333000181', '**.222.333/0001-**'],
		['00.000.000/0001-91', 'cnpj', '00000000000191', '**.000.000/0001-**'],
	])('knows %s with or without punctuation', (formatted, kind, digits, masked) => {
		const expected = { ok: true, kind, digits, formatted, masked };
		for (const text of [formatted, digits, digits.toLowerCase(), ` ${formatted.replace('-', ' – ')} `]) {
			expect(readTaxId(text)).toEqual(expected);
		}
	});

	it('gives the zeros back that numbers lose, and changes nothing else', () => {
		expect(['1234567890', ' 191234567 ', '191000101234', '1222333000181'].map(withLostZeros)).toEqual([
			'01234567890',
			'00191234567',
			'00191000101234',
			'01222333000181',
		]);
		for (const text of ['529.982.247-25', '52998224725', '123', '', '12ABC34501DE']) {
			expect(withLostZeros(text)).toBe(text);
		}
	});

	it('takes the label people write in front of it', () => {
		expect(read('CPF: 529.982.247-25').digits).toBe('52998224725');
		expect(read('cpf nº 529.982.247-25').digits).toBe('52998224725');
		expect(read('CNPJ 12.abc.345/01de-35').digits).toBe('12ABC34501DE35');
		expect(read('CPF/CNPJ: 11.222.333/0001-81').digits).toBe('11222333000181');
	});

	it.each([
		['111.111.111-11', 'Este CPF não existe: os dígitos verificadores não conferem. Confira os números.'],
		['123.456.789-00', 'Este CPF não existe: os dígitos verificadores não conferem. Confira os números.'],
		['12.ABC.345/01DE-34', 'Este CNPJ não existe: os dígitos verificadores não conferem. Confira os números.'],
		['00.000.000/0000-00', 'Este CNPJ não existe: os dígitos verificadores não conferem. Confira os números.'],
		['12.ABC.345/01DE-3A', 'Os dois últimos caracteres de um CNPJ são números. Confira o que foi digitado.'],
		['529.982.24A-25', 'Um CPF só tem números. Confira o que foi digitado.'],
		[
			'1234567890',
			'Um CPF tem 11 dígitos e um CNPJ tem 14 caracteres; aqui há 10. Confira se faltou um zero no início.',
		],
		[' -./ ', 'Informe um CPF ou um CNPJ.'],
	])('refuses %s and says why', (text, reason) => {
		expect(readTaxId(text)).toEqual({ ok: false, reason });
	});

	it('agrees with another implementation on any eleven digits and any fourteen characters', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\d{9}$/), fc.integer({ min: 0, max: 99 }), (body, guess) => {
				const [right] = suffixes(body);
				const guessed = body + String(guess).padStart(2, '0');
				return (
					(right === undefined ? isRepeated(body) : isValidCpf(body + right)) &&
					readTaxId(guessed).ok === isValidCpf(guessed)
				);
			}),
		);
		fc.assert(
			fc.property(fc.stringMatching(/^[0-9A-Z]{12}$/), (body) => {
				const valid = suffixes(body);
				return valid.length === 1 && isValidCnpj(body + valid[0], { version: 2 });
			}),
			{ numRuns: 50 },
		);
	});

	it('refuses any single digit typed wrong', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^(\d{9}|[0-9A-Z]{12})$/),
				fc.nat(10),
				fc.integer({ min: 1, max: 9 }),
				(body, position, shift) => {
					const [dv] = suffixes(body);
					if (dv === undefined) return true;
					const right = body + dv;
					const at = position % right.length;
					const digit = right[at]!;
					if (!/\d/.test(digit)) return true;
					const wrong = right.slice(0, at) + ((Number(digit) + shift) % 10) + right.slice(at + 1);
					// A check digit of 0 stands for two remainders, so one change in eleven can hide behind it.
					return !readTaxId(wrong).ok || dv.includes('0');
				},
			),
			{ numRuns: 100 },
		);
	});
});

/** The check digits this body is valid with: one pair, or none when all digits are alike. */
function suffixes(body: string): string[] {
	return Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0')).filter((dv) => readTaxId(body + dv).ok);
}

function isRepeated(body: string): boolean {
	return new Set(body).size === 1;
}
