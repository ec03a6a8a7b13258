/** Who receives the message? */
import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import type { Recipient } from '../../engine/index';
import type { ItemParameters } from './item-parameters';
import type { RunMessage } from './run-message';

export const recipientFields: INodeProperties[] = [
	{
		displayName: 'Send To',
		name: 'sendTo',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Contact of the Item',
				value: 'contact',
				description: 'Who wrote the message that started the workflow, at the address they wrote from',
			},
			{ name: 'Phone Number', value: 'phone', description: 'Any number, for example from an ERP' },
			{ name: 'Conversation', value: 'conversation', description: 'The contact of a conversation of the desk' },
		],
		default: 'contact',
		description: 'Who receives the message',
	},
	{
		displayName: 'Phone Number',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +55 11 98765-4321',
		description:
			'With country and area code, any formatting. An empty or unusable number leaves through "Not Sent", it does not stop the workflow.',
		displayOptions: { show: { sendTo: ['phone'] } },
	},
	{
		displayName: 'Contact Name',
		name: 'contactName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ana Souza',
		description: 'Kept when the desk meets this number for the first time',
		displayOptions: { show: { sendTo: ['phone'] } },
	},
	{
		displayName: 'Conversation ID',
		name: 'conversationId',
		type: 'string',
		required: true,
		default: '={{ $json.conversation?.id }}',
		placeholder: 'e.g. cnv_0k5m…',
		description: 'As in conversation.ID of a trigger item, or from WhatsApp Desk: Conversation: Get Many',
		displayOptions: { show: { sendTo: ['conversation'] } },
	},
];

/** A missing phone is a result of the send, not an error here (V-11). */
export function readRecipient(params: ItemParameters, message: () => RunMessage | null): Recipient {
	switch (params.text('sendTo')) {
		case 'phone':
			return { type: 'phone', phone: params.text('phone'), name: params.text('contactName') || null };
		case 'conversation':
			return { type: 'conversation', conversationId: params.requiredText('conversationId') };
		default:
			return contactOf(message());
	}
}

function contactOf(message: RunMessage | null): Recipient {
	if (message?.contact) {
		const { id, address } = message.contact;
		return { type: 'contact', contactId: id, address, conversationId: message.conversation?.id ?? null };
	}
	throw new UserError('This item does not come from a customer message, so it has no contact.', {
		description:
			'Set "Send To" to Phone Number or Conversation, or connect this node behind a WhatsApp Desk Trigger whose items are not merged away.',
	});
}
