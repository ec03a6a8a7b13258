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
const PARTLY_PAID = 'payment.partial';
const REVERSED = 'payment.reversed';
const REOPENED = 'charge.reopened';

/**
 * A lower rank never moves back, but for a reversal, which opens a paid charge again, and a reopening, which opens a
 * cancelled one. Within one rank, around those two, and of senders that tell how a thing stands as a whole, the clocks of
 * the source decide when both are known; two payments are two payments whatever their dates, and so are parts of one.
 */
export function orderOfNews(known: News | null, news: News & { newestWins?: true }): NewsOrder {
	if (known === null) return FORWARD;
	if (known.kind === PAID && news.kind === PAID) return FORWARD;
	const isPart = news.kind === PARTLY_PAID && known.rank === news.rank;
	const byClock = (known.rank === news.rank && !isPart) || opens(known) || opens(news) || news.newestWins;
	if (byClock && isOlder(news, known)) {
		return stale(`aconteceu antes do que já se sabe (${known.kind})`);
	}
	if (news.rank >= known.rank || news.kind === REVERSED) return FORWARD;
	// What is restored is not deleted any more; if it was paid meanwhile, it is paid all the same.
	if (news.kind === REOPENED && known.kind !== PAID) return FORWARD;
	return stale(`já se sabe de algo mais adiantado (${known.kind})`);
}

/** Whether the thing is open again by it. */
export function opens({ kind }: { kind: string }): boolean {
	return kind === REVERSED || kind === REOPENED;
}

/** By the clocks of the source; false where one of them is not known. */
export function isOlder(news: Pick<News, 'occurredAt'>, known: Pick<News, 'occurredAt'>): boolean {
	return news.occurredAt !== null && known.occurredAt !== null && news.occurredAt < known.occurredAt;
}

function stale(why: string): NewsOrder {
	return { type: 'stale', reason: `Aviso fora de ordem, sem efeito: ${why}.` };
}
