import type { MessageType } from '../message-type';

export const text: MessageType = {
	value: 'text',
	name: 'Text',
	action: 'Send a text',
	description: 'Plain text with WhatsApp formatting, such as *bold*, and emoji',
	properties: [
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Olá, {{ $json.contact.name }}! Seu pedido saiu para entrega.',
			description: 'Up to 4,096 characters; *bold*, _italic_ and ~strikethrough~ as in WhatsApp',
		},
		{
			displayName: 'Show Link Preview',
			name: 'previewUrl',
			type: 'boolean',
			default: false,
			description: 'Whether WhatsApp shows a preview of the first link in the text',
		},
	],
	run: async ({ params }) => ({
		type: 'text',
		text: params.requiredText('text'),
		previewUrl: params.flag('previewUrl'),
	}),
};
