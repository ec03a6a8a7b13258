/**
 * How the loose values of an ERP's body become ours: amounts, dates, instants, ids, texts. Every function takes whatever
 * JSON may hold and answers null when it is not what it should be; none throws.
 */
import { DateTime } from 'luxon';
import { readBoleto } from '../brazil/boleto';
import { isDateText } from '../business-hours/dates';
import type { Instant } from '../model';

/** Senders without an offset mean Brasília; the zone knows the daylight saving time of the years before 2019. */
const ZONE = 'America/Sao_Paulo';

/** Longest id that is believed. A longer one is no id: cutting it could make two things one. */
const LONGEST_ID = 200;

/** A text without control characters, trimmed and cut; '' is null. Numbers become text. */
export function textOf(value: unknown, longest = 500): string | null {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return null;
	// Databases refuse NUL, and a lone half of a surrogate pair is no character; only line breaks stay.
	const text = value
		.slice(0, longest * 2)
		.replace(/[^\P{Cc}\n]|\p{Cs}/gu, ' ')
		.trim();
	return text === '' ? null : text.slice(0, longest).replace(/\p{Cs}$/u, '');
}

/** An id as text: a whole number or a short text. 0 and '' stand for "none" with the senders we know. */
export function idOf(value: unknown): string | null {
	if (typeof value === 'number') return Number.isSafeInteger(value) && value !== 0 ? String(value) : null;
	if (typeof value !== 'string' || value.length > LONGEST_ID) return null;
	const id = value.trim();
	return id === '' || id === '0' || /\p{Cc}|\p{Cs}/u.test(id) ? null : id;
}

/**
 * Reais as whole cents, half up: 217.6, "110.00", "1234,56", "R$ 1.234,56". Counted in decimal digits, never in floats.
 * "1.234" alone says neither one real nor a thousand, so it is null, and so is anything negative.
 */
export function centsOf(value: unknown): number | null {
	const decimal = typeof value === 'number' ? decimalOfNumber(value) : decimalOfText(value);
	const [, whole, fraction = ''] = /^(\d{1,13})(?:\.(\d+))?$/.exec(decimal ?? '') ?? [];
	if (whole === undefined) return null;
	const padded = fraction.padEnd(3, '0');
	return Number(whole) * 100 + Number(padded.slice(0, 2)) + (padded[2]! >= '5' ? 1 : 0);
}

/** An amount that the sender already counts in cents (Woovi). */
export function wholeCentsOf(value: unknown): number | null {
	const cents = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
	return Number.isSafeInteger(cents) && (cents as number) >= 0 ? (cents as number) : null;
}

/** dd/mm/yyyy, yyyymmdd and ISO as YYYY-MM-DD. An instant in UTC is the day it was in Brazil, but for midnight, which means a date. */
export function dateOf(value: unknown): string | null {
	if (typeof value !== 'string') return null;
	const text = value.trim();
	const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})(?:\s|$)/.exec(text) ?? [];
	if (year !== undefined) return realDate(`${year}-${month}-${day}`);
	const [, y, m, d] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
	if (y !== undefined) return realDate(`${y}-${m}-${d}`);
	if (/Z$/.test(text) && !/T00:00:00(\.0+)?Z$/.test(text)) {
		const instant = instantOf(text);
		return instant === null ? null : DateTime.fromMillis(instant, { zone: ZONE }).toISODate();
	}
	return /^\d{4}-\d\d-\d\d(?:$|[T\s])/.test(text) ? realDate(text.slice(0, 10)) : null;
}

/**
 * A date with a clock as epoch milliseconds: ISO, "2017-04-18 09:18:13 -0300", "18/02/2023 14:17:20", or a number of
 * seconds or milliseconds since 1970. A date alone is null, and so is one with midnight for a clock: senders write dates so.
 * @param zone for those that name no offset
 */
export function instantOf(value: unknown, zone = ZONE): Instant | null {
	if (typeof value === 'number' && Number.isSafeInteger(value)) {
		if (value >= 1e9 && value < 1e10) return value * 1000;
		return value >= 1e12 && value < 1e13 ? value : null;
	}
	if (typeof value !== 'string' || value.length > 60) return null;
	const text = value.trim().replace(/^(\d\d)\/(\d\d)\/(\d{4})/, '$3-$2-$1');
	const [, date, clock, offset = ''] =
		/^(\d{4}-\d\d-\d\d)[T\s]+(\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(text) ?? [];
	if (date === undefined || realDate(date) === null || /^00:00(:00(\.0+)?)?$/.test(clock!)) return null;
	const at = DateTime.fromISO(`${date}T${clock}${offset.toUpperCase()}`, { zone });
	return at.isValid ? at.toMillis() : null;
}

/** CPF or CNPJ without punctuation; the CNPJ of today has letters. null when it is neither 11 nor 14 long. */
export function taxIdOf(value: unknown): string | null {
	const text = textOf(value, 40)
		?.replace(/[^0-9A-Za-z]/g, '')
		.toUpperCase();
	return text !== undefined && /^(\d{11}|[0-9A-Z]{12}\d\d)$/.test(text) ? text : null;
}

/** A web address a person may be sent; anything else is null. */
export function linkOf(value: unknown): string | null {
	if (typeof value !== 'string' || value.length > 2000 || !/^https?:\/\/[^\s<>"]+$/i.test(value)) return null;
	return URL.canParse(value) ? value : null;
}

/** Linha digitável of a bank boleto (47) or of a utility bill (48), digits only. */
export function boletoOf(value: unknown): string | null {
	const digits = textOf(value, 100)?.replace(/[\s.-]/g, '');
	return digits !== undefined && /^\d{47,48}$/.test(digits) ? digits : null;
}

/**
 * Linha digitável of what may be a bar code (44) or a line (47 or 48), with or without punctuation; null when its check
 * digits say that it is none. For fields that people fill in by hand.
 */
export function boletoLineOf(value: unknown): string | null {
	const text = textOf(value, 100);
	// The reference tells which due date is meant, and that is not asked here.
	const boleto = text === null ? null : readBoleto(text, { reference: '2025-02-22' });
	return boleto?.ok ? boleto.line : null;
}

/** A Pix copia e cola; every one begins with the EMV version "000201". */
export function pixOf(value: unknown): string | null {
	return typeof value === 'string' && value.length <= 1000 && /^000201[\x20-\x7e]+$/.test(value) ? value : null;
}

function realDate(text: string): string | null {
	return /^(19|20|21)/.test(text) && isDateText(text) ? text : null;
}

function decimalOfNumber(value: number): string | null {
	// Below 1e21 a number prints its shortest exact digits; tiny ones print an exponent and are no money.
	return Number.isFinite(value) ? String(value) : null;
}

function decimalOfText(value: unknown): string | null {
	const text = textOf(value, 40)?.replace(/^R\$\s*/i, '');
	if (text === undefined) return null;
	if (/^\d{1,3}(\.\d{3})+,\d+$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
	if (/^\d{1,3}(,\d{3})+\.\d+$/.test(text)) return text.replaceAll(',', '');
	if (/^\d{1,3}(\.\d{3}){2,}$/.test(text)) return text.replaceAll('.', '');
	// One separator and three digits after it: a thousand or a thousandth?
	if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return null;
	return text.replace(',', '.');
}
