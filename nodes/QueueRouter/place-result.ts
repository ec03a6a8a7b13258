/** Where does an item leave, and what does it carry? */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { CompiledTriage, RouteResult } from '../../engine';
import type { Outcome } from '../shared/run-items';
import { FIRST_ROW, OUTPUT } from './outputs';
import type { ItemTask } from './read-item';

export interface PlaceOptions {
	/** Items that need nothing leave by Waiting instead of ending here. */
	emitAbsorbed: boolean;
	/** The texts were not sent: they travel with the item. */
	returnTexts: boolean;
}

type Routed = Extract<ItemTask, { type: 'route' }>;
type Passed = Extract<ItemTask, { type: 'pass' }>;

export function placeRouted(
	item: INodeExecutionData,
	{ message }: Routed,
	result: RouteResult,
	config: CompiledTriage,
	options: PlaceOptions,
): Outcome[] {
	const { output } = result;
	if (output.type === 'absorbed' && !options.emitAbsorbed) return [];
	const queue = 'queue' in output ? output.queue : null;
	const conversation = { ...result.conversation, openedAt: new Date(result.conversation.openedAt).toISOString() };
	return [
		{
			json: {
				...item.json,
				conversation: { ...message.conversation, ...conversation },
				triage: {
					output: output.type,
					queue: queue === null ? null : queueJson(queue, config),
					explanation: result.explanation,
					conversation,
					messageIds: result.messageIds,
					...(options.returnTexts && { texts: result.held.map(textJson) }),
					repeated: result.repeated,
				},
			},
			binary: item.binary,
			output: outputOf(output, config),
		},
	];
}

/** Untouched but for the reason. */
export function placePassed(
	item: INodeExecutionData,
	{ output, explanation }: Passed,
	{ emitAbsorbed }: PlaceOptions,
): Outcome[] {
	if (output === 'absorbed' && !emitAbsorbed) return [];
	const triage = { output, queue: null, explanation, conversation: null, messageIds: [], repeated: false };
	const place = output === 'withHuman' ? OUTPUT.withHuman : OUTPUT.waiting;
	return [{ json: { ...item.json, triage }, binary: item.binary, output: place }];
}

function outputOf(output: RouteResult['output'], config: CompiledTriage): number {
	switch (output.type) {
		case 'queue':
		case 'selfService': {
			const row = config.rows.findIndex(({ name }) => name === output.queue);
			// A queue that is no row of this node (any more): its people have the conversation.
			return row < 0 ? OUTPUT.withHuman : FIRST_ROW + row;
		}
		case 'absorbed':
			return OUTPUT.waiting;
		default:
			return OUTPUT[output.type];
	}
}

function queueJson(name: string, config: CompiledTriage): IDataObject {
	const row = config.byName.get(name);
	return { name, displayName: row?.displayName ?? name, number: row?.number ?? null };
}

/** `text` is what a person would read; `content` is what would have been sent. */
function textJson({ purpose, content }: RouteResult['held'][number]): IDataObject {
	const text = content.type === 'menu' ? content.plainText : content.type === 'text' ? content.text : '';
	return { purpose, text, content: content as unknown as IDataObject };
}
