/**
 * What did the person write? Turns the content of a WhatsApp Web message into `InboundContent`, the same that the Cloud API's
 * reader gives for the same message. Never fails: a kind nobody here knows becomes `other` under its own name (D-31).
 * Source: WAProto of Baileys 7.0.0-rc14, `message Message`.
 */
import type { InboundContent } from '../../model';
import { isObject, textOf, type Json } from '../untrusted';
import { other, plain, type PartReader } from './content-parts';
import { readCards, readEvent, readLocation, readOrder, readPoll, readProduct } from './read-attachments';
import { readFile } from './read-file';
import { readInteractiveReply, readOffer, readTap } from './read-taps';
import type { MediaHandle } from './media-handle';
import { countOf } from './wire-values';

export interface ReadContent {
	content: InboundContent;
	/** The message it answers to, or the one that it changes. */
	quotedMessageId: string | null;
}

/** @returns null where nobody said anything: protocol messages, keys, pins and what announces other messages */
export function readContent(message: unknown, key: MediaHandle['message']): ReadContent | null {
	const inner = unwrap(message);
	if (!inner) return null;
	const edit = readEdit(inner, key);
	if (edit) return edit;
	const kind = kindOf(inner);
	if (kind === null) return null;
	const part = inner[kind];
	if (kind === 'conversation') return { content: plain('text', textOf(part) ?? ''), quotedMessageId: null };
	const read = Object.hasOwn(READERS, kind) && isObject(part) ? READERS[kind]!(part, key) : null;
	const content = read ?? { ...other(nameOf(kind)), text: captionOf(part) };
	const referral = readReferral(part);
	if (referral) content.referral = referral;
	return { content, quotedMessageId: quotedIn(part) };
}

// ---------------------------------------------------------------- which kind

const READERS: Record<string, PartReader> = {
	extendedTextMessage: (part) => (typeof part.text === 'string' ? plain('text', textOf(part.text) ?? '') : null),
	imageMessage: readFile('image'),
	videoMessage: readFile('video'),
	ptvMessage: readFile('video'),
	audioMessage: readFile('audio'),
	documentMessage: readFile('document'),
	stickerMessage: readFile('sticker'),
	locationMessage: readLocation,
	liveLocationMessage: readLocation,
	contactMessage: readCards,
	contactsArrayMessage: readCards,
	reactionMessage: readReaction,
	listResponseMessage: readTap,
	buttonsResponseMessage: readTap,
	templateButtonReplyMessage: readTap,
	interactiveResponseMessage: readInteractiveReply,
	buttonsMessage: readOffer('buttonsMessage'),
	listMessage: readOffer('listMessage'),
	templateMessage: readOffer('templateMessage'),
	interactiveMessage: readOffer('interactiveMessage'),
	orderMessage: readOrder,
	productMessage: readProduct,
	pollCreationMessage: readPoll,
	pollCreationMessageV2: readPoll,
	pollCreationMessageV3: readPoll,
	pollCreationMessageV5: readPoll,
	eventMessage: readEvent,
};

/** Envelopes around a message: each holds it under `message`. */
const WRAPPERS = [
	...['deviceSentMessage', 'ephemeralMessage', 'documentWithCaptionMessage', 'editedMessage', 'associatedChildMessage'],
	...['viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension', 'lottieStickerMessage'],
	...['groupMentionedMessage', 'botInvokeMessage', 'botForwardedMessage', 'botTaskMessage', 'limitSharingMessage'],
	...['pollCreationMessageV4', 'pollCreationOptionImageMessage', 'questionMessage', 'questionReplyMessage'],
];
const DEEPEST = 10;

/** Not said by anybody: work of the apps, and the announcement of an album whose pictures come as messages of their own. */
const SILENT: ReadonlySet<string> = new Set([
	...['protocolMessage', 'senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage'],
	...['keepInChatMessage', 'pinInChatMessage', 'stickerSyncRmrMessage', 'messageHistoryBundle', 'messageHistoryNotice'],
	...['albumMessage', 'statusNotificationMessage'],
]);

function unwrap(message: unknown): Json | null {
	let inner: unknown = message;
	for (let depth = 0; depth < DEEPEST && isObject(inner); depth++) {
		const outer: Json = inner;
		const wrapper = WRAPPERS.find((name) => isObject(outer[name]) && isObject((outer[name] as Json).message));
		if (!wrapper) return outer;
		inner = (outer[wrapper] as Json).message;
	}
	return null;
}

/** The first thing in it that a person may have said. */
function kindOf(message: Json): string | null {
	const kinds = Object.keys(message).filter((name) => message[name] !== null && message[name] !== undefined);
	const known = kinds.find((name) => name === 'conversation' || Object.hasOwn(READERS, name));
	return known ?? kinds.find((name) => /Mess+age/.test(name) && !SILENT.has(name)) ?? null;
}

/** One name for all versions of a kind. */
function nameOf(kind: string): string {
	return kind.replace(/V\d+$/, '').slice(0, 100);
}

function captionOf(part: unknown): string {
	return isObject(part) ? (textOf(part.caption) ?? textOf(part.text) ?? '') : '';
}

// ---------------------------------------------------------------- what lies across the kinds

const MESSAGE_EDIT = 14;

/** The new text of a message, told as the Cloud API tells it: `other`, `edit`, pointing at the original. */
function readEdit(message: Json, key: MediaHandle['message']): ReadContent | null {
	const protocol = message.protocolMessage;
	if (!isObject(protocol) || countOf(protocol.type) !== MESSAGE_EDIT) return null;
	// Not by the way of edits again: an edit within an edit is no edit.
	const changed = unwrap(protocol.editedMessage);
	const text = changed && !isObject(changed.protocolMessage) ? (readContent(changed, key)?.content.text ?? '') : '';
	const original = isObject(protocol.key) ? textOf(protocol.key.id) : null;
	return { content: other('edit', text), quotedMessageId: original };
}

function readReaction(part: Json): InboundContent | null {
	const messageId = isObject(part.key) ? textOf(part.key.id) : null;
	return messageId === null ? null : { ...plain('reaction'), reaction: { messageId, emoji: textOf(part.text) } };
}

function quotedIn(part: unknown): string | null {
	if (!isObject(part)) return null;
	const target = [part.pollCreationMessageKey, part.targetMessageKey].find(isObject);
	if (target) return textOf(target.id);
	return isObject(part.contextInfo) ? textOf(part.contextInfo.stanzaId) : null;
}

/** Click-to-WhatsApp ads, under the names that the Cloud API uses. Previews of plain links look alike and name no ad. */
function readReferral(part: unknown): Json | null {
	const context = isObject(part) && isObject(part.contextInfo) ? part.contextInfo : null;
	const ad = context?.externalAdReply;
	if (!isObject(ad)) return null;
	const clickId = textOf(ad.ctwaClid);
	if (textOf(ad.sourceType) !== 'ad' && clickId === null) return null;
	const named = {
		source_url: ad.sourceUrl,
		source_type: ad.sourceType,
		source_id: ad.sourceId,
		headline: ad.title,
		body: ad.body,
		ctwa_clid: clickId,
	};
	return Object.fromEntries(
		Object.entries(named).flatMap(([name, value]) => (textOf(value) ? [[name, textOf(value)]] : [])),
	);
}
