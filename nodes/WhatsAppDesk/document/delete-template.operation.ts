import { deleteDocumentTemplate, findDocumentTemplate } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { creditorField, kindField, kindOf } from './fields';

export const deleteTemplateOperation: DeskOperation = {
	value: 'deleteTemplate',
	name: 'Delete Template',
	action: 'Delete a document template',
	description: "Go back to the account's template for a creditor, or to the default for the account",
	properties: [kindField, creditorField],
	run: async (call) => {
		const kind = kindOf(call);
		const creditor = call.params.text('creditor');
		const deleted = await deleteDocumentTemplate(call.desk, kind, creditor);
		const { from } = await findDocumentTemplate(call.desk, kind, creditor);
		return { kind, creditor, deleted, template: from };
	},
};
