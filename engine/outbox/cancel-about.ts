import type { Instant } from '../model';
import type { Topic } from '../model-topic';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { explanationOf } from './in-doubt';
import { WAITS } from './unfinished';

export interface CancelAbout {
	/** Only messages for this, e.g. reminders; default all. */
	purpose?: string;
	/** Why, in Portuguese: it stands in the timeline. */
	explanation: string;
}

/** What was taken back, and what is to be told of it. */
export interface Cancellation {
	ids: string[];
	lines: TimelineLine[];
}

/**
 * Takes back what waits about any of these topics: queued, planned, postponed or held. A message that names several is taken back
 * whole. Tell the lines; let the dispatcher announce the messages after the commit (`settlements.look`).
 */
export async function cancelAbout(
	tx: Tx,
	topics: readonly Topic[],
	{ purpose, explanation }: CancelAbout,
	now: Instant,
): Promise<Cancellation> {
	if (topics.length === 0) return { ids: [], lines: [] };
	const named = await tx
		.selectFrom('message_topic')
		.select('outbox_id')
		.where(oneOf(tx, 'topic', [...new Set(topics)]))
		.execute();
	return cancelWaiting(
		tx,
		named.map((row) => row.outbox_id),
		{ purpose, explanation },
		now,
	);
}

/** The same for those of these messages that wait. */
export async function cancelWaiting(
	tx: Tx,
	ids: readonly string[],
	{ purpose, explanation }: CancelAbout,
	now: Instant,
): Promise<Cancellation> {
	if (ids.length === 0) return { ids: [], lines: [] };
	const update = tx
		.updateTable('outbox')
		.set({
			...{ status: 'refused', waits: WAITS.forNothing, finished_at: now },
			...{ error_code: 'cancelled', explanation: explanationOf(explanation) },
		})
		.where(oneOf(tx, 'id', [...new Set(ids)]))
		// One that is being claimed at this moment is waited for, and then is too late.
		.where('status', 'in', ['queued', 'held']);
	const rows = await (purpose === undefined ? update : update.where('purpose', '=', purpose))
		.returning(['id', 'channel_id', 'contact_id', 'conversation_id', 'topics', 'explanation'])
		.execute();
	const lines = rows.map((row) => ({
		event: 'messageCancelled',
		at: now,
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
		text: row.explanation!,
		data: { messageId: row.id, code: 'cancelled' },
		key: `cancelled|${row.id}`,
		topics: row.topics === null ? [] : (JSON.parse(row.topics) as Topic[]),
	}));
	return { ids: rows.map((row) => row.id), lines };
}
