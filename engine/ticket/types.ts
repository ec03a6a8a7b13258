/**
 * The words of tickets (chamados): a process that runs somewhere else — a service order, a complaint, a delivery — as the desk
 * mirrors it (V-02…V-04).
 *
 *   source   the system it comes from, in lower case, e.g. omie
 *   code     its key there; with the source its identity (V-13)
 *   number   "Número do Processo": what people call it
 *   status   the source's own word for where it stands
 *   state    open or closed; it closes with the source and is reopened on purpose only
 *   news     what the source says at one moment
 */
import type { Instant } from '../model';
import { fold } from '../text';

export const TICKET_PRIORITIES = ['low', 'normal', 'high', 'critical'] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];

/** The priority a word stands for, in English or Portuguese; null for other words. */
export function readPriority(word: string): TicketPriority | null {
	const folded = fold(word);
	return TICKET_PRIORITIES.find((each) => each === folded) ?? PRIORITY_WORDS[folded] ?? null;
}

const PRIORITY_WORDS: Readonly<Record<string, TicketPriority>> = {
	baixa: 'low',
	media: 'normal',
	alta: 'high',
	critica: 'critical',
	urgente: 'critical',
	urgent: 'critical',
};

export type TicketState = 'open' | 'closed';

/** What a source tells about a ticket; null = it does not say. */
export interface TicketFacts {
	number: string | null;
	/** "Emissão" */
	issuedAt: Instant | null;
	/** "Descrição do Produto" */
	product: string | null;
	problem: string | null;
	status: string | null;
	link: string | null;
}

export interface Ticket extends TicketFacts {
	id: string;
	source: string;
	code: string;
	priority: TicketPriority;
	state: TicketState;
	contactId: string | null;
	conversationId: string | null;
	/** When the source last said something, by its own clock; null = its news carry no time. */
	sourceAt: Instant | null;
	createdAt: Instant;
	updatedAt: Instant;
	closedAt: Instant | null;
}

/** One piece of news, with everything it names found already. */
export interface TicketNews extends TicketFacts {
	priority: TicketPriority | null;
	/** `open` reopens a closed ticket; null leaves it to the status. */
	state: TicketState | null;
	/** Statuses that mean closed, in the source's words; capitals and accents make no difference. */
	closedStatuses: readonly string[];
	contactId: string | null;
	/** The conversation to be linked, when one is named. */
	conversationId: string | null;
	/** The conversation of a contact that goes on right now, by contact id. */
	openConversations: ReadonlyMap<string, string>;
	sourceAt: Instant | null;
}

export type TicketField = keyof TicketFacts | 'priority' | 'state' | 'contact' | 'conversation';

export interface TicketChange {
	field: TicketField;
	from: string | null;
	to: string | null;
}

/**
 *   created    a new ticket, open
 *   updated    something differs from before
 *   unchanged  the source repeated itself
 *   closed     it ended with this news (or was over when it was first heard of)
 *   reopened   it goes on after it was closed
 *   stale      older than what is known: nothing moved back, only gaps were filled
 */
export type TicketOutcome = 'created' | 'updated' | 'unchanged' | 'closed' | 'reopened' | 'stale';
