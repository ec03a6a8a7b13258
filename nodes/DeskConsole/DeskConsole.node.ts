import type {
	IHookFunctions,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { deskConsoleCredentialTest } from './credential-test';
import { serve } from './serve';

/** Serves the desk's pages; what they show and do is the engine's. */
export class DeskConsole implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Desk Console',
		name: 'deskConsole',
		icon: { light: 'file:../../icons/desk-console.svg', dark: 'file:../../icons/desk-console.dark.svg' },
		group: ['trigger'],
		// Version 1 webhook nodes make n8n evaluate an expression for every request, which costs more than all our work.
		version: 2,
		// Plain text: an expression here would cost an evaluation.
		subtitle: 'pages of the desk',
		description: 'Serves the pages of the desk: activate a WhatsApp number and link it by QR code',
		activationMessage:
			'Open the production URL of this node in a browser, and sign in with the password of the credential.',
		eventTriggerDescription: '',
		// Nothing to test by hand: the node answers browsers and starts no run.
		triggerPanel: false,
		defaults: { name: 'Desk Console' },
		inputs: [],
		outputs: [],
		// eslint-disable-next-line n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- not of an API
		credentials: [{ name: 'deskConsole', required: true, testedBy: 'deskConsoleCredentialTest' }],
		// Frozen: published workflows do not learn new addresses, so pages and their calls are told apart by the query.
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', isFullPath: true, path: 'whatsapp-desk' },
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				isFullPath: true,
				path: 'whatsapp-desk',
			},
		],
		properties: [
			notice('open', 'Publish this workflow and open the PRODUCTION URL above in a browser: …/webhook/whatsapp-desk'),
			notice('once', 'One node serves all numbers and everybody. It starts no run.'),
			notice(
				'proxy',
				'Behind a proxy, give n8n its public address (WEBHOOK_URL) and how many proxies there are (N8N_PROXY_HOPS), so that wrong passwords are counted by browser.',
			),
		],
	};

	methods = { credentialTest: { deskConsoleCredentialTest } };

	/** Nothing is set up anywhere. */
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
		return serve(this);
	}
}

/** n8n shows notices without line breaks, so each step is one of its own. */
function notice(name: string, displayName: string): INodeProperties {
	return { displayName, name, type: 'notice', default: '' };
}
