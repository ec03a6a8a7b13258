import { addressesOf, ownersOf, phoneOf, saveOwners, keyOf } from '../contact/addresses';
import type { IdentityPair } from '../contact/learn-pairs';
import { mergeContacts } from '../contact/merge-contacts';
import type { IdentityEvent, Instant } from '../model';
import { unfinished, waiting } from '../outbox/unfinished';
import type { Tx } from '../store/open-store';
import type { TimelineLine } from '../timeline/timeline';

/** A LID and a phone of one person: nobody moved, they merely have two names. */
export function pairIn({ from, to }: IdentityEvent): IdentityPair | null {
	const isPair = from.waId === null && from.bsuid === null && to.bsuid === null && (to.lid ?? from.lid) === from.lid;
	return isPair && from.lid && to.waId ? { lid: from.lid, waId: to.waId } : null;
}

/**
 * The provider gave a known person a new number or id: the contact keeps its conversations under the new one (D-05).
 * Whoever already wrote from there is the same person. An identity nobody here knows yet needs nothing.
 * `key` names the event: told twice, it changes nothing and is told once.
 */
export async function followIdentity(
	tx: Tx,
	channelId: string,
	event: IdentityEvent,
	key: string,
	now: Instant,
): Promise<TimelineLine[]> {
	const from = addressesOf(event.from);
	const to = addressesOf(event.to);
	const told = await tx.selectFrom('timeline').select('id').where('key', '=', key).executeTakeFirst();
	if (told) return [];
	const owners = await ownersOf(tx, [...from, ...to]);
	const contactId = from.map((a) => owners.get(keyOf(a))).find((id) => id !== undefined);
	if (contactId === undefined || to.length === 0) return [];
	const lines: TimelineLine[] = [];
	for (const other of new Set(to.flatMap((a) => owners.get(keyOf(a)) ?? []))) {
		if (other !== contactId) lines.push(...(await mergeContacts(tx, contactId, other, now)));
	}
	await saveOwners(
		tx,
		to.filter((a) => !owners.has(keyOf(a))).map((address) => ({ address, contactId })),
	);
	const phone = phoneOf(to);
	if (phone) await tx.updateTable('contact').set({ phone, updated_at: now }).where('id', '=', contactId).execute();
	await readdress(tx, channelId, contactId, event.to.waId ?? event.to.bsuid ?? event.to.lid!);
	lines.push({
		event: 'contactMoved',
		at: event.at,
		channelId,
		contactId,
		key,
		text: 'O contato trocou de número ou de identificador no WhatsApp; a conversa continua no novo.',
		data: { from: event.from, to: event.to },
	});
	return lines;
}

/** What has not left yet goes to the new place too. */
async function readdress(tx: Tx, channelId: string, contactId: string, address: string): Promise<void> {
	await tx
		.updateTable('conversation')
		.set({ address })
		.where('contact_id', '=', contactId)
		.where('channel_id', '=', channelId)
		.execute();
	const lane = () =>
		tx.updateTable('outbox').set({ address }).where('contact_id', '=', contactId).where('channel_id', '=', channelId);
	await lane().where(unfinished('status')).where('status', '=', 'queued').execute();
	await lane().where(waiting('waits')).where('status', '=', 'held').execute();
}
