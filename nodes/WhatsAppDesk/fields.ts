/** Fields that several operations share, and how they are read. */
import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import type { DeskCall } from './desk-operation';

export const conversationField: INodeProperties = {
	displayName: 'Conversation',
	name: 'conversation',
	type: 'string',
	default: '={{ $json.conversation?.id }}',
	placeholder: 'e.g. 261121-W36JG',
	description: 'ID or protocol number. When empty, the conversation of the message that started the workflow is taken.',
};

/** @throws UserError when neither the field nor the run names a conversation */
export function conversationOf({ params, message }: DeskCall): string {
	const id = params.text('conversation') || message()?.conversation?.id;
	if (id) return id;
	throw new UserError('"Conversation" is empty.', {
		description: 'Enter a conversation ID or protocol number, or let the workflow start with a WhatsApp Desk Trigger.',
	});
}

export const queueField: INodeProperties = {
	displayName: 'Queue',
	name: 'queue',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The queue by its internal name, as set in the Queue Router',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a queue…',
			typeOptions: { searchListMethod: 'searchQueues', searchable: true },
		},
		{ displayName: 'By Internal Name', name: 'name', type: 'string', placeholder: 'e.g. financeiro' },
	],
};

/** @throws UserError when no queue is chosen */
export function queueOf({ params }: DeskCall): string {
	const queue = params.locator('queue');
	if (queue) return queue;
	throw new UserError('"Queue" is empty.', { description: 'Choose a queue, or enter its internal name.' });
}

export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** What both databases take as a limit that nobody reaches. */
const EVERYTHING = 2 ** 31 - 1;

export function limitOf({ params }: DeskCall): number {
	return params.flag('returnAll') ? EVERYTHING : Math.max(1, Math.floor(params.number('limit')));
}
