import { mediaLinkPath } from '../media';
import type { ChatMessage, MediaKind } from '../model';
import type { Simulation } from '../simulation';
import { countThroughput } from '../cloud-api/limits';
import { shownSha256 } from '../cloud-api/media-routes';
import { echoChange, inboundChange, inboundHead } from '../webhooks/payloads';
import { digitsOf } from '../phones';
import { announce } from '../view';
import type { Chat } from '../world';
import { tapped } from './tap';

/** What does a contact do on their phone? Each action becomes one inbound message and one webhook. */
type Json = Record<string, unknown>;

export type Say = {
	/** A wamid this message quotes. */
	replyTo?: string;
	/** Instant in milliseconds; default: now on the virtual clock. */
	sentAt?: number;
	/** More fields of the webhook message, e.g. `referral`. */
	extra?: Json;
} & (
	| { type: 'text'; text: string }
	/** Taps an option of an interactive message or a template's quick reply, by id or by title. */
	| { type: 'tap'; option: string; messageId?: string }
	| {
			type: 'media';
			media: MediaKind;
			mimeType?: string;
			base64?: string;
			caption?: string;
			fileName?: string;
			voice?: boolean;
	  }
	| { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
	| { type: 'contacts'; contacts: Json[] }
	/** An empty emoji takes the reaction back. */
	| { type: 'reaction'; messageId: string; emoji: string }
	| { type: 'unsupported'; unsupportedType?: string }
	/** The webhook message as given, over the usual head; `bare` leaves out head and contacts. */
	| { type: 'raw'; message: Json; bare?: boolean }
);

export type SayOutcome = { ok: true; messageId: string } | { ok: false; reason: string };

export function say(simulation: Simulation, chat: Chat, input: Say): SayOutcome {
	const { number, contact } = chat;
	const built = build(simulation, chat, input);
	if (!built) return { ok: false, reason: refusalOf(input) };
	const at = input.sentAt ?? simulation.clock.now();
	const bare = input.type === 'raw' && input.bare === true;
	const head = bare ? {} : inboundHead(contact, simulation.world.newMessageId(), at);
	const context = built.contextId ? { context: { from: digitsOf(number.displayPhone), id: built.contextId } } : {};
	const message: Json = { ...head, ...context, ...built.message, ...input.extra };
	const id = typeof message.id === 'string' ? message.id : simulation.world.newMessageId();
	record(simulation, chat, {
		id,
		from: 'contact',
		type: String(message.type ?? 'unknown'),
		content: message,
		contextId: built.contextId,
		at,
		acceptedRealAt: Date.now(),
		statuses: {},
		error: null,
		opaque: null,
	});
	// Changes of identity do not open the window (cloud-api.md §2.1).
	if (message.type !== 'system') chat.lastInboundAt = Math.max(chat.lastInboundAt ?? 0, at);
	if (message.referral !== undefined) chat.referralAt = at;
	simulation.metrics.said(`${number.phoneNumberId}:${contact.waId}`, performance.now());
	countThroughput(simulation, number);
	simulation.webhooks.send(
		number,
		`m:${number.phoneNumberId}:${contact.waId}`,
		inboundChange(number, contact, message, bare),
	);
	return { ok: true, messageId: id };
}

/** Someone types on the company's own phone: an echo webhook, and no service window (cloud-api.md §2.4). */
export function typeOnCompanyPhone(simulation: Simulation, chat: Chat, text: string): string {
	const message = record(simulation, chat, {
		id: simulation.world.newMessageId(),
		from: 'phone',
		type: 'text',
		content: { body: text },
		contextId: null,
		at: simulation.clock.now(),
		acceptedRealAt: Date.now(),
		statuses: { sent: simulation.clock.now(), delivered: simulation.clock.now() },
		error: null,
		opaque: null,
	});
	const { number, contact } = chat;
	simulation.webhooks.send(number, `m:${number.phoneNumberId}:${contact.waId}`, echoChange(number, contact, message));
	return message.id;
}

function record(simulation: Simulation, chat: Chat, message: Omit<ChatMessage, 'seq'>): ChatMessage {
	const stored = simulation.world.append(chat, message);
	if (message.from === 'phone') chat.unread++;
	announce(simulation, chat, stored);
	return stored;
}

/** The webhook message without its head; null for what a contact cannot do. */
export function build(
	simulation: Simulation,
	chat: Chat,
	input: Say,
): { message: Json; contextId: string | null } | null {
	const plain = (message: Json) => ({ message, contextId: input.replyTo ?? null });
	switch (input.type) {
		case 'text':
			return plain({ type: 'text', text: { body: input.text } });
		case 'tap':
			return tapped(chat, input.option, input.messageId);
		case 'media':
			return plain({ type: input.media, [input.media]: mediaOf(simulation, input) });
		case 'location':
			return plain({ type: 'location', location: without(input, ['type', 'replyTo', 'sentAt', 'extra']) });
		case 'contacts':
			return plain({ type: 'contacts', contacts: input.contacts });
		case 'reaction':
			return plain({
				type: 'reaction',
				reaction: { message_id: input.messageId, ...(input.emoji === '' ? {} : { emoji: input.emoji }) },
			});
		case 'unsupported':
			return plain({
				type: 'unsupported',
				errors: [UNSUPPORTED],
				unsupported: { type: input.unsupportedType ?? 'unknown' },
			});
		case 'raw':
			return plain(input.message);
		default:
			return null;
	}
}

const UNSUPPORTED = {
	code: 131051,
	title: 'Message type unknown',
	message: 'Message type unknown',
	error_data: { details: 'Message type is currently not supported.' },
};

const DEFAULT_TYPES: Record<MediaKind, string> = {
	image: 'image/png',
	video: 'video/mp4',
	audio: 'audio/ogg; codecs=opus',
	document: 'application/pdf',
	sticker: 'image/webp',
};

/** One pixel each, so that a picture sent without bytes can still be shown. */
const PIXELS: Partial<Record<MediaKind, string>> = {
	image: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM8c+bMfwAG/gMGk0bGdQAAAABJRU5ErkJggg==',
	sticker: 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA',
};

function mediaOf(simulation: Simulation, input: Say & { type: 'media' }): Json {
	const bytes = Buffer.from(input.base64 ?? PIXELS[input.media] ?? '', 'base64');
	const mimeType = input.mimeType ?? DEFAULT_TYPES[input.media];
	const stored = simulation.media.add(bytes, mimeType, input.fileName ?? null, simulation.clock.now(), 7);
	return {
		id: stored.id,
		mime_type: mimeType,
		sha256: shownSha256(simulation, stored),
		url: `${simulation.baseUrl}${mediaLinkPath(simulation.media, stored.id, simulation.clock.now())}`,
		...(input.caption ? { caption: input.caption } : {}),
		...(input.media === 'document' ? { filename: input.fileName ?? 'documento.pdf' } : {}),
		...(input.media === 'audio' ? { voice: input.voice ?? false } : {}),
		...(input.media === 'sticker' ? { animated: false } : {}),
	};
}

function without(value: object, keys: string[]): Json {
	return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function refusalOf(input: Say): string {
	return input.type === 'tap'
		? `No received message offers the option '${input.option}'. Send the menu first or check the id or title.`
		: `A contact cannot do '${String(input.type)}'.`;
}
