/**
 * Who is on the list? Saves people by their phone, and by the ERP ids and documents the company knows them by; one without a
 * usable phone is a result, not an exception (V-11), and exists all the same when something else names them (D7).
 */
import type { Contact, Instant, Sender } from '../model';
import { normalizePhone } from '../phone';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { addressesOf, ownersOf, type Address } from './addresses';
import { claimNames, givePhones, type Claimed } from './claim-names';
import { readGivenNames, type GivenNames } from './given-names';
import { NO_PHONE } from '../phone-missing';
import { resolveContacts } from './resolve-contacts';

export interface ContactEntry extends GivenNames {
	/** As it stands in the list: with or without country code, ninth digit, punctuation. */
	phone: string;
	/** Empty keeps the name that is known. */
	name?: string | null;
}

/** `warning` (pt-BR): what was corrected, left out, or belonged to somebody else before. */
export type SavedContact =
	| { result: 'created' | 'updated' | 'unchanged'; contact: Contact; warning: string | null }
	| {
			result: 'noPhone';
			/** Who is known by an ERP id or a document alone; null when nothing names them. */
			contact: Contact | null;
			explanation: typeof NO_PHONE;
			/** pt-BR; '' when no phone was given. */
			why: string;
			warning: string | null;
	  };

/**
 * One transaction for the whole list; results in its order. The same phone twice is one contact.
 * @throws ConfigurationError for an ERP id without its system
 */
export async function saveContacts(
	store: Store,
	entries: readonly ContactEntry[],
	now: Instant,
): Promise<SavedContact[]> {
	return store.transaction(async (tx) => {
		const { results, lines } = await saveContactsIn(tx, entries, now);
		await appendTimeline(tx, store.dialect, lines);
		return results;
	});
}

/** The same within a transaction that is already open. */
export async function saveContactsIn(
	tx: Tx,
	entries: readonly ContactEntry[],
	now: Instant,
): Promise<{ results: SavedContact[]; lines: TimelineLine[] }> {
	const read = entries.map(readEntry);
	const before = await known(tx, read);
	const named = read.some(({ names }) => names.length > 0);
	if (named) {
		const wanted = read.flatMap(({ phone, names }) => (phone && names.length > 0 ? [{ phone, names }] : []));
		await givePhones(tx, wanted, now);
	}
	const senders = read.flatMap(({ sender }) => sender ?? []);
	const { contacts, lines } = await resolveContacts(tx, senders, now, 'company');
	const ids = read.map(({ sender }) => (sender ? contacts.get(sender)!.id : null));
	const seats = named ? await claimAll(tx, read, ids, lines, now) : ids.map((id) => (id ? seatOf(id) : null));
	const after = await contactsOf(
		tx,
		seats.flatMap((seat) => seat?.contactId ?? []),
	);
	const created = new Set<string>();
	const results = read.map((entry, i): SavedContact => {
		const seat = seats[i];
		const contact = seat ? after.get(seat.contactId)! : null;
		const warning = [...entry.warnings, ...(seat?.moved ?? [])].join(' ') || null;
		if (contact === null || (contact.phone === null && !entry.sender)) {
			return { result: 'noPhone', contact, explanation: NO_PHONE, why: entry.why, warning };
		}
		const old = before.get(contact.id);
		const isNew = !old && !created.has(contact.id);
		if (isNew) created.add(contact.id);
		const isSame = !seat!.changed && (!old || (old.name === contact.name && old.phone === contact.phone));
		const unusable = entry.sender || entry.why === '' ? null : `O telefone informado não foi usado. ${entry.why}`;
		return {
			result: isNew ? 'created' : isSame ? 'unchanged' : 'updated',
			contact,
			warning: [unusable, warning].filter(Boolean).join(' ') || null,
		};
	});
	return { results, lines };
}

interface Read {
	sender: Sender | null;
	phone: Address | null;
	name: string | null;
	names: Address[];
	/** pt-BR: why there is no sender. */
	why: string;
	warnings: string[];
}

function readEntry({ phone, name, erpIds, document }: ContactEntry): Read {
	const normal = normalizePhone(phone, { source: 'register' });
	const { names, warnings } = readGivenNames({ erpIds, document });
	const person = { name: name?.trim() || null, names };
	if (!normal.ok) {
		return { ...person, sender: null, phone: null, why: normal.reason === 'empty' ? '' : normal.message, warnings };
	}
	const digits = normal.e164.slice(1);
	const sender = { address: digits, waId: digits, bsuid: null, name: person.name, username: null };
	const heeded = normal.warning === undefined ? warnings : [normal.warning, ...warnings];
	return { ...person, sender, phone: addressesOf(sender)[0]!, why: '', warnings: heeded };
}

async function claimAll(
	tx: Tx,
	read: readonly Read[],
	ids: ReadonlyArray<string | null>,
	lines: TimelineLine[],
	now: Instant,
): Promise<Array<Claimed | null>> {
	const claims = read.map(({ name, names }, i) => ({ contactId: ids[i]!, name, names }));
	const result = await claimNames(tx, claims, now);
	lines.push(...result.lines);
	return result.claimed;
}

const seatOf = (contactId: string): Claimed => ({ contactId, isNew: false, changed: false, moved: [] });

/** Those whom any entry names and who are known already, by id. */
async function known(tx: Tx, read: readonly Read[]): Promise<Map<string, Contact>> {
	const owners = await ownersOf(
		tx,
		read.flatMap(({ phone, names }) => (phone ? [phone, ...names] : names)),
	);
	return contactsOf(tx, [...owners.values()]);
}

async function contactsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Contact>> {
	if (ids.length === 0) return new Map();
	const rows = await tx
		.selectFrom('contact')
		.select(['id', 'name', 'phone'])
		.where(oneOf(tx, 'id', [...new Set(ids)]))
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}
