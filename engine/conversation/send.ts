import { resolveContacts } from '../contact/resolve-contacts';
import type { Instant, Origin, OutboundContent, Sender } from '../model';
import { enqueue, type OutboxRequest } from '../outbox/enqueue';
import { normalizePhone } from '../phone';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { openConversationsOf } from './operations';
import { lockConversations } from './rows';

/** Who a message goes to. */
export type Recipient =
	/** The contact of a trigger item: the reply goes to the address that wrote. */
	| { type: 'contact'; contactId: string; address: string; conversationId: string | null }
	| { type: 'phone'; phone: string; name?: string | null }
	| { type: 'conversation'; conversationId: string };

export interface SendRequest {
	channelId: string;
	recipient: Recipient;
	content: OutboundContent;
	origin: Extract<Origin, 'bot' | 'agent'>;
	/** What it is for, e.g. notice, away, answer. */
	purpose?: string;
	dedupeKey?: string;
	quotedProviderMessageId?: string;
	validUntil?: Instant;
}

/** `refused` here means it was never enqueued: no usable phone. */
export type Accepted =
	| { type: 'enqueued'; id: string; isNew: boolean; contactId: string; conversationId: string | null }
	| { type: 'refused'; code: 'noPhone'; explanation: string };

/** The exact words of V-11. */
export const NO_PHONE = 'Não possui telefone para envio de mensagem';

/** Enqueues many messages in one transaction; who has no usable phone gets a result and a timeline line, not an exception. */
export async function acceptSends(store: Store, requests: readonly SendRequest[], now: Instant): Promise<Accepted[]> {
	return store.transaction(async (tx) => {
		const lines: TimelineLine[] = [];
		const seats = await findSeats(tx, store.dialect, requests, lines, now);
		const accepted = new Array<Accepted>(requests.length);
		const outgoing: Array<{ at: number; request: OutboxRequest }> = [];
		requests.forEach((request, at) => {
			const seat = seats[at]!;
			if (seat.type === 'noPhone') {
				accepted[at] = { type: 'refused', code: 'noPhone', explanation: `${NO_PHONE}${seat.why ? `: ${seat.why}` : ''}` };
				lines.push({
					event: 'messageRefused', at: now, channelId: request.channelId, text: NO_PHONE, data: { code: 'noPhone', why: seat.why },
					key: request.dedupeKey ? `noPhone|${request.dedupeKey}` : undefined,
				});
				return;
			}
			outgoing.push({
				at,
				request: {
					channelId: request.channelId, contactId: seat.contactId, conversationId: seat.conversationId, address: seat.address,
					content: request.content, origin: request.origin, purpose: request.purpose, dedupeKey: request.dedupeKey,
					quotedProviderMessageId: request.quotedProviderMessageId, validUntil: request.validUntil,
				},
			});
		});
		const enqueued = await enqueue(tx, outgoing.map((o) => o.request), now);
		enqueued.forEach(({ id, isNew }, i) => {
			const { at, request } = outgoing[i]!;
			accepted[at] = { type: 'enqueued', id, isNew, contactId: request.contactId, conversationId: request.conversationId };
		});
		await appendTimeline(tx, store.dialect, lines);
		return accepted;
	});
}

type Seat = { type: 'found'; contactId: string; conversationId: string | null; address: string } | { type: 'noPhone'; why: string };

async function findSeats(tx: Tx, dialect: Store['dialect'], requests: readonly SendRequest[], lines: TimelineLine[], now: Instant): Promise<Seat[]> {
	const byId = await lockConversations(tx, dialect, requests.flatMap((r) => (r.recipient.type === 'conversation' ? [r.recipient.conversationId] : [])));
	const senders = requests.map((r) => (r.recipient.type === 'phone' ? senderOf(r.recipient.phone, r.recipient.name ?? null) : null));
	const resolved = await resolveContacts(tx, senders.filter((s): s is Sender => s !== null && typeof s !== 'string'), now);
	lines.push(...resolved.lines);
	const seats: Seat[] = [];
	for (const [i, request] of requests.entries()) {
		const { recipient } = request;
		if (recipient.type === 'contact') {
			const { contactId, conversationId, address } = recipient;
			seats.push(address ? { type: 'found', contactId, conversationId, address } : { type: 'noPhone', why: '' });
		} else if (recipient.type === 'conversation') {
			const conversation = byId.get(recipient.conversationId);
			seats.push(
				conversation
					? { type: 'found', contactId: conversation.contactId, conversationId: conversation.id, address: conversation.address }
					: { type: 'noPhone', why: `a conversa ${recipient.conversationId} não existe` },
			);
		} else {
			const sender = senders[i]!;
			if (typeof sender === 'string') {
				seats.push({ type: 'noPhone', why: sender });
				continue;
			}
			const contact = resolved.contacts.get(sender!)!;
			const conversation = (await openConversationsOf(tx, request.channelId, [contact.id])).get(contact.id);
			// An address WhatsApp itself used for this contact beats one derived from the phone (D-06).
			seats.push({ type: 'found', contactId: contact.id, conversationId: conversation?.id ?? null, address: conversation?.address ?? sender!.address });
		}
	}
	return seats;
}

/** A typed phone as a sender, or the reason why it cannot be one ('' when nothing was typed). */
function senderOf(phone: string, name: string | null): Sender | string {
	const normalized = normalizePhone(phone);
	if (!normalized.ok) return normalized.reason === 'empty' ? '' : normalized.message;
	const digits = normalized.e164.slice(1);
	return { address: digits, waId: digits, bsuid: null, name, username: null };
}
