/** A ticket of what somebody wrote, for example while nobody was there (M-22, B-06). */
import { ticketFromConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { resultJson } from './fields';
import { priorityField, priorityOf } from './priority';

type Options = Record<'link' | 'priority' | 'product' | 'status', unknown>;

export const createFromConversationOperation: DeskOperation = {
	value: 'createFromConversation',
	name: 'Create From Conversation',
	action: 'Create a ticket from a conversation',
	description: 'Make a ticket whose code is the protocol number; doing it again adds what the customer wrote since',
	properties: [
		conversationField,
		{
			displayName: 'Problem',
			name: 'problem',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. Não gela',
			description: 'When empty, what the customer wrote first, without answers to the menu',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Link',
					name: 'link',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://erp.example.com/os/1234',
					description: 'Where the ticket can be looked at, for example in the ERP it was opened in',
				},
				priorityField,
				{
					displayName: 'Product',
					name: 'product',
					type: 'string',
					default: '',
					placeholder: 'e.g. Geladeira Frost Free 400 L',
					description: '"Descrição do Produto"',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'string',
					default: '',
					placeholder: 'e.g. Aguardando abertura',
					description: 'The word for where it stands',
				},
			],
		},
	],
	run: async (call) => {
		const { link, priority, product, status } = call.params.collection<Options>('options');
		const given = {
			problem: call.params.text('problem'),
			priority: priorityOf(priority),
			...{ link: asText(link), product: asText(product), status: asText(status) },
		};
		return resultJson(await ticketFromConversation(call.desk, conversationOf(call), given));
	},
};

const asText = (value: unknown): string => String(value ?? '').trim();
