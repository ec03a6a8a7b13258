/** What did the form give for each field, or which of the item's own fields fits? Pure. */
import type { IDataObject } from 'n8n-workflow';
import type { Template } from '../../../engine/model-template';
import { DEFAULT_BINARY_FIELD, FILE, formOf } from './form';

export type FormValues =
	{ ok: true; values: Record<string, string> } | { ok: false; code: 'templateVariableInvalid'; explanation: string };

/** What a resourceMapper stores. */
interface Mapped {
	mappingMode?: unknown;
	value?: unknown;
}

/**
 * @param mapped the parameter: filled in by hand, or mapped from the item's fields by their names. Without a form (a
 *   template by name, chosen by an expression) the names decide too.
 */
export function formValues(template: Template, mapped: unknown, json: IDataObject): FormValues {
	const { mappingMode, value } = (isObject(mapped) ? mapped : {}) as Mapped;
	const byHand = mappingMode !== 'autoMapInputData' && isObject(value);
	const raw = byHand ? value : byName(template, json);
	const values: Record<string, string> = {};
	for (const [key, given] of Object.entries(raw)) {
		const text = asText(given);
		if (text === null) return unusable(template, key, given);
		values[key] = text;
	}
	return { ok: true, values };
}

/**
 * For each field the item's field of that name: in full ("body.1"), nested (body: { "1": … }), the variable's own name
 * ("1", as Cedrus writes its wildcards, or "nome") or a button's label. A bare name belongs to the body before the header.
 * What the item itself does not have is looked for in its `values`, where the Dunning Planner puts the words of a reminder.
 */
function byName(template: Template, json: IDataObject): Record<string, unknown> {
	const find = finder(json);
	const inBody = new Set(template.body.variables.map(({ name }) => nameKey(name)));
	const found: Record<string, unknown> = {};
	for (const { key } of formOf(template)) {
		const [part, name] = [key.slice(0, key.indexOf('.')), key.slice(key.indexOf('.') + 1)];
		const bare = part === 'button' ? template.buttons[Number(name)]!.text : name;
		const free = part !== 'header' || !inBody.has(nameKey(bare));
		const byBareName = () => find(bare) ?? nested(json, 'values', bare);
		const value = find(key) ?? nested(json, part, name) ?? (free ? byBareName() : undefined);
		if (value !== undefined && value !== null) found[key] = value;
		else if (key === FILE) found[key] = DEFAULT_BINARY_FIELD;
	}
	return found;
}

function finder(json: IDataObject): (name: string) => unknown {
	const folded = new Map(Object.entries(json).map(([name, value]) => [nameKey(name), value]));
	return (name) => folded.get(nameKey(name));
}

function nested(json: IDataObject, part: string, name: string): unknown {
	const inside = json[part];
	return isObject(inside) ? finder(inside as IDataObject)(name) : undefined;
}

/** "{{1}}", "1" and " 1 " are one name; case and accents make no difference, nor do spaces and underscores. */
function nameKey(name: string): string {
	return name
		.normalize('NFD')
		.replace(/[\p{M}{}[\]\s_-]/gu, '')
		.toLowerCase();
}

/** null for what is no text. */
function asText(value: unknown): string | null {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
	return null;
}

function unusable({ name }: Template, key: string, value: unknown): FormValues {
	const what = Array.isArray(value) ? 'uma lista' : 'um objeto';
	return {
		ok: false,
		code: 'templateVariableInvalid',
		explanation: `O valor de ${key} do modelo "${name}" é ${what}, e não um texto. Escolha um só campo na expressão.`,
	};
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
