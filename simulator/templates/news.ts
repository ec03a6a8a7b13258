import { numbersOf, type Simulation } from '../simulation';
import type { Change } from '../webhooks/payloads';
import type { Template, TemplateCategory, TemplateQuality } from './model';

/** What does Meta tell about a template? Webhook values, sent to the app's callback (cloud-api.md §2.3). */
type Json = Record<string, unknown>;

export interface StatusNews {
	event: string;
	reason?: string;
	rejection?: { reason: string; recommendation: string };
	/** Title and description of why it is paused or disabled. */
	other?: { title: string; description: string };
	disabledAt?: number;
}

export function tellStatus(simulation: Simulation, template: Template, news: StatusNews): void {
	tell(simulation, template, 'message_template_status_update', {
		event: news.event,
		...about(template),
		// The webhook writes en-US where the API writes en_US.
		message_template_language: template.language.replace('_', '-'),
		message_template_category: template.category,
		reason: news.reason ?? 'NONE',
		...(news.rejection ? { rejection_info: news.rejection } : {}),
		...(news.other ? { other_info: news.other } : {}),
		...(news.disabledAt === undefined ? {} : { disable_info: { disable_date: Math.floor(news.disabledAt / 1000) } }),
	});
}

export function tellQuality(simulation: Simulation, template: Template, previous: TemplateQuality): void {
	tell(simulation, template, 'message_template_quality_update', {
		previous_quality_score: previous,
		new_quality_score: template.quality,
		...about(template),
	});
}

/** Announced a day before: `new_category` is the current one, `correct_category` the one to come. */
export function tellCategoryAnnounced(simulation: Simulation, template: Template): void {
	tell(simulation, template, 'template_category_update', {
		...about(template),
		correct_category: template.correctCategory,
		new_category: template.category,
		category_update_timestamp: Math.floor((template.categoryChangesAt ?? 0) / 1000),
	});
}

export function tellCategoryChanged(simulation: Simulation, template: Template, previous: TemplateCategory): void {
	tell(simulation, template, 'template_category_update', {
		...about(template),
		previous_category: previous,
		new_category: template.category,
	});
}

export function tellComponents(simulation: Simulation, template: Template): void {
	const body = template.components.find((component) => component.type === 'BODY');
	tell(simulation, template, 'message_template_components_update', {
		...about(template),
		message_template_element: body?.text ?? '',
	});
}

function about(template: Template): Json {
	return {
		message_template_id: Number(template.id),
		message_template_name: template.name,
		message_template_language: template.language,
	};
}

function tell(simulation: Simulation, template: Template, field: string, value: Json): void {
	const change: Change = { field, value };
	simulation.webhooks.sendToApp(numbersOf(simulation, template.wabaId), change, simulation.clock.now());
	simulation.events.emit({ type: 'templates' });
}
