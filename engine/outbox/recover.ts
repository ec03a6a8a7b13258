import { hostname } from 'node:os';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';

/** Names this process among all that share the store: a claim of a dead process is recognised by it. */
export function processName(): string {
	return `${hostname()}/${process.pid}/${Math.random().toString(36).slice(2, 8)}`;
}

// A claim of another host that is older than this belongs to a process that died.
const FOREIGN_CLAIM_MS = 120_000;

/**
 * Messages that were being sent when a process died: it is not known whether they left. They become `unknown`,
 * and proof (a delivery report) or its absence decides (D4).
 */
export async function adoptOrphans(
	store: Store,
	channelIds: readonly string[],
	me: string,
	now: Instant,
): Promise<number> {
	if (channelIds.length === 0) return 0;
	const rows = await store.read((db) =>
		db
			.selectFrom('outbox')
			.select(['id', 'claimed_by', 'claimed_at'])
			.where('status', '=', 'sending')
			.where('channel_id', 'in', channelIds)
			.execute(),
	);
	const orphans = rows.filter(
		(row) => row.claimed_by !== me && isDead(row.claimed_by ?? '', me, now - Number(row.claimed_at ?? 0)),
	);
	if (orphans.length === 0) return 0;
	await store.transaction((tx) =>
		tx
			.updateTable('outbox')
			.set({ status: 'unknown', claimed_at: now, explanation: 'Sem confirmação: o processo parou durante o envio.' })
			.where(
				'id',
				'in',
				orphans.map((row) => row.id),
			)
			.where('status', '=', 'sending')
			.execute(),
	);
	return orphans.length;
}

/**
 * Sends again what stayed without any proof for `waitMs`: the provider reports every message it accepted,
 * so one it never reported was not accepted.
 */
export async function retryUnproven(
	store: Store,
	channelIds: readonly string[],
	waitMs: number,
	now: Instant,
): Promise<number> {
	if (channelIds.length === 0) return 0;
	const rows = await store.transaction((tx) =>
		tx
			.updateTable('outbox')
			.set({ status: 'queued', not_before: now })
			.where('status', '=', 'unknown')
			.where('channel_id', 'in', channelIds)
			.where('claimed_at', '<', now - waitMs)
			.returning('id')
			.execute(),
	);
	return rows.length;
}

function isDead(claimedBy: string, me: string, age: number): boolean {
	const [host, pid, nonce] = claimedBy.split('/');
	const [myHost, myPid, myNonce] = me.split('/');
	if (host !== myHost) return age > FOREIGN_CLAIM_MS;
	// The same process id with another nonce is an earlier life of this very process id.
	if (pid === myPid) return nonce !== myNonce;
	try {
		process.kill(Number(pid), 0);
		return false;
	} catch (error) {
		return (error as { code?: string }).code === 'ESRCH';
	}
}
