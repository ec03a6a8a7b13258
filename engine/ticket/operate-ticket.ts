/** What a person or a workflow does with one ticket: close it, reopen it, note something, say where it is talked about. */
import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { explain, linesOf, nameOf, ticketLine } from './describe';
import { findConversations, surroundingsOf, unknownConversation } from './find-conversations';
import { changeTicket } from './judge-news';
import { lockTicket, saveTickets, type TicketRef } from './ticket-rows';
import { viewTickets } from './ticket-views';
import type { TicketResult } from './upsert-tickets';
import type { Ticket } from './types';

export type TicketOperation =
	/** `status`: the word it ends with; `reason`: why, for the timeline. */
	| { type: 'close'; status?: string | null; reason?: string | null }
	| { type: 'reopen'; status?: string | null; reason?: string | null }
	/** By id or protocol number; a ticket without a contact gets that of the conversation. */
	| { type: 'link'; conversation: string }
	/** `key`: the same note is written once, however often the work is repeated. */
	| { type: 'note'; text: string; author?: string | null; key?: string };

/** @throws NotFound for an unknown ticket or conversation */
export async function operateTicket(
	store: Store,
	ref: TicketRef,
	operation: TicketOperation,
	now: Instant,
): Promise<TicketResult> {
	return store.transaction(async (tx) => {
		const known = await lockTicket(tx, store.dialect, ref);
		if (operation.type === 'note') return note(tx, store.dialect, known, operation, now);
		const judgement = changeTicket(known, await changeOf(tx, known, operation), now);
		const surroundings = await surroundingsOf(tx, [judgement]);
		await saveTickets(tx, [], judgement.changes.length > 0 ? [judgement.ticket] : []);
		const reason = operation.type === 'link' ? null : operation.reason?.trim() || null;
		const lines = linesOf(judgement, surroundings, now).map((line) => because(line, reason));
		await appendTimeline(tx, store.dialect, lines);
		const [ticket] = await viewTickets(tx, [judgement.ticket]);
		const explanation = because({ text: explain(judgement, surroundings) }, reason).text;
		return { result: judgement.outcome, explanation, changes: judgement.changes, warning: null, ticket: ticket! };
	});
}

async function changeOf(
	tx: Tx,
	{ contactId }: Ticket,
	operation: Exclude<TicketOperation, { type: 'note' }>,
): Promise<Partial<Ticket>> {
	if (operation.type !== 'link') {
		const status = operation.status?.trim();
		return { state: operation.type === 'close' ? 'closed' : 'open', ...(status ? { status } : {}) };
	}
	const [found] = await findConversations(tx, [operation.conversation.trim()]);
	if (found!.id === null) throw unknownConversation(operation.conversation);
	return { conversationId: found!.id, contactId: contactId ?? found!.contactId };
}

async function note(
	tx: Tx,
	dialect: Store['dialect'],
	known: Ticket,
	{ text, author, key }: Extract<TicketOperation, { type: 'note' }>,
	now: Instant,
): Promise<TicketResult> {
	const said = text.trim();
	const by = author?.trim() || null;
	const judgement = { outcome: 'unchanged', ticket: known, isNew: false, changes: [], becameCritical: false } as const;
	const { channels } = await surroundingsOf(tx, [{ ...judgement, changes: [] }]);
	const channelId = known.conversationId === null ? null : (channels.get(known.conversationId) ?? null);
	const sentence = `Nota no chamado ${nameOf(known)}${by ? ` (${by})` : ''}: ${said}`;
	const line = ticketLine('ticketNoted', known, channelId, sentence, now, { note: said, author: by });
	await appendTimeline(tx, dialect, [key ? { ...line, key: `ticketNoted|${known.id}|${key}` } : line]);
	const [ticket] = await viewTickets(tx, [known]);
	return { result: 'updated', explanation: sentence, changes: [], warning: null, ticket: ticket! };
}

function because<T extends Pick<TimelineLine, 'text'>>(line: T, reason: string | null): T {
	return reason === null ? line : { ...line, text: `${line.text} Motivo: ${reason}` };
}
