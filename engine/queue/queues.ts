import { NotFound } from '../errors';
import type { Instant, QueueRow } from '../model';
import type { Store, Tx } from '../store/open-store';
import { fold } from '../text';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';

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

/**
 * Makes a queue that no router has shown yet, with the next free number. A router that shows it later gives it its own
 * number and display name.
 * @returns what the timeline says about it; null when somebody else was faster
 * @throws NotFound when there is one whose name is written a little differently: it would be a second queue by mistake
 */
export async function createQueue(
	tx: Tx,
	known: Map<string, QueueRow>,
	{ name, displayName }: NewQueue,
	now: Instant,
): Promise<TimelineLine | null> {
	const alike = [...known.keys()].find((other) => fold(other) === fold(name));
	if (alike !== undefined) throw unknownQueue(name, known, `Did you mean "${alike}"?`);
	const number = Math.max(0, ...[...known.values()].map((queue) => queue.number)) + 1;
	const made = await tx
		.insertInto('queue')
		.values({
			...{ name, display_name: displayName, number, active: 1 },
			...{ blocked: 0, blocked_reason: null, created_at: now, updated_at: now },
		})
		.onConflict((c) => c.column('name').doNothing())
		.executeTakeFirst();
	known.set(name, { name, displayName, number, active: true, blocked: false, blockedReason: null, createdAt: now });
	if (made.numInsertedOrUpdatedRows === 0n) return null;
	return {
		event: 'queueCreated',
		at: now,
		data: { queue: name, number },
		text: `Fila "${displayName}" criada com o número ${number}: nenhum menu a tinha mostrado ainda.`,
	};
}

/** A queue as whoever has it made names it. */
export interface NewQueue {
	name: string;
	displayName: string;
}

/** No queue is called that; the hint names those that are. */
export function unknownQueue(name: string, known: ReadonlyMap<string, QueueRow>, advice = ''): NotFound {
	const names = [...known.keys()].join(', ');
	const hint = names
		? `Queues known so far: ${names}.`
		: 'Queues appear here after a Queue Router has handled its first message.';
	return new NotFound(`There is no queue with the internal name "${name}".`, `${advice} ${hint}`.trim(), 'queue');
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
		if (!queue) throw unknownQueue(name, queues);
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
