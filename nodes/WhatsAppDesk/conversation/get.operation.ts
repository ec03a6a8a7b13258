import { getConversation } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { conversationField, conversationOf } from '../fields';
import { conversationJson } from './result';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a conversation',
	description: 'Get one conversation with its state, queue, agent and contact',
	properties: [conversationField],
	run: async (call) => conversationJson(await getConversation(call.desk, conversationOf(call))),
};
