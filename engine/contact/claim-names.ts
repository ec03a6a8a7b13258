/**
 * Whose are the ERP ids and documents of a list? The company's word decides: a customer whose phone changed keeps their id, and
 * the id goes to whoever has the phone now. Two people are never joined by it: only a record that nobody at WhatsApp stands
 * for (no phone, no id there) becomes part of the contact with the phone.
 */
import { newId } from '../ids';
import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import { insertMany, oneOf, updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { keyOf, ownersOf, saveOwners, type Address } from './addresses';
import { describeName } from './given-names';
import { mergeContacts } from './merge-contacts';

export interface NameClaim {
	/** Whoever has the phone; null = nobody has, the names alone say who it is. */
	contactId: string | null;
	/** Of the company's list; null keeps the one that is known. */
	name: string | null;
	names: readonly Address[];
}

export interface Claimed {
	contactId: string;
	/** Nobody was known by these names. */
	isNew: boolean;
	/** Names were added or came from somebody else. */
	changed: boolean;
	/** pt-BR: which names were somebody else's. */
	moved: string[];
}

/** One answer per claim, in their order; claims without names and without a contact get null. */
export async function claimNames(
	tx: Tx,
	claims: readonly NameClaim[],
	now: Instant,
): Promise<{ claimed: Array<Claimed | null>; lines: TimelineLine[] }> {
	const owners = await ownersOf(
		tx,
		claims.flatMap(({ names }) => names),
	);
	const bare = await bareContacts(tx, [...new Set(owners.values())]);
	const plan = new Plan(owners, bare, now);
	const claimed = claims.map((claim) => plan.claim(claim));
	await insertMany(
		tx,
		'contact',
		plan.fresh.map(({ id, name }) => ({
			...{ id, name, name_given: name === null ? 0 : 1, phone: null },
			...{ created_at: now, updated_at: now },
		})),
	);
	await saveOwners(tx, [...plan.added.values()]);
	await rename(tx, plan.renamed, now);
	const lines: TimelineLine[] = [];
	for (const { address, to } of plan.moves) {
		const { kind, value } = address;
		await tx
			.updateTable('contact_address')
			.set({ contact_id: to })
			.where('kind', '=', kind)
			.where('value', '=', value)
			.execute();
	}
	for (const { keep, gone } of plan.merges) lines.push(...(await mergeContacts(tx, keep, gone, now)));
	const names = await namesOf(
		tx,
		plan.moves.flatMap(({ from, to }) => [plan.final(from), plan.final(to)]),
	);
	for (const move of plan.moves) {
		const [from, to] = [plan.final(move.from), plan.final(move.to)];
		if (from === to) continue;
		const called = (id: string) => names.get(id) ?? 'contato sem nome';
		const text = `O ${describeName(move.address)} passou de ${called(from)} para ${called(to)}, como a empresa informou.`;
		const data = { kind: move.address.kind, from, to };
		lines.push({ event: 'contactIdReassigned', at: now, contactId: to, text, data });
		move.claimed.moved.push(text);
	}
	for (const each of claimed) if (each) each.contactId = plan.final(each.contactId);
	return { claimed, lines };
}

/** Gives the phones of these claims to contacts that were known by an ERP id or a document alone. */
export async function givePhones(
	tx: Tx,
	wanted: ReadonlyArray<{ phone: Address; names: readonly Address[] }>,
	now: Instant,
): Promise<void> {
	const owners = await ownersOf(
		tx,
		wanted.flatMap(({ phone, names }) => [phone, ...names]),
	);
	const bare = await bareContacts(tx, [...new Set(owners.values())]);
	const given = new Map<string, { id: string; phone: Address }>();
	for (const { phone, names } of wanted) {
		if (owners.has(keyOf(phone))) continue;
		const id = names.flatMap((name) => owners.get(keyOf(name)) ?? []).find((owner) => bare.has(owner));
		if (id === undefined) continue;
		bare.delete(id);
		owners.set(keyOf(phone), id);
		given.set(keyOf(phone), { id, phone });
	}
	const all = [...given.values()];
	await saveOwners(
		tx,
		all.map(({ id, phone }) => ({ address: phone, contactId: id })),
	);
	await updateMany(
		tx,
		'contact',
		all.map(({ id, phone }) => ({ id, phone: phone.value, updated_at: now })),
	);
}

/** Works out claim by claim what has to be written. */
class Plan {
	readonly fresh: Array<{ id: string; name: string | null }> = [];
	readonly added = new Map<string, { address: Address; contactId: string }>();
	readonly moves: Array<{ address: Address; from: string; to: string; claimed: Claimed }> = [];
	readonly merges: Array<{ keep: string; gone: string }> = [];
	readonly renamed = new Map<string, string>();
	readonly #goneTo = new Map<string, string>();

	constructor(
		private readonly owners: Map<string, string>,
		private readonly bare: Set<string>,
		private readonly now: Instant,
	) {}

	claim({ contactId, name, names }: NameClaim): Claimed | null {
		if (contactId === null && names.length === 0) return null;
		const known = contactId ?? this.#ownerOf(names);
		const id = this.final(known ?? this.#make(name));
		const claimed: Claimed = { contactId: id, isNew: !known, changed: !known, moved: [] };
		if (known && contactId === null && name !== null) this.#rename(claimed.contactId, name);
		for (const address of names) this.#take(address, claimed);
		return claimed;
	}

	/** Where a contact ended up after all merges. */
	final(id: string): string {
		const next = this.#goneTo.get(id);
		return next === undefined ? id : this.final(next);
	}

	/** The first with a phone or an id at WhatsApp, else the first. */
	#ownerOf(names: readonly Address[]): string | undefined {
		const owners = names.flatMap((each) => this.owners.get(keyOf(each)) ?? []).map((id) => this.final(id));
		return owners.find((id) => !this.bare.has(id)) ?? owners[0];
	}

	#make(name: string | null): string {
		const id = newId('cnt', this.now);
		this.fresh.push({ id, name });
		this.bare.add(id);
		return id;
	}

	#take(address: Address, claimed: Claimed): void {
		const key = keyOf(address);
		const known = this.owners.get(key);
		const [owner, to] = [known === undefined ? undefined : this.final(known), this.final(claimed.contactId)];
		if (owner === to) return;
		claimed.changed = true;
		this.owners.set(key, to);
		if (owner === undefined) this.added.set(key, { address, contactId: to });
		else if (this.bare.has(owner)) this.#join(owner, to);
		else this.moves.push({ address, from: owner, to, claimed });
	}

	/** The older id stays: others have written it down. */
	#join(a: string, b: string): void {
		const [keep, gone] = [a, b].sort() as [string, string];
		this.merges.push({ keep, gone });
		this.#goneTo.set(gone, keep);
		if (!this.bare.has(b)) this.bare.delete(keep);
	}

	#rename(id: string, name: string): void {
		const made = this.fresh.find((each) => each.id === id);
		if (made) made.name = name;
		else this.renamed.set(id, name);
	}
}

/** Those of these contacts that nobody at WhatsApp stands for. */
async function bareContacts(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const rows = await tx
		.selectFrom('contact_address')
		.select('contact_id')
		.distinct()
		.where(oneOf(tx, 'contact_id', ids))
		.where('kind', 'not in', ['erp', 'document'])
		.execute();
	const reachable = new Set(rows.map((row) => row.contact_id));
	return new Set(ids.filter((id) => !reachable.has(id)));
}

async function rename(tx: Tx, renamed: ReadonlyMap<string, string>, now: Instant): Promise<void> {
	for (const [id, name] of renamed) {
		await tx
			.updateTable('contact')
			.set({ name, name_given: 1, updated_at: now })
			.where('id', '=', id)
			.where((e) => e.or([e('name', 'is', null), e('name', '<>', name), e('name_given', '=', 0)]))
			.execute();
	}
}

async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string | null>> {
	if (ids.length === 0) return new Map();
	const rows = await tx
		.selectFrom('contact')
		.select(['id', 'name'])
		.where(oneOf(tx, 'id', [...new Set(ids)]))
		.execute();
	return new Map(rows.map((row) => [row.id, row.name]));
}
