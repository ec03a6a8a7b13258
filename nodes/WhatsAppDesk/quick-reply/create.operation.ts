import { createQuickReply } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { contentField, nameField, quickReplyJson } from './fields';

export const createOperation: DeskOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create a quick reply',
	description: 'Write a ready message (mensagem pronta) that agents and workflows send by its name',
	properties: [nameField, contentField],
	run: async ({ desk, params }) =>
		quickReplyJson(
			await createQuickReply(desk, { name: params.requiredText('name'), content: params.requiredText('content') }),
		),
};
