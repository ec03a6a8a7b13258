import type { Problem } from './errors';

/** Small checks that answer with a Problem or null; `first` keeps the first one found. */
export type Json = Record<string, unknown>;

export function first(...checks: Array<Problem | null | false | undefined>): Problem | null {
	for (const check of checks) if (check) return check;
	return null;
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function missing(name: string): Problem {
	return { code: 131008, details: `The parameter '${name}' is required.` };
}

export function invalid(details: string, code = 131009): Problem {
	return { code, details };
}

/** A string of 1 to `max` UTF-16 units (the count is not documented; this is the cautious reading). */
export function textOf(value: unknown, name: string, max: number, code = 131009): Problem | null {
	if (value === undefined || value === null) return missing(name);
	if (typeof value !== 'string') return invalid(`Param '${name}' must be a string.`, 100);
	if (value.trim() === '') return invalid(`Param '${name}' must not be empty.`, code);
	if (value.length > max) {
		return invalid(`Param '${name}' must be at most ${max} characters long, it has ${value.length}.`, code);
	}
	return null;
}

export function optionalText(value: unknown, name: string, max: number, code = 131009): Problem | null {
	return value === undefined ? null : textOf(value, name, max, code);
}

export function listOf(value: unknown, name: string, min: number, max: number): Problem | null {
	if (value === undefined) return missing(name);
	if (!Array.isArray(value)) return invalid(`Param '${name}' must be an array.`, 100);
	if (value.length < min || value.length > max) {
		return invalid(`Param '${name}' must have ${min} to ${max} elements, it has ${value.length}.`);
	}
	return null;
}

export function unique(values: unknown[], what: string): Problem | null {
	const seen = new Set<unknown>();
	for (const value of values) {
		if (seen.has(value)) return invalid(`Duplicated ${what}: '${String(value)}'.`);
		seen.add(value);
	}
	return null;
}

export function webUrl(value: unknown, name: string): Problem | null {
	if (value === undefined) return missing(name);
	if (typeof value !== 'string' || !/^https?:\/\/[^\s/]+/i.test(value)) {
		return invalid(`Param '${name}' is not a valid http(s) URL.`, 100);
	}
	return null;
}
