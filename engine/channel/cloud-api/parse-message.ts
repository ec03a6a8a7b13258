/**
 * One element of `messages[]` or `message_echoes[]`: what event is it?
 * A message, an echo of the company's own phone, a person who moved to another id, or something to leave alone.
 * Source: Cloud API webhook reference, "messages", "smb_message_echoes" and "business-scoped user ids".
 */
import { z } from 'zod/v4';
import type { EchoEvent, IdentityEvent, MessageEvent } from '../../model';
import { originalMessageId, readContent } from './parse-content';
import { digitsOf, senderOf, type ContactDirectory } from './parse-sender';
import { isObject, textOf, type Json } from '../untrusted';
import { optionalText, providerId, unixSeconds } from './webhook-fields';

export type Read<Event> = { type: 'event'; event: Event } | { type: 'group' } | { type: 'rejected'; reason: string };

const envelope = z.object({
	id: providerId,
	timestamp: unixSeconds,
	type: z.string().min(1).catch('unknown'),
	from: optionalText,
	from_user_id: optionalText,
	to: optionalText,
	to_user_id: optionalText,
	group_id: optionalText,
	context: z.object({ id: optionalText }).optional().catch(undefined),
});

type Envelope = z.infer<typeof envelope> & { id: string; timestamp: number };

export function readMessage(element: unknown, contacts: ContactDirectory): Read<MessageEvent | IdentityEvent> {
	const opened = open(element);
	if (opened.type !== 'opened') return opened;
	const { head, raw } = opened;

	const identity = readIdentity(head, raw);
	if (identity) return { type: 'event', event: identity };

	const sender = senderOf(head.from, head.from_user_id, contacts);
	if (!sender) return { type: 'rejected', reason: 'no sender: neither from, from_user_id nor a single contact' };
	const event: MessageEvent = {
		type: 'message',
		providerMessageId: head.id,
		sender,
		sentAt: head.timestamp,
		content: readContent(head.type, raw),
		quotedMessageId: head.context?.id ?? originalMessageId(head.type, raw),
		raw,
	};
	return { type: 'event', event };
}

export function readEcho(element: unknown, contacts: ContactDirectory): Read<EchoEvent> {
	const opened = open(element);
	if (opened.type !== 'opened') return opened;
	const { head, raw } = opened;

	const recipient = senderOf(head.to, head.to_user_id, contacts);
	if (!recipient) return { type: 'rejected', reason: 'no recipient: neither to, to_user_id nor a single contact' };
	const event: EchoEvent = {
		type: 'echo',
		providerMessageId: head.id,
		recipient,
		sentAt: head.timestamp,
		content: readContent(head.type, raw),
		raw,
	};
	return { type: 'event', event };
}

type Opened = { type: 'opened'; head: Envelope; raw: Json } | { type: 'group' } | { type: 'rejected'; reason: string };

function open(element: unknown): Opened {
	if (!isObject(element)) return { type: 'rejected', reason: 'not an object' };
	const head = envelope.parse(element);
	const { id, timestamp } = head;
	if (id === null) return { type: 'rejected', reason: 'no usable id' };
	if (timestamp === null) return { type: 'rejected', reason: 'no usable timestamp' };
	if (head.group_id) return { type: 'group' };
	return { type: 'opened', head: { ...head, id, timestamp }, raw: element };
}

/** The person got a new phone or a new business-scoped id. Null for every other message. */
function readIdentity(head: Envelope, message: Json): IdentityEvent | null {
	const system = message.system;
	if (head.type !== 'system' || !isObject(system)) return null;
	if (system.type !== 'user_changed_number' && system.type !== 'user_changed_user_id') return null;

	const newBsuid = textOf(system.user_id);
	// Where no previous id is named, the sender's own id is the old one, unless it already is the new one.
	const senderBsuid = head.from_user_id === newBsuid ? null : textOf(head.from_user_id);
	const from = { waId: digitsOf(head.from), bsuid: textOf(system.previous_user_id) ?? senderBsuid };
	const to = { waId: digitsOf(system.wa_id) ?? digitsOf(system.new_wa_id), bsuid: newBsuid };
	const usable = (from.waId ?? from.bsuid) !== null && (to.waId ?? to.bsuid) !== null;
	if (!usable) return null;
	return { type: 'identity', providerMessageId: head.id, from, to, at: head.timestamp, raw: message };
}
