import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { cloudApiCredentialTest } from '../shared/cloud-api-credential-test';
import { connectThroughField } from '../shared/connect-through';
import { useChannel } from '../shared/desk';
import { linkedDeviceCredentialTest } from '../shared/linked-device-credential-test';
import { searchQuickReplies } from '../shared/quick-reply-field';
import { recipientFields } from '../shared/recipient';
import { sendItems } from '../shared/send-items';
import { getTemplateValues, searchTemplates } from '../shared/template/template-lists';
import { messageDrafts } from './draft';
import { messageFields, messageTypeField } from './message-types';
import { optionsField } from './options';
import { outsideWindowFields } from './outside-window';

export class SendMessage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Send Message',
		name: 'sendMessage',
		icon: { light: 'file:../../icons/send-message.svg', dark: 'file:../../icons/send-message.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter.messageType + " to " + $parameter.sendTo }}',
		description: 'Send a WhatsApp message: text, quick reply, menu, file, location, contact card or reaction',
		defaults: { name: 'Send Message' },
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
		properties: [
			connectThroughField,
			messageTypeField,
			...recipientFields,
			...messageFields,
			...outsideWindowFields,
			optionsField,
		],
	};

	methods = {
		credentialTest: { cloudApiCredentialTest, linkedDeviceCredentialTest },
		listSearch: { searchQuickReplies, searchTemplates },
		resourceMapping: { getTemplateValues },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { desk, channel } = await useChannel(this);
		const { draftOf, check } = messageDrafts(this, desk, channel);
		return await sendItems(this, desk, channel, draftOf, check);
	}
}
