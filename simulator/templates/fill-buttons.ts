import type { Problem } from '../cloud-api/errors';
import type { Loose } from '../model';
import { countProblem, type Filled, formatProblem, textProblem } from './fill-problems';
import { buttonsOf, type RenderedButton, type Template } from './model';
import { fillIn, placeholdersOf } from './placeholders';

/** How do a template's buttons look with what the request gives them? */
const TYPES: Record<string, string> = { quick_reply: 'QUICK_REPLY', url: 'URL', copy_code: 'COPY_CODE' };

export function fillButtons(template: Template, given: readonly Loose[]): Filled<RenderedButton[]> {
	const buttons = buttonsOf(template.components);
	const byIndex = new Map<number, Loose>();
	for (const component of given) {
		if (String(component.type).toLowerCase() !== 'button') continue;
		const index = Number(component.index);
		const problem = checkComponent(component, index, buttons);
		if (problem) return { ok: false, problem };
		byIndex.set(index, component);
	}
	const rendered: RenderedButton[] = [];
	for (const [index, button] of buttons.entries()) {
		const filled = fillButton(button, index, byIndex.get(index));
		if (!filled.ok) return filled;
		rendered.push(filled.value);
	}
	return { ok: true, value: rendered };
}

function checkComponent(component: Loose, index: number, buttons: Loose[]): Problem | null {
	const button = buttons[index];
	if (!button) return formatProblem(`buttons: the template has no button at index ${String(component.index)}`);
	const wanted = TYPES[String(component.sub_type).toLowerCase()];
	// OTP, FLOW and their like are not looked into.
	if (wanted && button.type in RENDER && wanted !== button.type) {
		return formatProblem(`buttons: Button at index ${index} is of type ${button.type}, received ${wanted}`);
	}
	return null;
}

function fillButton(button: Loose, index: number, component: Loose | undefined): Filled<RenderedButton> {
	const parameters = (component?.parameters ?? []) as Loose[];
	const render = RENDER[String(button.type)];
	if (!render) return { ok: true, value: { type: 'other', text: String(button.text ?? button.type) } };
	return render(button, index, parameters);
}

const RENDER: Record<string, (button: Loose, index: number, parameters: Loose[]) => Filled<RenderedButton>> = {
	QUICK_REPLY: (button, _index, [parameter]) => {
		const text = String(button.text);
		// Without a payload of its own the label comes back (cloud-api.md §1).
		return { ok: true, value: { type: 'quickReply', text, payload: String(parameter?.payload ?? text) } };
	},
	URL: (button, index, parameters) => {
		const url = String(button.url);
		const [name] = placeholdersOf(url);
		const where = `Button at index ${index} of type Url`;
		if (name === undefined) {
			if (parameters.length > 0) return { ok: false, problem: countProblem(`buttons: ${where}`, parameters.length, 0) };
			return { ok: true, value: { type: 'url', text: String(button.text), url } };
		}
		if (parameters.length !== 1) {
			return { ok: false, problem: { code: 131008, details: `buttons: ${where} requires a parameter` } };
		}
		const problem = textProblem(`buttons: ${where}`, parameters[0]!.text);
		if (problem) return { ok: false, problem };
		const filled = fillIn(url, new Map([[name, String(parameters[0]!.text)]]));
		return { ok: true, value: { type: 'url', text: String(button.text), url: filled } };
	},
	PHONE_NUMBER: (button) => ({
		ok: true,
		value: { type: 'phoneNumber', text: String(button.text), phone: String(button.phone_number) },
	}),
	COPY_CODE: (button, index, [parameter]) => {
		const code: unknown = parameter?.coupon_code;
		if (typeof code !== 'string' || code === '') {
			const details = `buttons: Button at index ${index} of type CopyCode requires a parameter`;
			return { ok: false, problem: { code: 131008, details } };
		}
		if (!/^[\w-]{1,15}$/.test(code)) {
			return { ok: false, problem: { code: 132018, details: 'buttons: coupon_code may have 15 letters and digits.' } };
		}
		return { ok: true, value: { type: 'copyCode', text: String(button.text ?? 'Copiar código'), code } };
	},
};
