import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { addUsage } from '../usage/add-usage';
import { explanationOf } from './in-doubt';
import { EXPIRED } from './rules/validity';
import type { Settled } from './settlements';
import { expiring, WAITS } from './unfinished';
import { usageOfRefused } from './usage-of-sending';

const AT_ONCE = 500;

/**
 * Ends what ran out of time while it was held, planned or waiting; nothing else would look at it. Costs one read of an index
 * when there is nothing. Returns what those who wait for them are told.
 */
export async function expireMessages(store: Store, now: Instant): Promise<Settled[]> {
	const due = await store.read((db) => expiringBefore(db, now).execute());
	if (due.length === 0) return [];
	return store.transaction(async (tx) => {
		const rows = await tx
			.updateTable('outbox')
			.set({
				...{ status: 'refused', waits: WAITS.forNothing, finished_at: now },
				...{ error_code: 'expired', explanation: explanationOf(EXPIRED) },
			})
			.where(
				'id',
				'in',
				due.map((row) => row.id),
			)
			.where('status', 'in', ['queued', 'held'])
			.returning(['id', 'channel_id', 'contact_id', 'conversation_id', 'attempts', 'hint', 'explanation'])
			.execute();
		const channelIds = rows.map((row) => row.channel_id);
		await addUsage(tx, usageOfRefused(channelIds, now), now);
		await appendTimeline(
			tx,
			store.dialect,
			rows.map((row) => ({
				event: 'messageRefused',
				at: now,
				channelId: row.channel_id,
				contactId: row.contact_id,
				conversationId: row.conversation_id,
				text: row.explanation!,
				data: { messageId: row.id, code: 'expired', attempt: row.attempts },
				key: `refused|${row.id}|${row.attempts}`,
			})),
		);
		return rows.map((row) => ({
			...{ id: row.id, status: 'refused' as const, providerMessageId: null, errorCode: 'expired' },
			...{ explanation: row.explanation, hint: row.hint, notBefore: null, finishedAt: now },
		}));
	});
}

export function expiringBefore(db: Store['db'] | Tx, now: Instant) {
	return db
		.selectFrom('outbox')
		.select('id')
		.where(expiring())
		.where('valid_until', '<', now)
		.orderBy('valid_until')
		.limit(AT_ONCE);
}
