import type { Instant } from '../../model';
import { refuse, type Rule, type SendingFacts } from './facts';

/** What is said of a message that was sent as a template. */
export const usedTemplate = (name: string): string => `Fora da janela de 24h — usado o modelo "${name}".`;

export const HELD = {
	type: 'hold',
	code: 'waitingForContact',
	text: 'Guardada: fora da janela de 24h. Sai assim que o contato escrever.',
} as const;

/**
 * Free text only while the provider lets it through, with a margin, because clocks differ (C-28, D-19). Afterwards the
 * message's own plan decides: refuse it, send a template in its place, or keep it until the contact writes.
 */
export const serviceWindow: Rule = (facts, now) => {
	if (facts.content.type === 'template' || isWindowOpen(facts, now)) return null;
	const plan = facts.outsideWindow;
	if (plan.type === 'template') {
		return { type: 'sendInstead', content: plan.content, hint: usedTemplate(plan.content.name) };
	}
	if (plan.type === 'hold') return HELD;
	return refuse(
		'serviceWindowClosed',
		facts.lastInboundAt === null
			? 'Não enviada: este contato ainda não escreveu para este número; a API oficial só aceita um modelo aprovado.'
			: `Não enviada: fora da janela de ${facts.serviceWindowHours}h desde a última mensagem do contato; a API oficial só aceita um modelo aprovado.`,
	);
};

function isWindowOpen({ serviceWindowHours, windowMarginMs, lastInboundAt }: SendingFacts, now: Instant): boolean {
	if (serviceWindowHours === null) return true;
	return lastInboundAt !== null && now < lastInboundAt + serviceWindowHours * 3_600_000 - windowMarginMs;
}
