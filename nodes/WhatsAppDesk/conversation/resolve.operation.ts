import { operateConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { resultJson } from './result';

export const resolveOperation: DeskOperation = {
	value: 'resolve',
	name: 'Resolve',
	action: 'Resolve a conversation',
	description: 'Close the conversation and send the closing text',
	properties: [
		conversationField,
		{
			displayName: 'Closed By',
			name: 'closedBy',
			type: 'options',
			options: [
				{ name: 'Agent', value: 'agent', description: 'Sends the closing text for conversations a person closes' },
				{ name: 'Bot', value: 'bot', description: 'Sends the closing text for conversations the bot closes' },
			],
			default: 'agent',
			description: 'Decides which closing text the customer receives',
		},
		{
			displayName: 'Send Closing Text',
			name: 'sendClosingText',
			type: 'boolean',
			default: true,
			description: 'Whether the customer receives the "Mensagem de Agradecimento"',
		},
	],
	run: async (call) => {
		const by = call.params.text('closedBy') === 'bot' ? 'bot' : 'agent';
		const event = { type: 'resolve', by, silent: !call.params.flag('sendClosingText') } as const;
		return resultJson(await operateConversation(call.desk, conversationOf(call), event, { key: call.key() }));
	},
};
