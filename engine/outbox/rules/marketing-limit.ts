import { refuse, templateKey, type Rule, type SendingFacts } from './facts';

/** Meta's own patience with one person; insisting makes it longer. */
export const MARKETING_LIMIT_MS = 24 * 3_600_000;

/**
 * Meta lately did not deliver marketing to this contact because they got too much of it, from whomever (131049): no more marketing
 * for a day. It waits for that, unless it would be stale by then.
 */
export const marketingLimit: Rule = (facts, now) => {
	const { marketingLimitedAt, validUntil } = facts;
	if (marketingLimitedAt === null || !isMarketing(facts)) return null;
	const until = marketingLimitedAt + MARKETING_LIMIT_MS;
	if (now >= until) return null;
	const why = 'há menos de 24h a Meta não entregou marketing a este contato, para não cansá-lo';
	if (validUntil !== null && until > validUntil) {
		return refuse('marketingLimit', `Não enviada: ${why}, e a validade da mensagem termina antes.`);
	}
	return { type: 'postpone', until, code: 'marketingLimit', text: `Adiada: ${why}. Sai depois disso.` };
};

/** As the provider sees it today, which may have moved it since the message was written; else as the message says. */
export function isMarketing({ content, templates }: Pick<SendingFacts, 'content' | 'templates'>): boolean {
	if (content.type !== 'template') return false;
	return (templates.get(templateKey(content))?.category ?? content.category) === 'marketing';
}
