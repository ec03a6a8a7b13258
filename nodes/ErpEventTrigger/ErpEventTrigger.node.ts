import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { erpWebhookCredentialTest } from './credential-test';
import { fields } from './fields';
import { listenForRuns } from './listen-for-runs';
import { listenForTest } from './listen-for-test';
import { receive, tellItWorks } from './receive';

/**
 * Receives and runs: webhook() stores and answers, trigger() runs the workflow for what is stored. In a test by hand n8n waits for
 * a webhook, and once that returns workflowData it starts trigger() and waits for its items.
 */
export class ErpEventTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ERP Event Trigger',
		name: 'erpEventTrigger',
		icon: { light: 'file:../../icons/erp-event-trigger.svg', dark: 'file:../../icons/erp-event-trigger.dark.svg' },
		group: ['trigger'],
		// Version 1 webhook nodes make n8n evaluate an expression for every request, which costs more than all our work.
		version: 2,
		subtitle: '={{ $parameter.system }}',
		description: 'Starts the workflow when an ERP, a bank or a payment service tells that something happened',
		eventTriggerDescription: 'Waiting for the ERP to call the test URL',
		activationMessage: 'From now on the ERP can deliver to the production URL of this node.',
		defaults: { name: 'ERP Event Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Event', 'Ignored'],
		credentials: [
			{
				// eslint-disable-next-line n8n-nodes-base/node-class-description-credentials-name-unsuffixed -- not of an API
				name: 'erpWebhook',
				required: true,
				testedBy: 'erpWebhookCredentialTest',
				displayOptions: { show: { authentication: ['credential'] } },
			},
		],
		// Frozen: published workflows do not learn new addresses. No expressions: each would cost an evaluation per request.
		webhooks: [
			{ name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'erp' },
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'erp' },
			// Banks put /pix behind the address that was registered.
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'erp/pix' },
		],
		triggerPanel: {
			header: 'Send a notice from your ERP',
			executionsHelp: {
				inactive:
					'<b>While testing</b>, click "Execute step" and have the ERP (or curl) call the <b>test URL</b>: exactly one notice is taken, and the same one can still come in production.<br><br><b>Once published</b>, register the <b>production URL</b> at the ERP: every notice is stored, answered at once, and runs the workflow in order.',
				active:
					'<b>While testing</b>, click "Execute step" and have the ERP (or curl) call the <b>test URL</b>: production goes on as usual.<br><br><b>Your workflow runs by itself</b> for every notice to the production URL, in order, several in one run under load.',
			},
			activationHint: 'Publish the workflow, then register its production URL at the ERP.',
		},
		properties: fields,
	};

	methods = { credentialTest: { erpWebhookCredentialTest } };

	/** Nothing is set up at the ERP from here: the address is pasted there by hand. */
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
		return this.getWebhookName() === 'setup' ? tellItWorks(this) : await receive(this);
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return this.getMode() === 'manual' ? listenForTest(this) : await listenForRuns(this);
	}
}
