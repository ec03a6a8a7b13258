/** Tickets as nodes and pages show them: with who it is about and where they talk. */
import { findContact } from '../contact/contact-views';
import type { Contact, Instant } from '../model';
import type { Db, Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { columnsNaming, tidySource, toTicket, unknownTicket, type TicketRef } from './ticket-rows';
import type { Ticket, TicketPriority, TicketState } from './types';

type Times = 'issuedAt' | 'sourceAt' | 'createdAt' | 'updatedAt' | 'closedAt';

/** Instants are ISO 8601 UTC. */
export interface TicketView extends Omit<Ticket, Times | 'contactId' | 'conversationId'> {
	issuedAt: string | null;
	sourceAt: string | null;
	createdAt: string;
	updatedAt: string;
	closedAt: string | null;
	contact: Contact | null;
	conversation: { id: string; protocolNumber: string; state: string } | null;
}

export interface TicketFilter {
	source?: string;
	states?: readonly TicketState[];
	priorities?: readonly TicketPriority[];
	/** Id, phone, ERP id or document. */
	contact?: string;
	/** Changed at this time or later. */
	updatedSince?: Instant;
	/** Changed last first. */
	limit: number;
}

/** @throws NotFound */
export async function getTicket(store: Store, ref: TicketRef): Promise<TicketView> {
	return store.read(async (db) => {
		const row = await db
			.selectFrom('ticket')
			.selectAll()
			.where((e) => e.and(columnsNaming(ref)))
			.executeTakeFirst();
		if (!row) throw unknownTicket(ref);
		return (await viewTickets(db, [toTicket(row)]))[0]!;
	});
}

export async function listTickets(store: Store, filter: TicketFilter): Promise<TicketView[]> {
	const { source, states, priorities, contact, updatedSince, limit } = filter;
	return store.read(async (db) => {
		let query = db.selectFrom('ticket').selectAll().orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(limit);
		if (contact) {
			const contactId = await findContact(db, contact);
			if (contactId === null) return [];
			query = query.where('contact_id', '=', contactId);
		}
		if (source) query = query.where('source', '=', tidySource(source));
		if (states?.length) query = query.where('state', 'in', [...states]);
		if (priorities?.length) query = query.where('priority', 'in', [...priorities]);
		if (updatedSince !== undefined) query = query.where('updated_at', '>=', updatedSince);
		return viewTickets(db, (await query.execute()).map(toTicket));
	});
}

/** In the same order. */
export async function viewTickets(db: Db | Tx, tickets: readonly Ticket[]): Promise<TicketView[]> {
	const contacts = await contactsOf(db, tickets);
	const conversations = await conversationsOf(db, tickets);
	return tickets.map(({ contactId, conversationId, ...ticket }) => ({
		...ticket,
		issuedAt: iso(ticket.issuedAt),
		sourceAt: iso(ticket.sourceAt),
		createdAt: iso(ticket.createdAt)!,
		updatedAt: iso(ticket.updatedAt)!,
		closedAt: iso(ticket.closedAt),
		contact: (contactId && contacts.get(contactId)) || null,
		conversation: (conversationId && conversations.get(conversationId)) || null,
	}));
}

async function contactsOf(db: Db | Tx, tickets: readonly Ticket[]): Promise<Map<string, Contact>> {
	const ids = [...new Set(tickets.flatMap(({ contactId }) => contactId ?? []))];
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('contact')
		.select(['id', 'name', 'phone'])
		.where(oneOf(db, 'id', ids))
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}

async function conversationsOf(db: Db | Tx, tickets: readonly Ticket[]) {
	const ids = [...new Set(tickets.flatMap(({ conversationId }) => conversationId ?? []))];
	if (ids.length === 0) return new Map<string, never>();
	const rows = await db
		.selectFrom('conversation')
		.select(['id', 'protocol_number', 'state'])
		.where(oneOf(db, 'id', ids))
		.execute();
	return new Map(rows.map(({ protocol_number, ...row }) => [row.id, { ...row, protocolNumber: protocol_number }]));
}

const iso = (at: Instant | null) => (at === null ? null : new Date(at).toISOString());
