/**
 * What is the value of a parameter for this item? Evaluating parameters per item is n8n's main cost in a node, so one
 * without any expression, or with one that can only give the same for all items, is evaluated once and shared by them.
 */
import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Reads a parameter by its path ('text', 'options.validity'). Without `fallback`, an unknown name is an error.
 * A static object is the same object for every item: read it, do not change it.
 */
export type ReadParameter = (name: string, index: number, fallback?: unknown) => unknown;

export function parameterReader(context: IExecuteFunctions): ReadParameter {
	// getNode() copies the whole node: once is enough.
	const { parameters } = context.getNode();
	const shared = new Map<string, { value: unknown }>();

	return (name, index, fallback) => {
		const known = shared.get(name);
		if (known) return known.value === undefined ? fallback : known.value;
		const raw = valueAt(parameters, name);
		if (raw === undefined || mayDiffer(raw)) return context.getNodeParameter(name, index, fallback as never);
		const value: unknown = context.getNodeParameter(name, 0);
		shared.set(name, { value });
		return value;
	};
}

/** n8n marks an expression by a leading '='; collections and resource locators hide them deep inside. */
export function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=');
	if (typeof raw !== 'object' || raw === null) return false;
	return Object.values(raw).some(hasExpression);
}

/**
 * Whether an expression in it may give each item another value. Settings that come from one node ("Configuração") by
 * `$('…').first()` do not; whatever is not known to be the same counts as different.
 */
export function mayDiffer(raw: unknown): boolean {
	if (typeof raw === 'string') return raw.startsWith('=') && !SETTLED.test(raw.replace(OF_THE_RUN, ''));
	if (typeof raw !== 'object' || raw === null) return false;
	return Object.values(raw).some(mayDiffer);
}

/** References to a whole node or to the run: not to an item. */
const OF_THE_RUN = /\$\((["'`])[^"'`$]*\1\)\.(first|last)\(\)|\$(vars|env|workflow)\b/g;
/** Nothing else that could change between two items: no other reference, no call that could be a clock or a die. */
const SETTLED = /^=[^$(]*$/;

function valueAt(parameters: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, key) =>
				typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
			parameters,
		);
}
