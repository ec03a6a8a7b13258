/**
 * The words every part of the engine shares. Values only: no behaviour. Templates have their own file, model-template.ts.
 *
 * Terminology
 *   contact       the person outside; known by an identity, not by a phone (D7)
 *   address       what a channel needs to reach a contact: wa_id digits, BSUID, JID or LID
 *   conversation  one contact on one channel, from the first message until it is resolved
 *   queue         the waiting line of a team; its internal name is its identity
 *   triage        the bot is asking which queue · queued · attending (a human) · resolved
 *   inbound       something that arrived from the channel; outbound, something we send
 *   lane          the ordered line of outbound messages of one contact on one channel
 *   start         a message to somebody who has not written for 24 h: it starts (or restarts) a conversation
 *   timeline      the append-only record of what happened and why
 *
 * Instants are epoch milliseconds in UTC.
 */

import type { TemplateContent } from './model-template';

export type Instant = number;

export type ChannelKind = 'cloudApi' | 'linkedDevice';

export type ConversationState = 'triage' | 'queued' | 'attending' | 'resolved';

export type MediaType = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** Who wrote a message: the contact, the company's own phone, a human agent or the bot. */
export type Origin = 'customer' | 'phone' | 'agent' | 'bot';

// ---------------------------------------------------------------- inbound

export type InboundContentType =
	'text' | MediaType | 'location' | 'contacts' | 'reaction' | 'menuReply' | 'order' | 'system' | 'other';

export interface InboundMedia {
	type: MediaType;
	mimeType: string | null;
	fileName: string | null;
	size: number | null;
	sha256: string | null;
	/** The channel's own handle (a Cloud API media id); used to fetch the bytes. */
	providerMediaId: string | null;
	voice?: boolean;
	animated?: boolean;
}

export interface InboundContent {
	type: InboundContentType;
	/** What a person would read: the body, the caption, the title of the tapped option, or ''. */
	text: string;
	/** A tapped list row or button, whatever of the three shapes it came in (cloud-api: interactive, button, text). */
	reply: { id: string; title: string } | null;
	media: InboundMedia | null;
	location?: { latitude: number; longitude: number; name: string | null; address: string | null };
	contacts?: unknown[];
	reaction?: { messageId: string; emoji: string | null };
	order?: unknown;
	/** For `other`: the provider's own type name, so that nothing is silently dropped. */
	providerType?: string;
	/** Click-to-WhatsApp ad data, as received. */
	referral?: unknown;
}

/** A person as a channel names them in one event. At least one of address parts is present. */
export interface Sender {
	/** What to reply to. Cloud API: wa_id digits when present, else the BSUID. Linked device: the JID that wrote (…@lid or …@s.whatsapp.net). */
	address: string;
	/** wa_id digits as the provider wrote them, without '+'; null when hidden. */
	waId: string | null;
	/** Business-scoped user id, e.g. BR.1502576394655843. */
	bsuid: string | null;
	/** A linked device's opaque user id, e.g. 9137…@lid; null or absent when unknown. Its digits are no phone (D-04). */
	lid?: string | null;
	name: string | null;
	username: string | null;
}

export interface MessageEvent {
	type: 'message';
	providerMessageId: string;
	sender: Sender;
	sentAt: Instant;
	content: InboundContent;
	quotedMessageId: string | null;
	/** Stored by the provider while this desk was away (a linked device's backlog): never answered by the bot. */
	offline?: boolean;
	/** Nothing but its sender is known: it could not be opened, and may still come under the same id. For people alone. */
	unopened?: boolean;
	raw: unknown;
}

/** A message a human typed on the company's phone (Cloud API echo or own linked device). */
export interface EchoEvent {
	type: 'echo';
	providerMessageId: string;
	recipient: Sender;
	sentAt: Instant;
	content: InboundContent;
	raw: unknown;
}

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface StatusEvent {
	type: 'status';
	providerMessageId: string;
	status: DeliveryStatus;
	at: Instant;
	recipient: Sender | null;
	/** Our own outbox id, when the provider returned it (`biz_opaque_callback_data`). */
	outboxId: string | null;
	error: ProviderError | null;
	pricing: { category: string; type: string; billable: boolean } | null;
	raw: unknown;
}

/** The provider moved a person to another id; the conversation must follow. */
export interface IdentityEvent {
	type: 'identity';
	providerMessageId: string;
	from: { waId: string | null; bsuid: string | null; lid?: string | null };
	to: { waId: string | null; bsuid: string | null; lid?: string | null };
	at: Instant;
	raw: unknown;
}

/** Account, quality, template and preference news: recorded on the timeline, never an exception. */
export interface AccountEvent {
	type: 'account';
	field: string;
	summary: string;
	/** Stable content hash, so that a repeated webhook is recorded once. */
	key: string;
	at: Instant;
	raw: unknown;
}

export type InboundEvent = MessageEvent | EchoEvent | StatusEvent | IdentityEvent | AccountEvent;

// ---------------------------------------------------------------- outbound

