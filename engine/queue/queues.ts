import { NotFound } from '../errors';
import type { Instant, QueueRow } from '../model';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';

/** What a Queue Router says about a queue; the padlock and the history are ours. */
export interface QueueDefinition {
	name: string;
	displayName: string;
	number: number;
	active: boolean;
}

export async function loadQueues(tx: Tx | Store['db']): Promise<Map<string, QueueRow>> {
	const rows = await tx.selectFrom('queue').selectAll().orderBy('number').execute();
	return new Map(
		rows.map((row) => [
			row.name,
			{
				name: row.name,
				displayName: row.display_name,
				number: row.number,
				active: row.active === 1,
				blocked: row.blocked === 1,
				blockedReason: row.blocked_reason,
				createdAt: Number(row.created_at),
			},
		]),
	);
}

/** Registers the queues a router shows, and follows changed names and numbers. Writes only what differs (B-43, B-48). */
export async function rememberQueues(
	tx: Tx,
	known: Map<string, QueueRow>,
	definitions: readonly QueueDefinition[],
	now: Instant,
): Promise<void> {
	for (const queue of definitions) {
		const before = known.get(queue.name);
		if (
			before &&
			before.displayName === queue.displayName &&
			before.number === queue.number &&
			before.active === queue.active
		)
			continue;
		const values = {
			display_name: queue.displayName,
			number: queue.number,
			active: queue.active ? 1 : 0,
			updated_at: now,
		};
		await tx
			.insertInto('queue')
			.values({ name: queue.name, ...values, blocked: 0, blocked_reason: null, created_at: now })
			.onConflict((c) => c.column('name').doUpdateSet(values))
			.execute();
		known.set(queue.name, {
			...queue,
			blocked: before?.blocked ?? false,
			blockedReason: before?.blockedReason ?? null,
			createdAt: before?.createdAt ?? now,
		});
	}
}

/** All queues in number order, blocked and inactive ones too. */
export async function listQueues(store: Store): Promise<QueueRow[]> {
	return [...(await store.read((db) => loadQueues(db))).values()];
}

/** Closes or opens a queue's padlock (B-44). Throws NotFound for a queue no router has shown yet. */
export async function setQueueBlocked(
	store: Store,
	name: string,
	blocked: boolean,
	reason: string | null,
	now: Instant,
): Promise<QueueRow> {
	return store.transaction(async (tx) => {
		const queues = await loadQueues(tx);
		const queue = queues.get(name);
		if (!queue) {
			const names = [...queues.keys()].join(', ');
			throw new NotFound(
				`There is no queue with the internal name "${name}".`,
				names
					? `Queues known so far: ${names}.`
					: 'Queues appear here after a Queue Router has handled its first message.',
				'queue',
			);
		}
		if (queue.blocked === blocked && queue.blockedReason === (blocked ? reason : null)) return queue;
		await tx
			.updateTable('queue')
			.set({ blocked: blocked ? 1 : 0, blocked_reason: blocked ? reason : null, updated_at: now })
			.where('name', '=', name)
			.execute();
		await appendTimeline(tx, store.dialect, [
			{
				event: blocked ? 'queueBlocked' : 'queueUnblocked',
				at: now,
				data: { queue: name, reason },
				text: blocked
					? `Fila "${queue.displayName}" bloqueada${reason ? `: ${reason}` : ''}.`
					: `Fila "${queue.displayName}" desbloqueada.`,
			},
		]);
		return { ...queue, blocked, blockedReason: blocked ? reason : null };
	});
}
