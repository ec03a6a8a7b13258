/** Fields that the operations on a ticket share, how they are read, and what a ticket looks like as an item. */
import { UserError } from 'n8n-workflow';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { TicketResult, TicketView } from '../../../engine/index';
import { instantOf } from '../../shared/instant-of';
import type { DeskCall } from '../desk-operation';

export const ticketField: INodeProperties = {
	displayName: 'Ticket',
	name: 'ticket',
	type: 'string',
	required: true,
	default: '={{ $json.ticket?.id ?? $json.data?.ticketId ?? $json.id }}',
	placeholder: 'e.g. omie/4711',
	description:
		'Its source and code as they were given to Create or Update, written <code>source/code</code>, or the ID of a ticket item (tic_…)',
};

/** @throws UserError when the field is empty */
export function ticketOf({ params }: DeskCall): string {
	const ticket = params.text('ticket');
	if (ticket) return ticket;
	throw new UserError('"Ticket" is empty.', {
		description: 'Enter a source and code such as omie/4711, or the ID of a ticket item.',
	});
}

/** What was done first, then the ticket as it stands. */
export function resultJson({ result, explanation, changes, warning, ticket }: TicketResult): IDataObject {
	return { result, explanation, changes, warning, ...ticketJson(ticket) } as unknown as IDataObject;
}

/** With a short name of itself, so that the nodes behind it say what they are about without being told. */
export function ticketJson(ticket: TicketView): IDataObject {
	const { id, source, code } = ticket;
	return { ...ticket, ticket: { id, source, code } };
}

/** @returns undefined when nothing was given. @throws UserError for what is no moment */
export function momentOf({ context }: DeskCall, label: string, value: unknown): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const at = instantOf(value, context.getTimezone());
	if (Number.isFinite(at)) return at;
	throw new UserError(`"${label}" is no date and time: ${JSON.stringify(value)}.`, {
		description: 'Use an ISO date such as 2026-03-10 or 2026-03-10T10:00, or 10/03/2026 10:00.',
	});
}
