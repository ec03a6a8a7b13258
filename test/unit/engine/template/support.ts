import type { Template, TemplateButton, TemplateDraft, TemplateText } from '../../../../engine/model-template';
import { placeholdersOf } from '../../../../engine/text';

/** A text with its placeholders found and an example for each. */
export function aText(text: string, example: string | null = 'exemplo'): TemplateText {
	return { text, variables: placeholdersOf(text).map((name) => ({ name, example })) };
}

/** "Olá {{1}}, o pedido {{2}} saiu para entrega hoje cedo." and what a test changes. */
export function aTemplate(changes: Partial<Template> = {}): Template {
	return {
		id: '123',
		name: 'pedido_saiu',
		language: 'pt_BR',
		category: 'utility',
		status: 'approved',
		quality: 'green',
		reason: null,
		parameterFormat: 'positional',
		header: null,
		body: aText('Olá {{1}}, o pedido {{2}} saiu para entrega hoje cedo.'),
		footer: null,
		buttons: [],
		...changes,
	};
}

export function aDraft(changes: Partial<TemplateDraft> = {}): TemplateDraft {
	return {
		name: 'pedido_saiu',
		language: 'pt_BR',
		category: 'utility',
		parameterFormat: 'positional',
		header: null,
		body: aText('Olá {{1}}, o pedido {{2}} saiu para entrega hoje cedo.'),
		footer: null,
		buttons: [],
		...changes,
	};
}

export const quickReply = (text: string): TemplateButton => ({ type: 'quickReply', text, variable: null });
export const link = (text: string, url: string, example: string | null = '123'): TemplateButton => ({
	type: 'url',
	text,
	url,
	variable: url.includes('{{') ? { name: '1', example } : null,
});
export const call = (text: string, phone: string): TemplateButton => ({
	type: 'phoneNumber',
	text,
	phone,
	variable: null,
});
export const copyCode = (example: string | null): TemplateButton => ({
	type: 'copyCode',
	text: '',
	variable: { name: '1', example },
});
