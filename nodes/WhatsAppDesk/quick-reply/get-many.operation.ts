import { listQuickReplies } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { limitField, limitOf, returnAllField } from '../fields';
import { quickReplyJson, shortened } from './fields';

export const getManyOperation: DeskOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many quick replies',
	description: 'List quick replies in alphabetical order, each with its content and a shortened one',
	properties: [returnAllField, limitField],
	run: async (call) => {
		const found = await listQuickReplies(call.desk);
		return found
			.slice(0, limitOf(call))
			.map((quickReply) => ({ ...quickReplyJson(quickReply), shortContent: shortened(quickReply.content) }));
	},
};
