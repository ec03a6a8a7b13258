import { operateConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { resultJson } from './result';

export const reopenOperation: DeskOperation = {
	value: 'reopen',
	name: 'Reopen',
	action: 'Reopen a conversation',
	description: 'Take up a resolved conversation again, with the same queue and agent',
	properties: [conversationField],
	run: async (call) =>
		resultJson(await operateConversation(call.desk, conversationOf(call), { type: 'reopen' }, { key: call.key() })),
};
