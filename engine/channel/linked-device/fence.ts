/** Does this process still own the session it writes for? Asked in the very transaction that writes. */
import { CompiledQuery } from 'kysely';
import { DeskError } from '../../errors';
import type { Tx } from '../../store/open-store';
import { isPostgres, tableOf } from '../../store/sql';

/** Another process owns the session now (or nobody does): nothing was written, and this one has to let go of its socket. */
export class LeaseLost extends DeskError {
	constructor(readonly channelId: string) {
		super(
			`This process no longer owns the session of ${channelId}; nothing was written.`,
			'Another n8n process has taken it over. Nothing needs to be done.',
		);
	}
}

/**
 * Throws LeaseLost unless `linked_session.fence` is still the one this process was given. On PostgreSQL a takeover waits for
 * the transaction that asked, so that the next owner sees all that was written before its turn.
 */
export async function requireFence(tx: Tx, channelId: string, fence: number | null): Promise<void> {
	if (fence === null) throw new LeaseLost(channelId);
	const table = tableOf(tx, 'linked_session').compile(tx).sql;
	const text = isPostgres(tx)
		? `select 1 from ${table} where channel_id = $1 and fence = $2 for share`
		: `select 1 from ${table} where channel_id = ? and fence = ?`;
	const { rows } = await tx.executeQuery(CompiledQuery.raw(text, [channelId, fence]));
	if (rows.length === 0) throw new LeaseLost(channelId);
}
