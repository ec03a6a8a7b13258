/** Which template, and with which values? The fields that ask for it; the form is made of the template itself (D-20, C-33). */
import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../item-parameters';

/** A template by its two names; as one text `name|language`. */
export interface TemplateRef {
	name: string;
	language: string;
}

const DEFAULT_LANGUAGE = 'pt_BR';

export const templateField: INodeProperties = {
	displayName: 'Template',
	name: 'template',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'Only approved templates are sent; the others are listed with their state',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a template…',
			typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. lembrete_de_vencimento' },
	],
};

export const templateLanguageField: INodeProperties = {
	displayName: 'Template Language',
	name: 'templateLanguage',
	type: 'string',
	default: DEFAULT_LANGUAGE,
	placeholder: 'e.g. pt_BR',
	description: 'The language of the template as WhatsApp writes it',
	displayOptions: { show: { 'template.mode': ['name'] } },
};

export const templateValuesField: INodeProperties = {
	displayName: 'Template Values',
	name: 'templateValues',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description:
		'What goes in the place of each variable. Map Automatically takes the item\'s fields of the same names, or those in its "values" (Dunning Planner): "1" or "body.1", the name of a variable, the label of a button. A file is given as a link or as the name of an input binary field.',
	displayOptions: { hide: { template: [''] } },
	typeOptions: {
		loadOptionsDependsOn: ['template.value', 'templateLanguage', 'connectThrough', 'templateText'],
		resourceMapper: {
			resourceMapperMethod: 'getTemplateValues',
			mode: 'add',
			valuesLabel: 'Template Values',
			fieldWords: { singular: 'value', plural: 'values' },
			addAllFields: true,
			supportAutoMap: true,
			multiKeyMatch: false,
		},
	},
};

export const templateFields = [templateField, templateLanguageField, templateValuesField];

/** Only where the number has no templates of its own. */
export const templateTextField: INodeProperties = {
	displayName: 'Text',
	name: 'templateText',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Olá {{1}}, sua fatura vence em {{2}}.',
	description:
		'A linked device has no approved templates: this text is sent as an ordinary message, with the values in place of {{1}} or {{nome}}. When empty, the text of the chosen template is taken from a Cloud API number of this desk.',
};

/** A text of its own may go by no name. */
const UNNAMED = { name: 'texto', language: DEFAULT_LANGUAGE };

/** @throws UserError when none is chosen */
export function readTemplateRef(params: ItemParameters): TemplateRef {
	const ref = toTemplateRef(params.locator('template'), params.text('templateLanguage'));
	if (ref) return ref;
	throw new UserError('"Template" is empty.', { description: 'Choose a template from the list, or enter its name.' });
}

/** As above where a text of its own stands in for the template; null when there is none. */
export function readTemplateText(params: ItemParameters): { text: string; ref: TemplateRef } | null {
	const text = params.text('templateText');
	if (text === '') return null;
	return { text, ref: toTemplateRef(params.locator('template'), params.text('templateLanguage')) ?? UNNAMED };
}

/** From a chosen entry ("name|pt_BR") or a name and a language; null when there is no name. */
export function toTemplateRef(chosen: string, givenLanguage: string): TemplateRef | null {
	const [name = '', language = ''] = chosen.split('|').map((part) => part.trim());
	if (name === '') return null;
	return { name, language: (language || givenLanguage || DEFAULT_LANGUAGE).replace('-', '_') };
}

export function templateKey({ name, language }: TemplateRef): string {
	return `${name}|${language}`;
}
