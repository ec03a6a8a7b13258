import type { Instant } from '../model';

/**
 * May this message leave now? Judged at the moment of sending, never earlier (D4, D-07, D-19): a human may have taken over,
 * the window may have closed while it waited. Pure; every refusal has a stable code and a sentence for people.
 */
export interface SendingFacts {
	origin: string;
	purpose: string | null;
	contentType: string;
	validUntil: Instant | null;
	/** Hours a channel allows free-form messages after the contact wrote; null = no limit. */
	serviceWindowHours: number | null;
	/** Last time the contact wrote on this channel; null = never. */
	lastInboundAt: Instant | null;
	conversation: { state: string; botPausedUntil: Instant | null } | null;
}

export type Judgement = { type: 'send' } | { type: 'refuse'; code: string; explanation: string };

// Near the end of the window the provider's clock may already have closed it.
const WINDOW_MARGIN_MS = 60_000;

// These speak for the human side: they are sent although a human attends.
const HUMAN_SIDE = new Set(['start', 'closingByAgent', 'closing', 'transfer', 'joinQueue', 'takeoverNotice', 'notice']);

export function judgeSending(facts: SendingFacts, now: Instant): Judgement {
	if (facts.validUntil !== null && now > facts.validUntil) {
		return refuse('expired', 'Não enviada: a validade da mensagem terminou antes do envio.');
	}
	const { conversation } = facts;
	if (facts.origin === 'bot' && conversation && !HUMAN_SIDE.has(facts.purpose ?? '')) {
		const paused = conversation.botPausedUntil !== null && conversation.botPausedUntil > now;
		if (paused || conversation.state === 'attending') {
			return refuse('humanAttending', 'Não enviada: uma pessoa assumiu a conversa e o bot ficou em silêncio.');
		}
	}
	if (facts.serviceWindowHours !== null) {
		const closesAt =
			facts.lastInboundAt === null ? 0 : facts.lastInboundAt + facts.serviceWindowHours * 3_600_000 - WINDOW_MARGIN_MS;
		if (now >= closesAt) {
			return refuse(
				'serviceWindowClosed',
				facts.lastInboundAt === null
					? 'Não enviada: este contato ainda não escreveu para este número; a API oficial só aceita um modelo aprovado.'
					: `Não enviada: fora da janela de ${facts.serviceWindowHours}h desde a última mensagem do contato; a API oficial só aceita um modelo aprovado.`,
			);
		}
	}
	return { type: 'send' };
}

function refuse(code: string, explanation: string): Judgement {
	return { type: 'refuse', code, explanation };
}
