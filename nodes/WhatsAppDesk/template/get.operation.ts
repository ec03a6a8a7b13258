import { readTemplateRef, templateField, templateLanguageField } from '../../shared/template/template-fields';
import { reachChannel } from '../channel/reach-channel';
import type { DeskOperation } from '../desk-operation';
import { presentTemplate } from './present-template';
import { templateJson } from './template-json';

export const getOperation: DeskOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a template',
	description: 'Get one template as it is now at Meta, with its state and the values it takes',
	properties: [templateField, templateLanguageField],
	run: async (call) => {
		const { id: channelId } = await reachChannel(call);
		return templateJson(await presentTemplate(call.desk, channelId, readTemplateRef(call.params)));
	},
};
