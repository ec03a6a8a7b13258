import { operateConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { agentField, agentNameField } from './agent-fields';
import { resultJson } from './result';

interface Options {
	agentName: string;
	queue: string;
	sendStartMessage: boolean;
}

export const assignOperation: DeskOperation = {
	value: 'assign',
	name: 'Assign',
	action: 'Assign a conversation to an agent',
	description: 'Give the conversation to a human; from then on the bot is silent',
	properties: [
		conversationField,
		{ ...agentField, required: true },
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				agentNameField,
				{
					displayName: 'Queue',
					name: 'queue',
					type: 'string',
					default: '',
					placeholder: 'e.g. financeiro',
					description: 'Internal name of the queue it is attended in; by default the one it is in',
				},
				{
					displayName: 'Send Start Message',
					name: 'sendStartMessage',
					type: 'boolean',
					default: true,
					description: 'Whether the customer receives the text "Início de Atendimento"',
				},
			],
		},
	],
	run: async (call) => {
		const { agentName, queue, sendStartMessage = true } = call.params.collection<Options>('options');
		const agent = call.params.requiredText('agent');
		const event = { type: 'assign', agent, agentName, queue: queue || undefined, silent: !sendStartMessage } as const;
		return resultJson(await operateConversation(call.desk, conversationOf(call), event, { key: call.key() }));
	},
};
