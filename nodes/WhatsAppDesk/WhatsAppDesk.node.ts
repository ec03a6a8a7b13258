import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { cloudApiCredentialTest } from '../shared/cloud-api-credential-test';
import { connectThroughField } from '../shared/connect-through';
import { getDesk } from '../shared/desk';
import { linkedDeviceCredentialTest } from '../shared/linked-device-credential-test';
import { propertiesOf, runOperations, shownFor } from '../shared/operation';
import { searchQuickReplies } from '../shared/quick-reply-field';
import { searchQueues } from '../shared/search-queues';
import { searchTemplates } from '../shared/template/template-lists';
import { resources } from './resources';

export class WhatsAppDesk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Desk',
		name: 'whatsAppDesk',
		icon: { light: 'file:../../icons/whatsapp-desk.svg', dark: 'file:../../icons/whatsapp-desk.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Look after conversations, queues and numbers of the WhatsApp service desk',
		defaults: { name: 'WhatsApp Desk' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'whatsAppCloudApi',
				required: true,
				testedBy: 'cloudApiCredentialTest',
				// Only numbers have the choice; where it is not shown it is the Cloud API.
				displayOptions: { show: { resource: ['channel', 'template'] }, hide: { connectThrough: ['linkedDevice'] } },
			},
			{
				// eslint-disable-next-line n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- not of an API
				name: 'whatsAppLinkedDevice',
				required: true,
				testedBy: 'linkedDeviceCredentialTest',
				displayOptions: { show: { resource: ['channel'], connectThrough: ['linkedDevice'] } },
			},
		],
		properties: withConnectThrough(propertiesOf(resources)),
	};

	methods = {
		credentialTest: { cloudApiCredentialTest, linkedDeviceCredentialTest },
		listSearch: { searchQueues, searchQuickReplies, searchTemplates },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, resources, await getDesk());
	}
}

/** Asked right after the resource: it decides which credential is wanted. */
function withConnectThrough([resource, ...others]: INodeProperties[]): INodeProperties[] {
	return [resource!, shownFor(connectThroughField, { resource: ['channel'] }), ...others];
}
