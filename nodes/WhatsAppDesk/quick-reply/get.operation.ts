import { getQuickReply } from '../../../engine/index';
import { quickReplyField, quickReplyOf } from '../../shared/quick-reply-field';
import type { DeskOperation } from '../desk-operation';
import { quickReplyJson } from './fields';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a quick reply',
	description: 'Get one quick reply with its whole content and its variables',
	properties: [quickReplyField],
	run: async ({ desk, params }) => quickReplyJson(await getQuickReply(desk, quickReplyOf(params))),
};
