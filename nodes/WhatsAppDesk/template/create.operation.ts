import { createTemplate } from '../../../engine/index';
import type { DraftTexts } from '../../../engine/index';
import { reachChannel } from '../channel/reach-channel';
import type { DeskOperation } from '../desk-operation';
import {
	bodyField,
	buttonsField,
	categoryField,
	examplesField,
	footerField,
	headerExampleField,
	headerFileField,
	headerTextField,
	headerTypeField,
} from './content-fields';
import { EXAMPLE_BODIES } from './example-texts';
import type { ExampleBody } from './example-texts';
import { readContent } from './read-content';
import { draftOf, refused } from './submit';
import { templateJson } from './template-json';

const own = { displayOptions: { show: { bodyFrom: ['own'] } } };
const withHeader = (...types: string[]) => ({ displayOptions: { show: { headerType: types } } });

export const createOperation: DeskOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create a template',
	description: 'Write a template (modelo de mensagem) and send it to Meta for approval',
	properties: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. lembrete_de_vencimento',
			description: 'Lower-case letters without accents, digits and _; with the language it identifies the template',
		},
		categoryField,
		{
			displayName: 'Language',
			name: 'language',
			type: 'string',
			default: 'pt_BR',
			placeholder: 'e.g. pt_BR',
			description: 'Of the text, as Meta writes it; Meta does not translate',
		},
		{
			displayName: 'Text',
			name: 'bodyFrom',
			type: 'options',
			default: 'own',
			description: 'Examples to begin with; everything about them can be edited later',
			options: [
				{
					name: 'Example: Opening About an Open Amount',
					value: 'debtNegotiation',
					description: EXAMPLE_BODIES.debtNegotiation.body,
				},
				{
					name: 'Example: Opening About School Fees',
					value: 'schoolFees',
					description: EXAMPLE_BODIES.schoolFees.body,
				},
				{ name: 'Own Text', value: 'own' },
			],
		},
		{ ...bodyField, required: true, ...own },
		{ ...examplesField, ...own },
		headerTypeField,
		{ ...headerTextField, required: true, ...withHeader('text') },
		{ ...headerExampleField, ...withHeader('text') },
		{ ...headerFileField, required: true, ...withHeader('image', 'video', 'document') },
		footerField,
		buttonsField,
	],
	run: async (call) => {
		const { params } = call;
		const { id: channelId } = await reachChannel(call);
		const from = params.text('bodyFrom');
		const example = from in EXAMPLE_BODIES ? EXAMPLE_BODIES[from as ExampleBody] : null;
		const base: DraftTexts = {
			name: params.requiredText('name'),
			language: params.text('language') || 'pt_BR',
			category: 'utility',
			header: null,
			body: example?.body ?? '',
			examples: { ...example?.examples },
			footer: null,
			buttons: [],
		};
		const given = (name: string) => !example || (name !== 'body' && name !== 'examples');
		const draft = await draftOf(call, channelId, readContent(call, '', given, base));
		const result = await createTemplate(call.desk, channelId, draft);
		if (result.type === 'refused') throw refused('The template was not created.', result);
		return { ...templateJson(result.template), notes: result.notes };
	},
};
