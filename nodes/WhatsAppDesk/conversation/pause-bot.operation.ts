import { operateConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { resultJson } from './result';

const MINUTE = 60_000;

export const pauseBotOperation: DeskOperation = {
	value: 'pauseBot',
	name: 'Pause Bot',
	action: 'Pause the bot in a conversation',
	description: 'Silence the bot; what it still has waiting for this customer is withdrawn',
	properties: [
		conversationField,
		{
			displayName: 'Minutes',
			name: 'minutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description: 'How long the bot is silent; 0 means until somebody resumes it',
		},
	],
	run: async (call) => {
		const minutes = call.params.number('minutes');
		const until = minutes === 0 ? null : call.desk.clock.now() + minutes * MINUTE;
		const event = { type: 'pauseBot', until } as const;
		return resultJson(await operateConversation(call.desk, conversationOf(call), event, { key: call.key() }));
	},
};
