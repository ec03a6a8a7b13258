import { UserError } from 'n8n-workflow';
import { setDocumentTemplate } from '../../../engine/index';
import { FileItem } from '../../shared/operation';
import type { DeskOperation } from '../desk-operation';
import { binaryField, contentJson, creditorField, jsonOf, kindField, kindOf } from './fields';

export const setTemplateOperation: DeskOperation = {
	value: 'setTemplate',
	name: 'Set Template',
	action: 'Set a document template',
	description:
		'Word a document for the account or for one creditor; it is tried first, and the sample comes out as a PDF',
	properties: [
		kindField,
		creditorField,
		{
			displayName: 'Content',
			name: 'content',
			type: 'json',
			typeOptions: { rows: 15 },
			required: true,
			default: '={{ $json.content }}',
			description:
				'Blocks of the document, as Get Template gives them: title, heading, paragraph, highlight, table, facts, signatures, each with "when" or "unless"; then footer, signedBy, creditor and fields',
			hint: 'Wildcards are written #DEVEDOR# or [devedor]; *text* between asterisks is bold',
		},
		binaryField,
	],
	run: async (call) => {
		const { desk, params, context } = call;
		const kind = kindOf(call);
		const field = params.requiredText('binaryField');
		const creditor = params.text('creditor');
		const given = { kind, creditor, content: jsonOf(call, 'content', 'Content') };
		const result = await setDocumentTemplate(desk, given, context.getTimezone());
		if (!result.ok) {
			throw new UserError('The document template does not work; nothing was changed.', {
				description: `${result.explanation} (${result.code})`,
			});
		}
		const { template, sample } = result;
		const binary = await context.helpers.prepareBinaryData(sample.bytes, `modelo-${sample.fileName}`, sample.mimeType);
		const updatedAt = new Date(template.updatedAt!).toISOString();
		const json = { kind, template: template.from, creditor, content: contentJson(template.content), updatedAt };
		return new FileItem({ ...json, pages: sample.pages }, { [field]: binary });
	},
};
