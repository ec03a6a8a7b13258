import { DateTime } from 'luxon';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readStory } from '../../../engine/index';
import type { StoryLine, StoryOf } from '../../../engine/index';
import { contactField, contactOf } from '../contact/fields';
import type { DeskCall, DeskOperation } from '../desk-operation';
import { conversationField, conversationOf, limitField, limitOf, returnAllField } from '../fields';
import { ticketField, ticketOf } from '../ticket/fields';
import { messageField, messageOf } from './fields';

const about: INodeProperties = {
	displayName: 'About',
	name: 'about',
	type: 'options',
	noDataExpression: true,
	default: 'message',
	description: 'Whose story to tell',
	options: [
		{ name: 'Campaign', value: 'campaign', description: 'Whom the messages of a label have not reached, and why' },
		{ name: 'Contact', value: 'contact', description: 'Everything about one person' },
		{ name: 'Conversation', value: 'conversation', description: 'One service, from the first message to the end' },
		{ name: 'Invoice', value: 'invoice', description: 'A receivable: its reminders, promises and payment' },
		{ name: 'Message', value: 'message', description: 'Every attempt to send one message' },
		{ name: 'Ticket', value: 'ticket', description: 'Its steps, and every attempt to write about it' },
	],
};

const labelField: INodeProperties = {
	displayName: 'Label',
	name: 'label',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Black Friday',
	description: 'The label that the Send nodes gave to the messages of the campaign',
};

const invoiceField: INodeProperties = {
	displayName: 'Invoice',
	name: 'invoice',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 11222333000181/NF-1234-2',
	description:
		'Written <code>creditor/invoice</code>: the CNPJ or CPF (or key) of the creditor, and the ID of the receivable in its ERP or the number the payer knows it by. The number alone will do when no other creditor has the same.',
};

const shownAbout = (field: INodeProperties, subject: StoryOf['type']): INodeProperties => ({
	...field,
	displayOptions: { show: { about: [subject] } },
});

export const getTimelineOperation: DeskOperation = {
	value: 'getTimeline',
	name: 'Get Timeline',
	action: 'Get the timeline of a message contact conversation ticket invoice or campaign',
	description: 'Read what happened and why, one sentence per item, the oldest first',
	properties: [
		about,
		shownAbout(labelField, 'campaign'),
		shownAbout(contactField, 'contact'),
		shownAbout(conversationField, 'conversation'),
		shownAbout(invoiceField, 'invoice'),
		shownAbout(messageField, 'message'),
		shownAbout(ticketField, 'ticket'),
		returnAllField,
		limitField,
	],
	run: async (call) => {
		const lines = await readStory(call.desk, subjectOf(call), limitOf(call));
		const zone = call.context.getTimezone();
		return lines.map((line) => lineJson(line, zone));
	},
};

function subjectOf(call: DeskCall): StoryOf {
	const type = call.params.text('about') as StoryOf['type'];
	switch (type) {
		case 'campaign':
			return { type, id: call.params.requiredText('label') };
		case 'contact':
			return { type, id: contactOf(call) };
		case 'conversation':
			return { type, id: conversationOf(call) };
		case 'invoice':
			return { type, id: call.params.requiredText('invoice') };
		case 'message':
			return { type, id: messageOf(call) };
		case 'ticket':
			return { type, id: ticketOf(call) };
	}
}

/** `line` can be shown to people as it is. */
function lineJson(line: StoryLine, zone: string): IDataObject {
	const when = DateTime.fromISO(line.at, { zone }).toFormat('dd/MM/yyyy HH:mm:ss');
	return { line: `${when} · ${line.text}`, ...line };
}
