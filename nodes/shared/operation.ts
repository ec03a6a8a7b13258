/**
 * What is an operation of a node, and how do its fields come onto the screen? One operation is one file with its own
 * fields and its own `run`; where it sits decides its displayOptions, so that the two cannot drift apart.
 */
import { NodeOperationError } from 'n8n-workflow';
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { itemParameters } from './item-parameters';
import type { ItemParameters } from './item-parameters';
import { parameterReader } from './read-parameter';
import { runItems } from './run-items';
import type { Outcome } from './run-items';
import { runMessageReader, stepKeys } from './run-message';
import type { RunMessage } from './run-message';

export interface OperationCall<Desk> {
	desk: Desk;
	params: ItemParameters;
	item: INodeExecutionData;
	index: number;
	/** The customer message this item belongs to; null when the run was started by something else. */
	message(): RunMessage | null;
	/** Makes a run that is repeated after a crash harmless; undefined when there is nothing to key on. */
	key(): string | undefined;
	/** For binary data and the execution's identity only; parameters come through `params`. */
	context: IExecuteFunctions;
}

export interface Operation<Call, Result> {
	/** Stable camelCase, stored in workflows; never changed once released. */
	value: string;
	name: string;
	/** Sentence case, as listed in the node picker. */
	action: string;
	description: string;
	/** Without resource/operation displayOptions: those are derived. Own conditions are kept. */
	properties: INodeProperties[];
	run(call: Call): Promise<Result>;
}

/** One item with a file: what a `run` answers when JSON is not all of it. */
export class FileItem {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

/** An operation whose result is plain JSON, one item per object, or an item with a file. */
export type DeskOperation<Desk> = Operation<OperationCall<Desk>, IDataObject | IDataObject[] | FileItem>;

/** What the descriptions need to know of an operation, whatever it runs on. */
export type OperationFields = Omit<Operation<never, unknown>, 'run'>;

export interface Resource<Op extends OperationFields> {
	value: string;
	name: string;
	description?: string;
	/** In screen order; the first is the default. */
	operations: Op[];
}

/** The Resource and Operation dropdowns and every operation's fields. */
export function propertiesOf<Op extends OperationFields>(resources: Array<Resource<Op>>): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ value, name, description }) => ({ value, name, description })),
			default: resources[0]!.value,
		},
		...resources.flatMap((resource) => [
			operationDropdown(resource.operations, { resource: [resource.value] }),
			...resource.operations.flatMap(({ value, properties }) =>
				properties.map((field) => shownFor(field, { resource: [resource.value], operation: [value] })),
			),
		]),
	];
}

/** One field, shown under these conditions in addition to its own. */
export function shownFor(field: INodeProperties, show: Record<string, string[]>): INodeProperties {
	return {
		...field,
		displayOptions: { ...field.displayOptions, show: { ...show, ...field.displayOptions?.show } },
	};
}

/** Runs the chosen operation for every item. */
export async function runOperations<Desk>(
	context: IExecuteFunctions,
	resources: Array<Resource<DeskOperation<Desk>>>,
	desk: Desk,
): Promise<INodeExecutionData[][]> {
	const read = parameterReader(context);
	const messageOf = runMessageReader(context);
	const keyOf = stepKeys(context);
	const operation = chosenOperation(context, resources);
	return await runItems(context, async (item, index) => {
		const message = () => messageOf(item, index);
		const key = () => keyOf(message()?.messageId);
		const result = await operation.run({
			desk,
			params: itemParameters(read, index),
			item,
			index,
			message,
			key,
			context,
		});
		if (result instanceof FileItem) return { json: result.json, binary: result.binary };
		return (Array.isArray(result) ? result : [result]).map((json): Outcome => ({ json }));
	});
}

/** The operation picked in the node; neither dropdown takes expressions, so it is the same for all items. */
export function chosenOperation<Op extends OperationFields>(
	context: IExecuteFunctions,
	resources: Array<Resource<Op>>,
): Op {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	const found = resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new NodeOperationError(context.getNode(), `This node has no operation "${resource}: ${operation}".`, {
		description: 'Open the node and choose a resource and an operation from the lists.',
	});
}

function operationDropdown(operations: OperationFields[], show: Record<string, string[]>): INodeProperties {
	return shownFor(
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: operations.map(({ value, name, action, description }): INodePropertyOptions => ({
				value,
				name,
				action,
				description,
			})),
			default: operations[0]!.value,
		},
		show,
	);
}
