/** Who is on the list? Saves people by their phone; one without a usable phone is a result, not an exception (V-11). */
import type { Contact, Instant, Sender } from '../model';
import { normalizePhone } from '../phone';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { addressesOf, keyOf, ownersOf } from './addresses';
import { NO_PHONE } from './no-phone';
import { resolveContacts } from './resolve-contacts';

export interface ContactEntry {
	/** As it stands in the list: with or without country code, ninth digit, punctuation. */
	phone: string;
	/** Empty keeps the name that is known. */
	name?: string | null;
}

export type SavedContact =
	| { result: 'created' | 'updated' | 'unchanged'; contact: Contact; /** pt-BR */ warning: string | null }
	| { result: 'noPhone'; explanation: typeof NO_PHONE; /** pt-BR; '' when nothing was given. */ why: string };

/** One transaction for the whole list; results in its order. The same phone twice is one contact. */
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
	const senders = read.flatMap((each) => (each.type === 'sender' ? [each.sender] : []));
	const before = await known(tx, senders);
	const { contacts, lines } = await resolveContacts(tx, senders, now, 'company');
	const created = new Set<string>();
	const results = read.map((each): SavedContact => {
		if (each.type === 'noPhone') return { result: 'noPhone', explanation: NO_PHONE, why: each.why };
		const { id, name, phone } = contacts.get(each.sender)!;
		const old = before.get(keyOf(addressesOf(each.sender)[0]!));
		const isNew = !old && !created.has(id);
		if (isNew) created.add(id);
		const result = isNew ? 'created' : !old || old.name === name ? 'unchanged' : 'updated';
		return { result, contact: { id, name, phone }, warning: each.warning };
	});
	return { results, lines };
}

type Read = { type: 'sender'; sender: Sender; warning: string | null } | { type: 'noPhone'; why: string };

function readEntry({ phone, name }: ContactEntry): Read {
	const normal = normalizePhone(phone, { source: 'register' });
	if (!normal.ok) return { type: 'noPhone', why: normal.reason === 'empty' ? '' : normal.message };
	const digits = normal.e164.slice(1);
	const sender = { address: digits, waId: digits, bsuid: null, name: name?.trim() || null, username: null };
	return { type: 'sender', sender, warning: normal.warning ?? null };
}

/** The names of those who are known already, by the key of their phone. */
async function known(tx: Tx, senders: readonly Sender[]): Promise<Map<string, { name: string | null }>> {
	const owners = await ownersOf(tx, senders.flatMap(addressesOf));
	const ids = [...new Set(owners.values())];
	if (ids.length === 0) return new Map();
	const rows = await tx
		.selectFrom('contact')
		.select(['id', 'name'])
		.where(oneOf(tx, 'id', ids))
		.execute();
	const byId = new Map(rows.map((row) => [row.id, row]));
	return new Map([...owners].flatMap(([key, id]) => (byId.has(id) ? [[key, byId.get(id)!] as const] : [])));
}
