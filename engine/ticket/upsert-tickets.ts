/**
 * Mirrors what other systems tell about their processes (V-02…V-04, V-13): one ticket per source and code, however often and in
 * whatever order the news come. Everything of a call is one commit with its timeline lines.
 */
import { ConfigurationError } from '../errors';
import { newId } from '../ids';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { explain, linesOf } from './describe';
import { judgeNews, type Judgement } from './judge-news';
import { findConversations, openConversationsOf, surroundingsOf } from './find-conversations';
import { findPeople, type TicketContact } from './find-people';
import { lockTickets, saveTickets, ticketKey, tidySource } from './ticket-rows';
import { viewTickets, type TicketView } from './ticket-views';
import type {
	Ticket,
	TicketChange,
	TicketFacts,
	TicketNews,
	TicketOutcome,
	TicketPriority,
	TicketState,
} from './types';

/** What is absent, null or '' stays as it is known. */
export interface TicketEntry extends Partial<TicketFacts> {
	/** The system it comes from, e.g. omie; capitals make no difference. */
	source: string;
	code: string;
	priority?: TicketPriority | null;
	/** `open` reopens a closed ticket; absent leaves it to the status. */
	state?: TicketState | null;
	closedStatuses?: readonly string[];
	contact?: TicketContact | null;
	/** Id or protocol number; by default the open conversation of the contact. */
	conversation?: string | null;
	/** When the source said this, by its own clock: news older than the last ones move nothing back. */
	sourceAt?: Instant | null;
}

export interface TicketResult {
	result: TicketOutcome;
	/** pt-BR, one sentence. */
	explanation: string;
	changes: TicketChange[];
	/** pt-BR: what could not be used; the ticket is stored all the same. */
	warning: string | null;
	ticket: TicketView;
}

/**
 * One result per entry, in their order. Who has no phone is no obstacle: that is told when something is to be sent (V-11).
 * @throws ConfigurationError for an entry without source or code
 */
export async function upsertTickets(
	store: Store,
	entries: readonly TicketEntry[],
	now: Instant,
): Promise<TicketResult[]> {
	// Made once: when the answer to a commit is lost, the repetition knows its own tickets again.
	const wanted = entries.map((entry) => ({ entry, ...identityOf(entry), id: newId('tic', now) }));
	return store.transaction(async (tx) => {
		const people = await findPeople(
			tx,
			wanted.map(({ entry }) => entry.contact ?? null),
			now,
		);
		const named = await findConversations(
			tx,
			wanted.map(({ entry }) => text(entry.conversation)),
		);
		const stored = await lockTickets(tx, store.dialect, wanted);
		const openConversations = await openConversationsOf(
			tx,
			[...people.found, ...stored.values()].flatMap(({ contactId }) => contactId ?? []),
		);
		const book = new Book(stored);
		const judged = wanted.map(({ entry, id, source, code }, i) => {
			const conversation = named[i]!;
			const news = newsOf(entry, people.found[i]!.contactId ?? conversation.contactId, conversation.id);
			return book.judge({ id, source, code }, { ...news, openConversations }, now);
		});
		await saveTickets(tx, book.fresh(), book.changed());
		const surroundings = await surroundingsOf(tx, judged);
		const views = await viewTickets(
			tx,
			judged.map(({ ticket }) => ticket),
		);
		const lines = judged.flatMap((each) => linesOf(each, surroundings, now));
		await appendTimeline(tx, store.dialect, [...people.lines, ...lines]);
		return judged.map((each, i): TicketResult => {
			// Stored by this very call, when the answer to its first commit was lost.
			const isOwn = each.ticket.id === wanted[i]!.id && !each.isNew;
			const judgement = isOwn ? { ...each, isNew: true, outcome: firstOutcome(each.ticket) } : each;
			return {
				result: judgement.outcome,
				explanation: explain(judgement, surroundings),
				changes: each.changes,
				warning: [...people.found[i]!.warnings, ...named[i]!.warnings].join(' ') || null,
				ticket: views[i]!,
			};
		});
	});
}

/** The tickets of one call, as its entries change them one after the other. */
class Book {
	readonly #now = new Map<string, Ticket>();
	readonly #isNew = new Set<string>();
	readonly #touched = new Set<string>();

	constructor(stored: ReadonlyMap<string, Ticket>) {
		for (const [key, ticket] of stored) this.#now.set(key, ticket);
	}

	judge(identity: { id: string; source: string; code: string }, news: TicketNews, now: Instant): Judgement {
		const key = ticketKey(identity);
		const known = this.#now.get(key) ?? null;
		const judgement = judgeNews(known, identity, news, now);
		this.#now.set(key, judgement.ticket);
		if (judgement.isNew) this.#isNew.add(key);
		else if (JSON.stringify(judgement.ticket) !== JSON.stringify(known)) this.#touched.add(key);
		return judgement;
	}

	fresh(): Ticket[] {
		return [...this.#isNew].map((key) => this.#now.get(key)!);
	}

	changed(): Ticket[] {
		return [...this.#touched].filter((key) => !this.#isNew.has(key)).map((key) => this.#now.get(key)!);
	}
}

const firstOutcome = (ticket: Ticket): TicketOutcome => (ticket.state === 'closed' ? 'closed' : 'created');

/** @throws ConfigurationError when there is none: two tickets without a code would be one */
function identityOf({ source, code }: TicketEntry): { source: string; code: string } {
	const identity = { source: tidySource(source), code: code.trim() };
	for (const field of ['source', 'code'] as const) {
		if (identity[field] !== '') continue;
		throw new ConfigurationError(
			`The ticket has no ${field}.`,
			'A ticket is known by its source (e.g. omie) and its code there (e.g. OS-1234). Check the expression in the field.',
			field,
		);
	}
	return identity;
}

function newsOf(
	entry: TicketEntry,
	contactId: string | null,
	conversationId: string | null,
): Omit<TicketNews, 'openConversations'> {
	return {
		number: text(entry.number),
		issuedAt: entry.issuedAt ?? null,
		product: text(entry.product),
		problem: text(entry.problem),
		status: text(entry.status),
		link: text(entry.link),
		priority: entry.priority ?? null,
		state: entry.state ?? null,
		closedStatuses: entry.closedStatuses ?? [],
		contactId,
		conversationId,
		sourceAt: entry.sourceAt ?? null,
	};
}

function text(value: string | null | undefined): string | null {
	return value?.trim() || null;
}
