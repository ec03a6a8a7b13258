import type { TemplateContent } from '../../engine/model-template';
import type { SendingFacts } from '../../engine/outbox/rules/facts';

/** 10:00 in São Paulo. */
export const TUESDAY_10H = Date.UTC(2026, 2, 10, 13);
export const HOUR = 3_600_000;

/** A menu of the bot for somebody who wrote an hour ago; tests change what they are about. */
export function someFacts(more: Partial<SendingFacts> = {}): SendingFacts {
	return {
		kind: 'reply',
		origin: 'bot',
		purpose: 'menu',
		content: { type: 'text', text: 'Olá' },
		outsideWindow: { type: 'fail' },
		askedAt: TUESDAY_10H,
		validUntil: null,
		contactHours: null,
		reminder: null,
		serviceWindowHours: 24,
		windowMarginMs: 60_000,
		lastInboundAt: TUESDAY_10H - HOUR,
		conversation: { state: 'triage', botPausedUntil: null },
		consent: null,
		channelHasTemplates: true,
		templates: new Map(),
		lastStartAt: null,
		marketingLimitedAt: null,
		answerFirst: false,
		cooldownMs: 24 * HOUR,
		hasPlace: false,
		...more,
	};
}

export function someTemplate(more: Partial<TemplateContent> = {}): TemplateContent {
	return {
		type: 'template',
		name: 'lembrete',
		language: 'pt_BR',
		category: 'utility',
		parameterFormat: 'positional',
		header: null,
		body: [{ name: '1', text: 'Ana' }],
		buttons: [],
		text: 'Olá, Ana. Sua fatura vence amanhã.',
		options: [],
		...more,
	};
}
