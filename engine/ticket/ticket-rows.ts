import type { Selectable } from 'kysely';
import { NotFound } from '../errors';
import type { Store, Tx } from '../store/open-store';
import type { Database } from '../store/schema';
import { insertMany, oneOf, updateMany } from '../store/sql';
import type { Ticket, TicketPriority, TicketState } from './types';

/** Which ticket is meant: by its id (tic_…), by "source/code", or by both apart. */
export type TicketRef = string | { source: string; code: string };

/** The columns that name it. */
export function columnsNaming(ref: TicketRef): { id: string } | { source: string; code: string } {
	if (typeof ref !== 'string') return { source: tidySource(ref.source), code: ref.code.trim() };
	const wanted = ref.trim();
	const at = wanted.indexOf('/');
	if (wanted.startsWith('tic_') || at < 0) return { id: wanted };
	return { source: tidySource(wanted.slice(0, at)), code: wanted.slice(at + 1).trim() };
}

export const ticketKey = ({ source, code }: { source: string; code: string }): string => `${source} ${code}`;

/** As sources are compared and stored. */
export const tidySource = (source: string): string => source.trim().toLowerCase();

/** The tickets of these sources and codes, by `ticketKey`, kept from other changes until the transaction ends. */
export async function lockTickets(
	tx: Tx,
	dialect: Store['dialect'],
	wanted: ReadonlyArray<{ source: string; code: string }>,
): Promise<Map<string, Ticket>> {
	const found = new Map<string, Ticket>();
	// In one order, so that two processes never wait for each other.
	for (const source of [...new Set(wanted.map((each) => each.source))].sort()) {
		const codes = [...new Set(wanted.filter((each) => each.source === source).map((each) => each.code))];
		const query = tx
			.selectFrom('ticket')
			.selectAll()
			.where('source', '=', source)
			.where(oneOf(tx, 'code', codes))
			.orderBy('id');
		for (const row of await (dialect === 'postgres' ? query.forUpdate() : query).execute()) {
			found.set(ticketKey(row), toTicket(row));
		}
	}
	return found;
}

/** One ticket for a change. @throws NotFound */
export async function lockTicket(tx: Tx, dialect: Store['dialect'], ref: TicketRef): Promise<Ticket> {
	const query = tx
		.selectFrom('ticket')
		.selectAll()
		.where((e) => e.and(columnsNaming(ref)));
	const row = await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
	if (!row) throw unknownTicket(ref);
	return toTicket(row);
}

export async function saveTickets(tx: Tx, fresh: readonly Ticket[], changed: readonly Ticket[]): Promise<void> {
	const inOrder = [...fresh].sort((a, b) => (ticketKey(a) < ticketKey(b) ? -1 : 1));
	await insertMany(
		tx,
		'ticket',
		inOrder.map((ticket) => ({
			...{ id: ticket.id, source: ticket.source, code: ticket.code, created_at: ticket.createdAt },
			...columnsOf(ticket),
		})),
	);
	await updateMany(
		tx,
		'ticket',
		changed.map((ticket) => ({ id: ticket.id, ...columnsOf(ticket) })),
	);
}

export function unknownTicket(ref: TicketRef): NotFound {
	return new NotFound(
		`There is no ticket "${typeof ref === 'string' ? ref.trim() : `${ref.source}/${ref.code}`}".`,
		'Use the id of a Ticket item, or the source and code the ticket was created with (Ticket: Create or Update).',
		'ticket',
	);
}

export function toTicket(row: Selectable<Database['ticket']>): Ticket {
	return {
		...{ id: row.id, source: row.source, code: row.code, number: row.number },
		issuedAt: instant(row.issued_at),
		...{ product: row.product, problem: row.problem, status: row.status, link: row.link },
		priority: row.priority as TicketPriority,
		state: row.state as TicketState,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		sourceAt: instant(row.source_at),
		createdAt: Number(row.created_at),
		updatedAt: Number(row.updated_at),
		closedAt: instant(row.closed_at),
	};
}

function columnsOf(ticket: Ticket) {
	return {
		...{ number: ticket.number, issued_at: ticket.issuedAt, product: ticket.product, problem: ticket.problem },
		...{ status: ticket.status, priority: ticket.priority, state: ticket.state, link: ticket.link },
		...{ contact_id: ticket.contactId, conversation_id: ticket.conversationId },
		...{ source_at: ticket.sourceAt, updated_at: ticket.updatedAt, closed_at: ticket.closedAt },
	};
}

function instant(value: number | null): number | null {
	return value === null ? null : Number(value);
}
