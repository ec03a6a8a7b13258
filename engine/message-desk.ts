/** What a person does with messages that were to be sent: look at one with its story, take it back, send it once more. */
import { findContact, unknownContact } from './contact/contact-views';
import { getConversation } from './conversation/operations';
import { storyOfCampaign } from './campaign-story';
import type { Desk } from './desk';
import { ticketTopic } from './model-topic';
import { cancelMessage } from './outbox/cancel';
import { historyOf, type HistoryLine, type StoryLine } from './outbox/message-history';
import { getMessage, type MessageView } from './outbox/message-views';
import { TAKEN_BACK } from './outbox/released';
import { resendMessage, type Resent, type ResendOptions } from './outbox/resend';
import { getTicket } from './ticket/ticket-views';
import { linesOfContact, linesOfConversation } from './timeline/stories';
import { lineOfEntry, storyOfInvoice, storyOfTopic } from './topic-story';

export interface MessageStory extends MessageView {
	/** Every step and every attempt, oldest first. */
	history: HistoryLine[];
}

/** @throws NotFound */
export async function readMessage(desk: Desk, id: string): Promise<MessageStory> {
	const message = await getMessage(desk.store, id);
	return { ...message, history: await historyOf(desk.store, message) };
}

/** `explanation` says why it was too late. */
export type CancelResult = { cancelled: boolean; explanation: string; message: MessageView };

/**
 * Takes back a message that has not left. The ladder does not repeat a reminder that was taken back; it goes on with the next step.
 * @param explanation why, in Portuguese: it stands in the timeline
 * @throws NotFound
 */
export async function cancelOutbound(desk: Desk, id: string, explanation: string): Promise<CancelResult> {
	const { id: messageId } = await getMessage(desk.store, id);
	const now = desk.clock.now();
	const result = await desk.store.transaction((tx) =>
		cancelMessage(tx, desk.store.dialect, messageId, explanation, now),
	);
	await desk.dispatcher.settlements.look([messageId]);
	desk.nudge();
	const message = await getMessage(desk.store, messageId);
	if (result.type === 'cancelled') return { cancelled: true, explanation, message };
	return { cancelled: false, explanation: tooLate(result.type === 'tooLate' ? result.status : '', message), message };
}

function tooLate(status: string, { code, reason }: MessageView): string {
	switch (status) {
		case 'sending':
			return 'Tarde demais: a mensagem está sendo enviada neste momento.';
		case 'unknown':
			return 'Tarde demais: a mensagem pode ter saído e espera uma confirmação do WhatsApp.';
		case 'refused':
			return code === 'cancelled' || code === TAKEN_BACK
				? 'A mensagem já estava cancelada.'
				: `A mensagem já não ia sair: ${reason ?? code}`;
		default:
			return 'Tarde demais: a mensagem já foi enviada.';
	}
}

/** How the new message stands; when there is none, why, with the message that stands in the way. */
export type ResendResult = { resent: Resent; message: MessageView };

/** @param waitMs how long to wait for the outcome; 0 = not at all. @throws NotFound */
export async function resendOutbound(
	desk: Desk,
	id: string,
	{ waitMs, ...options }: ResendOptions & { waitMs: number },
): Promise<ResendResult> {
	const { id: messageId } = await getMessage(desk.store, id);
	const now = desk.clock.now();
	const resent = await desk.store.transaction((tx) => resendMessage(tx, desk.store.dialect, messageId, options, now));
	desk.nudge();
	if (resent.type === 'enqueued' && waitMs > 0) await desk.dispatcher.settle([resent.id], waitMs);
	return { resent, message: await getMessage(desk.store, resent.id) };
}

/**
 * A campaign by its label: whom it has not reached, and why. A ticket or an invoice: what became of it, and every message about
 * it with each attempt.
 */
export type StoryOf = {
	type: 'message' | 'conversation' | 'contact' | 'campaign' | 'ticket' | 'invoice';
	id: string;
};

/**
 * The last `limit` lines, oldest first. Messages by our id or wamid, conversations by id or protocol number, contacts by id or
 * phone, campaigns by their label, tickets by id or "source/code", invoices by "creditor/invoice" (as in ReceivableKey) or by the
 * number the payer knows them by, with or without the creditor.
 * @throws NotFound; ConfigurationError when several invoices have the number; an invoice nobody heard of has no lines
 */
export async function readStory(desk: Desk, { type, id }: StoryOf, limit: number): Promise<StoryLine[]> {
	const { store } = desk;
	if (type === 'ticket') return storyOfTopic(store, ticketTopic((await getTicket(store, id)).id), limit);
	if (type === 'invoice') return storyOfInvoice(store, id, limit);
	if (type === 'campaign') return storyOfCampaign(store, id, limit);
	if (type === 'message') {
		const { history, ...message } = await readMessage(desk, id);
		const { channelId, conversationId } = message;
		const place = { channelId, contactId: message.contact.id, conversationId, messageId: message.id };
		return history.slice(-limit).map((line) => ({ ...line, ...place }));
	}
	const entries =
		type === 'conversation'
			? await linesOf(desk, (await getConversation(store, id)).id, limit)
			: await store.read(async (db) => {
					const contactId = await findContact(db, id);
					if (contactId === null) throw unknownContact(id);
					return linesOfContact(db, contactId, limit);
				});
	return entries.map(lineOfEntry);
}

function linesOf({ store }: Desk, conversationId: string, limit: number) {
	return store.read((db) => linesOfConversation(db, conversationId, limit));
}
