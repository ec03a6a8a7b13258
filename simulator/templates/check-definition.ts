import type { Problem } from '../cloud-api/errors';
import { first, isObject } from '../cloud-api/checks';
import type { Loose } from '../model';
import { checkButtons } from './check-buttons';
import { checkVariables } from './check-variables';
import { componentOf } from './model';
import { placeholdersOf } from './placeholders';
import { badParameter, templateProblem } from './problems';

/** May this template be asked for? Names, lengths, variables, examples: what Meta judges before any review (cloud-api.md §4). */
export interface Definition {
	category: string;
	named: boolean;
	/** Types in upper case. */
	components: Loose[];
	/** Whether a handle came from the Resumable Upload API. */
	knowsHandle: (handle: string) => boolean;
}

export function checkName(name: unknown, language: unknown): Problem | null {
	return first(
		(typeof name !== 'string' || name === '') && badParameter('The parameter name is required.'),
		typeof name === 'string' &&
			!/^[a-z0-9_]{1,512}$/.test(name) &&
			badParameter('Param name may have lower case letters, digits and _ only, at most 512 characters.'),
		(typeof language !== 'string' || !/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language)) &&
			badParameter("Param language must be a language code such as 'pt_BR'."),
	);
}

export function checkDefinition({ category, named, components, knowsHandle }: Definition): Problem | null {
	if (!['MARKETING', 'UTILITY', 'AUTHENTICATION'].includes(category)) {
		return badParameter('Param category must be one of MARKETING, UTILITY, AUTHENTICATION.');
	}
	const types = components.map((component) => String(component.type));
	return first(
		types.some((type) => !KNOWN.includes(type)) && badParameter(`Param components may have ${KNOWN.join(', ')} only.`),
		new Set(types).size < types.length && badParameter('Param components may have each type once.'),
		checkBody(componentOf(components, 'BODY'), category, named),
		checkHeader(componentOf(components, 'HEADER'), named, knowsHandle),
		checkFooter(componentOf(components, 'FOOTER'), category),
		checkButtons(componentOf(components, 'BUTTONS')),
	);
}

/** Upper-case types, or null when this is no list of components. */
export function readComponents(value: unknown): Loose[] | null {
	if (!Array.isArray(value) || !value.every(isObject)) return null;
	return value.map((component: Loose) => ({
		...component,
		type: String(component.type).toUpperCase(),
		...(component.format === undefined ? {} : { format: String(component.format).toUpperCase() }),
		...(Array.isArray(component.buttons)
			? { buttons: component.buttons.map((one: Loose) => ({ ...one, type: String(one?.type).toUpperCase() })) }
			: {}),
	}));
}

const KNOWN = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS'];

function checkBody(body: Loose | undefined, category: string, named: boolean): Problem | null {
	// Authentication templates have a fixed text of Meta's own.
	if (category === 'AUTHENTICATION' && body?.text === undefined) return null;
	if (!body || typeof body.text !== 'string' || body.text.trim() === '') {
		return templateProblem(2388043, 'component of type BODY is missing expected field(s) (text)');
	}
	return first(
		tooLong('BODY', body.text, 1_024),
		/\n\s*\n\s*\n|\t| {5,}/.test(body.text) &&
			templateProblem(2388072, 'BODY may have no tabs, no more than 4 spaces and no more than 2 line breaks in a row.'),
		checkVariables(body, { component: 'BODY', named, formatSubcode: 2388072 }),
	);
}

function checkHeader(
	header: Loose | undefined,
	named: boolean,
	knowsHandle: (handle: string) => boolean,
): Problem | null {
	if (!header) return null;
	switch (header.format) {
		case 'TEXT':
			return checkTextHeader(header, named);
		case 'IMAGE':
		case 'VIDEO':
		case 'DOCUMENT': {
			const handle: unknown = header.example?.header_handle?.[0];
			if (typeof handle !== 'string') {
				return templateProblem(2388043, 'component of type HEADER is missing expected field(s) (example)');
			}
			return knowsHandle(handle)
				? null
				: badParameter('HEADER: header_handle must be a handle of the Resumable Upload API.');
		}
		case 'LOCATION':
			return null;
		default:
			return templateProblem(2388047, 'HEADER: format must be TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION.');
	}
}

function checkTextHeader(header: Loose, named: boolean): Problem | null {
	if (typeof header.text !== 'string' || header.text.trim() === '') {
		return templateProblem(2388043, 'component of type HEADER is missing expected field(s) (text)');
	}
	return first(
		tooLong('HEADER', header.text, 60),
		/[\n*_~`]|\p{Extended_Pictographic}/u.test(header.text.replace(/\{\{[^{}]*\}\}/g, '')) &&
			templateProblem(2388047, 'HEADER may have no line breaks, formatting, asterisks or emojis.'),
		placeholdersOf(header.text).length > 1 && templateProblem(2388047, 'HEADER may have one variable.'),
		checkVariables(header, { component: 'HEADER', named, formatSubcode: 2388047 }),
	);
}

function checkFooter(footer: Loose | undefined, category: string): Problem | null {
	if (!footer || (category === 'AUTHENTICATION' && footer.text === undefined)) return null;
	if (typeof footer.text !== 'string' || footer.text.trim() === '') {
		return templateProblem(2388043, 'component of type FOOTER is missing expected field(s) (text)');
	}
	return first(
		tooLong('FOOTER', footer.text, 60),
		/\{\{|\n/.test(footer.text) && templateProblem(2388073, 'FOOTER may have no variables and no line breaks.'),
	);
}

function tooLong(component: string, text: string, most: number): Problem | null {
	return text.length > most
		? templateProblem(2388040, `${component} has ${text.length} characters, ${most} are allowed.`)
		: null;
}
