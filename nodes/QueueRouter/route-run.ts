/** Routes all items of a run at once: read each, decide and send in one transaction, place each. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { DEFAULT_ZONE, NotFound, routeItems } from '../../engine';
import type { CompiledTriage, Desk, RouteOptions, RouteRequest, RouteResult } from '../../engine';
import { isDeskError } from '../shared/node-error';
import { parameterReader } from '../shared/read-parameter';
import { runBatch } from '../shared/run-items';
import { runMessageReader } from '../shared/run-message';
import { countOutputs, OUTPUT } from './outputs';
import { placePassed, placeRouted } from './place-result';
import type { PlaceOptions } from './place-result';
import { configReader } from './read-config';
import { readItem } from './read-item';
import type { ItemTask } from './read-item';

interface Prepared {
	item: INodeExecutionData;
	task: ItemTask;
	config: CompiledTriage;
}

export async function routeRun(context: IExecuteFunctions, desk: Desk): Promise<INodeExecutionData[][]> {
	const read = parameterReader(context);
	const configOf = configReader(context, read);
	const messageOf = runMessageReader(context);
	const node = context.getNode();
	const options = readRunOptions(read('options', 0, {}));
	const workflowId = String(context.getWorkflow().id ?? 'unsaved');
	const routeOptions: RouteOptions = {
		routerKey: `${workflowId}|${node.id}`,
		workflowId,
		zone: options.zone,
		holdTexts: options.returnTexts,
	};
	const hints = new Set<string>();

	const outputs = await runBatch<Prepared, RouteResult | null>(
		context,
		{
			prepare: (item, index) => {
				const config = configOf(index);
				for (const warning of config.warnings) hints.add(warning);
				return { item, config, task: readItem(item, messageOf(item, index)) };
			},
			act: async (prepared) => {
				const requests = prepared.flatMap(({ task, config }) =>
					task.type === 'route' ? [{ ...task.request, config }] : [],
				);
				const answers = await routeAll(desk, requests, routeOptions);
				let at = 0;
				return prepared.map(({ task }) => (task.type === 'route' ? answers[at++]! : null));
			},
			place: (result, { item, task, config }) => {
				if (task.type === 'pass') return placePassed(item, task, options);
				if (result!.repeated && context.getMode() === 'manual') hints.add(REPEATED);
				return placeRouted(item, task, result!, config, options);
			},
		},
		{ outputs: countOutputs(node.parameters), errorOutput: OUTPUT.noValidAnswer },
	);
	if (hints.size > 0) {
		context.addExecutionHints(
			...[...hints].map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const),
		);
	}
	return outputs;
}

const REPEATED =
	'This message was routed before: the earlier decision is shown and nothing was sent again. Write a new message to try changed settings.';

/** One transaction for all; an item whose conversation is unknown here (pinned data of another desk) fails alone. */
async function routeAll(
	desk: Desk,
	requests: RouteRequest[],
	options: RouteOptions,
): Promise<Array<RouteResult | Error>> {
	if (requests.length === 0) return [];
	const together = await routeItems(desk, requests, options).catch((error: unknown) =>
		isNotFound(error) && requests.length > 1 ? null : Promise.reject(error),
	);
	if (together) return together;
	const answers: Array<RouteResult | Error> = [];
	for (const request of requests) {
		answers.push(
			await routeItems(desk, [request], options).then(
				([result]) => result!,
				(error: unknown) => (error instanceof Error ? error : new Error(String(error))),
			),
		);
	}
	return answers;
}

/** By name too: after a package update the engine may be an older copy. */
function isNotFound(error: unknown): boolean {
	return error instanceof NotFound || (isDeskError(error) && error.name === 'NotFound');
}

/** The same for all items of a run. */
function readRunOptions(value: unknown): PlaceOptions & { zone: string } {
	const { emitAbsorbed, sendTexts, timeZone } = (value ?? {}) as Record<string, unknown>;
	return {
		emitAbsorbed: emitAbsorbed === true || emitAbsorbed === 'true',
		returnTexts: sendTexts === 'return',
		zone: typeof timeZone === 'string' && timeZone !== '' ? timeZone : DEFAULT_ZONE,
	};
}
