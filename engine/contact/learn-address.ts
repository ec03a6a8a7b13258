/**
 * WhatsApp's answers and delivery reports say under which names it knows the person a message went to. What is learnt from
 * them: the exact wa_id (with or without the ninth digit, D-06), a business-scoped id (D-05), a LID (D-04), and that two contacts are one
 * . Nothing is guessed: a name that does not fit the contact's own is left alone, for a number may have a new owner.
 */
import type { Instant } from '../model';
import { normalizePhone, phoneVariants } from '../phone';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { addressesOf, keyOf, ownersOf, saveOwners, type Address } from './addresses';
import { mergeContacts } from './merge-contacts';

/** What WhatsApp called the contact of one message. */
export interface AddressProof {
	contactId: string;
	/** Digits as WhatsApp writes them. */
	waId: string | null;
	bsuid: string | null;
	/** A linked device's opaque user id, '9137…@lid'. */
	lid?: string | null;
}

/**
 * Learns from many proofs. When none of them is new it costs one indexed read, and nothing once this process has seen that
 * they are stored.
 */
export async function learnAddresses(tx: Tx, proofs: readonly AddressProof[], now: Instant): Promise<TimelineLine[]> {
	const unseen = new Map<string, AddressProof>();
	for (const proof of proofs) {
		const key = `${proof.contactId} ${proof.waId} ${proof.bsuid} ${proof.lid ?? null}`;
		if ((proof.waId || proof.bsuid || proof.lid) && !stored.has(key)) unseen.set(key, proof);
	}
	if (unseen.size === 0) return [];
	const ids = [...new Set([...unseen.values()].map((proof) => proof.contactId))];
	const own = await namesOf(tx, ids);
	const news = [...unseen].filter(([key, proof]) => {
		if (!isKnown(proof, own.get(proof.contactId))) return true;
		remember(key);
		return false;
	});
	if (news.length === 0) return [];
	return learn(
		tx,
		news.map(([, proof]) => proof),
		own,
		now,
	);
}

// ---------------------------------------------------------------- what is known

interface Names {
	phones: Set<string>;
	waIds: Set<string>;
	bsuids: Set<string>;
	lids: Set<string>;
}

// Only what was read from the store: a transaction that is rolled back must not leave its hopes here.
const stored = new Set<string>();
const STORED_AT_MOST = 50_000;

function remember(key: string): void {
	if (stored.size >= STORED_AT_MOST) stored.clear();
	stored.add(key);
}

function isKnown({ waId, bsuid, lid = null }: AddressProof, names: Names | undefined): boolean {
	if (!names) return false;
	const isLidKnown = lid === null || names.lids.has(lid);
	return isLidKnown && (waId === null || names.waIds.has(waId)) && (bsuid === null || names.bsuids.has(bsuid));
}

async function namesOf(tx: Tx, contactIds: readonly string[]): Promise<Map<string, Names>> {
	const found = new Map<string, Names>();
	if (contactIds.length === 0) return found;
	const rows = await tx
		.selectFrom('contact_address')
		.selectAll()
		.where(oneOf(tx, 'contact_id', contactIds))
		.execute();
	for (const { contact_id, kind, value } of rows) {
		const names = found.get(contact_id) ?? { phones: new Set(), waIds: new Set(), bsuids: new Set(), lids: new Set() };
		found.set(contact_id, names);
		if (kind === 'phone') names.phones.add(value);
		if (kind === 'waId') names.waIds.add(value);
		if (kind === 'bsuid') names.bsuids.add(value);
		if (kind === 'lid') names.lids.add(value);
	}
	return found;
}

// ---------------------------------------------------------------- what is new

/** What one proof adds to its contact, when it fits; null when it does not. */
function fits({ waId, bsuid, lid = null }: AddressProof, own: Names): { phone: string | null } | null {
	const phone =
		waId === null ? null : (addressesOf({ waId, bsuid: null }).find((a) => a.kind === 'phone')?.value ?? null);
	const sameBsuid = bsuid !== null && own.bsuids.has(bsuid);
	const sameLid = lid !== null && own.lids.has(lid);
	if (waId !== null && own.phones.size > 0 && !(phone !== null && own.phones.has(phone))) return null;
	// A contact known by an id alone: that id must be the one reported, or the phone is somebody's.
	if (waId !== null && own.phones.size === 0 && !sameBsuid && !sameLid) return null;
	// Another id under the same phone: the number may have changed hands.
	if (bsuid !== null && !sameBsuid && (own.bsuids.size > 0 || own.phones.size > 1)) return null;
	if (lid !== null && !sameLid && (own.lids.size > 0 || own.phones.size > 1)) return null;
	return { phone };
}

