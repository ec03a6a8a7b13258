import type { Tx } from '../store/open-store';
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
