/**
 * WhatsApp says that a LID and a phone number are one person. Whoever is known by one of them is known by both from now on, and
 * who was known twice is one contact. A pair of which nobody here knows anything says nothing.
 */
import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import type { TimelineLine } from '../timeline/timeline';
import { addressesOf, keyOf, ownersOf } from './addresses';
import { learnAddresses } from './learn-address';

export interface IdentityPair {
	/** '9137…@lid' */
	lid: string;
	/** Digits as WhatsApp writes them. */
	waId: string;
}

/** Hundreds may come at once, when a device is linked; most of them are strangers. */
export async function learnPairs(tx: Tx, pairs: readonly IdentityPair[], now: Instant): Promise<TimelineLine[]> {
	const named = pairs.map(({ lid, waId }) => ({ lid, waId, addresses: addressesOf({ waId, bsuid: null, lid }) }));
	const owners = await ownersOf(
		tx,
		named.flatMap(({ addresses }) => addresses),
	);
	const proofs = named.flatMap(({ lid, waId, addresses }) => {
		// By the LID first: it stays with a person, a number may pass on.
		const contactId = addresses.map((address) => owners.get(keyOf(address))).find((id) => id !== undefined);
		return contactId === undefined ? [] : [{ contactId, waId, bsuid: null, lid }];
	});
	return learnAddresses(tx, proofs, now);
}
