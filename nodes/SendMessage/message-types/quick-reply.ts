import { quickReplyField, quickReplyOf } from '../../shared/quick-reply-field';
import type { MessageType } from '../message-type';

export const quickReply: MessageType = {
	value: 'quickReply',
	name: 'Quick Reply',
	action: 'Send a quick reply',
	description: 'A ready message (mensagem pronta), with its variables filled in',
	properties: [
		quickReplyField,
		{
			displayName: 'Values',
			name: 'quickReplyValues',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Value',
			default: {},
			description:
				'Values for variables the desk does not know, or that shall be others. Contact, agent, queue and protocol are filled in without them.',
			options: [
				{
					displayName: 'Value',
					name: 'value',
					values: [
						{
							displayName: 'Variable',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. Vencimento',
							description: 'As in the quick reply, without brackets',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. {{ $json.dueDate }}',
						},
					],
				},
			],
		},
	],
	run: async ({ params }) => {
		const rows = params.rows<{ name: unknown; value: unknown }>('quickReplyValues', 'value');
		const values = rows.map(({ name, value }) => [String(name ?? '').trim(), String(value ?? '')] as const);
		return {
			type: 'quickReply',
			reply: quickReplyOf(params),
			values: Object.fromEntries(values.filter(([name]) => name !== '')),
		};
	},
};
