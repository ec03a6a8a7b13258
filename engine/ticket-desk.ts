/** Tickets (chamados) as a desk offers them: what is changed is seen at once by the workflows that wait for it. */
import type { Desk } from './desk';
import { ticketFromConversation as toTicket, type ConversationTicket } from './ticket/from-conversation';
import { operateTicket as operate, type TicketOperation } from './ticket/operate-ticket';
import type { TicketRef } from './ticket/ticket-rows';
import * as views from './ticket/ticket-views';
import { upsertTickets as mirror, type TicketEntry, type TicketResult } from './ticket/upsert-tickets';

/**
 * Mirrors tickets of other systems in one commit, one result per entry, in their order.
 * @throws ConfigurationError for an entry without source or code, or with an ERP id that names no system
 */
export async function upsertTickets(desk: Desk, entries: readonly TicketEntry[]): Promise<TicketResult[]> {
	const results = await mirror(desk.store, entries, desk.clock.now());
	desk.nudgeEvents();
	return results;
}

/** Closes, reopens, links or notes something on one ticket. @throws NotFound */
export async function operateTicket(desk: Desk, ref: TicketRef, operation: TicketOperation): Promise<TicketResult> {
	const result = await operate(desk.store, ref, operation, desk.clock.now());
	desk.nudgeEvents();
	return result;
}

/** The ticket of a conversation (id or protocol number), made or brought up to date (M-22). @throws NotFound */
export async function ticketFromConversation(
	desk: Desk,
	idOrProtocol: string,
	given: ConversationTicket = {},
): Promise<TicketResult> {
	const result = await toTicket(desk.store, idOrProtocol, given, desk.clock.now());
	desk.nudgeEvents();
	return result;
}

/** @throws NotFound */
export const getTicket = (desk: Desk, ref: TicketRef): Promise<views.TicketView> => views.getTicket(desk.store, ref);

/** Those that changed last first. */
export const listTickets = (desk: Desk, filter: views.TicketFilter): Promise<views.TicketView[]> =>
	views.listTickets(desk.store, filter);
