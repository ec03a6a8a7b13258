import type { INodeProperties } from 'n8n-workflow';

export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	noDataExpression: true,
	required: true,
	// Only what a customer writes: delivery reports would start a run each (D-01).
	default: ['message'],
	description: 'What starts this workflow. Timers set by a Queue Router of this workflow always do.',
	options: [
		{ name: 'Customer Message', value: 'message', description: 'A customer wrote, tapped a menu, sent a file…' },
		{
			name: 'Delivery Status',
			value: 'status',
			description: 'A message was sent, delivered, read or not delivered. Several per message sent.',
		},
		{
			name: 'Message From the Company Phone',
			value: 'echo',
			description: 'Someone of the company wrote in the WhatsApp Business app on the same number',
		},
		{
			name: 'Reply to a Payment Reminder',
			value: 'reminderReply',
			description:
				'“Já paguei”, “2ª via”, a date… in answer to a reminder. While a published workflow takes these, they are no Customer Message for the others.',
		},
	],
};

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Contacts per Run',
			name: 'batchSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 500 },
			default: 50,
			description:
				'At most this many customers in one run, each with one message. Runs carry one item while it is quiet and many under load; with 1 every message is a run of its own, which costs n8n much more work.',
		},
		{
			displayName: 'Download Media',
			name: 'downloadMedia',
			type: 'boolean',
			default: false,
			description:
				'Whether to put the file of a message into the item. The message then waits for it, for the time set in Wait for File; after that it goes without, and media.error says why. Files are stored either way: Message > Download Media gets one later.',
		},
		{
			displayName: 'Include Raw Data',
			name: 'raw',
			type: 'boolean',
			default: false,
			description: 'Whether to add the message exactly as WhatsApp sent it, in the field "raw"',
		},
		{
			displayName: 'Join Messages Within (Seconds)',
			name: 'mergeWindowSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 60, numberPrecision: 1 },
			default: 0,
			description:
				'Waits this long for more text of the same customer and emits it as one item, e.g. 2. Menu digits and files never wait. 0 emits each message at once.',
		},
		{
			displayName: 'Late After (Minutes)',
			name: 'lateAfterMinutes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1440 },
			default: 15,
			description:
				'A message that reaches the workflow later than this (after an outage, for example) carries late: true, and the Queue Router leaves the answer to people',
		},
		{
			displayName: 'Mark as Read',
			name: 'markRead',
			type: 'options',
			default: 'no',
			options: [
				{
					name: 'No',
					value: 'no',
					description: 'The customer sees no blue ticks until somebody answers from the phone',
				},
				{ name: 'Yes', value: 'read', description: 'Blue ticks as soon as the workflow starts' },
				{
					name: 'Yes, and Show Typing',
					value: 'typing',
					description: 'Blue ticks and "digitando…" until the reply, at most 25 seconds',
				},
			],
			description: 'Whether the customer sees that the message was read',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'fileField',
			type: 'string',
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the output binary field to put the file in',
			displayOptions: { show: { downloadMedia: [true] } },
		},
		{
			displayName: 'Test Numbers',
			name: 'testNumbers',
			type: 'string',
			default: '',
			placeholder: 'e.g. +55 11 98765-4321, +55 21 99876-5432',
			description:
				'When you test the workflow by hand, only take a message of these numbers; all other customers go on being served by the published workflow. Empty: the next message of anybody.',
		},
		{
			displayName: 'Wait for File (Seconds)',
			name: 'fileWaitSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 120, numberPrecision: 1 },
			default: 20,
			description: 'How long a message waits for its file. Messages without a file never wait.',
			displayOptions: { show: { downloadMedia: [true] } },
		},
	],
};
