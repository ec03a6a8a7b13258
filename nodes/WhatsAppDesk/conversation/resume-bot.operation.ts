import { operateConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { resultJson } from './result';

export const resumeBotOperation: DeskOperation = {
	value: 'resumeBot',
	name: 'Resume Bot',
	action: 'Resume the bot in a conversation',
	description: 'Let the bot answer again before its pause ends',
	properties: [conversationField],
	run: async (call) =>
		resultJson(await operateConversation(call.desk, conversationOf(call), { type: 'resumeBot' }, { key: call.key() })),
};
