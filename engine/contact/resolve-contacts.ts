import { newId } from '../ids';
import type { Contact, Instant, Sender } from '../model';
import { phoneVariants } from '../phone';
import type { Tx } from '../store/open-store';
import { insertMany, oneOf, updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { addressesOf, keyOf, ownersOf, phoneOf, saveOwners, type Address } from './addresses';
import { mergeContacts } from './merge-contacts';

interface Known extends Contact {
	/** The LIDs it is known by; read only for those that one event may join. */
	lids: Set<string>;
	/** The company gave the name: what the person calls themselves on WhatsApp does not replace it. */
	isNameGiven: boolean;
	isNew: boolean;
	learnt: boolean;
}

/**
 * Finds or creates the contact of each sender, in one pass for many senders.
 * Both ninth-digit forms of a Brazilian phone lead to one contact (D-06); a BSUID alone is enough (D-05).
 * When one event shows that two known contacts are the same person, they are merged and the timeline tells it.
 * @param namedBy who gave the names of these senders: the company (its lists and nodes), or themselves on WhatsApp
 */
export async function resolveContacts(
	tx: Tx,
	senders: readonly Sender[],
	now: Instant,
	namedBy: 'company' | 'themselves' = 'themselves',
): Promise<{ contacts: Map<Sender, Contact>; lines: TimelineLine[] }> {
	const wanted = senders.map((sender) => ({ sender, addresses: addressesOf(sender) }));
	const owners = await ownersOf(
		tx,
		wanted.flatMap((w) => w.addresses),
	);
	const known = await loadContacts(tx, [...new Set(owners.values())]);
	await loadLids(tx, known, doubtful(wanted, owners));
	const plan = new Plan(owners, known, namedBy === 'company');
	const bySender = new Map<Sender, string>();
	for (const { sender, addresses } of wanted) bySender.set(sender, plan.resolve(sender, addresses, now).id);

	await insertContacts(tx, plan.fresh, now);
	for (const { kind, value } of plan.released) {
		await tx.deleteFrom('contact_address').where('kind', '=', kind).where('value', '=', value).execute();
		// The form WhatsApp confirmed for it belonged to the former owner.
		await tx
			.deleteFrom('contact_address')
			.where('kind', '=', 'waId')
			.where('value', 'in', phoneVariants(value))
			.execute();
	}
	await saveOwners(tx, [...plan.newAddresses.values()]);
	const learnt = [...known.values()].filter((c) => c.learnt && !c.isNew);
	await updateMany(
		tx,
		'contact',
		learnt.map((c) => ({ id: c.id, name: c.name, name_given: c.isNameGiven ? 1 : 0, phone: c.phone, updated_at: now })),
	);
	const lines: TimelineLine[] = [];
	for (const { keep, gone } of plan.merges) lines.push(...(await mergeContacts(tx, keep, gone, now)));
	return { contacts: new Map([...bySender].map(([sender, id]) => [sender, known.get(plan.final(id))!])), lines };
}

/** What has to be written, worked out sender by sender before anything is. */
class Plan {
	readonly fresh: Known[] = [];
	readonly newAddresses = new Map<string, { address: Address; contactId: string }>();
	readonly merges: Array<{ keep: string; gone: string }> = [];
	/** Addresses that leave the contact they belonged to. */
	readonly released: Address[] = [];
	readonly #goneTo = new Map<string, string>();

	constructor(
		private readonly owners: Map<string, string>,
		private readonly known: Map<string, Known>,
		private readonly isCompany: boolean,
	) {}

	resolve(sender: Sender, addresses: readonly Address[], now: Instant): Known {
		this.#releaseRecycled(addresses);
		this.#releaseFromOthers(sender.lid, addresses);
		const found = [...new Set(addresses.flatMap((a) => this.owners.get(keyOf(a)) ?? []))].sort();
		// The oldest is kept: its id is the one that others have written down.
		let contact = found.length > 0 ? this.known.get(found[0]!) : undefined;
		if (!contact) {
			const isNameGiven = this.isCompany && sender.name !== null;
			const phone = phoneOf(addresses);
			contact = {
				id: newId('cnt', now),
				name: sender.name,
				phone,
				isNameGiven,
				isNew: true,
				learnt: false,
				lids: new Set(),
			};
			this.known.set(contact.id, contact);
			this.fresh.push(contact);
		}
		for (const gone of found.slice(1)) this.#merge(contact, gone);
		for (const address of addresses) {
			const key = keyOf(address);
			if (this.owners.has(key)) continue;
			this.owners.set(key, contact.id);
			this.newAddresses.set(key, { address, contactId: contact.id });
		}
		learn(contact, sender, phoneOf(addresses), this.isCompany);
		return contact;
	}

	/** Where a contact ended up after all merges. */
	final(id: string): string {
		const next = this.#goneTo.get(id);
		return next === undefined ? id : this.final(next);
	}

	#merge(keep: Known, gone: string): void {
		this.merges.push({ keep: keep.id, gone });
		this.#goneTo.set(gone, keep.id);
		for (const [key, owner] of this.owners) if (owner === gone) this.owners.set(key, keep.id);
		const old = this.known.get(gone);
		keep.phone ??= old?.phone ?? null;
		if (keep.name !== null && (keep.isNameGiven || !old?.isNameGiven)) return;
		keep.name = old?.name ?? keep.name;
		keep.isNameGiven = old?.isNameGiven ?? false;
	}

	/** A person nobody knows yet writes from a number that its former owner has given up: it is theirs now. */
	#releaseRecycled(addresses: readonly Address[]): void {
		const phone = addresses.find((a) => a.kind === 'phone');
		const ids = addresses.filter((a) => a.kind === 'bsuid' || a.kind === 'lid');
		if (!phone || ids.length === 0 || ids.some((id) => this.owners.has(keyOf(id)))) return;
		const former = this.known.get(this.owners.get(keyOf(phone)) ?? '');
		if (!former?.phone || former.phone === phone.value) return;
		this.#release(phone);
	}

	/**
	 * The LID that writes is one contact's and its phone another's, who has a LID too: two accounts, so two people. The number has
	 * passed on to the one that writes from it.
	 */
	#releaseFromOthers(lid: string | null | undefined, addresses: readonly Address[]): void {
		const writer = lid ? this.owners.get(keyOf({ kind: 'lid', value: lid })) : undefined;
		const phone = addresses.find((a) => a.kind === 'phone');
		const former = phone && this.known.get(this.owners.get(keyOf(phone)) ?? '');
		if (writer === undefined || !former || former.id === writer || former.lids.size === 0) return;
		this.#release(phone);
		if (former.phone === phone.value) Object.assign(former, { phone: null, learnt: true });
	}

	#release(address: Address): void {
		this.owners.delete(keyOf(address));
		if (!this.newAddresses.delete(keyOf(address))) this.released.push(address);
	}
}

