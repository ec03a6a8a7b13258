/**
 * What must a way to reach WhatsApp be able to do? Every channel implements this port and nothing more (D8);
 * the rest of the engine never asks which kind of channel it is talking to, only what it can do.
 *
 * Methods answer with results. They do not throw for what a network or a provider may do.
 */
import type { ChannelKind, MediaSource, OutboundMessage, SendResult } from '../model';

export interface Channel {
	/** Stable for as long as the number is: `cloudApi:<phone number id>`. */
	readonly id: string;
	readonly kind: ChannelKind;
	readonly capabilities: Capabilities;

	/** One attempt, never repeated inside. The answer is the exact truth of what is known. */
	send(message: OutboundMessage, media: MediaReader): Promise<SendResult>;

	/** Marks one inbound message (and the earlier ones) as read; `typing` also shows "digitando…" for a while. */
	markRead(providerMessageId: string, typing: boolean): Promise<SendResult | { type: 'ok' }>;

	/** Can this channel send and receive now, and if not, what is to be done? */
	status(): Promise<ChannelHealth>;

	/** Gives back sockets and timers. The channel is not used afterwards. */
	close?(): void;
}

export interface Capabilities {
	/** Tappable reply buttons. */
	buttons: boolean;
	/** A tappable list of options. */
	list: boolean;
	/** Templates approved by the provider. */
	templates: boolean;
	/** Hours in which free text may be sent after the contact's last message; null = no limit. */
	serviceWindowHours: 24 | null;
	/** Tells what a person typed on the company's own phone. */
	echoes: boolean;
	reactions: boolean;
	/** Can show "digitando…". */
	typing: boolean;
	readReceipts: boolean;
	/** Can quote the message it answers. */
	quotes: boolean;
	/** The provider fetches a media link by itself. */
	mediaByLink: boolean;
	groups: boolean;
}

export interface MediaReader {
	/** The bytes of a stored blob; null when it is no longer there. */
	read(source: Extract<MediaSource, { blobId: string }>): Promise<StoredMedia | null>;
}

export interface StoredMedia {
	bytes: Buffer;
	mimeType: string;
	fileName: string | null;
}

export interface ChannelHealth {
	/** True when messages can be sent and nothing found forbids receiving. */
	ok: boolean;
	/** As the provider shows it, e.g. "+55 11 3000-0000". */
	phone: string | null;
	/** The verified display name. */
	name: string | null;
	quality: 'green' | 'yellow' | 'red' | 'unknown';
	problems: Problem[];
}

/** In English: shown by the credential test and by the Channel: Status operation. */
export interface Problem {
	what: string;
	why: string;
	fix: string;
}
