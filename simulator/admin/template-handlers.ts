import { settlePacing as settle } from '../cloud-api/deliver';
import { decide, type Decision, settleTemplates } from '../templates/decide';
import { readComponents } from '../templates/check-definition';
import type { NewTemplate, Template } from '../templates/model';
import type { Simulation } from '../simulation';
import type { Handler } from './handlers';
import { type Call, numberOf, ok, refusal } from './requests';

/** The reviewer's desk: which templates exist, and what is decided about them. */
const DECISIONS: Record<Decision['decision'], true> = {
	approve: true,
	reject: true,
	pause: true,
	unpause: true,
	disable: true,
	flag: true,
	appeal: true,
	recategorize: true,
	quality: true,
};
const CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];
const SCORES = ['GREEN', 'YELLOW', 'RED', 'UNKNOWN'];

export const listTemplates: Handler = (simulation, { query }) => {
	settleTemplates(simulation);
	const wabaId = query.get('wabaId') ?? numberOf(simulation, null)?.wabaId ?? '';
	const name = query.get('name');
	const found = simulation.templates.list(wabaId).filter((template) => name === null || template.name === name);
	return ok({ templates: found });
};

/** A template that is simply there: no review, no webhook. */
export const addTemplate: Handler = (simulation, { body }) => {
	const wabaId = body.wabaId ?? numberOf(simulation, null)?.wabaId;
	const components = readComponents(body.components);
	if (typeof body.name !== 'string' || !components || !wabaId) return refusal('name and components are required.');
	const language = body.language ?? 'pt_BR';
	if (simulation.templates.find(wabaId, body.name, language)) {
		return refusal(`The template ${body.name} exists in ${language} already.`, 409);
	}
	const input = { ...(body as NewTemplate), language, wabaId, components };
	const template = simulation.templates.add(input, simulation.clock.now());
	simulation.events.emit({ type: 'templates' });
	return ok(template);
};

export const decideTemplate: Handler = (simulation, { params, body }) => {
	const found = findTemplate(simulation, params.id ?? '', body);
	if (typeof found === 'string') return refusal(found, 404);
	const wrong = decisionProblem(body);
	if (wrong) return refusal(wrong);
	decide(simulation, found, body as Decision);
	return ok(found);
};

/** What is held for quality assessment goes out, or fails with 132015. */
export const settlePacing: Handler = (simulation, { body }) => {
	if (body.outcome !== 'deliver' && body.outcome !== 'drop') return refusal("outcome must be 'deliver' or 'drop'.");
	return ok({ settled: settle(simulation, body.outcome) });
};

/** By id, or by a name that is in one language only (or with `language`). */
function findTemplate(simulation: Simulation, id: string, { language }: Call['body']): Template | string {
	const known = simulation.templates.byId(id);
	if (known) return known;
	const named = [...simulation.templates.all()].filter(
		(template) => template.name === id && (language === undefined || template.language === language),
	);
	if (named.length === 0) return `There is no template '${id}'.`;
	return named.length === 1 ? named[0]! : `'${id}' exists in several languages: give a language or the id.`;
}

function decisionProblem(body: Call['body']): string | null {
	if (!(String(body.decision) in DECISIONS)) return `decision must be one of ${Object.keys(DECISIONS).join(', ')}.`;
	const category: unknown = body.category;
	if (category !== undefined && !CATEGORIES.includes(String(category))) {
		return `category must be one of ${CATEGORIES.join(', ')}.`;
	}
	if (body.decision === 'recategorize' && category === undefined) return 'category is required.';
	if (body.decision === 'quality' && !SCORES.includes(body.score)) return `score must be one of ${SCORES.join(', ')}.`;
	return null;
}
