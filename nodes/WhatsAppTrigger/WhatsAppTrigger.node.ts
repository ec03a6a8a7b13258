import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';
import { cloudApiCredentialTest } from '../shared/cloud-api-credential-test';
import { connectThroughField } from '../shared/connect-through';
import { useChannel } from '../shared/desk';
import { linkedDeviceCredentialTest } from '../shared/linked-device-credential-test';
import { eventsField, optionsField } from './fields';
import { holdDevice } from './hold-device';
import { listenForOneTest } from './listen-for-test';
import { listenForRuns } from './listen-for-runs';
import { readTriggerOptions } from './read-options';

export class WhatsAppTrigger implements INodeType {
	description: INodeTypeDescription = {
		// n8n has a "WhatsApp Trigger" of its own; the alias keeps this one findable under that name.
		displayName: 'WhatsApp Desk Trigger',
		name: 'whatsAppTrigger',
		icon: { light: 'file:../../icons/whatsapp-trigger.svg', dark: 'file:../../icons/whatsapp-trigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter.events.join(", ") }}',
		description: 'Starts the workflow when a customer writes to your WhatsApp number',
		eventTriggerDescription: 'Waiting for a WhatsApp message',
		activationMessage: 'From now on this workflow runs for every message to your number.',
		defaults: { name: 'WhatsApp Desk Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
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
		triggerPanel: {
			header: 'Write to your WhatsApp number',
			executionsHelp: {
				inactive:
					'<b>While testing</b>, click "Execute step" and write to your number from a phone: exactly one message is taken. Messages reach this node only while a published workflow receives them: one with a <b>Cloud API Webhook</b> node or, for a linked device, one with a WhatsApp Desk Trigger of the same credential whose number is activated.<br><br><b>Once published</b>, every message starts a run, in order per customer, many customers in one run under load.',
				active:
					'<b>While testing</b>, click "Execute step" and write to your number: this one message is taken from the published workflow, all others go on as usual.<br><br><b>Your workflow runs by itself</b> for every other message. If nothing arrives, run WhatsApp Desk › Channel: Diagnose. On the Cloud API, the workflow with the <b>Cloud API Webhook</b> node has to be published and Meta has to call its address; a linked device has to be activated and connected.',
			},
			activationHint: 'Publish the workflow to have it run for every message.',
		},
		properties: [connectThroughField, eventsField, optionsField],
	};

	methods = { credentialTest: { cloudApiCredentialTest, linkedDeviceCredentialTest } };

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const { desk, channel } = await useChannel(this);
		const options = readTriggerOptions(this);
		if (this.getMode() === 'manual') return listenForOneTest(this, desk, channel.id, options);
		const listening = await listenForRuns(this, desk, channel.id, options);
		return channel.kind === 'linkedDevice' ? holdDevice(desk, channel.credentials, listening) : listening;
	}
}
