import { UserError } from 'n8n-workflow';
import type { MenuContent, MenuOption } from '../../../engine/model';
import type { MessageType } from '../message-type';

interface Row {
	title: string;
	description: string;
	id: string;
}

interface Look {
	style: MenuContent['style'];
	header: string;
	footer: string;
	buttonLabel: string;
}

export const menu: MessageType = {
	value: 'menu',
	name: 'Menu',
	action: 'Send a menu',
	description: 'A question with options to tap; a numbered text wherever taps are not possible',
	properties: [
		{
			displayName: 'Text',
			name: 'body',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'e.g. Como foi o atendimento?',
			description: 'The question above the options',
		},
		{
			displayName: 'Menu Options',
			name: 'menuOptions',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Menu Option',
			default: { row: [{ title: '' }] },
			description: 'Up to 3 short ones become buttons, up to 10 a list, more a numbered text',
			options: [
				{
					displayName: 'Menu Option',
					name: 'row',
					values: [
						{
							displayName: 'Title',
							name: 'title',
							type: 'string',
							default: '',
							placeholder: 'e.g. Segunda via do boleto',
							description: 'What the customer reads and taps: at most 20 characters on a button, 24 in a list',
						},
						{
							displayName: 'Description',
							name: 'description',
							type: 'string',
							default: '',
							placeholder: 'e.g. Enviamos em PDF',
							description: 'A second line, shown in lists only',
						},
						{
							displayName: 'ID',
							name: 'id',
							type: 'string',
							default: '',
							placeholder: 'e.g. boleto',
							description: 'Comes back as reply.ID in the customer’s answer; by default the option’s number',
						},
					],
				},
			],
		},
		{
			displayName: 'Menu Look',
			name: 'look',
			type: 'collection',
			placeholder: 'Add Setting',
			default: {},
			options: [
				{
					displayName: 'Footer',
					name: 'footer',
					type: 'string',
					default: '',
					description: 'Small text below, at most 60 characters',
				},
				{
					displayName: 'Header',
					name: 'header',
					type: 'string',
					default: '',
					description: 'Bold text above, at most 60 characters',
				},
				{
					displayName: 'List Button Label',
					name: 'buttonLabel',
					type: 'string',
					default: 'Ver opções',
					description: 'Text of the button that opens a list, at most 20 characters',
				},
				{
					displayName: 'Style',
					name: 'style',
					type: 'options',
					options: [
						{ name: 'Automatic', value: 'auto', description: 'The best the number of options and the channel allow' },
						{ name: 'Buttons', value: 'buttons' },
						{ name: 'List', value: 'list' },
						{ name: 'Numbered Text', value: 'text' },
					],
					default: 'auto',
					description: 'What cannot be shown in the chosen style is shown in the next simpler one',
				},
			],
		},
	],
	run: async ({ params }) => {
		const body = params.requiredText('body');
		const options = readOptions(params.rows<Row>('menuOptions', 'row'));
		const { style = 'auto', header, footer, buttonLabel } = params.collection<Look>('look');
		const plainText = [header, body, numbered(options), footer].filter(Boolean).join('\n\n');
		return {
			type: 'menu',
			body,
			plainText,
			options,
			style,
			header: header || undefined,
			footer: footer || undefined,
			buttonLabel: buttonLabel || undefined,
		};
	},
};

/** Rows without a title are left out, as a supervisor leaves an empty line. */
function readOptions(rows: Row[]): MenuOption[] {
	const filled = rows.filter(({ title }) => String(title ?? '').trim() !== '');
	if (filled.length === 0) {
		throw new UserError('The menu has no options.', { description: 'Add at least one option with a title.' });
	}
	const options = filled.map(({ title, description, id }, at) => ({
		id: String(id || at + 1),
		title: String(title).trim(),
		description: description ? String(description) : undefined,
	}));
	const twice = options.find(({ id }, at) => options.findIndex((other) => other.id === id) !== at);
	if (!twice) return options;
	throw new UserError(`Two options have the ID "${twice.id}".`, {
		description: 'Give each option its own ID: it tells you which one the customer tapped.',
	});
}

function numbered(options: MenuOption[]): string {
	return options
		.map(({ title, description }, at) => `${at + 1} - ${title}${description ? ` (${description})` : ''}`)
		.join('\n');
}
