/** What becomes of each fact: an event to run for, or not, and why? Pure: what is known comes in, what changes goes out. */
import { isOlder, opens, orderOfNews, type News } from '../erp/order-of-news';
import type { Candidate } from './delivery';

export type Outcome = 'event' | 'duplicate' | 'stale' | 'ignored' | 'unreadable';

/** How far a thing of an ERP has got: the last news of it that counted. */
export interface EntityState extends News {
	/** Their business key; null when nobody asked for their kind. */
	fact: string | null;
}

export interface Verdict {
	candidate: Candidate;
	outcome: Outcome;
	/** That of the fact; with its delivery behind it when the same was told before and is news again. */
	businessKey: string | null;
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
		if (!isThere(candidate, known, judged.moved)) continue;
		const verdict = { candidate, repeats: 0, ...judgeOne(candidate, facts, known, judged.moved) };
		fresh.set(delivery, verdict);
		judged.verdicts.push(verdict);
	}
	return judged;
}

/** Some facts are none unless their thing stands as they say; see ErpFact. Nothing is written down of those. */
function isThere({ source, fact, test }: Candidate, known: Known, moved: Map<string, EntityState>): boolean {
	if (fact?.type !== 'event' || fact.after === undefined) return true;
	const state = stateOf(keyOf(source, fact.entity), known, moved);
	return (
		!test && state !== null && (fact.after as readonly string[]).includes(state.kind) && isOlder(state, fact.event)
	);
}

function stateOf(entity: string, known: Known, moved: ReadonlyMap<string, EntityState>): EntityState | null {
	return moved.get(entity) ?? known.entities.get(entity) ?? null;
}

function judgeOne(
	{ fact, reason, source, deliveryKey, wanted, test }: Candidate,
	facts: Set<string>,
	known: Known,
	moved: Map<string, EntityState>,
): Pick<Verdict, 'outcome' | 'reason' | 'businessKey'> {
	if (!fact) return { outcome: 'unreadable', reason, businessKey: null };
	if (fact.type === 'ignored') return { outcome: 'ignored', reason: fact.reason, businessKey: null };
	const { kind, occurredAt } = fact.event;
	let { businessKey } = fact;
	if (!test) {
		const name = keyOf(source, businessKey);
		const entity = keyOf(source, fact.entity);
		const state = stateOf(entity, known, moved);
		// Rows of events are tidied after a while; the last fact of a thing stays.
		const isKnown = facts.has(name) || state?.fact === businessKey;
		if (isKnown && !isReturn(state, fact)) {
			if (state && isStillSo(state, fact)) moved.set(entity, { ...state, occurredAt });
			return { outcome: 'duplicate', reason: DUPLICATE, businessKey };
		}
		const order = orderOfNews(state, { kind, rank: fact.rank, occurredAt, newestWins: fact.newestWins });
		if (order.type === 'stale') return { outcome: 'stale', reason: order.reason, businessKey };
		// News without a clock leave the last one standing.
		const at = occurredAt ?? state?.occurredAt ?? null;
		moved.set(entity, { kind, rank: fact.rank, occurredAt: at, fact: wanted ? businessKey : null });
		if (wanted) facts.add(name);
		if (isKnown) businessKey = `${businessKey}@${deliveryKey}`;
	}
	if (wanted) return { outcome: 'event', reason: null, businessKey };
	return { outcome: 'ignored', reason: `${kind} não está entre os eventos escolhidos neste nó.`, businessKey };
}

const DUPLICATE = 'O mesmo fato já chegou em outro aviso deste ERP.';

/**
 * Stages are entered again: after another one, the same stage is where the thing stands now (V-04). And what was opened again
 * may be paid or cancelled again, when the clocks of the source say that it is.
 */
function isReturn(state: EntityState | null, { event, businessKey, rank }: EventFact): boolean {
	if (state === null) return false;
	if (opens(state)) return rank > state.rank && isOlder(state, event);
	return STAGES.has(event.kind) && state.kind === event.kind && state.fact !== null && state.fact !== businessKey;
}

/** The same again, later: what happened in between is over. */
function isStillSo(state: EntityState, { newestWins, businessKey, event }: EventFact): boolean {
	return newestWins === true && state.fact === businessKey && isOlder(state, event);
}

type EventFact = Extract<NonNullable<Candidate['fact']>, { type: 'event' }>;

const STAGES: ReadonlySet<string> = new Set(['service_order.stage_changed', 'order.status_changed']);
