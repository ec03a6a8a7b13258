import { operateConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf, queueField, queueOf } from '../fields';
import { agentField, agentNameField } from './agent-fields';
import { resultJson } from './result';

interface Options {
	agent: string;
	agentName: string;
	announce: boolean;
	createQueue: boolean;
	queueDisplayName: string;
}

export const transferOperation: DeskOperation = {
	value: 'transfer',
	name: 'Transfer',
	action: 'Transfer a conversation to a queue',
	description: 'Move the conversation to another queue, or to an agent of it',
	properties: [
		conversationField,
		queueField,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				agentField,
				agentNameField,
				{
					displayName: 'Create the Queue if Missing',
					name: 'createQueue',
					type: 'boolean',
					default: false,
					description:
						'Whether a queue that no Queue Router has shown yet is made now, with the next free number, instead of failing. A router that shows the same internal name later sets its number and display name. Leave it off where a misspelt name must not become a queue nobody watches.',
				},
				{
					displayName: 'Queue Display Name',
					name: 'queueDisplayName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Financeiro',
					description: 'How a queue that is made now is shown to people; by default its internal name',
				},
				{
					displayName: 'Tell the Customer',
					name: 'announce',
					type: 'boolean',
					default: true,
					description:
						'Whether the customer receives the queue\'s "Mensagem de Transferência". By default only when the bot still had the conversation.',
				},
			],
		},
	],
	run: async (call) => {
		const options = call.params.collection<Options>('options');
		const { agent, agentName, announce } = options;
		const queue = queueOf(call);
		const event = { type: 'transfer', queue, agent: agent || undefined, agentName, announce } as const;
		const createQueue = options.createQueue ? { displayName: options.queueDisplayName?.trim() || queue } : undefined;
		const done = await operateConversation(call.desk, conversationOf(call), event, { key: call.key(), createQueue });
		return resultJson(done);
	},
};