async function learn(
	tx: Tx,
	news: readonly AddressProof[],
	own: ReadonlyMap<string, Names>,
	now: Instant,
): Promise<TimelineLine[]> {
	const wanted = news.flatMap((proof) => {
		const names = own.get(proof.contactId);
		const fitting = names && fits(proof, names);
		return fitting ? [{ proof, phone: fitting.phone, identity: identityOf(proof) }] : [];
	});
	const owners = await ownersOf(
		tx,
		wanted.flatMap((w) => w.identity),
	);
	const others = [...new Set(owners.values())].filter((id) => !own.has(id));
	const strangers = new Map([...own, ...(await namesOf(tx, others))]);
	const fresh = new Map<string, { address: Address; contactId: string }>();
	const merges = new Map<string, string>();
	const forms = new Map<string, string>();
	for (const { proof, phone, identity } of wanted) {
		for (const address of identity) {
			const key = keyOf(address);
			const owner = owners.get(key);
			if (owner === undefined) {
				owners.set(key, proof.contactId);
				fresh.set(key, { address, contactId: proof.contactId });
			} else if (owner !== proof.contactId && mayJoin(strangers.get(owner), own.get(proof.contactId)!)) {
				const [keep, gone] = [owner, proof.contactId].sort() as [string, string];
				if (!merges.has(gone)) merges.set(gone, keep);
			}
		}
		if (proof.waId !== null && phone !== null) {
			for (const variant of variantsOf(proof.waId)) forms.delete(variant);
			forms.set(proof.waId, proof.contactId);
		}
		if (phone !== null && own.get(proof.contactId)!.phones.size === 0) await givePhone(tx, proof.contactId, phone, now);
	}
	await writeForms(tx, forms);
	await saveOwners(tx, [...fresh.values()]);
	const lines: TimelineLine[] = [];
	for (const [gone, keep] of merges) {
		// The kept one may have become part of another in this same turn.
		if (!merges.has(keep)) lines.push(...(await mergeContacts(tx, keep, gone, now)));
	}
	return lines;
}

function identityOf({ waId, bsuid, lid }: AddressProof): Address[] {
	return addressesOf({ waId, bsuid, lid });
}

/** Two contacts are one when nothing either of them is known by speaks against it. */
function mayJoin(other: Names | undefined, own: Names): boolean {
	if (!other) return false;
	const phones = new Set([...other.phones, ...own.phones]);
	const bsuids = new Set([...other.bsuids, ...own.bsuids]);
	const lids = new Set([...other.lids, ...own.lids]);
	return phones.size <= 1 && bsuids.size <= 1 && lids.size <= 1;
}

/** The form of a phone that WhatsApp uses is one: a newer word replaces an older one. `forms`: contact ids by wa_id. */
async function writeForms(tx: Tx, forms: ReadonlyMap<string, string>): Promise<void> {
	if (forms.size === 0) return;
	const replaced = [...forms.keys()].flatMap((waId) => [waId, ...variantsOf(waId)]);
	await tx
		.deleteFrom('contact_address')
		.where('kind', '=', 'waId')
		.where(oneOf(tx, 'value', [...new Set(replaced)]))
		.execute();
	await saveOwners(
		tx,
		[...forms].map(([value, contactId]) => ({ address: { kind: 'waId', value }, contactId })),
	);
}

function variantsOf(waId: string): string[] {
	const phone = normalizePhone(waId, { source: 'waId' });
	return phone.ok ? phoneVariants(phone.e164) : [];
}

async function givePhone(tx: Tx, contactId: string, phone: string, now: Instant): Promise<void> {
	await tx
		.updateTable('contact')
		.set({ phone, updated_at: now })
		.where('id', '=', contactId)
		.where('phone', 'is', null)
		.execute();
}
