import type { Problem } from '../cloud-api/errors';
import { first, isObject } from '../cloud-api/checks';
import type { Loose } from '../model';
import { placeholdersOf } from './placeholders';
import { badParameter, templateProblem } from './problems';

/** Are a template's buttons allowed, in number, order and length? (cloud-api.md §4) */
const MOST: Record<string, number> = { QUICK_REPLY: 10, URL: 2, PHONE_NUMBER: 1, COPY_CODE: 1 };
/** Not looked into: rarely used, never refused here. */
const OTHERS = ['OTP', 'FLOW', 'CATALOG', 'MPM', 'SPM', 'VOICE_CALL', 'REQUEST_CONTACT_INFO'];

export function checkButtons(component: Loose | undefined): Problem | null {
	if (!component) return null;
	const buttons: unknown = component.buttons;
	if (!Array.isArray(buttons) || buttons.length === 0 || !buttons.every(isObject)) {
		return templateProblem(2388043, 'component of type BUTTONS is missing expected field(s) (buttons)');
	}
	if (buttons.length > 10) return badParameter(`A template may have 10 buttons, it has ${buttons.length}.`);
	for (const [index, button] of (buttons as Loose[]).entries()) {
		const problem = checkButton(button, `BUTTONS[${index}]`);
		if (problem) return problem;
	}
	const types = (buttons as Loose[]).map((button) => String(button.type));
	return first(
		...Object.entries(MOST).map(
			([type, most]) =>
				types.filter((one) => one === type).length > most &&
				badParameter(`A template may have at most ${most} buttons of type ${type}.`),
		),
		splitQuickReplies(types) && badParameter('Quick reply buttons must stand together, not between other buttons.'),
		new Set((buttons as Loose[]).map((button) => button.text)).size < buttons.length &&
			badParameter('Buttons must have different texts.'),
	);
}

function checkButton(button: Loose, name: string): Problem | null {
	const type = String(button.type);
	if (OTHERS.includes(type)) return null;
	if (!(type in MOST)) return badParameter(`${name}: type '${type}' is not supported.`);
	const label = type === 'COPY_CODE' ? null : checkLabel(button.text, name);
	switch (type) {
		case 'URL':
			return label ?? checkUrl(button, name);
		case 'PHONE_NUMBER':
			return (
				label ??
				(/^\+?[\d\s()-]{7,20}$/.test(String(button.phone_number ?? ''))
					? null
					: badParameter(`${name}: phone_number must be a phone number of at most 20 characters.`))
			);
		case 'COPY_CODE':
			return exampleOf(button) === null
				? templateProblem(2388043, `${name}: COPY_CODE is missing expected field(s) (example)`)
				: null;
		default:
			return label;
	}
}

function checkLabel(text: unknown, name: string): Problem | null {
	if (typeof text !== 'string' || text.trim() === '') {
		return templateProblem(2388043, `${name} is missing expected field(s) (text)`);
	}
	if (text.length > 25) return templateProblem(2388040, `${name}: text has ${text.length} characters, 25 are allowed.`);
	return /\{\{|\n/.test(text) ? badParameter(`${name}: text may have no variables and no line breaks.`) : null;
}

function checkUrl(button: Loose, name: string): Problem | null {
	const url = String(button.url ?? '');
	if (!/^https?:\/\/[^\s]+$/.test(url.replace(/\{\{.*$/, 'x')))
		return badParameter(`${name}: url is not a web address.`);
	if (url.length > 2_000)
		return templateProblem(2388040, `${name}: url has ${url.length} characters, 2000 are allowed.`);
	const names = placeholdersOf(url);
	if (names.length === 0) return null;
	return first(
		(names.length > 1 || !/\{\{[^{}]*\}\}$/.test(url)) &&
			badParameter(`${name}: url may have one variable, at its end.`),
		exampleOf(button) === null && templateProblem(2388043, `${name}: URL is missing expected field(s) (example)`),
	);
}

/** A list with one text, or the text itself. */
function exampleOf(button: Loose): string | null {
	const given: unknown = Array.isArray(button.example) ? button.example[0] : button.example;
	return typeof given === 'string' && given !== '' ? given : null;
}

function splitQuickReplies(types: string[]): boolean {
	const at = types.flatMap((type, index) => (type === 'QUICK_REPLY' ? [index] : []));
	return at.length > 0 && at.at(-1)! - at[0]! + 1 !== at.length;
}
