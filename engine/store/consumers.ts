import type { Instant } from '../model';
import type { Store, Tx } from './open-store';
import { insertMany } from './sql';

/**
 * How far a trigger has got in a table it tails. `cursor`: every row up to it is done. Rows beyond it whose run has ended are
 * remembered one by one until the cursor passes them, so a crash repeats only what had not ended.
 */
export interface ConsumerState {
	cursor: number;
	done: Set<number>;
}

export interface ConsumerIdentity {
	/** workflow id + node id: survives edits and restarts. */
	id: string;
	source: 'inbound' | 'timeline' | 'erp_event';
	channelId: string | null;
	workflowId: string;
	events: readonly string[];
}

/**
 * Starts or resumes a consumer. A new one begins at the end of the table, so that it never answers the past; with `from` 'start'
 * it begins with whatever is there: rows that only come while it is published.
 */
export async function openConsumer(
	store: Store,
	identity: ConsumerIdentity,
	now: Instant,
	from: 'end' | 'start' = 'end',
): Promise<ConsumerState> {
	return store.transaction(async (tx) => {
		const known = await tx
			.selectFrom('consumer')
			.select(['cursor', 'channel_id'])
			.where('id', '=', identity.id)
			.executeTakeFirst();
		// A trigger that was pointed at another channel starts afresh there.
		if (known && known.channel_id === identity.channelId) {
			await tx
				.updateTable('consumer')
				.set({ seen_at: now, closed_at: null, events: JSON.stringify(identity.events) })
				.where('id', '=', identity.id)
				.execute();
			const done = await tx.selectFrom('consumer_done').select('seq').where('consumer_id', '=', identity.id).execute();
			return { cursor: Number(known.cursor), done: new Set(done.map((row) => Number(row.seq))) };
		}
		const cursor = from === 'start' ? 0 : await lastSeq(tx, identity.source);
		await tx.deleteFrom('consumer').where('id', '=', identity.id).execute();
		await tx.deleteFrom('consumer_done').where('consumer_id', '=', identity.id).execute();
		await tx
			.insertInto('consumer')
			.values({
				id: identity.id,
				source: identity.source,
				channel_id: identity.channelId,
				workflow_id: identity.workflowId,
				events: JSON.stringify(identity.events),
				cursor,
				created_at: now,
				seen_at: now,
				closed_at: null,
			})
			.execute();
		return { cursor, done: new Set<number>() };
	});
}

export async function closeConsumer(store: Store, id: string, now: Instant): Promise<void> {
	await store.transaction((tx) => tx.updateTable('consumer').set({ closed_at: now }).where('id', '=', id).execute());
}

/** Persists that `seqs` are done; `cursor` is the new cursor, at or after the old one. */
export async function saveProgress(
	store: Store,
	id: string,
	cursor: number,
	seqs: readonly number[],
	now: Instant,
): Promise<void> {
	await store.transaction(async (tx) => {
		const beyond = seqs.filter((seq) => seq > cursor);
		await insertMany(
			tx,
			'consumer_done',
			beyond.map((seq) => ({ consumer_id: id, seq })),
			'on conflict (consumer_id, seq) do nothing',
		);
		await tx
			.updateTable('consumer')
			.set({ cursor, seen_at: now })
			.where('id', '=', id)
			.where('cursor', '<=', cursor)
			.execute();
		await tx.deleteFrom('consumer_done').where('consumer_id', '=', id).where('seq', '<=', cursor).execute();
	});
}

async function lastSeq(tx: Tx, table: ConsumerIdentity['source']): Promise<number> {
	const last = await tx
		.selectFrom(table)
		.select((e) => e.fn.max('seq').as('seq'))
		.executeTakeFirst();
	return Number(last?.seq ?? 0);
}
