/** The rows of the node that is being edited, for its own dropdowns. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

interface Row {
	number?: unknown;
	name?: unknown;
	displayName?: unknown;
	action?: unknown;
}

export async function getRows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return rowsOf(this).map(asOption);
}

/** Only rows where people wait, and the choice of none. */
export async function getFallbackRows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const queues = rowsOf(this).filter(({ action }) => action !== 'selfService');
	return [{ name: 'None (Output "No Valid Answer")', value: '' }, ...queues.map(asOption)];
}

function rowsOf(context: ILoadOptionsFunctions): Row[] {
	const queues = context.getCurrentNodeParameter('queues') as { queue?: Row[] } | undefined;
	// A name that is an expression is unknown until the workflow runs.
	return (queues?.queue ?? []).filter(({ name }) => typeof name === 'string' && name !== '' && !name.startsWith('='));
}

function asOption({ number, name, displayName }: Row): INodePropertyOptions {
	return { name: `${String(number ?? 1)} · ${String(displayName || name)}`, value: String(name) };
}
