/**
 * Whom does a chat name? By number and LID as far as WhatsApp tells both; the phone is known only from a phone JID, and may stay
 * unknown for good (D-04). Replies go to the very address that wrote.
 */
import type { Sender } from '../../model';
import { textOf } from '../untrusted';
import { isOwn, lidOf, personJid, phoneDigitsOf, type OwnNames } from './jids';

/**
 * @param jid of the chat
 * @param alternative the other name of the same person, where WhatsApp gave it
 * @param own the account's names, where its own chat with itself is nobody's; null = it is as good as any
 * @returns null when it is nobody to talk to: a group, a status, a channel, a service, or the account itself
 */
export function personOf(jid: unknown, alternative: unknown, own: OwnNames | null, name: unknown): Sender | null {
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
