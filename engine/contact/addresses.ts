import { lidOf, phoneDigitsOf } from '../channel/linked-device/jids';
import type { Sender } from '../model';
import { normalizePhone } from '../phone';
import type { Tx } from '../store/open-store';
import { insertMany, oneOf } from '../store/sql';

/** One name of a person in the identity index (D7). */
export interface Address {
	kind: 'phone' | 'waId' | 'bsuid' | 'jid' | 'lid' | 'document' | 'erp';
	value: string;
}

/** Every name a sender shows, strongest proof first. A phone is stored canonically, so both ninth-digit forms are one (D-06). */
export function addressesOf(sender: Pick<Sender, 'waId' | 'bsuid' | 'lid'>): Address[] {
	const addresses: Address[] = [];
	if (sender.bsuid) addresses.push({ kind: 'bsuid', value: sender.bsuid });
	if (sender.lid) addresses.push({ kind: 'lid', value: sender.lid });
	if (sender.waId) {
		const phone = normalizePhone(sender.waId, { source: 'waId' });
		addresses.push(phone.ok ? { kind: 'phone', value: phone.e164 } : { kind: 'waId', value: sender.waId });
	}
	return addresses;
}

/** The name that a JID of a linked device is; null for a text that is none. */
export function addressOfJid(text: string): Address | null {
	return addressesOf({ waId: phoneDigitsOf(text), bsuid: null, lid: lidOf(text) })[0] ?? null;
}

export function phoneOf(addresses: readonly Address[]): string | null {
	return addresses.find((a) => a.kind === 'phone')?.value ?? null;
}

export const keyOf = (address: Pick<Address, 'kind' | 'value'>): string => `${address.kind} ${address.value}`;

/** The contact behind each known address, by `keyOf`. */
export async function ownersOf(tx: Tx, addresses: readonly Address[]): Promise<Map<string, string>> {
	const owners = new Map<string, string>();
	for (const kind of new Set(addresses.map((a) => a.kind))) {
		const values = [...new Set(addresses.filter((a) => a.kind === kind).map((a) => a.value))];
		const rows = await tx
			.selectFrom('contact_address')
			.selectAll()
			.where('kind', '=', kind)
			.where(oneOf(tx, 'value', values))
			.execute();
		for (const row of rows) owners.set(`${row.kind} ${row.value}`, row.contact_id);
	}
	return owners;
}

/** Writes whose address is whose. In one order, so that two processes never wait for each other. */
export async function saveOwners(
	tx: Tx,
	entries: ReadonlyArray<{ address: Address; contactId: string }>,
): Promise<void> {
	const sorted = [...entries].sort((a, b) => (keyOf(a.address) < keyOf(b.address) ? -1 : 1));
	await insertMany(
		tx,
		'contact_address',
		sorted.map(({ address, contactId }) => ({ kind: address.kind, value: address.value, contact_id: contactId })),
	);
}
