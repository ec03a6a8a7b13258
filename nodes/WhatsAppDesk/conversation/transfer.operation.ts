import { operateConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf, queueField, queueOf } from '../fields';
import { agentField, agentNameField } from './agent-fields';
import { resultJson } from './result';

interface Options {
	agent: string;
	agentName: string;
	announce: boolean;
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
		const { agent, agentName, announce } = call.params.collection<Options>('options');
		const event = { type: 'transfer', queue: queueOf(call), agent: agent || undefined, agentName, announce } as const;
		return resultJson(await operateConversation(call.desk, conversationOf(call), event, { key: call.key() }));
	},
};
