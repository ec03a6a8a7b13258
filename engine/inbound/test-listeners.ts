import type { Contact, Instant, Sender } from '../model';
import { normalizePhone } from '../phone';
import { newId } from '../ids';
import type { Store, Tx } from '../store/open-store';
import type { InboundRow } from './inbound-row';
import { buildItems, type ItemOptions, type MessageItem, type StoredInbound } from './message-item';

/** How long a manual test waits for a message. */
const TEST_WAIT_MS = 10 * 60_000;

/**
 * A manual run asks for exactly one message. The message it gets is marked and production skips it; all others go on untouched.
 * With `numbers`, only those contacts are taken.
 */
export async function addTestListener(
	store: Store,
	channelId: string,
	numbers: readonly string[],
	now: Instant,
): Promise<string> {
	const id = newId('tst', now);
	await store.transaction((tx) =>
		tx
			.insertInto('test_listener')
			.values({
				id,
				channel_id: channelId,
				numbers: JSON.stringify(phonesOf(numbers)),
				expires_at: now + TEST_WAIT_MS,
				taken_by: null,
			})
			.execute(),
	);
	return id;
}

export async function removeTestListener(store: Store, id: string): Promise<void> {
	await store.transaction((tx) => tx.deleteFrom('test_listener').where('id', '=', id).execute());
}

/** The message a test took, as an item; null while it still waits. */
export async function takenTestMessage(store: Store, id: string, options: ItemOptions): Promise<MessageItem | null> {
	const row = await store.read((db) =>
		db
			.selectFrom('test_listener as t')
			.innerJoin('inbound as i', 'i.id', 't.taken_by')
			.selectAll('i')
			.where('t.id', '=', id)
			.executeTakeFirst(),
	);
	if (!row) return null;
	const [item] = await buildItems(store, [[row as StoredInbound]], options);
	return item ?? null;
}

/** Marks the first fitting message of a batch for each waiting test. Part of the ingest transaction, so it cannot be taken twice. */
export async function takeTestMessages(
	tx: Tx,
	rows: readonly InboundRow[],
	contacts: Map<Sender, Contact>,
	now: Instant,
): Promise<void> {
	if (rows.length === 0) return;
	const waiting = await tx
		.selectFrom('test_listener')
		.selectAll()
		.where('taken_by', 'is', null)
		.where('expires_at', '>', now)
		.execute();
	if (waiting.length === 0) return;
	const phones = new Map([...contacts.values()].map((contact) => [contact.id, contact.phone]));
	for (const listener of waiting) {
		const numbers = JSON.parse(listener.numbers) as string[];
		const row = rows.find(
			(r) =>
				(r.kind === 'message' || r.kind === 'reminderReply') &&
				r.channel_id === listener.channel_id &&
				r.test_listener === null &&
				(numbers.length === 0 || numbers.includes(phones.get(r.contact_id!) ?? '')),
		);
		if (!row) continue;
		const taken = await tx
			.updateTable('test_listener')
			.set({ taken_by: row.id })
			.where('id', '=', listener.id)
			// Another process may have been quicker: one message is enough.
			.where('taken_by', 'is', null)
			.returning('id')
			.executeTakeFirst();
		if (taken) row.test_listener = listener.id;
	}
}

function phonesOf(numbers: readonly string[]): string[] {
	return numbers.map((number) => normalizePhone(number)).flatMap((phone) => (phone.ok ? [phone.e164] : []));
}
