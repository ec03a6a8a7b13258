import type { BusinessNumber, ChatMessage, Contact, StatusName } from '../model';
import { digitsOf } from '../phones';

/** What does Meta say about this event? Builders of webhook `value` objects (cloud-api.md §2.1, §2.2, §2.4). */
type Json = Record<string, unknown>;

export interface Change {
	field: string;
	value: Json;
}

export function inboundChange(number: BusinessNumber, contact: Contact, message: Json, bare = false): Change {
	const contacts = bare ? {} : { contacts: [contactCard(contact)] };
	return { field: 'messages', value: { ...head(number), ...contacts, messages: [message] } };
}

/** The fields every inbound message starts with. */
export function inboundHead(contact: Contact, id: string, at: number): Json {
	return {
		...(contact.hidePhone ? {} : { from: contact.waId }),
		from_user_id: contact.bsuid,
		id,
		timestamp: seconds(at),
	};
}

export function echoChange(number: BusinessNumber, contact: Contact, message: ChatMessage): Change {
	const echo = {
		from: digitsOf(number.displayPhone),
		...(contact.hidePhone ? {} : { to: contact.waId }),
		to_user_id: contact.bsuid,
		id: message.id,
		timestamp: seconds(message.at),
		type: message.type,
		[message.type]: message.content,
	};
	return {
		field: 'smb_message_echoes',
		value: { ...head(number), contacts: [contactCard(contact)], message_echoes: [echo] },
	};
}

export function statusChange(
	number: BusinessNumber,
	recipient: Contact | { waId: string },
	message: Pick<ChatMessage, 'id' | 'opaque' | 'error' | 'type' | 'pricing'>,
	status: StatusName,
	at: number,
): Change {
	const known = 'bsuid' in recipient ? recipient : null;
	const entry: Json = {
		id: message.id,
		status,
		timestamp: seconds(at),
		...(known?.hidePhone ? {} : { recipient_id: recipient.waId }),
		...(known ? { recipient_user_id: known.bsuid } : {}),
	};
	if (message.opaque !== null) entry.biz_opaque_callback_data = message.opaque;
	// On `sent` and again on one of the later two: costs are counted once per wamid (cloud-api.md §2.2).
	if ((status === 'sent' || status === 'delivered') && message.pricing) {
		const { type, category, freeUntil } = message.pricing;
		if (freeUntil !== null) entry.conversation = freeEntry(known?.bsuid ?? recipient.waId, freeUntil, status);
		entry.pricing = { billable: type === 'regular', pricing_model: 'PMP', type, category };
	}
	if (status === 'failed') entry.errors = [message.error];
	const contacts = known && status !== 'failed' ? { contacts: [contactCard(known)] } : {};
	return { field: 'messages', value: { ...head(number), ...contacts, statuses: [entry] } };
}

/** From v24.0 on only free entry points have a conversation; its end is told with `sent` (cloud-api.md §2.2). */
function freeEntry(key: string, freeUntil: number, status: StatusName): Json {
	return {
		id: Buffer.from(`${key}:${freeUntil}`).toString('hex').slice(0, 32),
		...(status === 'sent' ? { expiration_timestamp: seconds(freeUntil) } : {}),
		origin: { type: 'referral_conversion' },
	};
}

/** `stop` or `resume` of marketing messages, chosen inside WhatsApp. */
export function preferenceChange(
	number: BusinessNumber,
	contact: Contact,
	value: 'stop' | 'resume',
	at: number,
): Change {
	const preference = {
		...(contact.hidePhone ? {} : { wa_id: contact.waId }),
		user_id: contact.bsuid,
		detail:
			value === 'stop' ? 'User requested to stop marketing messages' : 'User requested to resume marketing messages',
		category: 'marketing_messages',
		value,
		timestamp: Math.floor(at / 1000),
	};
	return {
		field: 'user_preferences',
		value: { ...head(number), contacts: [contactCard(contact)], user_preferences: [preference] },
	};
}

export function seconds(at: number): string {
	return String(Math.floor(at / 1000));
}

function head(number: BusinessNumber): Json {
	return {
		messaging_product: 'whatsapp',
		metadata: { display_phone_number: digitsOf(number.displayPhone), phone_number_id: number.phoneNumberId },
	};
}

function contactCard(contact: Contact): Json {
	return {
		profile: { name: contact.name, ...(contact.username ? { username: contact.username } : {}) },
		...(contact.hidePhone ? {} : { wa_id: contact.waId }),
		user_id: contact.bsuid,
	};
}
