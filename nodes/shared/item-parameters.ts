/**
 * What did the supervisor fill in for this item, as the type the code needs? An expression may produce anything;
 * here a wrong kind of value becomes a sentence that names the field.
 */
import { UserError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import type { ReadParameter } from './read-parameter';

export interface ItemParameters {
	/** Trimmed text; '' when empty. Numbers become their digits, so that a phone from a JSON number works. */
	text(name: string): string;
	/** Like `text`, but an empty value is refused. */
	requiredText(name: string): string;
	/** A finite number. */
	number(name: string): number;
	/** true or false, also from the texts 'true' and 'false'. */
	flag(name: string): boolean;
	/** The chosen value of a resource locator (or of a plain field); '' when none. */
	locator(name: string): string;
	/** An optional collection: what is not filled in is absent. */
	collection<T extends object = IDataObject>(name: string): Partial<T>;
	/** The rows of a multiple fixedCollection, in screen order; [] when there are none. */
	rows<T extends object = IDataObject>(name: string, group: string): T[];
	/** As it is; undefined when there is no such parameter. */
	value(name: string): unknown;
}

export function itemParameters(read: ReadParameter, index: number): ItemParameters {
	const value = (name: string) => read(name, index, null) ?? undefined;
	const text = (name: string) => asText(name, value(name));
	return {
		value,
		text,
		requiredText: (name) => text(name) || refuse(name, 'is empty', 'Fill it in, or check the expression in it.'),
		number: (name) => asNumber(name, value(name)),
		flag: (name) => asFlag(name, value(name)),
		locator: (name) => {
			const chosen = value(name);
			return asText(name, isObject(chosen) ? chosen.value : chosen);
		},
		collection: <T extends object>(name: string) => {
			const given = value(name);
			return (isObject(given) ? given : {}) as Partial<T>;
		},
		rows: <T extends object>(name: string, group: string) => {
			const given = value(name);
			const rows = isObject(given) ? given[group] : undefined;
			return (Array.isArray(rows) ? rows : []) as T[];
		},
	};
}

/** 'options.replyTo' → 'Reply To', as the editor labels it. */
export function labelOf(name: string): string {
	const last = name.split('.').at(-1)!;
	return last.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/^./, (first) => first.toUpperCase());
}

function asText(name: string, value: unknown): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
	return refuse(name, `must be text, but it is ${kindOf(value)}`, 'Pick one field of it in the expression.');
}

function asNumber(name: string, value: unknown): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number)) return number;
	return refuse(name, `must be a number, but it is ${kindOf(value)}`, 'Enter digits, or check the expression in it.');
}

function asFlag(name: string, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	if (value === 'true') return true;
	if (value === undefined || value === null || value === '' || value === 'false') return false;
	return refuse(name, `must be true or false, but it is ${kindOf(value)}`, 'Check the expression in it.');
}

function kindOf(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object') return 'an object';
	return `"${String(value)}"`;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuse(name: string, what: string, description: string): never {
	throw new UserError(`"${labelOf(name)}" ${what}.`, { description });
}
