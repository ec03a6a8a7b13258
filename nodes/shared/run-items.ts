/**
 * THE item loop of the pack: it owns pairedItem, On Error and the mapping of errors, so that nodes only say what
 * happens to one item. `runItems` works item by item; `runBatch` lets the engine act on all items at once.
 */
import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorJson, toNodeError } from './node-error';

/** One item that leaves the node; `output` counts from 0, the default. */
export interface Outcome {
	json: IDataObject;
	binary?: IBinaryKeyData;
	output?: number;
	/** The items it was made of, when it is more than the one it comes from. */
	madeOf?: number[];
}

export interface OutputPlan {
	/** How many outputs the node shows; default 1. */
	outputs?: number;
	/** Where an item with an error goes under On Error: Continue; default 0. "Continue (using error output)" moves it on. */
	errorOutput?: number;
}

type OneOrMany<T> = T | T[];

/**
 * Runs items one after the other; several outcomes may come from one item, or none.
 * @throws NodeOperationError | NodeApiError of the first item that failed, unless On Error says continue.
 */
export async function runItems(
	context: IExecuteFunctions,
	run: (item: INodeExecutionData, index: number) => Promise<OneOrMany<Outcome>>,
	plan: OutputPlan = {},
): Promise<INodeExecutionData[][]> {
	const sheet = outputSheet(context, plan);
	for (const [index, item] of context.getInputData().entries()) {
		try {
			sheet.place(index, await run(item, index));
		} catch (error) {
			sheet.fail(index, error);
		}
	}
	return sheet.outputs;
}

export interface Batch<Prepared, Result> {
	/** Reads one item's parameters. What it throws concerns this item only. */
	prepare(item: INodeExecutionData, index: number): Prepared | Promise<Prepared>;
	/** Acts once for all prepared items; answers in their order. An Error in the answer fails that item only. */
	act(prepared: Prepared[]): Promise<Array<Result | Error>>;
	/** Turns one answer into the items that leave the node. */
	place(result: Result, prepared: Prepared, index: number): OneOrMany<Outcome>;
}

/**
 * Prepares every item, acts once, places the results in item order.
 * With On Error: Stop, a wrong item stops the node *before* anything is done; otherwise it fails alone and its
 * neighbours go on. What `act` itself throws (no store, for example) fails every prepared item.
 */
export async function runBatch<Prepared, Result>(
	context: IExecuteFunctions,
	batch: Batch<Prepared, Result>,
	plan: OutputPlan = {},
): Promise<INodeExecutionData[][]> {
	const sheet = outputSheet(context, plan);
	const ready: Array<{ index: number; prepared: Prepared }> = [];
	const failures = new Map<number, unknown>();

	const items = context.getInputData();
	for (const [index, item] of items.entries()) {
		try {
			ready.push({ index, prepared: await batch.prepare(item, index) });
		} catch (error) {
			if (!context.continueOnFail()) throw sheet.nodeError(error, index);
			failures.set(index, error);
		}
	}

	const results = new Map<number, { result: Result; prepared: Prepared }>();
	if (ready.length > 0) {
		const answers = await batch.act(ready.map(({ prepared }) => prepared)).catch((error: unknown) => {
			if (!context.continueOnFail()) throw sheet.nodeError(error);
			return ready.map(() => (error instanceof Error ? error : new Error(String(error))));
		});
		for (const [at, { index, prepared }] of ready.entries()) {
			const answer = answers[at];
			if (answer instanceof Error || answer === undefined) failures.set(index, answer ?? noAnswer());
			else results.set(index, { result: answer, prepared });
		}
	}

	for (const index of items.keys()) {
		const done = results.get(index);
		try {
			if (!done) throw failures.get(index);
			sheet.place(index, batch.place(done.result, done.prepared, index));
		} catch (error) {
			sheet.fail(index, error);
		}
	}
	return sheet.outputs;
}

function outputSheet(context: IExecuteFunctions, { outputs: count = 1, errorOutput = 0 }: OutputPlan) {
	const outputs: INodeExecutionData[][] = Array.from({ length: count }, () => []);
	const nodeError = (error: unknown, index?: number) => toNodeError(context.getNode(), error, index);

	const place = (index: number, outcome: OneOrMany<Outcome>) => {
		for (const { json, binary, output = 0, madeOf } of Array.isArray(outcome) ? outcome : [outcome]) {
			const target = outputs[output];
			if (!target) throw new Error(`This node has ${count} outputs; an item was meant for output ${output + 1}.`);
			const pairedItem = madeOf ? madeOf.map((item) => ({ item })) : { item: index };
			target.push(binary ? { json, binary, pairedItem } : { json, pairedItem });
		}
	};
	const fail = (index: number, error: unknown) => {
		const failure = nodeError(error, index);
		if (!context.continueOnFail()) throw failure;
		outputs[errorOutput]!.push({ json: errorJson(failure), pairedItem: { item: index } });
	};
	return { outputs, place, fail, nodeError };
}

function noAnswer(): Error {
	return new Error('The desk gave no answer for this item.');
}
