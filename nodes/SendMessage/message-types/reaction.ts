import { UserError } from 'n8n-workflow';
import type { MessageType } from '../message-type';

export const reaction: MessageType = {
	value: 'reaction',
	name: 'Reaction',
	action: 'React to a message',
	description: 'An emoji on a message of the customer',
	properties: [
		{
			displayName: 'Emoji',
			name: 'emoji',
			type: 'string',
			default: '👍',
			placeholder: 'e.g. 👍',
			description: 'One emoji; empty removes the reaction',
		},
		{
			displayName: 'Message ID',
			name: 'reactTo',
			type: 'string',
			default: '={{ $json.providerMessageId }}',
			placeholder: 'e.g. wamid.HBgM…',
			description:
				"WhatsApp's ID of the message to react to. When empty, the message that started the workflow is taken.",
		},
	],
	run: async ({ params, message }) => {
		const messageId = params.text('reactTo') || message()?.providerMessageId;
		if (messageId) return { type: 'reaction', messageId, emoji: params.text('emoji') };
		throw new UserError('There is no message to react to.', {
			description: 'Enter the providerMessageId of a message, or start the workflow with a WhatsApp Desk Trigger.',
		});
	},
};
