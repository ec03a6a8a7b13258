/** The secrets of a link in the store: sealed, never read. Every change is one transaction that this process may still make. */
import { CompiledQuery, sql } from 'kysely';
import type { Store } from '../../store/open-store';
import { insertMany, oneOf, tableOf } from '../../store/sql';
import { LeaseLost, requireFence } from './fence';

export interface SealedSecret {
	category: string;
	id: string;
	value: Uint8Array;
}

export interface SecretChanges {
	put: readonly SealedSecret[];
	remove: ReadonlyArray<Pick<SealedSecret, 'category' | 'id'>>;
}

/** Those of `ids` that exist. */
export function readSecrets(
	store: Store,
	channelId: string,
	category: string,
	ids: readonly string[],
): Promise<Array<Pick<SealedSecret, 'id' | 'value'>>> {
	return store.read((db) => {
		const query = db
			.selectFrom('linked_secret')
			.select(['id', 'value'])
			.where('channel_id', '=', channelId)
			.where('category', '=', category);
		return (ids.length === 1 ? query.where('id', '=', ids[0]!) : query.where(oneOf(db, 'id', ids))).execute();
	});
}

/** All secrets of a channel, some hundred at a time, in no order that means anything. */
export async function* everySecret(store: Store, channelId: string): AsyncGenerator<SealedSecret[]> {
	for (let after: SealedSecret | undefined; ;) {
		const rows = await store.read((db) => {
			let query = db
				.selectFrom('linked_secret')
				.select(['category', 'id', 'value'])
				.where('channel_id', '=', channelId)
				.orderBy('category')
				.orderBy('id')
				.limit(PAGE);
			if (after) query = query.where(sql<boolean>`(category, id) > (${after.category}, ${after.id})`);
			return query.execute();
		});
		if (rows.length > 0) yield rows;
		if (rows.length < PAGE) return;
		after = rows.at(-1);
	}
}

/** Resolves once all of it is durable. Throws LeaseLost, and nothing is changed, when another process owns the session. */
export function changeSecrets(
	store: Store,
	channelId: string,
	fence: number | null,
	changes: SecretChanges,
): Promise<void> {
	if (store.dialect === 'postgres') return changeInOneStatement(store, channelId, fence, changes);
	const { put, remove } = changes;
	if (remove.length === 0 && put.length > 0 && put.length <= PUT_AT_ONCE)
		return putInOneStatement(store, channelId, fence, put);
	return store.transaction(async (tx) => {
		await requireFence(tx, channelId, fence);
		const rows = changes.put.map((secret) => ({ channel_id: channelId, ...secret }));
		await insertMany(tx, 'linked_secret', rows, OR_REPLACE);
		if (changes.remove.length === 0) return;
		const places = JSON.stringify(changes.remove.map(({ category, id }) => [category, id]));
		await sql`delete from linked_secret where channel_id = ${channelId}
			and (category, id) in (select value ->> 0, value ->> 1 from json_each(${places}))`.execute(tx);
	});
}

export async function deleteSecrets(store: Store, channelId: string, fence: number | null): Promise<void> {
	await store.transaction(async (tx) => {
		await requireFence(tx, channelId, fence);
		await tx.deleteFrom('linked_secret').where('channel_id', '=', channelId).execute();
	});
}

// ---------------------------------------------------------------- helpers

const PAGE = 500;
/** A message that comes or goes changes two or three. */
const PUT_AT_ONCE = 8;
const OR_REPLACE = 'on conflict (channel_id, category, id) do update set value = excluded.value';

/** The same on SQLite, which keeps a statement alone as safe as a transaction. */
async function putInOneStatement(
	store: Store,
	channelId: string,
	fence: number | null,
	put: readonly SealedSecret[],
): Promise<void> {
	if (fence === null) throw new LeaseLost(channelId);
	const lines = Array<string>(put.length).fill('(?, ?, ?, ?)').join(', ');
	const text = `insert into linked_secret (channel_id, category, id, value) select * from (values ${lines})
		where exists (select 1 from linked_session where channel_id = ? and fence = ?) ${OR_REPLACE}`;
	const values = put.flatMap(({ category, id, value }) => [channelId, category, id, value]);
	const { numAffectedRows } = await store.read((db) =>
		db.executeQuery(CompiledQuery.raw(text, [...values, channelId, fence])),
	);
	if (numAffectedRows === 0n) throw new LeaseLost(channelId);
}

/** A transaction in one round trip instead of four: every message that comes or goes waits for this. See also requireFence. */
async function changeInOneStatement(
	store: Store,
	channelId: string,
	fence: number | null,
	{ put, remove }: SecretChanges,
): Promise<void> {
	if (fence === null) throw new LeaseLost(channelId);
	const [secret, session] = [tableOf(store.db, 'linked_secret'), tableOf(store.db, 'linked_session')];
	const [putCategories, putIds] = [put.map((s) => s.category), put.map((s) => s.id)];
	const [goneCategories, goneIds] = [remove.map((s) => s.category), remove.map((s) => s.id)];
	const { rows } = await store.read((db) =>
		sql<{ held: boolean }>`with
			held as materialized (
				select 1 from ${session} where channel_id = ${channelId} and fence = ${fence} for share),
			gone as (
				delete from ${secret} t using unnest(${goneCategories}::text[], ${goneIds}::text[]) g(category, id), held
				where t.channel_id = ${channelId} and t.category = g.category and t.id = g.id),
			kept as (
				insert into ${secret} (channel_id, category, id, value)
				select ${channelId}, s.* from held,
					unnest(${putCategories}::text[], ${putIds}::text[], ${put.map((s) => s.value)}::bytea[]) s
				${sql.raw(OR_REPLACE)})
			select exists (select 1 from held) as held`.execute(db),
	);
	if (!rows[0]!.held) throw new LeaseLost(channelId);
}
