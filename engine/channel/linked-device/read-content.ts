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
import { sealedEditIn, type SealedEdit } from './sealed-edit';
import { countOf } from './wire-values';

export interface ReadContent {
	content: InboundContent;
	/** The message it answers to, or the one that it changes. */
	quotedMessageId: string | null;
}

/** @returns null where nobody said anything: protocol messages, keys, pins and what announces other messages */
export function readContent(message: unknown, key: MediaHandle['message']): ReadContent | null {
	const layers = layersOf(message);
	const inner = layers.at(-1);
	if (!inner || layers.some(accompanies)) return null;
	const edit = readEdit(inner, key) ?? readSealedEdit(inner);
	if (edit) return edit;
	const kind = kindOf(inner);
	if (kind === null) return null;
	const part = inner[kind];
	if (isSecondVersion(part)) return null;
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

/**
 * Not said to us by anybody: work of the apps, the announcement of an album whose pictures come as messages of their own, calls,
 * and what was said elsewhere (in a status, in a group).
 */
const SILENT: ReadonlySet<string> = new Set([
	...['protocolMessage', 'senderKeyDistributionMessage', 'fastRatchetKeySenderKeyDistributionMessage'],
	...['keepInChatMessage', 'pinInChatMessage', 'stickerSyncRmrMessage', 'messageHistoryBundle', 'messageHistoryNotice'],
	...['albumMessage', 'statusNotificationMessage', 'statusMentionMessage', 'groupStatusMentionMessage'],
	...['groupStatusMessage', 'groupStatusMessageV2', 'encCommentMessage', 'encReactionMessage'],
	// Spelled so by WhatsApp; and, where it is no edit of a message, that of an appointment or a poll.
	...['callLogMesssage', 'secretEncryptedMessage'],
]);

/** The message and what its envelopes hold, outermost first; empty when it is none, or endlessly wrapped. */
function layersOf(message: unknown): Json[] {
	const layers: Json[] = [];
	for (let inner: unknown = message; layers.length < DEEPEST && isObject(inner);) {
		const outer: Json = inner;
		layers.push(outer);
		const wrapper = WRAPPERS.find((name) => isObject(outer[name]) && isObject((outer[name] as Json).message));
		if (!wrapper) return layers;
		inner = (outer[wrapper] as Json).message;
	}
	return [];
}

/**
 * HD_VIDEO_DUAL_UPLOAD, HD_IMAGE_DUAL_UPLOAD, MOTION_PHOTO, HEVC_VIDEO_DUAL_UPLOAD: the same picture or film as another message, in
 * a better form. Pictures of an album (MEDIA_ALBUM) are messages of their own.
 * Source: WAProto, `MessageAssociation.AssociationType`.
 */
const SECOND_VERSIONS: ReadonlySet<number | null> = new Set([5, 10, 12, 19]);

function accompanies({ messageContextInfo: context }: Json): boolean {
	const association = isObject(context) ? context.messageAssociation : null;
	return isObject(association) && SECOND_VERSIONS.has(countOf(association.associationType));
}

/** HD_VIDEO_CHILD, HD_IMAGE_CHILD, MOTION_PHOTO_CHILD, HEVC_VIDEO_CHILD: the same, as older apps say it (`PairedMediaType`). */
const PAIRED_CHILDREN: ReadonlySet<number | null> = new Set([2, 4, 6, 8]);

function isSecondVersion(part: unknown): boolean {
	const context = isObject(part) ? part.contextInfo : null;
	return isObject(context) && PAIRED_CHILDREN.has(countOf(context.pairedMediaType));
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
	const changed = layersOf(protocol.editedMessage).at(-1);
	const text = changed && !isObject(changed.protocolMessage) ? (readContent(changed, key)?.content.text ?? '') : '';
	const original = isObject(protocol.key) ? textOf(protocol.key.id) : null;
	return { content: other('edit', text), quotedMessageId: original };
}

/** What of it is sealed, when it is an edit whose text cannot be read from it alone. */
export function sealedEditOf(message: unknown): SealedEdit | null {
	const inner = layersOf(message).at(-1);
	return inner ? sealedEditIn(inner) : null;
}

/** The text is told by whoever has the secret of the original (open-edits.ts). */
function readSealedEdit(message: Json): ReadContent | null {
	const sealed = sealedEditIn(message);
	return sealed && { content: other('edit'), quotedMessageId: sealed.originalId };
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
