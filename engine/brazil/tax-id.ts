/**
 * Is this a CPF or a CNPJ, and how is it written? Check digits only: whether it exists, and whose it is, only the
 * Receita Federal knows. Since July 2026 new CNPJs carry letters (IN RFB 2.229/2024), so letters are never stripped.
 */

export type TaxIdKind = 'cpf' | 'cnpj';

export type TaxIdReading =
	| {
			ok: true;
			kind: TaxIdKind;
			/** 11 digits, or 14 characters of which the first 12 may be capital letters. Without punctuation. */
			digits: string;
			/** 529.982.247-25 or 12.ABC.345/01DE-35 */
			formatted: string;
			/** ***.982.247-** or **.ABC.345/01DE-**: what may be shown in a chat, where others may read along (LGPD). */
			masked: string;
	  }
	/** pt-BR: what is wrong and what to do. */
	| { ok: false; reason: string };

/** "CPF: 529…" or "CNPJ 11.222…": a label of its own, never the first letters of a number. */
const LABEL = /^\s*(?:CPF|CNPJ)(?:\s*\/\s*CNPJ)?\s*(?:n[º°o.]*)?\s*[:\s-]\s*/i;

const CPF_WEIGHTS = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];
const CNPJ_WEIGHTS = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];

/** Reads a CPF or a CNPJ as people and systems write it, with or without punctuation. */
export function readTaxId(text: string): TaxIdReading {
	const digits = text
		.normalize('NFKC')
		.replace(LABEL, '')
		.replace(/[^0-9A-Za-z]/g, '')
		.toUpperCase();
	if (digits === '') return { ok: false, reason: 'Informe um CPF ou um CNPJ.' };
	if (digits.length === 11) return readCpf(digits);
	if (digits.length === 14) return readCnpj(digits);
	return {
		ok: false,
		reason: `Um CPF tem 11 dígitos e um CNPJ tem 14 caracteres; aqui há ${digits.length}. Confira se faltou um zero no início.`,
	};
}

/** Numbers and spreadsheets lose the zeros in front: 1234567890 is the CPF 012.345.678-90. Anything else stays as it is. */
export function withLostZeros(text: string): string {
	const digits = text.trim();
	return digits.padStart(/^\d{9,10}$/.test(digits) ? 11 : /^\d{12,13}$/.test(digits) ? 14 : 0, '0');
}

function readCpf(digits: string): TaxIdReading {
	if (!/^\d+$/.test(digits)) return { ok: false, reason: 'Um CPF só tem números. Confira o que foi digitado.' };
	if (isOneDigit(digits) || checkDigits(digits, 9, CPF_WEIGHTS) !== digits.slice(9)) return wrongDigits('CPF');
	const [a, b, c, dv] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 9), digits.slice(9)];
	return { ok: true, kind: 'cpf', digits, formatted: `${a}.${b}.${c}-${dv}`, masked: `***.${b}.${c}-**` };
}

function readCnpj(digits: string): TaxIdReading {
	if (!/\d\d$/.test(digits)) {
		return { ok: false, reason: 'Os dois últimos caracteres de um CNPJ são números. Confira o que foi digitado.' };
	}
	if (isOneDigit(digits) || checkDigits(digits, 12, CNPJ_WEIGHTS) !== digits.slice(12)) return wrongDigits('CNPJ');
	const [a, b, c] = [digits.slice(0, 2), digits.slice(2, 5), digits.slice(5, 8)];
	const [branch, dv] = [digits.slice(8, 12), digits.slice(12)];
	return {
		ok: true,
		kind: 'cnpj',
		digits,
		formatted: `${a}.${b}.${c}/${branch}-${dv}`,
		masked: `**.${b}.${c}/${branch}-**`,
	};
}

/** Both check digits from the first `length` characters; the second one counts the first one in. */
function checkDigits(characters: string, length: number, weights: number[]): string {
	const first = checkDigit(characters.slice(0, length), weights.slice(1));
	return first + checkDigit(characters.slice(0, length) + first, weights);
}

/** The value of a character is its ASCII code less 48: '0' is 0, 'A' is 17, 'Z' is 42. */
function checkDigit(characters: string, weights: number[]): string {
	let sum = 0;
	for (let at = 0; at < weights.length; at++) sum += (characters.charCodeAt(at) - 48) * weights[at]!;
	const remainder = sum % 11;
	return String(remainder < 2 ? 0 : 11 - remainder);
}

/** 111.111.111-11 has right check digits and belongs to nobody. */
function isOneDigit(digits: string): boolean {
	return /^(\d)\1+$/.test(digits);
}

function wrongDigits(name: string): TaxIdReading {
	return { ok: false, reason: `Este ${name} não existe: os dígitos verificadores não conferem. Confira os números.` };
}
