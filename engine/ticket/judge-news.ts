/**
 * What do the news of a source change about a ticket? Pure. The same news twice change nothing; news older than the last ones
 * move nothing back, they fill in at most what nobody has said yet (the opening that comes after the closing).
 */
import type { Instant } from '../model';
import { fold } from '../text';
import type { Ticket, TicketChange, TicketFacts, TicketField, TicketNews, TicketOutcome, TicketState } from './types';

export interface Judgement {
	outcome: TicketOutcome;
	ticket: Ticket;
	isNew: boolean;
	/** What differs from before; of a new ticket nothing. */
	changes: TicketChange[];
	/** The priority became critical with this news (V-14). */
	becameCritical: boolean;
}

/** A clock that runs so far ahead is wrong, and would make all later news look old. */
const AHEAD_AT_MOST_MS = 24 * 3_600_000;

/** @param id of the ticket, when there is none yet */
export function judgeNews(
	known: Ticket | null,
	identity: { id: string; source: string; code: string },
	news: TicketNews,
	now: Instant,
): Judgement {
	const sourceAt = news.sourceAt !== null && news.sourceAt > now + AHEAD_AT_MOST_MS ? now : news.sourceAt;
	if (known === null) return open(identity, { ...news, sourceAt }, now);
	const isStale = sourceAt !== null && known.sourceAt !== null && sourceAt < known.sourceAt;
	if (isStale) return fillGaps(known, news, now);
	const next: Ticket = { ...known, ...factsOf(news, known), sourceAt: sourceAt ?? known.sourceAt };
	next.priority = news.priority ?? known.priority;
	if (known.state === 'open' && saysClosed(news)) Object.assign(next, { state: 'closed', closedAt: now });
	if (known.state === 'closed' && news.state === 'open') Object.assign(next, { state: 'open', closedAt: null });
	Object.assign(next, placeOf(known, news, next.state));
	return compare(known, next, now, 'updated');
}

/** A person's or a workflow's own change, without news of the source. */
export function changeTicket(known: Ticket, change: Partial<Ticket>, now: Instant): Judgement {
	const next = { ...known, ...change };
	if (change.state && change.state !== known.state) next.closedAt = change.state === 'closed' ? now : null;
	return compare(known, next, now, 'updated');
}

function open(identity: { id: string; source: string; code: string }, news: TicketNews, now: Instant): Judgement {
	const isClosed = saysClosed(news);
	const { number, issuedAt, product, problem, status, link, sourceAt, contactId } = news;
	const ticket: Ticket = {
		...identity,
		...{ number, issuedAt, product, problem, status, link, sourceAt, contactId },
		priority: news.priority ?? 'normal',
		state: isClosed ? 'closed' : 'open',
		conversationId: news.conversationId ?? (isClosed ? null : conversationOf(contactId, news)),
		createdAt: now,
		updatedAt: now,
		closedAt: isClosed ? now : null,
	};
	const becameCritical = !isClosed && ticket.priority === 'critical';
	return { outcome: isClosed ? 'closed' : 'created', ticket, isNew: true, changes: [], becameCritical };
}

function fillGaps(known: Ticket, news: TicketNews, now: Instant): Judgement {
	const next: Ticket = { ...known, contactId: known.contactId ?? news.contactId };
	// As if they had come in order: what newer news did not say is known from the older ones.
	for (const field of FACTS) if (known[field] === null) Object.assign(next, { [field]: news[field] });
	Object.assign(next, placeOf(known, { ...news, contactId: next.contactId }, known.state));
	return { ...compare(known, next, now, 'stale'), outcome: 'stale' };
}

function compare(known: Ticket, next: Ticket, now: Instant, otherwise: TicketOutcome): Judgement {
	const changes: TicketChange[] = COMPARED.flatMap(([field, read]) => {
		const [from, to] = [read(known), read(next)];
		return from === to ? [] : [{ field, from, to }];
	});
	const becameCritical = next.priority === 'critical' && known.priority !== 'critical' && next.state === 'open';
	const ticket = changes.length > 0 ? { ...next, updatedAt: now } : next;
	if (next.state !== known.state) {
		const outcome = next.state === 'closed' ? 'closed' : 'reopened';
		return { outcome, ticket, isNew: false, changes, becameCritical };
	}
	const outcome = changes.length > 0 ? otherwise : 'unchanged';
	return { outcome, ticket, isNew: false, changes, becameCritical };
}

const FACTS = ['number', 'issuedAt', 'product', 'problem', 'status', 'link'] as const satisfies ReadonlyArray<
	keyof TicketFacts
>;

const COMPARED: ReadonlyArray<[TicketField, (ticket: Ticket) => string | null]> = [
	['state', (ticket) => ticket.state],
	['status', (ticket) => ticket.status],
	['priority', (ticket) => ticket.priority],
	['number', (ticket) => ticket.number],
	['issuedAt', ({ issuedAt }) => (issuedAt === null ? null : new Date(issuedAt).toISOString())],
	['product', (ticket) => ticket.product],
	['problem', (ticket) => ticket.problem],
	['link', (ticket) => ticket.link],
	['contact', (ticket) => ticket.contactId],
	['conversation', (ticket) => ticket.conversationId],
];

/** What the news do not say stays. */
function factsOf(news: TicketNews, known: Ticket): TicketFacts {
	return Object.fromEntries(FACTS.map((field) => [field, news[field] ?? known[field]])) as unknown as TicketFacts;
}

/** A ticket stays with its conversation until another is named or it belongs to somebody else. */
function placeOf(known: Ticket, news: TicketNews, state: TicketState): Pick<Ticket, 'contactId' | 'conversationId'> {
	const contactId = news.contactId ?? known.contactId;
	const kept = contactId === known.contactId ? known.conversationId : null;
	const found = kept ?? (state === 'open' ? conversationOf(contactId, news) : null);
	return { contactId, conversationId: news.conversationId ?? found };
}

function conversationOf(contactId: string | null, { openConversations }: TicketNews): string | null {
	return contactId === null ? null : (openConversations.get(contactId) ?? null);
}

function saysClosed({ state, status, closedStatuses }: TicketNews): boolean {
	if (state !== null) return state === 'closed';
	return status !== null && closedStatuses.some((each) => fold(each) === fold(status));
}
