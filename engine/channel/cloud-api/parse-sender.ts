/**
 * Who is a webhook talking about? Joins the ids of a message with the `contacts` list beside it.
 * The phone may be hidden behind a username (D-05): then only the business-scoped id is there.
 */
import type { Sender } from '../../model';
import { isObject, listOf, textOf, type Json } from '../untrusted';

/** The `contacts` of one webhook value, readable by either id. */
export interface ContactDirectory {
	byId: Map<string, Json>;
	/** Set when the value names exactly one contact. */
	only: Json | null;
}

export function readContacts(contacts: unknown): ContactDirectory {
	const byId = new Map<string, Json>();
	const known = listOf(contacts).filter(isObject);
	for (const contact of known) {
		if (typeof contact.wa_id === 'string') byId.set(contact.wa_id, contact);
		if (typeof contact.user_id === 'string') byId.set(contact.user_id, contact);
	}
	return { byId, only: known.length === 1 ? known[0]! : null };
}

/** @returns null when neither a phone nor a business-scoped id can be found */
export function senderOf(phone: unknown, userId: unknown, contacts: ContactDirectory): Sender | null {
	const givenPhone = digitsOf(phone);
	const givenBsuid = textOf(userId);
	const contact =
		(givenBsuid !== null && contacts.byId.get(givenBsuid)) ||
		(givenPhone !== null && contacts.byId.get(givenPhone)) ||
		(givenBsuid === null && givenPhone === null && contacts.only) ||
		null;

	const waId = givenPhone ?? digitsOf(contact?.wa_id);
	const bsuid = givenBsuid ?? textOf(contact?.user_id);
	const address = waId ?? bsuid;
	if (address === null) return null;

	const profile = isObject(contact?.profile) ? contact.profile : {};
	return { address, waId, bsuid, name: textOf(profile.name), username: textOf(profile.username) };
}

export function digitsOf(phone: unknown): string | null {
	if (typeof phone !== 'string') return null;
	return /^\+?(\d{5,20})$/.exec(phone)?.[1] ?? null;
}
