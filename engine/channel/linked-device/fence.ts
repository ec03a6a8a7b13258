/** Does this process still own the session it writes for? Asked in the very transaction that writes. */
import { DeskError } from '../../errors';
import type { Tx } from '../../store/open-store';
import { isPostgres } from '../../store/sql';

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
	let query = tx
		.selectFrom('linked_session')
		.select('fence')
		.where('channel_id', '=', channelId)
		.where('fence', '=', fence);
	if (isPostgres(tx)) query = query.forShare();
	if (!(await query.executeTakeFirst())) throw new LeaseLost(channelId);
}
