/**
 * How is a draft written for Graph? Pure; expects a draft that passed the local rules.
 * Source: Cloud API "template management" and "template components" (reference: cloud-api §4).
 */
import type { TemplateButton, TemplateDraft, TemplateHeader, TemplateText } from '../../model-template';

type Json = Record<string, unknown>;

export function createRequest(draft: TemplateDraft): Json {
	return { name: draft.name, language: draft.language, parameter_format: formatOf(draft), ...editRequest(draft) };
}

/** Components are replaced as a whole; name, language and format of the variables stay. */
export function editRequest(draft: TemplateDraft): Json {
	return { category: draft.category.toUpperCase(), components: componentsOf(draft) };
}

function formatOf({ parameterFormat }: TemplateDraft): string {
	return parameterFormat === 'named' ? 'NAMED' : 'POSITIONAL';
}

function componentsOf({ parameterFormat, header, body, footer, buttons }: TemplateDraft): Json[] {
	const named = parameterFormat === 'named';
	return [
		...(header ? [headerComponent(header, named)] : []),
		{ type: 'BODY', text: body.text, ...exampleOf('body_text', body, named) },
		...(footer ? [{ type: 'FOOTER', text: footer }] : []),
		...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons: buttons.map(buttonJson) }] : []),
	];
}

function headerComponent(header: TemplateHeader, named: boolean): Json {
	switch (header.type) {
		case 'text':
			return { type: 'HEADER', format: 'TEXT', text: header.text, ...exampleOf('header_text', header, named) };
		case 'location':
			return { type: 'HEADER', format: 'LOCATION' };
		default:
			return {
				type: 'HEADER',
				format: header.type.toUpperCase(),
				...(header.example ? { example: { header_handle: [header.example] } } : {}),
			};
	}
}

function exampleOf(field: 'body_text' | 'header_text', { variables }: TemplateText, named: boolean): Json {
	if (variables.length === 0) return {};
	if (named) {
		const params = variables.map(({ name, example }) => ({ param_name: name, example: example ?? '' }));
		return { example: { [`${field}_named_params`]: params } };
	}
	// By number, not by where they stand in the text.
	const examples = [...variables].sort((a, b) => Number(a.name) - Number(b.name)).map(({ example }) => example ?? '');
	return { example: { [field]: field === 'body_text' ? [examples] : examples } };
}

function buttonJson(button: TemplateButton): Json {
	const { type, text, url, phone, variable } = button;
	switch (type) {
		case 'url':
			return { type: 'URL', text, url, ...(variable ? { example: [variable.example ?? ''] } : {}) };
		case 'phoneNumber':
			return { type: 'PHONE_NUMBER', text, phone_number: phone };
		case 'copyCode':
			// Its label is Meta's own.
			return { type: 'COPY_CODE', example: variable?.example ?? '' };
		default:
			return { type: 'QUICK_REPLY', text };
	}
}
