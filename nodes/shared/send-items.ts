/** Sends all items of a node together: read each, enqueue at once, wait together, place each result. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { getTicket, invoiceTopic, readInvoiceId, sendMessages, ticketTopic } from '../../engine/index';
import type { Desk, SendOutcome, SendRequest, Topic } from '../../engine/index';
import type { ChosenChannel } from './desk';
import { itemParameters } from './item-parameters';
import type { OperationCall } from './operation';
import { parameterReader } from './read-parameter';
import { runBatch } from './run-items';
import { runMessageReader, stepKeys } from './run-message';
import type { SendOptions } from './send-options';
import { readSendOptions } from './send-options';

export const SENT = 0;
export const NOT_SENT = 1;

/** What a node may look at to make a message of one item. */
export type SendCall = Pick<OperationCall<Desk>, 'desk' | 'params' | 'item' | 'index' | 'context' | 'message'> & {
	channel: ChosenChannel;
	options: SendOptions;
};

/** One item's message, as its node describes it. */
export interface Draft extends Pick<
	SendRequest,
	'recipient' | 'content' | 'kind' | 'outsideWindow' | 'quotedProviderMessageId'
> {
	/** The customer's message to mark as read first. */
	read?: { providerMessageId: string; typing: boolean } | null;
	/** More to tell in the item's `delivery`. */
	told?: IDataObject;
	/** Something a person should know although the message goes out, in Portuguese. */
	hint?: string | null;
}

interface Prepared {
	item: INodeExecutionData;
	draft: Draft;
	request: SendRequest;
	waitMs: number;
}

/**
 * @param describe makes the message of one item; what it throws concerns this item only
 * @param check looks at all of them before anything is done, and throws when the node itself is set wrong
 */
export async function sendItems(
	context: IExecuteFunctions,
	desk: Desk,
	channel: ChosenChannel,
	describe: (call: SendCall) => Promise<Draft>,
	check: (drafts: Draft[]) => void | Promise<void> = () => undefined,
): Promise<INodeExecutionData[][]> {
	const readParameter = parameterReader(context);
	const messageOf = runMessageReader(context);
	const keyOf = stepKeys(context);
	const zone = context.getTimezone();
	const now = desk.clock.now();

	return await runBatch<Prepared, SendOutcome>(
		context,
		{
			prepare: async (item, index) => {
				const params = itemParameters(readParameter, index);
				const message = () => messageOf(item, index);
				// Taken for every item, so that the n-th send stays the n-th when one before it fails.
				const key = keyOf(message()?.messageId);
				const options = readSendOptions(params, zone);
				const draft = await describe({ desk, channel, params, options, item, index, context, message });
				const { recipient, content, kind, outsideWindow, quotedProviderMessageId } = draft;
				const notBefore = options.sendAt !== null && options.sendAt > now ? options.sendAt : undefined;
				return {
					item,
					draft,
					request: {
						channelId: channel.id,
						recipient,
						content,
						kind,
						outsideWindow,
						quotedProviderMessageId,
						origin: options.sendAs,
						dedupeKey: options.dedupeKey || key,
						label: options.label || undefined,
						notBefore,
						contactHours: options.contactHours === 'lawful' ? 'lawful' : undefined,
						topics: await topicsOf(desk, options),
						dunning: options.dunningPlan ?? undefined,
						validUntil: options.validMinutes ? (notBefore ?? now) + options.validMinutes * 60_000 : undefined,
					},
					waitMs: options.waitSeconds * 1000,
				};
			},
			act: async (prepared) => {
				await check(prepared.map(({ draft }) => draft));
				await markRead(desk, channel.id, prepared);
				const waitMs = Math.max(...prepared.map((each) => each.waitMs));
				return await sendMessages(
					desk,
					prepared.map(({ request }) => request),
					waitMs,
				);
			},
			place: (outcome, prepared) => ({
				json: { ...prepared.item.json, delivery: deliveryJson(outcome, prepared) },
				binary: prepared.item.binary,
				// What waits for its time, for a free start or for the contact is not refused: its status says so.
				output: outcome.status === 'refused' || outcome.status === 'unknown' ? NOT_SENT : SENT,
			}),
		},
		{ outputs: 2, errorOutput: NOT_SENT },
	);
}

/** @throws NotFound for a ticket nobody knows */
async function topicsOf(desk: Desk, { aboutInvoice, aboutTicket }: SendOptions): Promise<Topic[] | undefined> {
	const topics = [
		...(aboutTicket ? [await ticketTopicOf(desk, aboutTicket)] : []),
		...(aboutInvoice ? [invoiceTopic(readInvoiceId(aboutInvoice))] : []),
	];
	return topics.length > 0 ? topics : undefined;
}

/** By the ID of a ticket, or by source/code. @throws NotFound */
async function ticketTopicOf(desk: Desk, ticket: string): Promise<string> {
	return ticketTopic(ticket.startsWith('tic_') ? ticket : (await getTicket(desk, ticket)).id);
}

/** Blue ticks are a courtesy: whether they arrive decides nothing. A device linked to another process gives none from here. */
async function markRead(desk: Desk, channelId: string, prepared: Prepared[]): Promise<void> {
	const channel = desk.channels.get(channelId);
	if (!channel) return;
	const reads = new Map(
		prepared.flatMap(({ draft: { read } }) => (read ? [[read.providerMessageId, read.typing] as const] : [])),
	);
	await Promise.all([...reads].map(([id, typing]) => channel.markRead(id, typing)));
}

function deliveryJson(outcome: SendOutcome, { draft, request }: Prepared): IDataObject {
	const { id, status, repeated, providerMessageId, errorCode, explanation, contactId, conversationId } = outcome;
	const planned = repeated ? null : (request.notBefore ?? null);
	const notBefore = status === 'queued' ? (outcome.notBefore ?? planned) : null;
	return {
		status,
		id,
		providerMessageId,
		code: errorCode,
		reason: explanation,
		hint: [outcome.hint, draft.hint].filter(Boolean).join(' ') || null,
		repeated,
		/** Not before then: planned, or postponed by a cap. */
		scheduledFor: notBefore === null ? null : new Date(notBefore).toISOString(),
		contactId,
		conversationId,
		...draft.told,
	};
}
