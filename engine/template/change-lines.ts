/** How is a change of a template told on the timeline? One event per state, in Portuguese (C-34). Pure. */
import type { Instant } from '../model';
import type { Template, TemplateCategory, TemplateStatus } from '../model-template';
import type { TimelineLine } from '../timeline/timeline';
import { CATEGORY_WORDS } from './status-words';
import type { StoredTemplate } from './rows';

export interface TemplateName {
	name: string;
	language: string;
}

/** What a refreshed list shows that the webhooks did not tell (their fields may not be subscribed). */
export function changeLines(
	channelId: string,
	before: readonly StoredTemplate[],
	after: readonly Template[],
	now: Instant,
): TimelineLine[] {
	const known = new Map(before.map(({ template }) => [`${template.name} ${template.language}`, template]));
	return after.flatMap((template) => {
		const old = known.get(`${template.name} ${template.language}`);
		if (!old) return [];
		const lines: TimelineLine[] = [];
		if (old.status !== template.status && template.status !== 'unknown') {
			const { status, reason } = template;
			const reinstated = isReturn(old.status, status);
			lines.push(statusLine(channelId, template, status, { reason, reinstated }, now));
		}
		if (old.category !== template.category) {
			lines.push(categoryLine(channelId, template, old.category, template.category, now));
		}
		return lines;
	});
}

/** Whether it may be sent again after it could not for a while. */
export function isReturn(from: TemplateStatus | undefined, to: TemplateStatus): boolean {
	return to === 'approved' && (from === 'paused' || from === 'disabled');
}

const EVENTS: Partial<Record<TemplateStatus, string>> = {
	approved: 'templateApproved',
	pending: 'templatePending',
	rejected: 'templateRejected',
	paused: 'templatePaused',
	disabled: 'templateDisabled',
};

export function statusLine(
	channelId: string,
	template: TemplateName,
	status: TemplateStatus,
	details: { reason?: string | null; recommendation?: string | null; reinstated?: boolean },
	at: Instant,
): TimelineLine {
	const { reason = null, recommendation = null, reinstated = false } = details;
	return {
		event: reinstated ? 'templateReinstated' : (EVENTS[status] ?? 'templateStatusChanged'),
		at,
		channelId,
		text: `O modelo ${quoted(template)} ${HAPPENED[status](reinstated)}${reason ? `: ${reason.replace(/[.\s]+$/, '')}` : ''}.${recommendation ? ` Recomendação da Meta: ${recommendation}` : ''}`,
		data: { ...named(template), status, reason, recommendation },
	};
}

export function categoryLine(
	channelId: string,
	template: TemplateName,
	from: TemplateCategory,
	to: TemplateCategory,
	at: Instant,
): TimelineLine {
	const dearer = to === 'marketing' ? ' Cada envio passa a custar o preço de marketing.' : '';
	return {
		event: 'templateRecategorised',
		at,
		channelId,
		text: `A Meta mudou o modelo ${quoted(template)} de ${CATEGORY_WORDS[from]} para ${CATEGORY_WORDS[to]}.${dearer}`,
		data: { ...named(template), from, to, announced: false },
	};
}

/** What Meta will change, with a day's notice: there is still time to object in WhatsApp Manager. */
export function announcementLine(
	channelId: string,
	template: TemplateName,
	from: TemplateCategory,
	to: TemplateCategory,
	at: Instant,
): TimelineLine {
	return {
		event: 'templateRecategorised',
		at,
		channelId,
		text: `A Meta vai mudar o modelo ${quoted(template)} de ${CATEGORY_WORDS[from]} para ${CATEGORY_WORDS[to]}. Peça revisão no Gerenciador do WhatsApp se não concordar.`,
		data: { ...named(template), from, to, announced: true },
	};
}

export function qualityLine(
	channelId: string,
	template: TemplateName,
	from: Template['quality'],
	to: Template['quality'],
	at: Instant,
): TimelineLine {
	const risk = to === 'red' ? ' Ele pode ser pausado: envie menos e só a quem espera a mensagem.' : '';
	return {
		event: 'templateQualityChanged',
		at,
		channelId,
		text: `A qualidade do modelo ${quoted(template)} passou de ${QUALITY_WORDS[from]} para ${QUALITY_WORDS[to]}.${risk}`,
		data: { ...named(template), from, to },
	};
}

export function contentLine(channelId: string, template: TemplateName, at: Instant): TimelineLine {
	return {
		event: 'templateContentChanged',
		at,
		channelId,
		text: `O conteúdo do modelo ${quoted(template)} foi alterado na Meta. Confira as variáveis nos nós que o enviam.`,
		data: named(template),
	};
}

export function flaggedLine(channelId: string, template: TemplateName, at: Instant): TimelineLine {
	return {
		event: 'templateStatusChanged',
		at,
		channelId,
		text: `O modelo ${quoted(template)} foi sinalizado pela Meta e pode ser pausado. Ele ainda pode ser enviado.`,
		data: { ...named(template), status: 'approved', flagged: true },
	};
}

const QUALITY_WORDS: Record<Template['quality'], string> = {
	green: 'verde',
	yellow: 'amarela',
	red: 'vermelha',
	unknown: 'sem nota',
};

export function quoted({ name, language }: TemplateName): string {
	return `"${name}" (${language})`;
}

export function named({ name, language }: TemplateName): TemplateName {
	return { name, language };
}

const HAPPENED: Record<TemplateStatus, (reinstated: boolean) => string> = {
	approved: (reinstated) => (reinstated ? 'voltou a valer' : 'foi aprovado e já pode ser enviado'),
	pending: () => 'está em análise pela Meta',
	rejected: () => 'foi rejeitado',
	paused: () => 'foi pausado por baixa qualidade e não pode ser enviado por enquanto',
	disabled: () => 'foi desativado e não pode mais ser enviado',
	inAppeal: () => 'está em recurso na Meta',
	pendingDeletion: () => 'será excluído',
	deleted: () => 'foi excluído na Meta',
	limitExceeded: () => 'passou do limite de modelos da conta',
	archived: () => 'foi arquivado',
	unknown: () => 'mudou para uma situação desconhecida',
};
