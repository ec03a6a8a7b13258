/** How do a few plain texts become a draft? Variables are found in the texts, and with them whether they have names. Pure. */
import type {
	Template,
	TemplateButton,
	TemplateDraft,
	TemplateHeader,
	TemplateMediaType,
	TemplateText,
} from '../model-template';
import { placeholdersOf } from '../text';

export interface DraftTexts {
	name: string;
	language: string;
	category: TemplateDraft['category'];
	header: DraftHeader | null;
	/** With {{1}}, {{2}}… or {{nome}}. */
	body: string;
	/** What stands for each variable of the body while it is reviewed, by its name. */
	examples: Record<string, string>;
	/** '' or null = none. */
	footer: string | null;
	buttons: DraftButton[];
}

/** `example`: of the header's variable, or the handle of a sample file. */
export type DraftHeader =
	{ type: 'text'; text: string; example: string } | { type: TemplateMediaType; example: string } | { type: 'location' };

/** `example`: of the end of a link, or of a code. */
export type DraftButton =
	| { type: 'quickReply'; text: string }
	| { type: 'url'; text: string; url: string; example: string }
	| { type: 'phoneNumber'; text: string; phone: string }
	| { type: 'copyCode'; example: string };

export function makeDraft(texts: DraftTexts): TemplateDraft {
	const { name, category, examples, footer, buttons } = texts;
	const header = headerOf(texts.header);
	const body = textOf(texts.body, (variable) => examples[variable]);
	const variables = [...body.variables, ...(header?.type === 'text' ? header.variables : [])];
	return {
		name,
		language: texts.language.replace('-', '_'),
		category,
		parameterFormat: variables.every((variable) => /^\d+$/.test(variable.name)) ? 'positional' : 'named',
		header,
		body,
		footer: footer || null,
		buttons: buttons.map(buttonOf),
	};
}

function headerOf(header: DraftHeader | null): TemplateHeader | null {
	if (header === null || header.type === 'location') return header;
	if (header.type === 'text') return { type: 'text', ...textOf(header.text, () => header.example) };
	return { type: header.type, ...(header.example ? { example: header.example } : {}) };
}

function buttonOf(button: DraftButton): TemplateButton {
	switch (button.type) {
		case 'url': {
			const variable = placeholdersOf(button.url).length > 0 ? { name: '1', example: button.example || null } : null;
			return { type: 'url', text: button.text, url: button.url, variable };
		}
		case 'copyCode':
			return { type: 'copyCode', text: '', variable: { name: '1', example: button.example || null } };
		default:
			return { ...button, variable: null };
	}
}

function textOf(text: string, exampleOf: (variable: string) => string | undefined): TemplateText {
	return { text, variables: placeholdersOf(text).map((name) => ({ name, example: exampleOf(name) || null })) };
}

/** The texts of a template that exists, to change some of them; null when it has parts that cannot be written again. */
export function draftTextsOf(template: Template): DraftTexts | null {
	const { name, language, category, header, body, footer, buttons, unsupported } = template;
	if (unsupported?.length || (category !== 'utility' && category !== 'marketing')) return null;
	const known = buttons.map(draftButtonOf);
	if (known.some((button) => button === null)) return null;
	const examples = Object.fromEntries(body.variables.map((variable) => [variable.name, variable.example ?? '']));
	const texts = { name, language, category, body: body.text, examples, footer };
	return { ...texts, header: draftHeaderOf(header), buttons: known as DraftButton[] };
}

function draftHeaderOf(header: TemplateHeader | null): DraftHeader | null {
	if (header === null || header.type === 'location') return header;
	if (header.type === 'text') return { type: 'text', text: header.text, example: header.variables[0]?.example ?? '' };
	return { type: header.type, example: header.example ?? '' };
}

function draftButtonOf({ type, text, url = '', phone = '', variable }: TemplateButton): DraftButton | null {
	const example = variable?.example ?? '';
	switch (type) {
		case 'quickReply':
			return { type, text };
		case 'url':
			return { type, text, url, example };
		case 'phoneNumber':
			return { type, text, phone };
		case 'copyCode':
			return { type, example };
		case 'other':
			return null;
	}
}
