import { readMessage } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { messageField, messageJson, messageOf } from './fields';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a message',
	description: 'Get one message with its delivery, cost and the story of every attempt: why it went out, or why not',
	properties: [messageField],
	run: async (call) => messageJson(await readMessage(call.desk, messageOf(call))),
};
