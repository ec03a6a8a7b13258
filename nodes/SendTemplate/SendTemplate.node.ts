import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { cloudApiCredentialTest } from '../shared/cloud-api-credential-test';
import { connectThroughField } from '../shared/connect-through';
import { useChannel } from '../shared/desk';
import { linkedDeviceCredentialTest } from '../shared/linked-device-credential-test';
import { recipientFields } from '../shared/recipient';
import { sendItems } from '../shared/send-items';
import { templateFields } from './fields';
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
		description:
			'Send an approved WhatsApp template: to start a conversation, notify or remind. On a linked device its text goes out as an ordinary message.',
		defaults: { name: 'Send Template' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Sent', 'Not Sent'],
		credentials: [
			{
				name: 'whatsAppCloudApi',
				required: true,
				testedBy: 'cloudApiCredentialTest',
				displayOptions: { show: { connectThrough: ['cloudApi'] } },
			},
			{
				// eslint-disable-next-line n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- not of an API
				name: 'whatsAppLinkedDevice',
				required: true,
				testedBy: 'linkedDeviceCredentialTest',
				displayOptions: { show: { connectThrough: ['linkedDevice'] } },
			},
		],
		properties: [connectThroughField, ...recipientFields, ...templateFields, purposeField, optionsField],
	};

	methods = {
		credentialTest: { cloudApiCredentialTest, linkedDeviceCredentialTest },
		listSearch: { searchTemplates },
		resourceMapping: { getTemplateValues },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { desk, channel } = await useChannel(this);
		const { draftOf, check } = templateDrafts(desk, channel);
		return await sendItems(this, desk, channel, draftOf, check);
	}
}
