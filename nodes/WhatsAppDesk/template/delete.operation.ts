import { deleteTemplate } from '../../../engine/index';
import { readTemplateRef, templateField, templateLanguageField } from '../../shared/template/template-fields';
import { reachChannel } from '../channel/reach-channel';
import type { DeskOperation } from '../desk-operation';
import { refused } from './submit';

export const deleteOperation: DeskOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a template',
	description:
		'Delete a template at Meta, in one language or in all; the name of an approved one then rests for 30 days',
	properties: [
		templateField,
		templateLanguageField,
		{
			displayName: 'All Languages',
			name: 'allLanguages',
			type: 'boolean',
			default: false,
			description: 'Whether to delete the template of this name in every language, not only in the chosen one',
		},
	],
	run: async (call) => {
		const { id: channelId } = await reachChannel(call);
		const { name, language } = readTemplateRef(call.params);
		const which = call.params.flag('allLanguages') ? ({ allLanguages: true } as const) : { language };
		const result = await deleteTemplate(call.desk, channelId, name, which);
		if (result.type === 'refused') throw refused('The template was not deleted.', result);
		return { name, languages: result.deleted.map((each) => each.language), deleted: true };
	},
};
