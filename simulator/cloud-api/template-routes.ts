import type { Simulation } from '../simulation';
import type { Loose } from '../model';
import { checkDefinition, checkName, readComponents } from '../templates/check-definition';
import { review, settleTemplates } from '../templates/decide';
import { categoryFor } from '../templates/judge';
import type { Template, TemplateCategory } from '../templates/model';
import { tellComponents, tellStatus } from '../templates/news';
import { badParameter, templateProblem } from '../templates/problems';
import type { AccountAnswer } from './account';
import type { Json } from './checks';
import type { Problem } from './errors';

/** Creating, editing and deleting templates: `/{waba-id}/message_templates` and `/{template-id}` (cloud-api.md §4). */
const MOST_TEMPLATES = 250;
const MOST_PER_HOUR = 100;
const DAY = 86_400_000;
const EDITABLE = ['APPROVED', 'REJECTED', 'PAUSED'];

export function createTemplate(simulation: Simulation, wabaId: string, body: Loose): AccountAnswer {
	const now = simulation.clock.now();
	const { name, language } = body;
	const wrongName = checkName(name, language);
	if (wrongName) return refused(wrongName);
	if (simulation.templates.creationsInHour(wabaId, now) >= MOST_PER_HOUR) {
		return refused({ code: 80008, details: `A WABA may create ${MOST_PER_HOUR} templates per hour.` });
	}
	simulation.templates.count(wabaId, now);
	const definition = readDefinition(simulation, body, String(body.parameter_format ?? 'POSITIONAL').toUpperCase());
	if (!definition.ok) return definition;
	const { components, category, named } = definition;
	const taken = takenName(simulation, wabaId, name, language, now);
	if (taken) return refused(taken);
	const given = categoryFor(category, components);
	const template = simulation.templates.add(
		{
			wabaId,
			name,
			language,
			category: given,
			parameterFormat: named ? 'NAMED' : 'POSITIONAL',
			components,
			status: 'PENDING',
			ttlSeconds: ttlOf(body),
		},
		now,
	);
	if (given !== category) template.previousCategory = category;
	review(simulation, template);
	return { ok: true, body: { id: template.id, status: 'PENDING', category: template.category } };
}

export function editTemplate(simulation: Simulation, template: Template, body: Loose): AccountAnswer {
	settleTemplates(simulation);
	const now = simulation.clock.now();
	const refusal = editRefusal(template, body, now);
	if (refusal) return refused(refusal);
	const category = String(body.category ?? template.category);
	const components = body.components ?? template.components;
	const definition = readDefinition(simulation, { category, components }, template.parameterFormat);
	if (!definition.ok) return definition;
	if (template.status === 'APPROVED') template.editedAt.push(now);
	template.components = definition.components;
	template.category = categoryFor(definition.category, definition.components);
	if (body.message_send_ttl_seconds !== undefined) template.ttlSeconds = ttlOf(body);
	template.pausedUntil = null;
	review(simulation, template);
	tellComponents(simulation, template);
	return {
		ok: true,
		body: { success: true, id: template.id, name: template.name, category: template.category },
	};
}

/** By name all languages go, with `hsm_id` only that one. */
export function deleteTemplates(
	simulation: Simulation,
	wabaId: string,
	name: string | null,
	hsmId: string | null,
): AccountAnswer {
	if (!name) return refused(badParameter('The parameter name is required.'));
	const found = simulation.templates
		.list(wabaId)
		.filter((template) => template.name === name && (hsmId === null || template.id === hsmId));
	if (found.length === 0) return refused(templateProblem(2593002, `No template '${name}' exists.`));
	return deleteAll(simulation, found);
}

export function deleteAll(simulation: Simulation, templates: Template[]): AccountAnswer {
	if (templates.some((template) => template.status === 'DISABLED')) {
		return refused(badParameter('A disabled template cannot be deleted.'));
	}
	for (const template of templates) {
		simulation.templates.remove(template, simulation.clock.now());
		tellStatus(simulation, template, { event: 'DELETED' });
	}
	return { ok: true, body: { success: true } };
}

/** Only what pacing paused waits for this; a pause for quality ends by itself. */
export function unpauseTemplate(simulation: Simulation, template: Template): AccountAnswer {
	settleTemplates(simulation);
	if (template.status !== 'PAUSED' || template.pausedUntil !== null) {
		const reason = 'Template cannot be unpaused because it is not paused due to pacing';
		return { ok: true, body: { success: false, reason } };
	}
	template.status = 'APPROVED';
	tellStatus(simulation, template, { event: 'APPROVED', other: { title: 'UNPAUSE', description: 'Unpaused by API.' } });
	return { ok: true, body: { success: true } };
}

type Read =
	{ ok: true; components: Loose[]; category: TemplateCategory; named: boolean } | { ok: false; problem: Problem };

function readDefinition(simulation: Simulation, body: Loose, format: string): Read {
	if (format !== 'POSITIONAL' && format !== 'NAMED') {
		return refused(badParameter('Param parameter_format must be one of POSITIONAL, NAMED.'));
	}
	// Form-encoded calls carry components as JSON text.
	const components = readComponents(typeof body.components === 'string' ? parsed(body.components) : body.components);
	if (!components) return refused(badParameter('The parameter components is required.'));
	const category = String(body.category ?? '').toUpperCase();
	const named = format === 'NAMED';
	const knowsHandle = (handle: string) => simulation.templates.hasHandle(handle);
	const problem = checkDefinition({ category, named, components, knowsHandle });
	return problem ? refused(problem) : { ok: true, components, category: category as TemplateCategory, named };
}

function takenName(
	simulation: Simulation,
	wabaId: string,
	name: string,
	language: string,
	now: number,
): Problem | null {
	const { templates } = simulation;
	if (templates.find(wabaId, name, language)) {
		return templateProblem(2388024, `There is already ${language} content for the template '${name}'.`);
	}
	if (templates.restsUntil(wabaId, name, language, now) !== null) {
		return templateProblem(
			2388023,
			`New ${language} content can't be added while the existing content is being deleted.`,
		);
	}
	if (templates.list(wabaId).length >= MOST_TEMPLATES) {
		return templateProblem(2388019, `A WABA may have ${MOST_TEMPLATES} templates.`);
	}
	return null;
}

/** Approved ones: once a day, ten times in 30 days, never the category; rejected and paused ones freely. */
function editRefusal(template: Template, body: Json, now: number): Problem | null {
	if (!EDITABLE.includes(template.status)) {
		return templateProblem(2388025, `Only templates with the status ${EDITABLE.join(', ')} can be edited.`);
	}
	if (template.status !== 'APPROVED') return null;
	if (body.category !== undefined && String(body.category).toUpperCase() !== template.category) {
		return templateProblem(2388025, 'The category of an approved template cannot be edited.');
	}
	const recent = template.editedAt.filter((at) => now - at < 30 * DAY);
	if (recent.length >= 10) return templateProblem(2388025, 'An approved template can be edited 10 times in 30 days.');
	const daily = recent.some((at) => now - at < DAY);
	return daily ? templateProblem(2388025, 'An approved template can be edited once in 24 hours.') : null;
}

function ttlOf(body: Json): number | null {
	const seconds = Number(body.message_send_ttl_seconds);
	return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function refused(problem: Problem): { ok: false; problem: Problem } {
	return { ok: false, problem };
}
