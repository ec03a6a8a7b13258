import { isStart, refuse, type Rule } from './facts';

/**
 * Who did not answer a start is left alone for a while before the next campaign (C-27, stricter than Meta). It waits for the
 * end of the cooldown, unless it would be stale by then; an answer of the contact ends the wait.
 */
export const startCooldown: Rule = (facts, now) => {
	const { kind, lastStartAt, lastInboundAt, cooldownMs, validUntil, hasPlace } = facts;
	if (kind !== 'campaign' || hasPlace || cooldownMs === 0 || lastStartAt === null || !isStart(facts, now)) return null;
	const answered = lastInboundAt !== null && lastInboundAt >= lastStartAt;
	const until = lastStartAt + cooldownMs;
	if (answered || now >= until) return null;
	const hours = Math.round(cooldownMs / 3_600_000);
	const why = `o contato não respondeu à abordagem anterior, feita há menos de ${hours}h`;
	if (validUntil !== null && until > validUntil) {
		return refuse('startCooldown', `Não enviada: ${why}, e a validade da mensagem termina antes.`);
	}
	return {
		type: 'postpone',
		until,
		code: 'startCooldown',
		text: `Adiada: ${why}. Sai depois disso ou se ele responder.`,
	};
};
