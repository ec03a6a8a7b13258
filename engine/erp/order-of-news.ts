/**
 * May this news move its thing forward, or has something newer been told already? Pure. ERPs deliver out of order and
 * again: a paid charge must not become overdue because an old notice came late (V-04, D-34).
 */
import type { Instant } from '../model';

export interface News {
	kind: string;
	rank: number;
	/** When it happened at the source; null = it did not say. */
	occurredAt: Instant | null;
}

/** `reason` in Portuguese. */
export type NewsOrder = { type: 'forward' } | { type: 'stale'; reason: string };

const FORWARD: NewsOrder = { type: 'forward' };
const PAID = 'payment.received';
const REVERSED = 'payment.reversed';

/**
 * A lower rank never moves back, but for a reversal, which opens a paid charge again. Within one rank, and around a
 * reversal, the clocks of the source decide when both are known; two payments are two payments whatever their dates.
 */
export function orderOfNews(known: News | null, news: News): NewsOrder {
	if (known === null) return FORWARD;
	if (known.kind === PAID && news.kind === PAID) return FORWARD;
	const byClock = known.rank === news.rank || known.kind === REVERSED || news.kind === REVERSED;
	if (byClock && isOlder(news, known)) {
		return stale(`aconteceu antes do que já se sabe (${known.kind})`);
	}
	if (news.kind === REVERSED || news.rank >= known.rank) return FORWARD;
	return stale(`já se sabe de algo mais adiantado (${known.kind})`);
}

function isOlder(news: News, known: News): boolean {
	return news.occurredAt !== null && known.occurredAt !== null && news.occurredAt < known.occurredAt;
}

function stale(why: string): NewsOrder {
	return { type: 'stale', reason: `Aviso fora de ordem, sem efeito: ${why}.` };
}