function learn(contact: Known, sender: Sender, newPhone: string | null, isCompany: boolean): void {
	const phone = contact.phone ?? newPhone;
	const isNamed = sender.name !== null && (isCompany || !contact.isNameGiven);
	const name = isNamed ? sender.name : contact.name;
	const isNameGiven = contact.isNameGiven || (isNamed && isCompany);
	if (name === contact.name && phone === contact.phone && isNameGiven === contact.isNameGiven) return;
	Object.assign(contact, { name, phone, isNameGiven, learnt: true });
}

async function insertContacts(tx: Tx, fresh: readonly Known[], now: Instant): Promise<void> {
	await insertMany(
		tx,
		'contact',
		fresh.map(({ id, name, phone, isNameGiven }) => ({
			...{ id, name, phone, name_given: isNameGiven ? 1 : 0 },
			...{ created_at: now, updated_at: now },
		})),
	);
}

async function loadContacts(tx: Tx, ids: readonly string[]): Promise<Map<string, Known>> {
	if (ids.length === 0) return new Map();
	const rows = await tx
		.selectFrom('contact')
		.select(['id', 'name', 'name_given', 'phone'])
		.where(oneOf(tx, 'id', ids))
		.execute();
	return new Map(
		rows.map(({ name_given, ...row }) => [
			row.id,
			{ ...row, isNameGiven: Number(name_given) === 1, isNew: false, learnt: false, lids: new Set() },
		]),
	);
}

/** Contacts that one sender's addresses lead to together: they may be one, or two of whom one has the other's old number. */
function doubtful(
	wanted: ReadonlyArray<{ addresses: readonly Address[] }>,
	owners: ReadonlyMap<string, string>,
): string[] {
	return wanted.flatMap(({ addresses }) => {
		const found = new Set(addresses.flatMap((address) => owners.get(keyOf(address)) ?? []));
		return found.size > 1 && addresses.some(({ kind }) => kind === 'lid') ? [...found] : [];
	});
}

async function loadLids(tx: Tx, known: ReadonlyMap<string, Known>, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	const rows = await tx
		.selectFrom('contact_address')
		.select(['contact_id', 'value'])
		.where(oneOf(tx, 'contact_id', [...new Set(ids)]))
		.where('kind', '=', 'lid')
		.execute();
	for (const { contact_id, value } of rows) known.get(contact_id)?.lids.add(value);
}
