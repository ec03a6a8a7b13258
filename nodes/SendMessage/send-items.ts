/** Sends all items of the node together: read each, enqueue at once, wait together, place each result. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sendMessages } from '../../engine/index';
import type { Channel, Desk, SendOutcome, SendRequest } from '../../engine/index';
import { itemParameters } from '../shared/item-parameters';
import { parameterReader } from '../shared/read-parameter';
import { runBatch } from '../shared/run-items';
import { runMessageReader, stepKeys } from '../shared/run-message';
import { messageTypes } from './message-types';
import { readOptions } from './options';
import { readRecipient } from './recipient';

export const SENT = 0;
export const NOT_SENT = 1;

interface Prepared {
	item: INodeExecutionData;
	request: SendRequest;
	waitMs: number;
	/** The customer's message to mark as read first. */
	read: { providerMessageId: string; typing: boolean } | null;
}

export async function sendItems(
	context: IExecuteFunctions,
	desk: Desk,
	channel: Channel,
): Promise<INodeExecutionData[][]> {
	const readParameter = parameterReader(context);
	const messageOf = runMessageReader(context);
	const keyOf = stepKeys(context);
	const chosen = context.getNodeParameter('messageType', 0);
	const messageType = messageTypes.find(({ value }) => value === chosen) ?? messageTypes[0]!;

	return await runBatch<Prepared, SendOutcome>(
		context,
		{
			prepare: async (item, index) => {
				const params = itemParameters(readParameter, index);
				const message = () => messageOf(item, index);
				const options = readOptions(params);
				// Taken for every item, so that the n-th send stays the n-th when one before it fails.
				const key = keyOf(message()?.messageId);
				const recipient = readRecipient(params, message);
				const content = await messageType.run({ desk, params, item, index, context, message });
				const providerMessageId = message()?.providerMessageId;
				return {
					item,
					request: {
						channelId: channel.id,
						recipient,
						content,
						origin: options.sendAs,
						dedupeKey: options.dedupeKey || key,
						quotedProviderMessageId: options.quotedMessageId || undefined,
						validUntil: options.validMinutes ? desk.clock.now() + options.validMinutes * 60_000 : undefined,
					},
					waitMs: options.waitSeconds * 1000,
					read:
						options.markRead !== 'no' && providerMessageId
							? { providerMessageId, typing: options.markRead === 'typing' }
							: null,
				};
			},
			act: async (prepared) => {
				await markRead(channel, prepared);
				const waitMs = Math.max(...prepared.map((each) => each.waitMs));
				return await sendMessages(
					desk,
					prepared.map(({ request }) => request),
					waitMs,
				);
			},
			place: (outcome, { item }) => ({
				json: { ...item.json, delivery: deliveryJson(outcome) },
				binary: item.binary,
				output: outcome.status === 'sent' || outcome.status === 'queued' ? SENT : NOT_SENT,
			}),
		},
		{ outputs: 2, errorOutput: NOT_SENT },
	);
}

/** Blue ticks are a courtesy: whether they arrive decides nothing. */
async function markRead(channel: Channel, prepared: Prepared[]): Promise<void> {
	const reads = new Map(prepared.flatMap(({ read }) => (read ? [[read.providerMessageId, read.typing] as const] : [])));
	await Promise.all([...reads].map(([id, typing]) => channel.markRead(id, typing)));
}

function deliveryJson({ id, status, repeated, providerMessageId, errorCode, explanation }: SendOutcome): IDataObject {
	return { status, id, providerMessageId, code: errorCode, reason: explanation, repeated };
}
