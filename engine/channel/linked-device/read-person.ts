/**
 * Whom does a chat name? By number and LID as far as WhatsApp tells both; the phone is known only from a phone JID, and may stay
 * unknown for good (D-04). Replies go to the very address that wrote.
 */
import type { IdentityEvent, Instant, Sender } from '../../model';
import { textOf } from '../untrusted';
import { isOwn, lidOf, personJid, phoneDigitsOf, type OwnNames } from './jids';

/**
 * @param jid of the chat
 * @param alternative the other name of the same person, where WhatsApp gave it
 * @returns null when it is nobody to talk to: a group, a status, a channel, a service, or the account itself
 */
export function personOf(jid: unknown, alternative: unknown, own: OwnNames, name: unknown): Sender | null {
	const address = personJid(jid);
	if (address === null || isOwn(address, own)) return null;
	// Next to a message of our own, Baileys may put our own other name here.
	const other = isOwn(alternative, own) ? null : alternative;
	return {
		address,
		waId: phoneDigitsOf(address) ?? phoneDigitsOf(other),
		bsuid: null,
		lid: lidOf(address) ?? lidOf(other),
		name: textOf(name),
		username: null,
	};
}

/** A number and a LID that WhatsApp says are one person; null for what is no such pair, and for our own. */
export function readPair(pair: { lid?: unknown; pn?: unknown }, own: OwnNames, now: Instant): IdentityEvent | null {
	const lid = lidOf(pair.lid);
	const waId = phoneDigitsOf(pair.pn);
	if (lid === null || waId === null || isOwn(pair.lid, own) || isOwn(pair.pn, own)) return null;
	return {
		type: 'identity',
		providerMessageId: `${lid} ${waId}`,
		from: { waId: null, bsuid: null, lid },
		to: { waId, bsuid: null },
		at: now,
		raw: { lid, waId },
	};
}
