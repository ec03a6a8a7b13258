import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { waiting, WAITS } from './unfinished';

/** Reasons to wait that end when the contact writes: afterwards it is an answer, not a start. */
const ENDED_BY_CONTACT = [
	...['waitingForContact', 'startCooldown'],
	...['braked', 'dailyCap', 'warmUp', 'startBatch', 'startGap'],
];

/**
 * The contacts wrote: what was held for that, or waited for a start, goes into the line again and is judged anew. Part of the
 * transaction that stores what they wrote; nudge the dispatcher afterwards. Returns how many were released.
 */
export async function releaseHeld(
	tx: Tx,
	contacts: ReadonlyArray<{ contactId: string; channelId: string }>,
): Promise<number> {
	let released = 0;
	for (const channelId of new Set(contacts.map((each) => each.channelId))) {
		const ids = contacts.filter((each) => each.channelId === channelId).map((each) => each.contactId);
		const result = await tx
			.updateTable('outbox')
			.set({ status: 'queued', waits: WAITS.forNothing, not_before: 0, error_code: null, explanation: null })
			.where(oneOf(tx, 'contact_id', [...new Set(ids)]))
			.where('channel_id', '=', channelId)
			.where(waiting('waits'))
			.where('status', 'in', ['queued', 'held'])
			.where('error_code', 'in', ENDED_BY_CONTACT)
			.executeTakeFirst();
		released += Number(result.numUpdatedRows);
	}
	return released;
}

/** What was written after a message was claimed: WhatsApp tells it in whole seconds. */
export function sinceClaimed(claimedAt: Instant): Instant {
	return claimedAt - (claimedAt % 1_000);
}

/**
 * Some messages were held a moment ago, in this transaction: those whose contact has written meanwhile are released again, since
 * whoever stored that could not see them. On PostgreSQL it waits for whoever is storing it; everybody else finds them held.
 * `since`: what was written before it was known. Returns how many were released.
 */
export async function releaseWhoWrote(
	tx: Tx,
	dialect: Store['dialect'],
	held: ReadonlyArray<{ contactId: string; channelId: string; since: Instant }>,
): Promise<number> {
	if (held.length === 0) return 0;
	const query = tx
		.selectFrom('conversation')
		.select(['contact_id', 'channel_id', 'last_inbound_at'])
		.where(oneOf(tx, 'contact_id', [...new Set(held.map((each) => each.contactId))]))
		.orderBy('id');
	const seats = await (dialect === 'postgres' ? query.forShare() : query).execute();
	const wrote = held.filter(({ contactId, channelId, since }) =>
		seats.some(
			(seat) =>
				seat.contact_id === contactId &&
				seat.channel_id === channelId &&
				seat.last_inbound_at !== null &&
				Number(seat.last_inbound_at) >= since,
		),
	);
	return releaseHeld(tx, wrote);
}
