import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { cloudApiCredentialTest } from '../shared/cloud-api-credential-test';
import { getDesk } from '../shared/desk';
import { propertiesOf, runOperations } from '../shared/operation';
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
				displayOptions: { show: { resource: ['channel', 'template'] } },
			},
		],
		properties: propertiesOf(resources),
	};

	methods = {
		credentialTest: { cloudApiCredentialTest },
		listSearch: { searchQueues, searchQuickReplies, searchTemplates },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, resources, await getDesk());
	}
}
