/**
 * What must a way to reach WhatsApp be able to do? Every channel implements this port and nothing more (D8);
 * the rest of the engine never asks which kind of channel it is talking to, only what it can do.
 *
 * Methods answer with results. They do not throw for what a network or a provider may do.
 */
import type { ChannelKind, MediaSource, OutboundMessage, ProviderError, SendResult } from '../model';
import type { Template, TemplateDraft, TemplateMediaType } from '../model-template';

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

	/** The provider's templates; absent where a channel knows none (then their text is sent as a normal message). */
	readonly templates?: TemplateCatalog;

	/** The bytes of a file somebody sent; absent where media arrive with the message. */
	fetchMedia?(providerMediaId: string, options?: FetchOptions): Promise<FetchedMedia>;

	/** Whether a number, digits with country code, is on WhatsApp; absent where the provider does not tell (V-10). */
	checkNumber?(digits: string): Promise<NumberPresence>;

	/** Everything a person would check by hand, with what to fix. `receivingAt`: where webhooks of the desk receive. */
	diagnose?(receivingAt: readonly string[]): Promise<Finding[]>;

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

/** An answer of the provider that is not about a message: done, or why not and whether trying again helps. */
export type Answer<T> =
	| { type: 'ok'; value: T }
	| { type: 'refused'; error: ProviderError; explanation: string; retry: boolean }
	| { type: 'failed'; reason: string };

export interface TemplateCatalog {
	/** All templates of the account, in every language and state. */
	list(): Promise<Answer<Template[]>>;
	/** Asks for approval; the answer's category may differ from the one asked for. */
	create(draft: TemplateDraft): Promise<Answer<Pick<Template, 'id' | 'status' | 'category'>>>;
	/** Replaces the content of one that exists and asks for approval again. */
	edit(id: string, draft: TemplateDraft): Promise<Answer<null>>;
	/** Deletes one language of a template, or all of them when `id` is null. */
	delete(name: string, id: string | null): Promise<Answer<null>>;
	/** Hands in the sample file of a header; the answer is the handle that a draft carries. */
	uploadExample(mediaType: TemplateMediaType, file: StoredMedia): Promise<Answer<string>>;
}

export interface FetchOptions {
	/** Told the file's size before its bytes are taken in, at most once; the bytes wait until it resolves. */
	admit?(bytes: number): Promise<void>;
}

/** `gone`: it cannot be had any more, trying again is useless. `failed`: it may be had later. */
export type FetchedMedia =
	| { type: 'ok'; bytes: Buffer; mimeType: string | null; fileName: string | null; sha256: string | null }
	| { type: 'gone'; reason: string }
	| { type: 'failed'; reason: string };

/** `unclear`: the provider gave no answer. */
export type NumberPresence =
	| { type: 'onWhatsApp'; jid: string; lid: string | null }
	| { type: 'notOnWhatsApp' }
	| { type: 'unclear'; reason: string };

/** One thing that was looked at. */
export interface Finding {
	/** Stable camelCase, e.g. token, number, wabaSubscription, callback. */
	check: string;
	ok: boolean;
	/** What was found, in English, e.g. "The token is valid and does not expire." */
	found: string;
	/** What to do, and where; null when it is in order. */
	fix: string | null;
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
