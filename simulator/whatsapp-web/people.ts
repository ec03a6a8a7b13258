import type { Contact } from '../model';
import type { World } from '../world';
import { lidJid, lidOf, pnJid, readJid } from './jids';
import { SERVER } from './node';
import { SignalParty } from './signal-party';

/** Customers as WhatsApp Web knows them: a phone, an opaque id, and keys of their own. */
export interface Person {
	contact: Contact;
	lid: string;
	signal: SignalParty;
	/** By which of the two their messages are addressed. */
	addressing: 'lid' | 'pn';
}

export class People {
	readonly #world: World;
	readonly #byPhone = new Map<string, Person>();
	readonly #phoneByLid = new Map<string, string>();

	constructor(world: World) {
		this.#world = world;
	}

	of(contact: Contact): Person {
		const known = this.#byPhone.get(contact.waId);
		if (known) return known;
		const person: Person = { contact, lid: lidOf(contact.waId), signal: new SignalParty(), addressing: 'lid' };
		this.#byPhone.set(contact.waId, person);
		this.#phoneByLid.set(person.lid, contact.waId);
		return person;
	}

	/** Who has this address; both ninth-digit forms of a phone reach the same person. */
	byJid(jid: string): Person | null {
		const { user, server } = readJid(jid);
		const phone = server === 'lid' ? this.#phoneByLid.get(user) : server === SERVER ? user : undefined;
		const contact = phone === undefined ? undefined : this.#world.contactByPhone(phone);
		return contact ? this.of(contact) : null;
	}

	clear(): void {
		this.#byPhone.clear();
	}
}

/** The address of the chat with this person. */
export function chatJid({ contact, lid, addressing }: Person): string {
	return addressing === 'lid' ? lidJid(lid) : pnJid(contact.waId);
}

/** Sender's addresses on a message: the one it comes from, and the other one unless the phone is hidden. */
export function senderAttrs(person: Person): Record<string, string> {
	const { contact, lid, addressing } = person;
	if (addressing === 'pn') return { from: pnJid(contact.waId), sender_lid: lidJid(lid) };
	const attrs = { from: lidJid(lid), addressing_mode: 'lid' };
	return contact.hidePhone ? attrs : { ...attrs, sender_pn: pnJid(contact.waId) };
}
