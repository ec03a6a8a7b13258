/** Which values do the buttons of a template get? Those that take none are left out: Meta then uses what was approved. */
import { FILLED_LIMITS } from '../channel/template-limits';
import type { FilledButton, Template, TemplateButton } from '../model-template';
import { fillFailure, type FillFailure } from './fill-result';

export function fillButtons(template: Template, given: Record<string, string>): FilledButton[] | FillFailure {
	const filled: FilledButton[] = [];
	for (const [index, button] of template.buttons.entries()) {
		const value = valueFor(template, button, given[`button.${index}`] ?? '', given);
		if (value === null || value === '') continue;
		if (template.category === 'authentication' && [...value].length > FILLED_LIMITS.code) {
			return fillFailure(
				'templateTextTooLong',
				`O código de um modelo de autenticação tem no máximo ${FILLED_LIMITS.code} caracteres. Gere um código menor.`,
			);
		}
		const made = button.type === 'url' && template.category !== 'authentication' ? linkEnd(button, value) : value;
		if (made === null) {
			return fillFailure(
				'templateVariableInvalid',
				`O botão "${button.text}" já começa com ${fixedPart(button)}. Informe só o final do endereço, sem outro site.`,
			);
		}
		filled.push({ index, type: button.type as FilledButton['type'], value: made });
	}
	return filled;
}

function valueFor(
	{ category, body }: Template,
	{ type, variable }: TemplateButton,
	own: string,
	given: Record<string, string>,
): string | null {
	// Without a payload Meta returns the label of a quick reply.
	if (type === 'quickReply') return own;
	if (variable === null || type === 'phoneNumber' || type === 'other') return null;
	// The code stands in the body and in the button that copies it.
	if (category === 'authentication' && body.variables[0]) return given[`body.${body.variables[0].name}`] ?? '';
	return own;
}

/**
 * What Meta appends to the approved address: its unsafe characters encoded, what is encoded already left alone.
 * The whole address is taken too, if it begins as approved; null for an address of another site.
 */
function linkEnd(button: TemplateButton, value: string): string | null {
	const fixed = fixedPart(button);
	const end = fixed !== '' && value.startsWith(fixed) ? value.slice(fixed.length) : value;
	if (/^https?:\/\//i.test(end)) return null;
	// By way of bytes: half of a surrogate pair cannot be encoded.
	return encodeURI(Buffer.from(end).toString()).replace(/%25([0-9a-f]{2})/gi, '%$1');
}

function fixedPart({ url = '' }: TemplateButton): string {
	const at = url.indexOf('{{');
	return at < 0 ? url : url.slice(0, at);
}
