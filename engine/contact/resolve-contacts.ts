import { newId } from '../ids';
import type { Contact, Instant, Sender } from '../model';
import { normalizePhone } from '../phone';
import type { Tx } from '../store/open-store';
import { chunks, updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { mergeContacts } from './merge-contacts';

/** One name of a person in the identity index (D7). */
export interface Address {
	kind: 'phone' | 'waId' | 'bsuid' | 'jid' | 'lid' | 'document' | 'erp';
	value: string;
}

interface Known extends Contact {
	isNew: boolean;
	renamed: boolean;
}

/**
 * Finds or creates the contact of each sender, in one pass for many senders.
 * Both ninth-digit forms of a Brazilian phone lead to one contact (D-06); a BSUID outranks a phone (D-05).
 * When one event shows that two known contacts are the same person, they are merged and the timeline tells it.
 */
export async function resolveContacts(
	tx: Tx,
	senders: readonly Sender[],
	now: Instant,
): Promise<{ contacts: Map<Sender, Contact>; lines: TimelineLine[] }> {
	const wanted = senders.map((sender) => ({ sender, addresses: addressesOf(sender) }));
	const owners = await ownersOf(
		tx,
		wanted.flatMap((w) => w.addresses),
	);
	const known = await loadContacts(tx, [...new Set(owners.values())]);
	const fresh: Known[] = [];
	const newAddresses = new Map<string, { address: Address; contactId: string }>();
	const merges: Array<{ keep: string; gone: string }> = [];
	const contacts = new Map<Sender, Contact>();

	for (const { sender, addresses } of wanted) {
		const found = [...new Set(addresses.map((a) => owners.get(keyOf(a))).filter((id) => id !== undefined))];
		const keepId = found[0];
		let contact = keepId === undefined ? undefined : known.get(keepId);
		if (!contact) {
			contact = { id: newId('cnt', now), name: sender.name, phone: phoneOf(addresses), isNew: true, renamed: false };
			known.set(contact.id, contact);
			fresh.push(contact);
		}
		for (const gone of found.slice(1)) {
			merges.push({ keep: contact.id, gone });
			for (const [key, owner] of owners) if (owner === gone) owners.set(key, contact.id);
		}
		for (const address of addresses) {
			const key = keyOf(address);
			if (owners.has(key)) continue;
			owners.set(key, contact.id);
			newAddresses.set(key, { address, contactId: contact.id });
		}
		learn(contact, sender, addresses);
		contacts.set(sender, contact);
	}

	for (const part of chunks(fresh)) {
		await tx
			.insertInto('contact')
			.values(part.map((c) => ({ id: c.id, name: c.name, phone: c.phone, created_at: now, updated_at: now })))
			.execute();
	}
	for (const part of chunks([...newAddresses.values()])) {
		await tx
			.insertInto('contact_address')
			.values(
				part.map(({ address, contactId }) => ({ kind: address.kind, value: address.value, contact_id: contactId })),
			)
			.execute();
	}
	const renamed = [...known.values()].filter((c) => c.renamed && !c.isNew);
	await updateMany(
		tx,
		'contact',
		{ name: 'text', phone: 'text', updated_at: 'bigint' },
		renamed.map((c) => ({ id: c.id, name: c.name, phone: c.phone, updated_at: now })),
	);
	const lines: TimelineLine[] = [];
	for (const { keep, gone } of merges) lines.push(...(await mergeContacts(tx, keep, gone, now)));
	return { contacts, lines };
}

/** Every name a sender shows, strongest proof first. */
export function addressesOf(sender: Sender): Address[] {
	const addresses: Address[] = [];
	if (sender.bsuid) addresses.push({ kind: 'bsuid', value: sender.bsuid });
	if (sender.waId) {
		const phone = normalizePhone(sender.waId, { source: 'waId' });
		if (phone.ok) addresses.push({ kind: 'phone', value: phone.e164 });
		else addresses.push({ kind: 'waId', value: sender.waId });
	}
	return addresses;
}

function learn(contact: Known, sender: Sender, addresses: readonly Address[]): void {
	const phone = contact.phone ?? phoneOf(addresses);
	const name = sender.name ?? contact.name;
	if (name === contact.name && phone === contact.phone) return;
	contact.name = name;
	contact.phone = phone;
	contact.renamed = true;
}

async function ownersOf(tx: Tx, addresses: readonly Address[]): Promise<Map<string, string>> {
	const owners = new Map<string, string>();
	for (const kind of ['bsuid', 'phone', 'waId'] as const) {
		const values = [...new Set(addresses.filter((a) => a.kind === kind).map((a) => a.value))];
		for (const part of chunks(values)) {
			const rows = await tx
				.selectFrom('contact_address')
				.selectAll()
				.where('kind', '=', kind)
				.where('value', 'in', part)
				.execute();
			for (const row of rows) owners.set(`${row.kind} ${row.value}`, row.contact_id);
		}
	}
	return owners;
}

async function loadContacts(tx: Tx, ids: readonly string[]): Promise<Map<string, Known>> {
	const known = new Map<string, Known>();
	for (const part of chunks(ids)) {
		const rows = await tx.selectFrom('contact').select(['id', 'name', 'phone']).where('id', 'in', part).execute();
		for (const row of rows) known.set(row.id, { ...row, isNew: false, renamed: false });
	}
	return known;
}

function phoneOf(addresses: readonly Address[]): string | null {
	return addresses.find((a) => a.kind === 'phone')?.value ?? null;
}

function keyOf(address: Address): string {
	return `${address.kind} ${address.value}`;
}
