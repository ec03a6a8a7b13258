import { DateTime } from 'luxon';
import { UserError } from 'n8n-workflow';
import { DEFAULT_TEXTS, operateConversation } from '../../../engine/index';
import type { ConversationEvent, MessageItem } from '../../../engine/index';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { resultJson } from './result';

interface Options {
	queue: string;
	period: string;
}

export const holdOperation: DeskOperation = {
	value: 'hold',
	name: 'Hold Until Opening',
	action: 'Hold a conversation until the opening',
	description: 'Leave the conversation pending outside business hours; the opening starts this workflow again for it',
	properties: [
		conversationField,
		{
			displayName: 'Until',
			name: 'until',
			type: 'dateTime',
			default: '={{ $json.businessHours?.nextOpening }}',
			required: true,
			description: 'When the business opens; by default as the Business Hours node before this one found it',
		},
		{
			displayName: 'Away Notice',
			name: 'notice',
			type: 'string',
			typeOptions: { rows: 3 },
			default: DEFAULT_TEXTS.away,
			description:
				'"Fim de Expediente", sent once per closed period, e.g. <i>Oi, [primeiro_nome]! Voltamos [proximo_horario].</i> Empty sends nothing. Not sent while a person attends.',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Closed Period',
					name: 'period',
					type: 'string',
					default: '={{ $json.businessHours?.period }}',
					description:
						'Names the closed period, so that its notice is sent once even if the opening moves; by default as Business Hours found it',
				},
				{
					displayName: 'Queue',
					name: 'queue',
					type: 'string',
					default: '',
					placeholder: 'e.g. financeiro',
					description:
						'Internal name of the queue to wait in. When empty, the customer is asked for a queue at the opening.',
				},
			],
		},
	],
	run: async (call) => {
		const conversation = conversationOf(call);
		const { queue, period } = call.params.collection<Options>('options');
		const text = call.params.text('notice');
		const event: ConversationEvent = {
			type: 'hold',
			until: readUntil(call),
			queue: queue || null,
			notice: text ? { text, period: period ?? closedPeriod(call) } : null,
			message: messageAbout(call, conversation),
		};
		const workflowId = call.context.getWorkflow().id ?? null;
		return resultJson(await operateConversation(call.desk, conversation, event, { key: call.key(), workflowId }));
	},
};

/** @throws UserError when there is no instant to wait for */
function readUntil({ params, context, item }: DeskCall): number {
	const value = params.value('until');
	if (value === undefined || value === null || value === '') {
		if (isObject(item.json.businessHours) && item.json.businessHours.nextOpening === null) {
			throw new UserError('The schedule of Business Hours has no next opening, so there is nothing to wait for.', {
				description: 'Give the Business Hours node hours at which it opens, or enter "Until" by hand.',
			});
		}
		throw new UserError('"Until" is empty.', {
			description: 'Put a Business Hours node before this one, or enter when the business opens.',
		});
	}
	const iso = typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value;
	// The editor stores a date without an offset: it is meant in the workflow's zone.
	const at = typeof iso === 'number' ? iso : DateTime.fromISO(String(iso), { zone: context.getTimezone() }).toMillis();
	if (Number.isFinite(at)) return at;
	throw new UserError(`"Until" is not a moment: ${JSON.stringify(iso)}.`, {
		description: 'Use an ISO date and time such as 2026-12-24T08:00.',
	});
}

function closedPeriod({ item }: DeskCall): string | null {
	const { period } = (item.json.businessHours ?? {}) as { period?: unknown };
	return typeof period === 'string' ? period : null;
}

type MessageAbout = NonNullable<Extract<ConversationEvent, { type: 'hold' }>['message']>;

/** What the customer wrote, when the conversation is that message's own. */
function messageAbout({ message }: DeskCall, conversation: string): MessageAbout | null {
	const found = message() as Partial<MessageItem> | null;
	if (found?.event !== 'message' || !found.conversation) return null;
	const { id, protocolNumber } = found.conversation;
	if (conversation !== id && conversation !== protocolNumber) return null;
	const { text = '', type, providerType, consent = null } = found;
	return { text, contentType: type as 'text', consent, ...(providerType !== undefined && { providerType }) };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
