/** Which messages of customers are stored: as they were, or as ones that could not be opened? */
import type { Db, Tx } from '../../store/open-store';
import { oneOf } from '../../store/sql';

export async function knownIds(db: Db | Tx, channelId: string, ids: readonly string[]): Promise<Set<string>> {
	const claimsOf = (id: string) => [`${channelId}|m|${id}`, `${channelId}|u|${id}`];
	const claims = new Map(ids.flatMap((id) => claimsOf(id).map((claim) => [claim, id])));
	const rows = await db
		.selectFrom('inbound')
		.select('claim')
		.where(oneOf(db, 'claim', [...claims.keys()]))
		.execute();
	return new Set(rows.map(({ claim }) => claims.get(claim)!));
}
