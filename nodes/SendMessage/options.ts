/** How is the message sent? The settings most workflows leave alone. */
import type { INodeProperties } from 'n8n-workflow';
import type { MessageKind } from '../../engine/model';
import type { ItemParameters } from '../shared/item-parameters';
import { purposeField, toPurpose } from '../shared/purpose';
import { sendOptions } from '../shared/send-options';

export interface MessageOptions {
	kind: MessageKind;
	markRead: 'no' | 'read' | 'typing';
	quotedMessageId: string;
}

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		sendOptions.aboutInvoice,
		sendOptions.aboutTicket,
		sendOptions.contactHours,
		sendOptions.dedupeKey,
		sendOptions.dunningPlan,
		sendOptions.label,
		{
			displayName: 'Mark as Read',
			name: 'markRead',
			type: 'options',
			options: [
				{ name: 'No', value: 'no' },
				{ name: 'Yes', value: 'read', description: "Blue ticks on the customer's message" },
				{ name: 'Yes, and Show Typing', value: 'typing', description: 'Blue ticks, then "digitando…"' },
			],
			default: 'read',
			description: 'What the customer sees of their own message before the answer comes',
		},
		{
			...purposeField,
			default: 'reply',
			description:
				'Decides what leaves first and what may hold the message back. Without this option it is Notification to a phone number, else Reply.',
		},
		{
			displayName: 'Quote Message ID',
			name: 'quotedMessageId',
			type: 'string',
			default: '={{ $json.providerMessageId }}',
			placeholder: 'e.g. wamid.HBgM…',
			description: "WhatsApp's ID of the message this one answers, shown above it",
		},
		sendOptions.sendAs,
		sendOptions.sendAt,
		sendOptions.validMinutes,
		sendOptions.waitSeconds,
	],
};

export function readMessageOptions(params: ItemParameters): MessageOptions {
	const given = params.collection('options');
	const text = (name: string) => (name in given ? params.text(`options.${name}`) : '');
	const usual = params.text('sendTo') === 'phone' ? 'notification' : 'reply';
	const markRead = text('markRead');
	return {
		kind: toPurpose(text('purpose'), usual),
		markRead: markRead === 'read' || markRead === 'typing' ? markRead : 'no',
		quotedMessageId: text('quotedMessageId'),
	};
}
