/** What does a template say? The fields for its text, header, footer and buttons, shared by Create and Edit. */
import type { INodeProperties } from 'n8n-workflow';

export const categoryField: INodeProperties = {
	displayName: 'Category',
	name: 'category',
	type: 'options',
	default: 'utility',
	description: 'Meta checks it, and decides what each message costs: a text that sells is approved as marketing',
	options: [
		{
			name: 'Marketing (Marketing)',
			value: 'marketing',
			description: 'Offers, renewals, invitations, abandoned carts, and everything that is not clearly utility',
		},
		{
			name: 'Utility (Utilidade)',
			value: 'utility',
			description:
				"About the customer's own order, account or request: confirmations, reminders, updates. No promotion.",
		},
	],
};

/** Written with {{1}}, which n8n would take for an expression. */
const plain = { noDataExpression: true } as const;

export const bodyField: INodeProperties = {
	displayName: 'Body',
	name: 'body',
	type: 'string',
	...plain,
	typeOptions: { rows: 5 },
	default: '',
	placeholder: 'e.g. Olá, {{1}}! O seu pedido {{2}} saiu para entrega e chega hoje.',
	description:
		'At most 1,024 characters. Variables are {{1}}, {{2}}… or names such as {{nome}} and {{protocolo}}: not at the start or end, and with words between them.',
};

export const examplesField: INodeProperties = {
	displayName: 'Variable Examples',
	name: 'examples',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Example',
	default: {},
	description: 'Meta reviews the text with a likely value for each variable of the body; all are required',
	options: [
		{
			displayName: 'Example',
			name: 'example',
			values: [
				{
					displayName: 'Variable',
					name: 'variable',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1',
					description: 'Its number or name, without braces',
				},
				{
					displayName: 'Example',
					name: 'text',
					type: 'string',
					default: '',
					placeholder: 'e.g. Ana',
					description: 'Made up: no data of a real person',
				},
			],
		},
	],
};

export const headerTypeField: INodeProperties = {
	displayName: 'Header',
	name: 'headerType',
	type: 'options',
	default: 'none',
	description: 'What stands above the text',
	options: [
		{ name: 'Document', value: 'document', description: 'A PDF, different in each message' },
		{ name: 'Image', value: 'image', description: 'A JPEG or PNG, different in each message' },
		{ name: 'Location', value: 'location', description: 'A place on the map, different in each message' },
		{ name: 'None', value: 'none' },
		{ name: 'Text', value: 'text', description: 'A short title with at most one variable' },
		{ name: 'Video', value: 'video', description: 'An MP4, different in each message' },
	],
};

export const headerTextField: INodeProperties = {
	displayName: 'Header Text',
	name: 'headerText',
	type: 'string',
	...plain,
	default: '',
	placeholder: 'e.g. Pedido {{1}}',
	description: 'At most 60 characters, without emojis and formatting',
};

export const headerExampleField: INodeProperties = {
	displayName: 'Header Example',
	name: 'headerExample',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1042',
	description: 'A likely value for the variable of the header',
};

export const headerFileField: INodeProperties = {
	displayName: 'Example File',
	name: 'headerFile',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the input field containing a file like those you will send',
	description:
		'Meta reviews a sample of the file. It goes through the app of the credential, whose App ID must be filled in; the handle of a sample uploaded elsewhere (4::…) is accepted too.',
};

export const footerField: INodeProperties = {
	displayName: 'Footer',
	name: 'footer',
	type: 'string',
	default: '',
	placeholder: 'e.g. Oficina Aurora',
	description: 'Small text below, at most 60 characters, without variables',
};

export const buttonsField: INodeProperties = {
	displayName: 'Buttons',
	name: 'buttons',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Button',
	default: {},
	description: 'At most 10; quick replies stand together',
	options: [
		{
			displayName: 'Button',
			name: 'button',
			// In the order in which a button is filled in.
			// eslint-disable-next-line n8n-nodes-base/node-param-fixed-collection-type-unsorted-items
			values: [
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					default: 'quickReply',
					options: [
						{ name: 'Call a Phone', value: 'phoneNumber', description: 'At most one' },
						{ name: 'Copy a Code', value: 'copyCode', description: 'At most one, e.g. a coupon' },
						{ name: 'Open a Link', value: 'url', description: 'At most two' },
						{ name: 'Quick Reply', value: 'quickReply', description: 'The tap comes back as an answer' },
					],
				},
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					default: '',
					placeholder: 'e.g. Falar com atendente',
					description: 'At most 25 characters',
					displayOptions: { hide: { type: ['copyCode'] } },
				},
				{
					displayName: 'Link',
					name: 'url',
					type: 'string',
					...plain,
					default: '',
					placeholder: 'e.g. https://example.com/pedido/{{1}}',
					description: 'May end with the variable {{1}}, which is given when it is sent',
					displayOptions: { show: { type: ['url'] } },
				},
				{
					displayName: 'Phone Number',
					name: 'phone',
					type: 'string',
					default: '',
					placeholder: 'e.g. +551130000000',
					description: 'With country code',
					displayOptions: { show: { type: ['phoneNumber'] } },
				},
				{
					displayName: 'Example',
					name: 'example',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1042',
					description: 'A likely code, or a likely end of the link when it has a variable',
					displayOptions: { show: { type: ['copyCode', 'url'] } },
				},
			],
		},
	],
};
