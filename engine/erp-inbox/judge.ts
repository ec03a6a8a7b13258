/** What becomes of each fact: an event to run for, or not, and why? Pure: what is known comes in, what changes goes out. */
import { orderOfNews, type News } from '../erp/order-of-news';
import type { Candidate } from './delivery';

export type Outcome = 'event' | 'duplicate' | 'stale' | 'ignored' | 'unreadable';

/** How far a thing of an ERP has got: the last news of it that counted. */
export type EntityState = News;

export interface Verdict {
	candidate: Candidate;
	outcome: Outcome;
	/** In Portuguese; null for an event. Of an unreadable body the reader's own words. */
	reason: string | null;
	/** How often the very same delivery came again within the batch. */
	repeats: number;
}

/** Keys are as `keyOf` writes them. */
export interface Known {
	/** Deliveries that are stored already. */
	deliveries: ReadonlySet<string>;
	/** Facts that were an event before. */
	facts: ReadonlySet<string>;
	entities: ReadonlyMap<string, EntityState>;
}

export interface Judged {
	verdicts: Verdict[];
	/** Stored deliveries that came again, with how often. */
	repeated: Map<string, number>;
	/** Entities that have got further. */
	moved: Map<string, EntityState>;
}

export function keyOf(source: string, name: string): string {
	return `${source}\n${name}`;
}

/**
 * In the order of arrival, as if each came alone. News of a kind nobody asked for still moves its entity: an overdue notice
 * that comes after an unwanted payment is stale all the same.
 */
export function judge(candidates: readonly Candidate[], known: Known): Judged {
	const fresh = new Map<string, Verdict>();
	const facts = new Set(known.facts);
	const judged: Judged = { verdicts: [], repeated: new Map(), moved: new Map() };
	for (const candidate of candidates) {
		const delivery = keyOf(candidate.source, candidate.deliveryKey);
		const first = fresh.get(delivery);
		if (first) {
			first.repeats++;
			continue;
		}
		if (known.deliveries.has(delivery)) {
			judged.repeated.set(delivery, (judged.repeated.get(delivery) ?? 0) + 1);
			continue;
		}
		const verdict = { candidate, repeats: 0, ...judgeOne(candidate, facts, known, judged.moved) };
		fresh.set(delivery, verdict);
		judged.verdicts.push(verdict);
	}
	return judged;
}

function judgeOne(
	{ fact, reason, source, wanted, test }: Candidate,
	facts: Set<string>,
	known: Known,
	moved: Map<string, EntityState>,
): Pick<Verdict, 'outcome' | 'reason'> {
	if (!fact) return { outcome: 'unreadable', reason };
	if (fact.type === 'ignored') return { outcome: 'ignored', reason: fact.reason };
	const { kind, occurredAt } = fact.event;
	if (!test) {
		const name = keyOf(source, fact.businessKey);
		if (facts.has(name)) return { outcome: 'duplicate', reason: 'O mesmo fato já chegou em outro aviso deste ERP.' };
		const entity = keyOf(source, fact.entity);
		const state = moved.get(entity) ?? known.entities.get(entity) ?? null;
		const order = orderOfNews(state, { kind, rank: fact.rank, occurredAt });
		if (order.type === 'stale') return { outcome: 'stale', reason: order.reason };
		// News without a clock leave the last one standing.
		moved.set(entity, { kind, rank: fact.rank, occurredAt: occurredAt ?? state?.occurredAt ?? null });
		if (wanted) facts.add(name);
	}
	if (wanted) return { outcome: 'event', reason: null };
	return { outcome: 'ignored', reason: `${kind} não está entre os eventos escolhidos neste nó.` };
}