export interface MenuOption {
	id: string;
	title: string;
	description?: string;
}

/**
 * A menu is one thing to the engine; the channel decides how it looks.
 * `style: 'auto'`: ≤3 short options become buttons, ≤10 a list, anything else numbered text.
 * `plainText` is the complete text for channels and cases that cannot show taps.
 */
export interface MenuContent {
	type: 'menu';
	body: string;
	plainText: string;
	options: MenuOption[];
	style: 'auto' | 'buttons' | 'list' | 'text';
	/** Label of the button that opens a list (≤20 characters). */
	buttonLabel?: string;
	header?: string;
	footer?: string;
}

export type MediaSource = { link: string } | { blobId: string } | { providerMediaId: string };

export type OutboundContent =
	| { type: 'text'; text: string; previewUrl?: boolean }
	| MenuContent
	| {
			type: 'media';
			mediaType: MediaType;
			source: MediaSource;
			mimeType?: string;
			caption?: string;
			fileName?: string;
			voice?: boolean;
	  }
	| { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
	| { type: 'contacts'; contacts: OutboundContactCard[] }
	| { type: 'reaction'; messageId: string; emoji: string }
	| TemplateContent;

/**
 * Why a message goes out; the outbox serves them in this order and rules differ by it.
 *   reply         answers somebody in a conversation: never held back by cooldown or opt-out, by caps only when it is a start
 *   notification  tells about the contact's own order, ticket or invoice (transactional)
 *   campaign      starts a conversation on the company's initiative: reminders, offers, imported lists
 */
export type MessageKind = 'reply' | 'notification' | 'campaign';

/**
 * What to do when the service window has closed by the moment of sending (D-19).
 *   fail      refuse it, with the reason
 *   template  send this approved template instead
 *   hold      keep it until the contact writes again
 */
export type OutsideWindow = { type: 'fail' } | { type: 'template'; content: TemplateContent } | { type: 'hold' };

export interface OutboundContactCard {
	name: string;
	phones: Array<{ phone: string; type?: string }>;
	emails?: Array<{ email: string; type?: string }>;
	organization?: string;
}

/** What a channel receives to send. `id` travels as `biz_opaque_callback_data` and comes back in statuses. */
export interface OutboundMessage {
	id: string;
	address: string;
	content: OutboundContent;
	quotedProviderMessageId?: string;
	/** How many times this message was tried before; channels lengthen their backoff by it. */
	attempt?: number;
}

export interface ProviderError {
	code: number | string;
	title: string;
	details: string;
}

/**
 * The truth about one attempt.
 *   sent     the provider accepted it
 *   refused  the provider said no; `retry` says what helps
 *   notSent  nothing left this machine (connection refused, DNS): safe to try again
 *   unknown  no answer came: it may have been sent, never blindly retried
 */
export type SendResult =
	| {
			type: 'sent';
			providerMessageId: string;
			waId: string | null;
			bsuid: string | null;
			/** What the channel had to simplify, in Portuguese (a list shown as numbered text). */
			hint?: string;
	  }
	| { type: 'refused'; error: ProviderError; retry: RetryAdvice; explanation: string }
	| { type: 'notSent'; reason: string }
	| { type: 'unknown'; reason: string };

/** `never`: this message is over · `backoff`: try again soon · `fix`: a person must mend the configuration first. */
export type RetryAdvice =
	{ kind: 'never' } | { kind: 'backoff'; minMs: number; scope: 'contact' | 'channel' } | { kind: 'fix' };

// ---------------------------------------------------------------- stored things

/** What a message or a signal changed about a contact's consent: no messages at all · no marketing · wants them again. */
export type ConsentNews = 'optedOut' | 'marketingStopped' | 'optedIn';

export interface Contact {
	id: string;
	name: string | null;
	/** E.164 with '+', canonical (Brazilian mobiles carry the ninth digit); null when never learnt. */
	phone: string | null;
}

export interface QueueRow {
	/** Stable identity, used in conversations, wires and reports. */
	name: string;
	displayName: string;
	number: number;
	active: boolean;
	blocked: boolean;
	blockedReason: string | null;
	createdAt: Instant;
}

/** The menu exactly as one customer received it: answers are read against this, not today's queues. */
export interface MenuSnapshot {
	sentAt: Instant;
	options: Array<{ number: number; queue: string; title: string }>;
}

export interface Conversation {
	id: string;
	channelId: string;
	contactId: string;
	state: ConversationState;
	queue: string | null;
	agent: string | null;
	protocolNumber: string;
	openedAt: Instant;
	updatedAt: Instant;
	resolvedAt: Instant | null;
	/** Until when a message after closing belongs to this conversation (D-23). */
	graceUntil: Instant | null;
	/** The bot keeps silent until then; null = not paused, Infinity is stored as 8640000000000000. */
	botPausedUntil: Instant | null;
	lastInboundAt: Instant | null;
	machineVersion: number;
	/** Triage memory; owned and typed by engine/conversation. */
	data: unknown;
}
