/**
 * What did the person write? Turns the typed part of a message into `InboundContent`.
 * Never fails: a type we do not know, or one that does not look as documented, becomes `other` (D-31).
 * Source: Cloud API webhook reference, "messages".
 */
import { z } from 'zod/v4';
import type { InboundContent, InboundMedia, MediaType } from '../../model';
import { cleanFileName } from '../file-name';
import { isObject, textOf, type Json } from '../untrusted';
import { optionalText } from './webhook-fields';

export function readContent(type: string, message: Json): InboundContent {
	const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
	const content = read?.(message[type]) ?? other(type);
	if (isObject(message.referral)) content.referral = message.referral;
	return content;
}

/** What an edited or deleted message points at, so that the event can be shown beside the original. */
export function originalMessageId(type: string, message: Json): string | null {
	if (type !== 'edit' && type !== 'revoke') return null;
	const part = message[type];
	return isObject(part) ? textOf(part.original_message_id) : null;
}

/** Gives null when the part is not readable; the caller then answers `other`. */
type Reader = (part: unknown) => InboundContent | null;

const readers: Record<string, Reader> = {
	text: (part) => (isObject(part) && typeof part.body === 'string' ? plain('text', textOf(part.body) ?? '') : null),
	image: media('image'),
	video: media('video'),
	audio: media('audio'),
	document: media('document'),
	sticker: media('sticker'),
	location: readLocation,
	contacts: (part) => (Array.isArray(part) ? { ...plain('contacts'), contacts: part } : null),
	reaction: readReaction,
	interactive: readInteractive,
	button: readTemplateButton,
	order: (part) => (isObject(part) ? { ...plain('order', textOf(part.text) ?? ''), order: part } : null),
	system: (part) => (isObject(part) ? plain('system', textOf(part.body) ?? '') : null),
	unsupported: (part) => other((isObject(part) && textOf(part.type)) || 'unsupported'),
	edit: readEdit,
};

const mediaSchema = z.object({
	id: optionalText,
	mime_type: optionalText,
	sha256: optionalText,
	filename: optionalText,
	caption: optionalText,
	file_size: z.number().int().nonnegative().optional().catch(undefined),
	voice: z.boolean().optional().catch(undefined),
	animated: z.boolean().optional().catch(undefined),
});

function media(type: MediaType): Reader {
	return (part) => {
		const parsed = mediaSchema.safeParse(part);
		if (!parsed.success) return null;
		const found = parsed.data;
		const file: InboundMedia = {
			type,
			mimeType: textOf(found.mime_type),
			// Customers choose it: nothing dangerous in it reaches a workflow.
			fileName: cleanFileName(found.filename ?? ''),
			size: found.file_size ?? null,
			sha256: textOf(found.sha256),
			providerMediaId: textOf(found.id),
		};
		if (found.voice !== undefined) file.voice = found.voice;
		if (found.animated !== undefined) file.animated = found.animated;
		return { type, text: textOf(found.caption) ?? '', reply: null, media: file };
	};
}

const locationSchema = z.object({
	latitude: z.coerce.number().min(-90).max(90),
	longitude: z.coerce.number().min(-180).max(180),
	name: optionalText,
	address: optionalText,
});

function readLocation(part: unknown): InboundContent | null {
	const parsed = locationSchema.safeParse(part);
	if (!parsed.success) return null;
	const { latitude, longitude, name, address } = parsed.data;
	return { ...plain('location'), location: { latitude, longitude, name: textOf(name), address: textOf(address) } };
}

/** A reaction without an emoji is one taken back. */
function readReaction(part: unknown): InboundContent | null {
	if (!isObject(part)) return null;
	const messageId = textOf(part.message_id);
	return messageId === null ? null : { ...plain('reaction'), reaction: { messageId, emoji: textOf(part.emoji) } };
}

/** Taps on our own lists and buttons. Flow answers and what may come later stay visible as `other`. */
function readInteractive(part: unknown): InboundContent | null {
	if (!isObject(part)) return null;
	const kind = textOf(part.type) ?? '';
	if (kind === 'list_reply' || kind === 'button_reply') {
		const tapped = part[kind];
		if (!isObject(tapped)) return null;
		return menuReply(textOf(tapped.id), textOf(tapped.title));
	}
	const answer = part[kind];
	const body = isObject(answer) ? textOf(answer.body) : null;
	return { ...other(`interactive.${kind || 'unknown'}`), text: body ?? '' };
}

/** Quick replies of templates: another shape of the same thing, a tapped option. */
function readTemplateButton(part: unknown): InboundContent | null {
	if (!isObject(part)) return null;
	const label = textOf(part.text);
	return menuReply(textOf(part.payload) ?? label, label);
}

function menuReply(id: string | null, title: string | null): InboundContent | null {
	if (id === null && title === null) return null;
	const reply = { id: id ?? title!, title: title ?? id! };
	return { type: 'menuReply', text: reply.title, reply, media: null };
}

function readEdit(part: unknown): InboundContent {
	const message = isObject(part) && isObject(part.message) ? part.message : {};
	const changed = isObject(message.text) ? textOf(message.text.body) : null;
	return { ...other('edit'), text: changed ?? '' };
}

function plain(type: InboundContent['type'], text = ''): InboundContent {
	return { type, text, reply: null, media: null };
}

function other(providerType: string): InboundContent {
	return { ...plain('other'), providerType };
}
