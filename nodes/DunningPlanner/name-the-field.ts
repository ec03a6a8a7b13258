/**
 * Which field of the editor is an error about, and where was its value typed? Supervisors fill in a settings node; the expressions
 * of the fields lead back to it.
 */
import { UserError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeParameters, INodeProperties } from 'n8n-workflow';
import { ConfigurationError } from '../../engine';
import { labelOf } from '../shared/item-parameters';
import { isDeskError } from '../shared/node-error';
import { creditorFields } from './creditor.fields';
import { chargesFields, optionsField } from './options.fields';

/** The same error, with the field as the editor labels it and the place its value comes from; others as they are. */
export function nameTheField(context: IExecuteFunctions, error: unknown): unknown {
	if (!isDeskError(error) && !(error instanceof UserError)) return error;
	const hint = isDeskError(error) ? error.hint : (error.description ?? '');
	const wrong = isDeskError(error) ? error.field : undefined;
	const labelled = LABELLED.find(({ name }) =>
		wrong === undefined ? error.message.includes(`"${labelOf(name)}"`) : name === wrong,
	);
	const name = labelled?.name ?? wrong;
	if (name === undefined) return error;
	const message = labelled
		? error.message.replace(`"${labelOf(name)}"`, `"${labelled.label}"`).replace(`"${name}"`, `"${labelled.label}"`)
		: error.message;
	const from = placesOf(context, name, message);
	return new ConfigurationError(from === '' ? message : `${message} ${from}`, hint, name);
}

/** Fields that errors know by their names. */
const LABELLED = [...creditorFields, ...chargesFields, ...(optionsField.options as INodeProperties[])]
	.filter(({ type }) => type !== 'notice')
	.map(({ name, displayName }) => ({ name, label: displayName }));

/** Fields of the engine that are several here. */
const MADE_OF: Record<string, string[]> = {
	ladder: ['ladder', 'ladderJson'],
	hours: ['defaultHours', 'stateHours'],
};

/** 'It comes from config.das of the node "Configuração".'; '' when it was typed here. */
function placesOf(context: IExecuteFunctions, field: string, message: string): string {
	const { parameters } = context.getNode();
	const leaves = (MADE_OF[field] ?? [field]).flatMap((name) => {
		const path = name in parameters ? name : `options.${name}`;
		const raw = (parameters[name] ?? (parameters.options as INodeParameters | undefined)?.[name]) as unknown;
		return isShown(parameters, name) ? leavesOf(raw, valueOf(context, path)) : [];
	});
	// Of several values it is the one that the message quotes.
	const quoted = leaves.filter(({ values }) => values.some((value) => value !== '' && message.includes(`"${value}"`)));
	const references = (quoted.length > 0 ? quoted : leaves).flatMap(({ raw }) => referencesIn(raw));
	const places = [...new Set(references)];
	return places.length === 0 ? '' : `It comes from ${places.join(' and ')}.`;
}

/** Of the first item; an expression that fails has none. */
function valueOf(context: IExecuteFunctions, path: string): unknown {
	try {
		return context.getNodeParameter(path, 0, null);
	} catch {
		return null;
	}
}

function isShown({ ladderFrom = 'node', contactHours = 'default' }: INodeParameters, name: string): boolean {
	if (name === 'ladderJson') return ladderFrom === 'json';
	if (name === 'ladder') return ladderFrom === 'node';
	return name === 'defaultHours' || name === 'stateHours' ? contactHours === 'custom' : true;
}

interface Leaf {
	raw: string;
	/** What it came to. */
	values: string[];
}

/** The expressions of a field, also those deep in its rows. */
function leavesOf(raw: unknown, value: unknown): Leaf[] {
	if (typeof raw === 'string') {
		return raw.startsWith('=') ? [{ raw, values: (Array.isArray(value) ? value : [value]).map(String) }] : [];
	}
	if (typeof raw !== 'object' || raw === null) return [];
	const values = (value ?? {}) as Record<string, unknown>;
	return Object.entries(raw).flatMap(([key, each]) => leavesOf(each, values[key]));
}

const REFERENCE =
	/\$\((["'`])(.+?)\1\)\.(?:first\(\)|last\(\)|item)\.json((?:\.[\p{L}_$][\p{L}\p{N}_$]*(?![\p{L}\p{N}_$(]))+)/gu;

/** Calls behind the path (".map(…)") are no part of it. */
function referencesIn(raw: string): string[] {
	return [...raw.matchAll(REFERENCE)].map(([, , node, path]) => `${path!.slice(1)} of the node "${node}"`);
}
