/**
 * One message as Baileys gives it: which event is it? What a person wrote to us, or what a human wrote to a person from one of
 * the account's devices (telling those from what this desk sent itself is the caller's: the ids are in its ledger).
 * Groups, statuses, broadcasts and channels are left out (D-17), as is all work of the apps among themselves.
 */
import type { WAMessage } from '@whiskeysockets/baileys';
import type { EchoEvent, Instant, MessageEvent } from '../../model';
import { isObject, textOf, type Json } from '../untrusted';
import { other } from './content-parts';
import type { OwnNames } from './jids';
import { personOf } from './read-person';
import { readContent, type ReadContent } from './read-content';
import { instantOf, plainCopy } from './wire-values';

/**
 * @param upsert 'append' for what WhatsApp kept while the line was down
 * @param now for a message that does not say when it was sent
 * @returns null for what is nobody's word
 */
export function readMessage(
	message: WAMessage,
	own: OwnNames,
	upsert: 'notify' | 'append',
	now: Instant,
): MessageEvent | EchoEvent | null {
	// Typed by the library, but written by strangers.
	const given: unknown = message;
	if (!isObject(given) || !isObject(given.key) || given.category === 'peer' || given.broadcast === true) return null;
	const { key } = given;
	const id = idOf(key.id);
	const fromMe = key.fromMe === true;
	// The push name beside a message of our own is our own.
	const person = personOf(key.remoteJid, key.remoteJidAlt, own, fromMe ? null : given.pushName);
	if (id === null || person === null) return null;
	const read = contentOf(given, key, { remoteJid: person.address, id, fromMe });
	if (!read) return null;

	const said = { providerMessageId: id, sentAt: instantOf(given.messageTimestamp) ?? now, content: read.content };
	const raw = plainCopy(given);
	if (fromMe) return { type: 'echo', ...said, recipient: person, raw };
	const event: MessageEvent = { type: 'message', ...said, sender: person, quotedMessageId: read.quotedMessageId, raw };
	return upsert === 'append' ? { ...event, offline: true } : event;
}

/** The kind of a message of which nothing but its sender is known. */
const UNREADABLE = 'unreadable';

/** One that could not be opened for good: for people alone. @returns null when it is nobody's word */
export function readUnopened(message: WAMessage, own: OwnNames, now: Instant): MessageEvent | null {
	const { key } = message;
	const id = idOf(key.id);
	const sender = personOf(key.remoteJid, key.remoteJidAlt, own, message.pushName);
	if (id === null || sender === null) return null;
	return {
		...{ type: 'message', providerMessageId: id, sender, sentAt: instantOf(message.messageTimestamp) ?? now },
		...{ content: other(UNREADABLE), quotedMessageId: null, offline: true, unopened: true, raw: plainCopy(message) },
	};
}

const LONGEST_ID = 200;

/** Becomes a database key, so it may be neither empty nor endless nor carry a NUL. */
function idOf(id: unknown): string | null {
	return typeof id === 'string' && id.length <= LONGEST_ID ? textOf(id.replaceAll('\u0000', '')) : null;
}

function contentOf(
	given: Json,
	key: Json,
	place: { remoteJid: string; id: string; fromMe: boolean },
): ReadContent | null {
	if (given.message !== null && given.message !== undefined) return readContent(given.message, place);
	// A picture to be seen once is shown on the phone alone; linked devices are only told that there is one.
	return key.isViewOnce === true ? { content: other('viewOnceMessage'), quotedMessageId: null } : null;
}
