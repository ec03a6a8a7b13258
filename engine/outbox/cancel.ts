import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { explanationOf } from './in-doubt';
import { WAITS } from './unfinished';

/** `tooLate` names how it stands: on its way, or finished. */
export type Cancelled = { type: 'cancelled' } | { type: 'tooLate'; status: string } | { type: 'notFound' };

/**
 * Takes back one message that has not left: queued, planned, postponed or held. Tells it on the timeline; let the dispatcher
 * announce it after the commit (`settlements.look`).
 * @param explanation why, in Portuguese, e.g. "Cancelada por Bruno."
 */
export async function cancelMessage(
	tx: Tx,
	dialect: Store['dialect'],
	id: string,
	explanation: string,
	now: Instant,
): Promise<Cancelled> {
	// One that is being claimed at this moment is waited for, and then is too late.
	const row = await tx
		.updateTable('outbox')
		.set({
			...{ status: 'refused', waits: WAITS.forNothing, finished_at: now },
			...{ error_code: 'cancelled', explanation: explanationOf(explanation) },
		})
		.where('id', '=', id)
		.where('status', 'in', ['queued', 'held'])
		.returning(['channel_id', 'contact_id', 'conversation_id', 'explanation'])
		.executeTakeFirst();
	if (!row) {
		const known = await tx.selectFrom('outbox').select('status').where('id', '=', id).executeTakeFirst();
		return known ? { type: 'tooLate', status: known.status } : { type: 'notFound' };
	}
	const line = {
		event: 'messageCancelled',
		at: now,
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		text: row.explanation!,
		data: { messageId: id, code: 'cancelled' },
		key: `cancelled|${id}`,
	};
	await appendTimeline(tx, dialect, [line]);
	return { type: 'cancelled' };
}
