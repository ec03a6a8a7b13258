import { UserError } from 'n8n-workflow';
import { draftTextsOf, editTemplate } from '../../../engine/index';
import { readTemplateRef, templateField, templateLanguageField } from '../../shared/template/template-fields';
import { reachChannel } from '../channel/reach-channel';
import type { DeskOperation } from '../desk-operation';
import {
	bodyField,
	buttonsField,
	categoryField,
	examplesField,
	footerField,
	headerExampleField,
	headerFileField,
	headerTextField,
	headerTypeField,
} from './content-fields';
import { presentTemplate } from './present-template';
import { readContent } from './read-content';
import { draftOf, refused } from './submit';
import { templateJson } from './template-json';

export const editOperation: DeskOperation = {
	value: 'edit',
	name: 'Edit and Resubmit',
	action: 'Edit a template and resubmit it',
	description: 'Change an approved, rejected or paused template and send it for approval again',
	properties: [
		templateField,
		templateLanguageField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			description: 'What is not added stays as it is. An approved template may be edited once a day.',
			options: [
				bodyField,
				buttonsField,
				categoryField,
				headerFileField,
				footerField,
				headerTypeField,
				headerExampleField,
				headerTextField,
				examplesField,
			],
		},
	],
	run: async (call) => {
		const { params, desk } = call;
		const { id: channelId } = await reachChannel(call);
		const changes = Object.keys(params.collection('updateFields'));
		if (changes.length === 0) {
			throw new UserError('There is nothing to change.', {
				description: 'Add what is new under "Update Fields". A rejected template has to be changed to be approved.',
			});
		}
		const template = await presentTemplate(desk, channelId, readTemplateRef(params));
		const base = draftTextsOf(template);
		if (!base) {
			throw new UserError(`The template "${template.name}" has parts that cannot be written from here.`, {
				description: 'Edit it in WhatsApp Manager (business.facebook.com).',
			});
		}
		const content = readContent(call, 'updateFields.', (name) => changes.includes(name), base);
		const result = await editTemplate(desk, channelId, await draftOf(call, channelId, content));
		if (result.type === 'refused') throw refused('The template was not edited.', result);
		return { ...templateJson(result.template), notes: result.notes };
	},
};
