import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { cloudApiCredentialTest } from '../shared/cloud-api-credential-test';
import { answerVerification, receiveWebhook } from './receive';

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
		defaults: { name: 'Cloud API Webhook' },
		inputs: [],
		outputs: [],
		credentials: [{ name: 'whatsAppCloudApi', required: true, testedBy: 'cloudApiCredentialTest' }],
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'cloud-api' },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'cloud-api' },
		],
		properties: [
			{
				displayName:
					'1. Publish this workflow.<br>2. In the Meta app open <b>WhatsApp › Configuration</b> and paste the <b>production URL</b> of this node as callback URL and the <b>Verify Token</b> of the credential.<br>3. Subscribe to the field <b>messages</b> (and to <b>smb_message_echoes</b> when the number is also used in the WhatsApp Business app).<br>One node per Meta app is enough, for all its numbers: it stores what arrives and starts no run by itself. Workflows with a <b>WhatsApp Desk Trigger</b> run for it.',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
		],
	};

	methods = { credentialTest: { cloudApiCredentialTest } };

	// The callback is pasted into the Meta app by hand: taking over somebody's subscription silently would be worse.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return this.getWebhookName() === 'setup' ? await answerVerification(this) : await receiveWebhook(this);
	}
}
