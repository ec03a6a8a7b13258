/**
 * Who owns a session? One process over all: only it holds a socket, for a second login with the same secrets would throw the first
 * out (D9). A lease is renewed while its owner lives and taken over once it has run out. The fence grows with every taking, and
 * whatever an owner writes names it: what a former owner still writes changes nothing.
 */
import type { Instant } from '../../model';
import type { Store } from '../../store/open-store';

/** As long as a database may be away for some seconds without the session changing hands. */
export const LEASE_MS = 20_000;

/**
 * Takes the lease if it is free: the fence of the new owner, or null.
 * @param stale the end of a lease that this process has seen unchanged for longer than any lease lasts: its owner is gone, however
 *   far ahead the clock was when it wrote that
 */
export async function takeLease(
	store: Store,
	channelId: string,
	owner: string,
	now: Instant,
	stale: Instant | null = null,
): Promise<number | null> {
	const row = await store.transaction((tx) =>
		tx
			.updateTable('linked_session')
			.set((e) => ({ owner, fence: e('fence', '+', 1), lease_until: now + LEASE_MS }))
			.where('channel_id', '=', channelId)
			.where((e) =>
				e.or([
					e('owner', 'is', null),
					e('lease_until', 'is', null),
					e('lease_until', '<=', now),
					e('lease_until', '=', stale ?? -1),
					// The answer to an earlier taking was lost.
					e('owner', '=', owner),
				]),
			)
			.returning('fence')
			.executeTakeFirst(),
	);
	return row?.fence ?? null;
}

/** Renews it and notes when WhatsApp was heard last. False: somebody else has it. */
export async function renewLease(
	store: Store,
	channelId: string,
	fence: number,
	heardAt: Instant | null,
	now: Instant,
): Promise<boolean> {
	const { numUpdatedRows } = await store.transaction((tx) =>
		tx
			.updateTable('linked_session')
			.set({ lease_until: now + LEASE_MS, ...(heardAt === null ? {} : { heard_at: heardAt }) })
			.where('channel_id', '=', channelId)
			.where('fence', '=', fence)
			.executeTakeFirst(),
	);
	return Number(numUpdatedRows) > 0;
}

/** Gives it back, so that another process need not wait. */
export async function leaveLease(store: Store, channelId: string, fence: number): Promise<void> {
	await store.transaction((tx) =>
		tx
			.updateTable('linked_session')
			.set({ owner: null, lease_until: null })
			.where('channel_id', '=', channelId)
			.where('fence', '=', fence)
			.execute(),
	);
}
