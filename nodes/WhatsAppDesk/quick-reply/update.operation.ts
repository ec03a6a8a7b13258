import { UserError } from 'n8n-workflow';
import { updateQuickReply } from '../../../engine/index';
import { quickReplyField, quickReplyOf } from '../../shared/quick-reply-field';
import type { DeskOperation } from '../desk-operation';
import { contentField, nameField, quickReplyJson } from './fields';

export const updateOperation: DeskOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update a quick reply',
	description: 'Change the name or the content; what is not added stays as it is',
	properties: [
		quickReplyField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [contentField, nameField].map((field) => ({ ...field, required: undefined })),
		},
	],
	run: async ({ desk, params }) => {
		const given = Object.keys(params.collection('updateFields'));
		if (given.length === 0) {
			throw new UserError('There is nothing to change.', {
				description: 'Add a field under "Update Fields": the new name, the new content, or both.',
			});
		}
		const patch = Object.fromEntries(given.map((name) => [name, params.requiredText(`updateFields.${name}`)]));
		return quickReplyJson(await updateQuickReply(desk, quickReplyOf(params), patch));
	},
};
