import { deleteQuickReply } from '../../../engine/index';
import { quickReplyField, quickReplyOf } from '../../shared/quick-reply-field';
import type { DeskOperation } from '../desk-operation';

export const deleteOperation: DeskOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a quick reply',
	description: 'Remove a quick reply for good; what was sent with it stays as it is',
	properties: [quickReplyField],
	run: async ({ desk, params }) => {
		const { id, name } = await deleteQuickReply(desk, quickReplyOf(params));
		return { id, name, deleted: true };
	},
};
