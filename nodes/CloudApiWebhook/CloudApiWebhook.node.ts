import type {
	IHookFunctions,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { cloudApiCredentialTest } from '../shared/cloud-api-credential-test';
import { answerVerification, receiveWebhook } from './receive';
import { published, unpublished } from './subscribe';
import { subscriptionFields } from './subscription-fields';

export class CloudApiWebhook implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cloud API Webhook',
		name: 'cloudApiWebhook',
		icon: { light: 'file:../../icons/cloud-api-webhook.svg', dark: 'file:../../icons/cloud-api-webhook.dark.svg' },
		group: ['trigger'],
		// Version 1 webhook nodes make n8n evaluate an expression for every request, which costs more than all our work.
		version: 2,
		// Plain text: an expression here would cost an evaluation.
		subtitle: 'messages and statuses',
		description: "Receives WhatsApp messages and delivery reports from Meta's Cloud API for all workflows of the desk",
		activationMessage: 'From now on Meta can deliver messages to the production URL of this node.',
		eventTriggerDescription: '',
		// Nothing to test by hand: the node stores what comes and starts no run.
		triggerPanel: false,
		defaults: { name: 'Cloud API Webhook' },
		inputs: [],
		outputs: [],
		credentials: [{ name: 'whatsAppCloudApi', required: true, testedBy: 'cloudApiCredentialTest' }],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'cloud-api' },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'cloud-api' },
		],
		properties: [
			...subscriptionFields,
			notice('publish', 'Publish this workflow first. One node per Meta app is enough, for all its numbers.'),
			byHand(
				'callback',
				'In the Meta app, under WhatsApp › Configuration, paste the PRODUCTION URL above as callback URL and the Verify Token of the credential.',
			),
			byHand(
				'fields',
				'Subscribe there to the field "messages", and to "smb_message_echoes" when people also answer in the WhatsApp Business app on the same number.',
			),
			notice(
				'runs',
				'This node stores what arrives and starts no run by itself: workflows with a WhatsApp Desk Trigger run for it.',
			),
		],
	};

	methods = { credentialTest: { cloudApiCredentialTest } };

	webhookMethods = {
		default: {
			// n8n then asks to create it, which looks at what is there before it changes anything.
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await published(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unpublished(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return this.getWebhookName() === 'setup' ? await answerVerification(this) : await receiveWebhook(this);
	}
}

/** n8n shows notices without line breaks, so each step is one of its own. */
function notice(name: string, displayName: string): INodeProperties {
	return { displayName, name, type: 'notice', default: '' };
}

function byHand(name: string, displayName: string): INodeProperties {
	return { ...notice(name, displayName), displayOptions: { show: { subscribe: ['off'] } } };
}
