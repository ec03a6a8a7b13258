/** Reads what strangers wrote: values of any shape, of which only the expected ones are taken. Never fails. */

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Text a person wrote, or null. NUL characters are taken out: PostgreSQL cannot store them. */
export function textOf(value: unknown): string | null {
	if (typeof value !== 'string' || value === '') return null;
	return value.includes('\u0000') ? value.replaceAll('\u0000', '') : value;
}
