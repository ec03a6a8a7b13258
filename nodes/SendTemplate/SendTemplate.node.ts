import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import type { CloudApiCredentials } from '../../engine/index';
import { cloudApiCredentialTest } from '../shared/cloud-api-credential-test';
import { getDesk } from '../shared/desk';
import { recipientFields } from '../shared/recipient';
import { sendItems } from '../shared/send-items';
import { templateFields } from '../shared/template/template-fields';
import { getTemplateValues, searchTemplates } from '../shared/template/template-lists';
import { templateDrafts } from './draft';
import { optionsField } from './options';
import { purposeField } from '../shared/purpose';

export class SendTemplate implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Send Template',
		name: 'sendTemplate',
		icon: { light: 'file:../../icons/send-template.svg', dark: 'file:../../icons/send-template.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ ($parameter.template.value || "").split("|")[0] }}',
		description: 'Send an approved WhatsApp template: to start a conversation, notify or remind',
		defaults: { name: 'Send Template' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Sent', 'Not Sent'],
		credentials: [{ name: 'whatsAppCloudApi', required: true, testedBy: 'cloudApiCredentialTest' }],
		properties: [...recipientFields, ...templateFields, purposeField, optionsField],
	};

	methods = {
		credentialTest: { cloudApiCredentialTest },
		listSearch: { searchTemplates },
		resourceMapping: { getTemplateValues },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const desk = await getDesk();
		const channel = await desk.useCloudApi(await this.getCredentials<CloudApiCredentials>('whatsAppCloudApi'));
		const { draftOf, check } = templateDrafts(desk, channel.id);
		return await sendItems(this, desk, channel, draftOf, check);
	}
}
