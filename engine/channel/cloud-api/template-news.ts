/**
 * What does account news say about a template? Pure reading of Meta's four template fields; null for all other news.
 * Source: Cloud API webhooks `message_template_status_update`, `message_template_quality_update`, `template_category_update`,
 * `message_template_components_update` (reference: cloud-api §2.3).
 */
import type { AccountEvent, Instant } from '../../model';
import type { Template, TemplateCategory, TemplateStatus } from '../../model-template';
import { readCategory, readLanguage, readQuality, readReason, readStatus } from './template-definition';
import { isObject, textOf, type Json } from '../untrusted';

export interface TemplateNews {
	/** The provider's id of the template; null when it is not told. */
	id: string | null;
	name: string;
	language: string;
	at: Instant;
	change: TemplateChange;
}

export type TemplateChange =
	| {
			type: 'status';
			status: TemplateStatus;
			/** It was paused or disabled and may be sent again. */
			reinstated: boolean;
			/** Meta warns that it may be paused; nothing changed yet. */
			flagged: boolean;
			/** Portuguese; null when none was given. */
			reason: string | null;
			/** As Meta writes it. */
			recommendation: string | null;
	  }
	| { type: 'quality'; from: Template['quality']; to: Template['quality'] }
	/** `announced`: it has not happened yet. */
	| { type: 'category'; announced: boolean; from: TemplateCategory; to: TemplateCategory }
	| { type: 'content' };

export function readTemplateNews({ field, raw, at }: AccountEvent): TemplateNews | null {
	if (!isObject(raw)) return null;
	const change = Object.hasOwn(READERS, field) ? READERS[field]!(raw) : null;
	const name = textOf(raw.message_template_name);
	const language = textOf(raw.message_template_language);
	if (change === null || name === null || language === null) return null;
	const id = raw.message_template_id;
	const known = typeof id === 'string' || typeof id === 'number' ? String(id) : null;
	return { id: known, name, language: readLanguage(language), at, change };
}

const READERS: Record<string, (raw: Json) => TemplateChange | null> = {
	message_template_status_update: readStatusChange,
	message_template_quality_update: readQualityChange,
	// Meta's own sample of quality news carries the field name of the status.
	template_category_update: readCategoryChange,
	message_template_components_update: () => ({ type: 'content' }),
};

function readStatusChange(raw: Json): TemplateChange | null {
	// Meta's own sample of quality news carries the field name of the status.
	if (raw.new_quality_score !== undefined) return readQualityChange(raw);
	const event = textOf(raw.event);
	if (event === null) return null;
	const rejection = isObject(raw.rejection_info) ? raw.rejection_info : {};
	const other = isObject(raw.other_info) ? raw.other_info : {};
	const title = textOf(other.title);
	const status = STILL_APPROVED.has(event) ? 'approved' : readStatus(event);
	const told = [
		readReason(raw.reason),
		textOf(rejection.reason),
		title === null ? null : (PAUSES[title] ?? textOf(other.description)),
	].filter((each) => each !== null);
	return {
		type: 'status',
		status,
		reinstated: event === 'REINSTATED' || title === 'UNPAUSE',
		flagged: event === 'FLAGGED',
		reason: told.length > 0 && status !== 'approved' ? told.join('; ') : null,
		recommendation: textOf(rejection.recommendation),
	};
}

const STILL_APPROVED = new Set(['REINSTATED', 'FLAGGED', 'LOCKED']);

function readQualityChange(raw: Json): TemplateChange | null {
	if (raw.new_quality_score === undefined) return null;
	return { type: 'quality', from: readQuality(raw.previous_quality_score), to: readQuality(raw.new_quality_score) };
}

/** An announcement names the coming category in `correct_category` and the present one in `new_category`. */
function readCategoryChange(raw: Json): TemplateChange | null {
	if (raw.correct_category !== undefined) {
		const [from, to] = [readCategory(raw.new_category), readCategory(raw.correct_category)];
		return { type: 'category', announced: true, from, to };
	}
	if (raw.new_category === undefined) return null;
	const [from, to] = [readCategory(raw.previous_category), readCategory(raw.new_category)];
	return { type: 'category', announced: false, from, to };
}

const PAUSES: Record<string, string> = {
	FIRST_PAUSE: 'primeira pausa, de 3 horas',
	SECOND_PAUSE: 'segunda pausa, de 6 horas; na próxima a Meta o desativa',
	RATE_LIMITING_PAUSE: 'pausado pelo ritmo de envio; retome-o no Gerenciador do WhatsApp',
	DISABLED: 'desativado por baixa qualidade',
};
