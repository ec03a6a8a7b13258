/** What can this node do, and which outputs does each operation have? */
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../shared/item-parameters';
import { addBusinessDaysOperation } from './add-business-days.operation';
import { checkOperation } from './check.operation';
import { nextOpeningOperation } from './next-opening.operation';

export interface HoursOperation {
	/** Stable camelCase, stored in workflows. */
	value: string;
	name: string;
	action: string;
	description: string;
	/** Names of the outputs; a single one has no name. */
	outputs: string[];
	/** Shown before the schedule. */
	properties: INodeProperties[];
	/** Shown after it: what is rarely changed. */
	lastProperties?: INodeProperties[];
	/** Pure: the item's own data and errors are the caller's. */
	run(call: { params: ItemParameters; now: number }): { output: number; fields: IDataObject };
}

/** In screen order. */
export const OPERATIONS: HoursOperation[] = [checkOperation, nextOpeningOperation, addBusinessDaysOperation];

export const operationDropdown: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: OPERATIONS.map(({ value, name, action, description }) => ({ value, name, action, description })),
	default: 'check',
};

/** Evaluated by n8n's editor and server for each node; wires are stored by position, so outputs are never reordered. */
export const outputsExpression = `={{ (${JSON.stringify(
	Object.fromEntries(OPERATIONS.map(({ value, outputs }) => [value, outputs.map(outputPort)])),
)})[$parameter.operation] }}` as `={{${string}}}`;

export function findOperation(context: IExecuteFunctions): HoursOperation {
	const chosen = context.getNodeParameter('operation', 0);
	const found = OPERATIONS.find(({ value }) => value === chosen);
	if (found) return found;
	throw new NodeOperationError(context.getNode(), `"Operation": this node cannot "${String(chosen)}".`, {
		description: 'Open the node and choose an operation from the list.',
	});
}

function outputPort(displayName: string) {
	return displayName ? { type: NodeConnectionTypes.Main, displayName } : { type: NodeConnectionTypes.Main };
}
