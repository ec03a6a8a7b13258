import { normalizePhone } from '../phone';
import { readTaxId } from './tax-id';

/**
 * Which Pix key is it, in the one form the central directory (DICT) knows? Its form only: whether somebody registered it,
 * the bank of the payer says when paying.
 */

export type PixKeyKind = 'cpf' | 'cnpj' | 'email' | 'phone' | 'random';

export type PixKeyReading =
	| {
			ok: true;
			kind: PixKeyKind;
			/** As it goes into a code: digits, capital letters of a CNPJ, +5511987654321, lower case. */
			key: string;
			/** Eleven bare digits that are a CPF and a mobile number alike; they were taken for the CPF. */
			ambiguous: boolean;
	  }
	/** pt-BR */
	| { ok: false; reason: string };

const LONGEST_KEY = 77;
const RANDOM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** The pattern of the DICT API. */
const EMAIL =
	/^[a-z0-9.!#$&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** @param kind `auto`: told by how it is written. "+55" or "(51)" in front makes eleven digits a phone. */
export function readPixKey(text: string, kind: PixKeyKind | 'auto' = 'auto'): PixKeyReading {
	const key = text.trim();
	if (key === '') return { ok: false, reason: 'Informe a chave Pix.' };
	if (kind !== 'auto') return READERS[kind](key);
	if (key.includes('@')) return email(key);
	if (/^[0-9a-f-]{36}$/i.test(key)) return random(key);
	if (/^(?:\+|\(|00\s*55)/.test(key)) return phone(key);
	const taxId = readTaxId(key);
	if (taxId.ok) {
		const ambiguous = /^\d{11}$/.test(key) && phone(key).ok;
		return { ok: true, kind: taxId.kind, key: taxId.digits, ambiguous };
	}
	const asPhone = phone(key);
	if (asPhone.ok) return asPhone;
	return {
		ok: false,
		reason: `"${key.slice(0, 40)}" não é uma chave Pix: use CPF, CNPJ, e-mail, celular com DDD (+55) ou chave aleatória.`,
	};
}

const READERS: Record<PixKeyKind, (text: string) => PixKeyReading> = {
	cpf: (text) => document(text, 'cpf'),
	cnpj: (text) => document(text, 'cnpj'),
	email,
	phone,
	random,
};

function document(text: string, kind: 'cpf' | 'cnpj'): PixKeyReading {
	const reading = readTaxId(text);
	if (!reading.ok) return reading;
	if (reading.kind === kind) return { ok: true, kind, key: reading.digits, ambiguous: false };
	return {
		ok: false,
		reason: `Este número é um ${reading.kind.toUpperCase()}, e a chave deve ser um ${kind.toUpperCase()}.`,
	};
}

function email(text: string): PixKeyReading {
	const key = text.toLowerCase();
	if (!EMAIL.test(key)) return { ok: false, reason: `"${text.slice(0, 40)}" não é um e-mail que sirva de chave Pix.` };
	if (key.length > LONGEST_KEY) {
		return {
			ok: false,
			reason: `Um e-mail que é chave Pix tem até ${LONGEST_KEY} caracteres; este tem ${key.length}.`,
		};
	}
	return { ok: true, kind: 'email', key, ambiguous: false };
}

function phone(text: string): PixKeyReading {
	const reading = normalizePhone(text);
	if (!reading.ok) return { ok: false, reason: reading.message };
	if (reading.kind === 'mobile') return { ok: true, kind: 'phone', key: reading.e164, ambiguous: false };
	return { ok: false, reason: 'Só um celular do Brasil pode ser chave Pix. Exemplo: +55 11 99999-9999.' };
}

function random(text: string): PixKeyReading {
	const key = text.toLowerCase();
	if (RANDOM.test(key)) return { ok: true, kind: 'random', key, ambiguous: false };
	return { ok: false, reason: 'Uma chave aleatória tem 36 caracteres, como 123e4567-e12b-12d1-a456-426655440000.' };
}
