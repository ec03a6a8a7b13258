import { findDocumentTemplate } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { contentJson, creditorField, kindField, kindOf, wildcardsJson } from './fields';

export const getTemplateOperation: DeskOperation = {
	value: 'getTemplate',
	name: 'Get Template',
	action: 'Get a document template',
	description: 'Get the words that apply to a creditor or the account, and every wildcard they may use',
	properties: [kindField, creditorField],
	run: async (call) => {
		const kind = kindOf(call);
		const { content, from, updatedAt } = await findDocumentTemplate(call.desk, kind, call.params.text('creditor'));
		return {
			...{ kind, template: from, content: contentJson(content) },
			updatedAt: updatedAt === null ? null : new Date(updatedAt).toISOString(),
			wildcards: wildcardsJson(),
		};
	},
};
