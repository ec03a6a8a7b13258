/** What has to be filled in when this template is sent? One field per value, so that a form can be made of it (D-20). */
import type { Template, TemplateButton, TemplateParts } from '../model-template';

export interface TemplateField {
	/** `header.<name>` · `body.<name>` · `button.<index from 0>`; the key in TemplateValues.variables. */
	key: string;
	/** e.g. "Body {{1}}" */
	label: string;
	/** What was given as an example when it was approved. */
	example: string | null;
	required: boolean;
}

/** Text values only; whether a file or a place is needed too is seen from `template.header.type`. */
export function templateFields(template: Template): TemplateField[] {
	const { header, body, buttons } = template;
	const text = (part: 'header' | 'body', label: string, variables: TemplateParts['body']['variables']) =>
		variables.map(({ name, example }) => ({
			key: `${part}.${name}`,
			label: `${label} {{${name}}}`,
			example,
			required: true,
		}));
	return [
		...(header?.type === 'text' ? text('header', 'Header', header.variables) : []),
		...text('body', 'Body', body.variables),
		...buttons.flatMap((button, index) => buttonField(template, button, index)),
	];
}

function buttonField(template: Template, button: TemplateButton, index: number): TemplateField[] {
	const key = `button.${index}`;
	const example = button.variable?.example ?? null;
	if (button.type === 'quickReply') {
		return [{ key, label: `Button "${button.text}": Payload`, example: null, required: false }];
	}
	// The code of an authentication template is written once, in the body; its button repeats it.
	if (button.variable === null || template.category === 'authentication') return [];
	const what = button.type === 'copyCode' ? 'Code' : 'End of the Link';
	return [{ key, label: `Button "${button.text}": ${what}`, example, required: true }];
}
