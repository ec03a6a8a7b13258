/** Forgets what ERPs told long ago, a few rows at a time. What a published trigger has not run yet stays. */
import { sql } from 'kysely';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';
import { tableOf } from '../store/sql';

const KEEP_MS = 90 * 24 * 3_600_000;
const AT_ONCE = 500;

/** @param isOver whether to stop in between */
export async function tidyErpEvents(store: Store, isOver: () => boolean, now: Instant): Promise<void> {
	while (!isOver() && (await deleteSome(store, now - KEEP_MS)) > 0);
}

function deleteSome(store: Store, before: Instant): Promise<number> {
	return store.transaction(async (tx) => {
		const [events, consumers] = [tableOf(tx, 'erp_event'), tableOf(tx, 'consumer')];
		const { rows } = await sql`
			delete from ${events} where seq in (
				select e.seq from ${events} e
				left join ${consumers} c on c.id = e.source and c.closed_at is null and c.cursor < e.seq
				where e.received_at < ${before} and (c.id is null or e.test = 1)
				order by e.seq limit ${AT_ONCE}
			) returning seq`.execute(tx);
		return rows.length;
	});
}
