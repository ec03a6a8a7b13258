import type { Schedule } from '../business-hours/schedule';
import { NO_PHONE } from '../contact/no-phone';
import { confirmedForms } from '../contact/ninth-digit';
import { resolveContacts } from '../contact/resolve-contacts';
import type { Instant, MessageKind, Origin, OutboundContent, OutsideWindow, Sender } from '../model';
import type { Topic } from '../model-topic';
import { enqueue, type OutboxRequest } from '../outbox/enqueue';
import { normalizePhone } from '../phone';
import { newId } from '../ids';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { fillQuickReplies, type QuickReplyUse } from './fill-quick-replies';

/** Who a message goes to. */
export type Recipient =
	/** The contact of a trigger item: the reply goes to the address that wrote. */
	| { type: 'contact'; contactId: string; address: string; conversationId: string | null }
	| { type: 'phone'; phone: string; name?: string | null }
	| { type: 'conversation'; conversationId: string };

/** The sender already knows that this cannot go out: a result and a timeline line, like a missing phone. */
export interface Unsendable {
	type: 'unsendable';
	/** Stable camelCase. */
	code: string;
	/** Portuguese: what is wrong and what to do. */
	explanation: string;
}

export interface SendRequest {
	channelId: string;
	recipient: Recipient;
	content: OutboundContent | QuickReplyUse | Unsendable;
	origin: Extract<Origin, 'bot' | 'agent'>;
	/** What it is for, e.g. notice, away, answer. */
	purpose?: string;
	dedupeKey?: string;
	quotedProviderMessageId?: string;
	validUntil?: Instant;
	/** Scheduled: not sent before this instant. */
	notBefore?: Instant;
	/** Default reply. */
	kind?: MessageKind;
	/** A name for a group of messages, e.g. a campaign. */
	label?: string;
	/** Default fail. */
	outsideWindow?: OutsideWindow;
	/** What it is about: a ticket, a receivable. */
	topics?: readonly Topic[];
	/** It leaves within these hours only, judged when it leaves. */
	contactHours?: Schedule;
}

/** `refused` here means it was never enqueued: no usable phone, or nothing that can be sent. */
export type Accepted =
	| { type: 'enqueued'; id: string; isNew: boolean; contactId: string; conversationId: string | null }
	| { type: 'refused'; code: string; explanation: string; contactId: string | null; conversationId: string | null };

/**
 * Enqueues many messages in one transaction; what cannot go out (no usable phone, a quick reply without a value…) gets a
 * result and a timeline line, not an exception.
 */
export async function acceptSends(store: Store, requests: readonly SendRequest[], now: Instant): Promise<Accepted[]> {
	// When the answer to a commit is lost the transaction runs again: with a key of its own no message is enqueued twice.
	const keyed = requests.map((request) => ({ ...request, key: request.dedupeKey ?? newId('once', now) }));
	return store.transaction(async (tx) => {
		const lines: TimelineLine[] = [];
		const seats = await findSeats(tx, keyed, lines, now);
		const contents = await fillQuickReplies(tx, keyed, seats, now);
		const outgoing: OutboxRequest[] = [];
		const refusals = new Map<number, Refusal>();
		keyed.forEach((request, i) => {
			const [seat, content] = [seats[i]!, contents[i]!];
			if (seat.type === 'noPhone') refusals.set(i, noPhone(request, seat));
			else if (content.type === 'unsendable') refusals.set(i, unsendable(content, seat));
			else outgoing.push(outboxRequest(request, content, seat));
		});
		const enqueued = await enqueue(tx, outgoing, now);
		for (const [i, refusal] of refusals) lines.push(refusalLine(keyed[i]!, refusal, now));
		await appendTimeline(tx, store.dialect, lines);
		let next = 0;
		return seats.map((seat, i): Accepted => {
			const refusal = refusals.get(i);
			if (refusal || seat.type === 'noPhone') return refusal!.accepted;
			const { id, isNew } = enqueued[next++]!;
			const { contactId, conversationId } = seat;
			return { type: 'enqueued', id, isNew: isNew || requests[i]!.dedupeKey === undefined, contactId, conversationId };
		});
	});
}

type Keyed = SendRequest & { key: string };

function outboxRequest(
	{ recipient: _, key, dedupeKey: __, ...rest }: Keyed,
	content: OutboundContent,
	{ contactId, conversationId, address }: Seat,
): OutboxRequest {
	return { ...rest, content, contactId, conversationId, address, dedupeKey: key };
}

interface Refusal {
	accepted: Extract<Accepted, { type: 'refused' }>;
	/** For the timeline. */
	text: string;
	data: Record<string, unknown>;
}

function noPhone({ recipient }: Keyed, { why }: NoSeat): Refusal {
	const known = recipient.type === 'contact' ? recipient : null;
	const explanation = why === '' ? NO_PHONE : `${NO_PHONE}: ${why}`;
	const [contactId, conversationId] = [known?.contactId ?? null, known?.conversationId ?? null];
	return {
		accepted: { type: 'refused', code: 'noPhone', explanation, contactId, conversationId },
		text: NO_PHONE,
		data: { code: 'noPhone', why },
	};
}

