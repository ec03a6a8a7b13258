/** What people and workflows do with receivables at a running desk. */
import { findContact, unknownContact } from './contact/contact-views';
import type { Desk } from './desk';
import type { ReceivableKey, ReceivableRecord } from './model-receivable';
import * as change from './receivable/change';
import * as views from './receivable/views';

/** Writes news down and takes back the reminders that are void by it; see receivable/transition.ts for what leads where. */
export async function changeReceivables(
	desk: Desk,
	changes: readonly change.ReceivableChange[],
): Promise<change.ReceivableResult[]> {
	const results = await change.changeReceivables(desk.store, changes, desk.clock.now());
	await announce(
		desk,
		results.flatMap(({ cancelled }) => cancelled),
	);
	return results;
}

/** Who waits for a message that was taken back is told. */
async function announce(desk: Desk, cancelled: readonly string[]): Promise<void> {
	await desk.dispatcher.settlements.look(cancelled).catch(() => undefined);
	desk.nudge();
}

/** @throws NotFound */
export const getReceivable = (desk: Desk, key: ReceivableKey): Promise<ReceivableRecord> =>
	views.getReceivable(desk.store, key);

/** Whether it may still be reminded of: asked again right before sending. */
export const checkReceivable = (desk: Desk, key: ReceivableKey): Promise<views.ReceivableCheck> =>
	views.checkReceivable(desk.store, key, desk.clock.now());

/** `contact`: id or phone. An unknown one has none. */
export async function listReceivables(
	desk: Desk,
	{ contact, ...filter }: Omit<views.ReceivableFilter, 'contactId'> & { contact?: string },
): Promise<ReceivableRecord[]> {
	if (!contact) return views.listReceivables(desk.store, filter);
	const contactId = await desk.store.read((db) => findContact(db, contact));
	return contactId === null ? [] : views.listReceivables(desk.store, { ...filter, contactId });
}

/**
 * What the last reminder to a contact spoke of, or the one that is named; [] = none was sent.
 * @throws NotFound for a contact nobody knows
 */
export async function receivablesOfContact(
	desk: Desk,
	idOrPhone: string,
	reminderId: string | null = null,
): Promise<{ contactId: string; keys: ReceivableKey[] }> {
	return desk.store.read(async (db) => {
		const contactId = await findContact(db, idOrPhone);
		if (contactId === null) throw unknownContact(idOrPhone);
		return { contactId, keys: await views.receivablesOfContact(db, contactId, reminderId) };
	});
}
