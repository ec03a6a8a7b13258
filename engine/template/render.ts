/**
 * What will the person read? The template with its values, as one text: for results, the timeline, and channels that
 * know no templates. Quick replies are left to `options`, which such a channel shows as a menu of its own.
 */
import type { MenuOption } from '../model';
import type { FilledButton, FilledVariable, Template, TemplateButton } from '../model-template';
import { fillPlaceholders } from '../text';

export interface FilledParts {
	header: FilledVariable[];
	body: FilledVariable[];
	buttons: FilledButton[];
}

export function renderTemplate(template: Template, filled: FilledParts): string {
	const { header, body, footer, buttons } = template;
	const parts = [
		header?.type === 'text' ? fill(header.text, filled.header) : '',
		fill(body.text, filled.body),
		footer ?? '',
		buttons
			.map((button, index) => buttonLine(template, button, valueOf(filled, index)))
			.filter((line) => line !== '')
			.join('\n'),
	];
	return parts.filter((part) => part !== '').join('\n\n');
}

/** Its quick replies; what comes back is the payload, or the label where none was given. */
export function templateOptions(template: Template, buttons: readonly FilledButton[]): MenuOption[] {
	return template.buttons.flatMap(({ type, text }, index) =>
		type === 'quickReply' ? [{ id: buttons.find((b) => b.index === index)?.value ?? text, title: text }] : [],
	);
}

export function fill(text: string, values: readonly FilledVariable[]): string {
	return fillPlaceholders(text, Object.fromEntries(values.map((value) => [value.name, value.text])));
}

function buttonLine(template: Template, { type, text, url, phone, variable }: TemplateButton, value: string): string {
	// The button of a code copies what the body already shows.
	if (template.category === 'authentication') return '';
	if (type === 'url' && url) return `${text}: ${variable ? fillPlaceholders(url, { [variable.name]: value }) : url}`;
	if (type === 'phoneNumber' && phone) return `${text}: ${phone}`;
	if (type === 'copyCode' && value !== '') return `${text}: ${value}`;
	return '';
}

function valueOf({ buttons }: FilledParts, index: number): string {
	return buttons.find((button) => button.index === index)?.value ?? '';
}
