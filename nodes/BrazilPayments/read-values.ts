/**
 * Which amount, date or percentage does a field hold? What is none of them goes into a list of sentences in Portuguese:
 * the values come from customers and ERPs, and a wrong one is a result.
 */
import { DateTime } from 'luxon';
import { DEFAULT_ZONE, readReais } from '../../engine';
import { instantOf } from '../shared/instant-of';

/** "O valor" and the like, as the sentences begin. */
type What = string;

/** Whole cents; null when empty, and when it is no amount, which `errors` is told. */
export function readAmount(value: unknown, what: What, errors: string[]): number | null {
	if (isEmpty(value)) return null;
	const cents = readReais(value);
	if (cents === null) errors.push(`${what} não é um valor em reais: ${shown(value)}. Use 459,90 ou 459.90.`);
	return cents;
}

/** Whole cents above zero; null when there is none, which `errors` is told. */
export function readRequiredAmount(value: unknown, what: What, errors: string[]): number | null {
	if (isEmpty(value)) errors.push(`${what} está vazio.`);
	const cents = readAmount(value, what, errors);
	if (cents === 0) errors.push(`${what} deve ser maior que zero.`);
	return cents || null;
}

/**
 * A calendar date, YYYY-MM-DD; null when empty, and when it is no date, which `errors` is told.
 * Midnight in UTC is how databases and JavaScript write a date without a time: it is that date, not the evening before.
 */
export function readDay(value: unknown, what: What, errors: string[]): string | null {
	if (isEmpty(value)) return null;
	const instant = instantOf(value, DEFAULT_ZONE);
	const written = typeof value === 'string' ? value.trim() : new Date(instant || 0).toISOString();
	const midnight = /^(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?)?$/.exec(written);
	const day = midnight ? DateTime.fromISO(midnight[1]!) : DateTime.fromMillis(instant, { zone: DEFAULT_ZONE });
	if (!Number.isNaN(instant) && day.isValid) return day.toISODate();
	errors.push(`${what} não é uma data: ${shown(value)}. Use 2026-03-10 ou 10/03/2026.`);
	return null;
}

/** Like `readDay`; empty is told too. */
export function readRequiredDay(value: unknown, what: What, errors: string[]): string | null {
	if (isEmpty(value)) errors.push(`${what} está vazia.`);
	return readDay(value, what, errors);
}

/** The date in Brasília. */
export function today(now: number): string {
	return DateTime.fromMillis(now, { zone: DEFAULT_ZONE }).toISODate()!;
}

/** 2, "2", "2,5" or "2 %" as a number from 0 to 1000; 0 when empty. */
export function readPercent(value: unknown, what: What, errors: string[]): number {
	if (isEmpty(value)) return 0;
	const text = typeof value === 'string' ? value.trim().replace(/\s*%$/, '').replace(',', '.') : value;
	const percent = typeof text === 'string' && /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
	if (typeof percent === 'number' && percent >= 0 && percent <= 1000) return percent;
	errors.push(`${what} não é uma porcentagem: ${shown(value)}. Use 2 para 2%.`);
	return 0;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function shown(value: unknown): string {
	return typeof value === 'object' ? 'é um objeto' : `"${String(value).slice(0, 40)}"`;
}
