import type { BusinessNumber, Loose } from '../model';
import type { Simulation } from '../simulation';
import { settleTemplates } from '../templates/decide';
import { fillTemplate } from '../templates/fill';
import type { Filled } from '../templates/fill-problems';
import { buttonsOf, type Rendered, type Template } from '../templates/model';
import type { Json } from './checks';
import type { Problem } from './errors';

/** May this template leave, filled like this, to this kind of recipient? (cloud-api.md §3, §4) */
export interface TemplateSend {
	template: Template;
	rendered: Rendered;
}

/** @param body of type `template`, its shape checked already */
export function readTemplateSend(simulation: Simulation, number: BusinessNumber, body: Json): Filled<TemplateSend> {
	settleTemplates(simulation);
	const part = body.template as Loose;
	const [name, language] = [String(part.name), String(part.language.code)];
	const template = simulation.templates.find(number.wabaId, name, language);
	const unsendable = stateProblem(template, name, language);
	if (unsendable || !template) return { ok: false, problem: unsendable! };
	const filled = fillTemplate(template, (part.components ?? []) as Loose[]);
	if (!filled.ok) return filled;
	if (body.to === undefined && isOneTap(template)) {
		const details = 'Authentication templates with a code button cannot be sent to a business-scoped user id.';
		return { ok: false, problem: { code: 131062, details } };
	}
	return { ok: true, value: { template, rendered: filled.value } };
}

function stateProblem(template: Template | undefined, name: string, language: string): Problem | null {
	switch (template?.status) {
		case 'APPROVED':
			return null;
		case 'PAUSED':
			return { code: 132015, details: `template name (${name}) is paused because of low quality` };
		case 'DISABLED':
			return { code: 132016, details: `template name (${name}) is disabled because of low quality` };
		default:
			return { code: 132001, details: `template name (${name}) does not exist in ${language}` };
	}
}

function isOneTap(template: Template): boolean {
	return template.category === 'AUTHENTICATION' && buttonsOf(template.components).length > 0;
}
