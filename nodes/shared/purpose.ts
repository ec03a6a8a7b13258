/** Why does a message go out? It decides what leaves first and what may hold it back. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { MessageKind } from '../../engine/model';
import type { ItemParameters } from './item-parameters';

const campaign: INodePropertyOptions = {
	name: 'Campaign or Reminder',
	value: 'campaign',
	description:
		"Starts a conversation on the company's initiative: within the number's daily cap and batches, not again within 24 h of one without an answer, never to who opted out",
};

const notification: INodePropertyOptions = {
	name: 'Notification',
	value: 'notification',
	description:
		"About the contact's own order, ticket or invoice: leaves before campaigns, within the caps where it starts a conversation, never to who opted out",
};

const reply: INodePropertyOptions = {
	name: 'Reply',
	value: 'reply',
	description:
		"Goes on with a conversation: leaves first, and nothing holds it back within 24 h of the customer's last message. Later it counts as a start like any other.",
};

export const purposeField: INodeProperties = {
	displayName: 'Purpose',
	name: 'purpose',
	type: 'options',
	options: [campaign, notification, reply],
	default: 'campaign',
	description: 'Decides what leaves first and what may hold the message back',
};

/** `fallback` for everything that is none of the three. */
export function toPurpose(given: string, fallback: MessageKind): MessageKind {
	return given === 'reply' || given === 'notification' || given === 'campaign' ? given : fallback;
}

export function readPurpose(params: ItemParameters): MessageKind {
	return toPurpose(params.text('purpose'), 'campaign');
}
