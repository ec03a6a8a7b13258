import type { Loose } from '../model';
import { fillButtons } from './fill-buttons';
import { countProblem, type Filled, formatProblem, textProblem } from './fill-problems';
import { componentOf, type HeaderMedia, type Rendered, type RenderedHeader, type Template } from './model';
import { fillIn, placeholdersOf } from './placeholders';

/** Do these parameters fit this template, and how does it read with them? (cloud-api.md §1 Template, §3) */
const MEDIA: Record<string, HeaderMedia> = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' };

/** @param given the components of the request, shapes checked already */
export function fillTemplate(template: Template, given: readonly Loose[]): Filled<Rendered> {
	const of = (type: string) => given.find((component) => String(component.type).toLowerCase() === type);
	const header = fillHeader(template, parametersOf(of('header')));
	if (!header.ok) return header;
	const text = String(componentOf(template.components, 'BODY')?.text ?? authenticationText(template));
	const body = fillText('body', text, template, parametersOf(of('body')), 1_024);
	if (!body.ok) return body;
	const buttons = fillButtons(template, given);
	if (!buttons.ok) return buttons;
	return {
		ok: true,
		value: {
			name: template.name,
			language: template.language,
			category: template.category,
			header: header.value,
			body: body.value,
			footer: (componentOf(template.components, 'FOOTER')?.text as string | undefined) ?? null,
			buttons: buttons.value,
		},
	};
}

function fillHeader(template: Template, given: Loose[]): Filled<RenderedHeader | null> {
	const header = componentOf(template.components, 'HEADER');
	if (!header) {
		if (given.length > 0) return { ok: false, problem: countProblem('header', given.length, 0) };
		return { ok: true, value: null };
	}
	const format = String(header.format);
	if (format === 'TEXT') {
		const text = fillText('header', String(header.text), template, given, 60);
		return text.ok ? { ok: true, value: { type: 'text', text: text.value } } : text;
	}
	const [parameter] = given;
	if (given.length !== 1 || String(parameter?.type).toUpperCase() !== format) {
		const received = String(parameter?.type ?? 'UNKNOWN').toUpperCase();
		return { ok: false, problem: formatProblem(`header: Format mismatch, expected ${format}, received ${received}`) };
	}
	const kind = MEDIA[format];
	if (!kind) {
		const { latitude, longitude, name, address } = parameter!.location ?? {};
		if (latitude === undefined || longitude === undefined) {
			return { ok: false, problem: { code: 131008, details: 'header: location needs latitude and longitude.' } };
		}
		return { ok: true, value: { type: 'location', name: String(name ?? ''), address: String(address ?? '') } };
	}
	const file = parameter![kind];
	if (typeof file?.id !== 'string' && typeof file?.link !== 'string') {
		return { ok: false, problem: { code: 131008, details: `header: ${kind} needs an id or a link.` } };
	}
	return {
		ok: true,
		value: { type: kind, id: file.id ?? null, link: file.link ?? null, fileName: file.filename ?? null },
	};
}

function fillText(where: string, text: string, template: Template, given: Loose[], most: number): Filled<string> {
	const names = placeholdersOf(text);
	if (given.length !== names.length) return { ok: false, problem: countProblem(where, given.length, names.length) };
	const named = template.parameterFormat === 'NAMED';
	const values = new Map<string, string>();
	for (const [index, parameter] of given.entries()) {
		const name = named ? String(parameter.parameter_name ?? '') : String(index + 1);
		if (parameter.type !== 'text') {
			return {
				ok: false,
				problem: formatProblem(`${where}: Format mismatch, expected TEXT, received ${parameter.type}`),
			};
		}
		if (named && !names.includes(name)) {
			const what = name === '' ? 'Parameter name is missing or empty' : `Parameter '${name}' is not in the template`;
			return { ok: false, problem: formatProblem(`${where}: ${what}`) };
		}
		if (!named && parameter.parameter_name !== undefined) {
			return {
				ok: false,
				problem: formatProblem(`${where}: parameter_name is only for templates with named parameters`),
			};
		}
		const problem = textProblem(where, parameter.text);
		if (problem) return { ok: false, problem };
		values.set(name, String(parameter.text));
	}
	const missing = names.find((name) => !values.has(name));
	if (missing !== undefined)
		return { ok: false, problem: formatProblem(`${where}: Parameter '${missing}' is missing`) };
	const filled = fillIn(text, values);
	if (filled.length > most) {
		const details = `${where}: the filled-in text has ${filled.length} characters, ${most} are allowed`;
		return { ok: false, problem: { code: 132005, details } };
	}
	return { ok: true, value: filled };
}

function parametersOf(component: Loose | undefined): Loose[] {
	return (component?.parameters ?? []) as Loose[];
}

/** Meta writes this one itself. */
function authenticationText(template: Template): string {
	return template.category === 'AUTHENTICATION' ? '*{{1}}* é seu código de verificação.' : '';
}
