import type { Loose, MediaKind } from '../model';
import { baileys, type proto } from './baileys';
import { decryptMedia } from './media-crypto';
import type { Web } from './web';

/** What does the customer see of a message the company sent? In the words of the other chats, files opened. */
export interface Seen {
	type: string;
	content: Loose;
	contextId: string | null;
	mediaId?: string;
}

const KINDS: MediaKind[] = ['image', 'video', 'audio', 'document', 'sticker'];

/** Null for what no person sees: keys, settings, history. */
export function seenAs(web: Web, message: proto.IMessage): Seen | null {
	const inner = baileys().normalizeMessageContent(message) ?? message;
	const text = inner.conversation ?? inner.extendedTextMessage?.text;
	if (text != null) return { type: 'text', content: { body: text }, contextId: quotedIn(inner) };
	for (const kind of KINDS) {
		const part: Loose | null | undefined = inner[`${kind}Message` as keyof proto.IMessage] as Loose;
		if (part) return { ...media(web, kind, part), contextId: quotedIn(inner) };
	}
	const { locationMessage: place, reactionMessage: reaction, protocolMessage: protocol } = inner;
	if (place) {
		const { degreesLatitude: latitude, degreesLongitude: longitude, name, address } = place;
		return { type: 'location', content: { latitude, longitude, name, address }, contextId: quotedIn(inner) };
	}
	if (reaction) {
		const content = { message_id: reaction.key?.id, emoji: reaction.text ?? '' };
		return { type: 'reaction', content, contextId: null };
	}
	if (inner.contactMessage || inner.contactsArrayMessage) {
		const cards = inner.contactsArrayMessage?.contacts ?? [inner.contactMessage!];
		const contacts = cards.map((card) => ({
			name: { formatted_name: card.displayName ?? '' },
			phones: phonesIn(card),
		}));
		return { type: 'contacts', content: { contacts }, contextId: quotedIn(inner) };
	}
	if (protocol) {
		const { REVOKE, MESSAGE_EDIT } = baileys().proto.Message.ProtocolMessage.Type;
		const aim = { message_id: protocol.key?.id };
		if (protocol.type === REVOKE) return { type: 'revoke', content: aim, contextId: null };
		if (protocol.type === MESSAGE_EDIT) {
			return { type: 'edit', content: { ...aim, body: protocol.editedMessage?.conversation ?? '' }, contextId: null };
		}
		return null;
	}
	const [kind = 'unknown'] = Object.keys(inner).filter((key) => key !== 'messageContextInfo');
	return { type: 'unsupported', content: { unsupported: { type: kind } }, contextId: null };
}

function media(web: Web, kind: MediaKind, part: Loose): Omit<Seen, 'contextId'> {
	const { clock, media: files } = web.simulation;
	const content: Loose = {
		mime_type: part.mimetype,
		...(part.caption ? { caption: part.caption } : {}),
		...(part.fileName ? { filename: part.fileName } : {}),
		...(part.ptt ? { voice: true } : {}),
	};
	const cipher = web.media.blob(String(part.directPath));
	// A file that cannot be fetched or opened is shown without its content, as phones do.
	const bytes = cipher && decryptMedia(cipher, part.mediaKey, kind);
	if (!bytes) return { type: kind, content: { ...content, broken: true } };
	const stored = files.add(bytes, part.mimetype, part.fileName ?? null, clock.now(), 30);
	return { type: kind, content: { ...content, id: stored.id }, mediaId: stored.id };
}

function quotedIn(message: proto.IMessage): string | null {
	const type = baileys().getContentType(message);
	const part = type && (message[type] as { contextInfo?: proto.IContextInfo | null } | null);
	return (typeof part === 'object' && part?.contextInfo?.stanzaId) || null;
}

function phonesIn({ vcard }: proto.Message.IContactMessage): Array<{ phone: string }> {
	return [...(vcard ?? '').matchAll(/^TEL[^:]*:(.+)$/gm)].map(([, phone]) => ({ phone: phone!.trim() }));
}
