import type { Simulation } from '../simulation';
import { settleTemplates } from '../templates/decide';
import type { Template } from '../templates/model';
import type { AccountAnswer } from './account';
import type { Json } from './checks';

/** What do the template reads answer? Fields, filters and pages of `/{waba-id}/message_templates` (cloud-api.md §4). */
const DEFAULT_FIELDS = ['name', 'parameter_format', 'components', 'language', 'status', 'category', 'id'];
const MOST_PER_PAGE = 1_000;

export function readTemplate(simulation: Simulation, template: Template, fields: string | null): AccountAnswer {
	settleTemplates(simulation);
	return chosen(template, fields);
}

export function listTemplates(simulation: Simulation, wabaId: string, query: URLSearchParams, url: URL): AccountAnswer {
	settleTemplates(simulation);
	const limit = Number(query.get('limit') ?? 25);
	if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) {
		return { ok: false, problem: { code: 100, details: `Param limit must be a number from 1 to ${MOST_PER_PAGE}.` } };
	}
	const all = simulation.templates.list(wabaId).filter((template) => matches(template, query));
	const page = pageOf(all, query, limit);
	if (!page)
		return { ok: false, problem: { code: 131059, details: 'The paging cursor is unknown. Start over without it.' } };
	const data: Json[] = [];
	for (const template of page.templates) {
		const one = chosen(template, query.get('fields'));
		if (!one.ok) return one;
		data.push(one.body);
	}
	if (data.length === 0) return { ok: true, body: { data } };
	const [first, last] = [page.templates[0]!, page.templates.at(-1)!];
	const cursors = { before: cursorOf(first), after: cursorOf(last) };
	const link = (name: 'before' | 'after') => {
		const target = new URL(url);
		target.searchParams.delete(name === 'after' ? 'before' : 'after');
		target.searchParams.set(name, cursors[name]);
		return target.toString();
	};
	const paging = {
		cursors,
		...(page.hasNext ? { next: link('after') } : {}),
		...(page.hasPrevious ? { previous: link('before') } : {}),
	};
	return { ok: true, body: { data, paging } };
}

function chosen(template: Template, fields: string | null): AccountAnswer {
	const all = allFields(template);
	const wanted = fields ? fields.split(',').map((field) => field.trim()) : DEFAULT_FIELDS;
	const body: Json = {};
	for (const field of [...wanted, 'id']) {
		if (!(field in all)) {
			const title = `Tried accessing nonexisting field (${field}) on node type (WhatsAppMessageTemplate)`;
			return { ok: false, problem: { code: 100, title, details: `Unknown field '${field}'.` } };
		}
		// What has no value is left out, as Graph does.
		if (all[field] !== null) body[field] = all[field];
	}
	return { ok: true, body };
}

function allFields(template: Template): Json {
	return {
		id: template.id,
		name: template.name,
		language: template.language,
		status: template.status,
		category: template.category,
		previous_category: template.previousCategory,
		correct_category: template.correctCategory,
		parameter_format: template.parameterFormat,
		components: template.components,
		quality_score: { score: template.quality, date: Math.floor(template.createdAt / 1000) },
		rejected_reason: template.rejectedReason,
		message_send_ttl_seconds: template.ttlSeconds,
		last_updated_time: new Date(template.editedAt.at(-1) ?? template.createdAt).toISOString(),
	};
}

function matches(template: Template, query: URLSearchParams): boolean {
	const among = (name: string, value: string) => {
		const wanted = query.get(name);
		if (!wanted) return true;
		// One value, several with commas, or a JSON list.
		return wanted
			.replace(/[[\]"\s]/g, '')
			.split(',')
			.some((one) => one.toUpperCase() === value.toUpperCase());
	};
	const name = query.get('name');
	return (
		among('status', template.status) &&
		among('category', template.category) &&
		among('language', template.language) &&
		// Meta finds names that contain the text.
		(!name || template.name.includes(name.toLowerCase()))
	);
}

interface Page {
	templates: Template[];
	hasNext: boolean;
	hasPrevious: boolean;
}

function pageOf(all: Template[], query: URLSearchParams, limit: number): Page | null {
	const at = (cursor: string) => all.findIndex((template) => cursorOf(template) === cursor);
	const [after, before] = [query.get('after'), query.get('before')];
	let start = 0;
	if (after) {
		if (at(after) < 0) return null;
		start = at(after) + 1;
	} else if (before) {
		if (at(before) < 0) return null;
		start = Math.max(0, at(before) - limit);
	}
	const end = before && !after ? at(before) : start + limit;
	return { templates: all.slice(start, end), hasNext: end < all.length, hasPrevious: start > 0 };
}

function cursorOf(template: Template): string {
	return Buffer.from(`MAZDZD${template.id}`).toString('base64url');
}