function unsendable({ code, explanation }: Unsendable, { contactId, conversationId }: Seat): Refusal {
	return {
		accepted: { type: 'refused', code, explanation, contactId, conversationId },
		text: `Mensagem não enviada: ${explanation}`,
		data: { code },
	};
}

function refusalLine(request: Keyed, { accepted, text, data }: Refusal, now: Instant): TimelineLine {
	const { channelId, key, label, recipient, topics } = request;
	// Who it is about: there may be no contact.
	const to = recipient.type === 'phone' ? { to: { name: recipient.name ?? null, phone: recipient.phone } } : {};
	return {
		event: 'messageRefused',
		at: now,
		channelId,
		contactId: accepted.contactId,
		conversationId: accepted.conversationId,
		text,
		data: { ...data, ...to, ...(label ? { label } : {}) },
		key: `${accepted.code}|${key}`,
		topics,
	};
}

export type Seat = { type: 'found'; contactId: string; conversationId: string | null; address: string };
export type NoSeat = { type: 'noPhone'; why: string };

/** Where each message goes; contacts that are only known by a phone are made here. */
async function findSeats(
	tx: Tx,
	requests: readonly SendRequest[],
	lines: TimelineLine[],
	now: Instant,
): Promise<Array<Seat | NoSeat>> {
	const named = await loadNamed(tx, requests);
	const senders = requests.map(({ recipient: r }) => (r.type === 'phone' ? senderOf(r.phone, r.name ?? null) : ''));
	const people = senders.filter((sender) => typeof sender !== 'string');
	const resolved = await resolveContacts(tx, people, now, 'company');
	lines.push(...resolved.lines);
	const latest = await latestConversations(
		tx,
		people.map((person) => resolved.contacts.get(person)!.id),
	);
	const forms = await confirmedForms(
		tx,
		requests.flatMap(({ channelId }, i) => {
			const sender = senders[i]!;
			if (typeof sender === 'string') return [];
			const contactId = resolved.contacts.get(sender)!.id;
			return latest.has(`${channelId} ${contactId}`) ? [] : [{ contactId, e164: `+${sender.address}` }];
		}),
	);
	return requests.map(({ channelId, recipient }, i): Seat | NoSeat => {
		if (recipient.type === 'contact') {
			const { conversationId, address } = recipient;
			if (!address) return { type: 'noPhone', why: '' };
			// The contact may have been merged into another since the item was made; the conversation knows.
			const contactId = (conversationId && named.get(conversationId)?.contact_id) || recipient.contactId;
			return { type: 'found', contactId, conversationId, address };
		}
		if (recipient.type === 'conversation') {
			const found = named.get(recipient.conversationId);
			if (!found) return { type: 'noPhone', why: `a conversa ${recipient.conversationId} não existe` };
			return { type: 'found', contactId: found.contact_id, conversationId: found.id, address: found.address };
		}
		const sender = senders[i]!;
		if (typeof sender === 'string') return { type: 'noPhone', why: sender };
		const contactId = resolved.contacts.get(sender)!.id;
		const last = latest.get(`${channelId} ${contactId}`);
		const conversationId = last && last.state !== 'resolved' ? last.id : null;
		// An address WhatsApp itself used for this contact beats one derived from the phone (D-06).
		const address = last?.address ?? forms.get(contactId) ?? sender.address;
		return { type: 'found', contactId, conversationId, address };
	});
}

/** The conversations that requests name. */
async function loadNamed(tx: Tx, requests: readonly SendRequest[]) {
	const ids = requests.flatMap(({ recipient: r }) =>
		r.type !== 'phone' && r.conversationId ? [r.conversationId] : [],
	);
	if (ids.length === 0) return new Map<string, never>();
	const rows = await tx
		.selectFrom('conversation')
		.select(['id', 'contact_id', 'address'])
		.where(oneOf(tx, 'id', [...new Set(ids)]))
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}

/** The open conversation of each contact, else the last one, by `channelId contactId`. */
async function latestConversations(tx: Tx, contactIds: readonly string[]) {
	if (contactIds.length === 0) return new Map<string, never>();
	const rows = await tx
		.selectFrom('conversation')
		.select(['id', 'channel_id', 'contact_id', 'address', 'state', 'opened_at'])
		.where(oneOf(tx, 'contact_id', [...new Set(contactIds)]))
		.orderBy('opened_at')
		.execute();
	const open = rows.filter((row) => row.state !== 'resolved');
	// Written last wins.
	return new Map([...rows, ...open].map((row) => [`${row.channel_id} ${row.contact_id}`, row]));
}

/** A typed phone as a sender, or the reason why it cannot be one ('' when nothing was typed). */
function senderOf(phone: string, name: string | null): Sender | string {
	const normalized = normalizePhone(phone);
	if (!normalized.ok) return normalized.reason === 'empty' ? '' : normalized.message;
	const digits = normalized.e164.slice(1);
	return { address: digits, waId: digits, bsuid: null, name, username: null };
}
