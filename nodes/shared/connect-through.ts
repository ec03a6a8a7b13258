/** Which way is the number connected? The field of every node with a channel; it decides which credential is asked for (C-08). */
import type { INodeProperties } from 'n8n-workflow';

export const connectThroughField: INodeProperties = {
	displayName: 'Connect Through',
	name: 'connectThrough',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Cloud API', value: 'cloudApi', description: 'The official API of Meta' },
		{
			name: 'Linked Device (QR Code)',
			value: 'linkedDevice',
			description: 'Any number, linked as WhatsApp Web is; unofficial, WhatsApp may restrict the number',
		},
	],
	default: 'cloudApi',
	description: 'How the number is connected to WhatsApp. The workflow stays the same.',
};
