import type { INodeProperties } from 'n8n-workflow';
import { listConversations } from '../../../engine/index';
import type { ConversationFilter } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { limitField, limitOf, returnAllField } from '../fields';
import { conversationJson } from './result';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Channel ID',
			name: 'channelId',
			type: 'string',
			default: '',
			placeholder: 'e.g. cloudApi:106540352242922',
			description: 'Only conversations on this number, as in the channel of a trigger item',
		},
		{
			displayName: 'Contact ID',
			name: 'contactId',
			type: 'string',
			default: '',
			placeholder: 'e.g. cnt_0k5m…',
			description: 'Only conversations of this contact',
		},
		{
			displayName: 'Queue',
			name: 'queue',
			type: 'string',
			default: '',
			placeholder: 'e.g. financeiro',
			description: 'Only conversations of the queue with this internal name',
		},
		{
			displayName: 'State',
			name: 'states',
			type: 'multiOptions',
			default: ['queued'],
			description: 'Only conversations in one of these states',
			options: [
				{ name: 'Attending (Em Atendimento)', value: 'attending' },
				{ name: 'Queued (Na Fila)', value: 'queued' },
				{ name: 'Resolved (Encerrada)', value: 'resolved' },
				{ name: 'Triage (Em Triagem)', value: 'triage' },
			],
		},
	],
};

export const getManyOperation: DeskOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many conversations',
	description: 'List conversations, the longest waiting first',
	properties: [returnAllField, limitField, filters],
	run: async (call) => {
		const { states, queue, channelId, contactId } = call.params.collection<ConversationFilter>('filters');
		const found = await listConversations(call.desk, { states, queue, channelId, contactId, limit: limitOf(call) });
		return found.map(conversationJson);
	},
};
