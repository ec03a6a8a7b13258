/** The secrets of a link in the store: sealed, never read. Every change is one transaction that this process may still make. */
import { CompiledQuery, sql } from 'kysely';
import type { Store, Tx } from '../../store/open-store';
import { insertMany, oneOf, tableOf } from '../../store/sql';
import { requireFence } from './fence';

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
export async function changeSecrets(
	store: Store,
	channelId: string,
	fence: number | null,
	{ put, remove }: SecretChanges,
): Promise<void> {
	await store.transaction(async (tx) => {
		await requireFence(tx, channelId, fence);
		await putSecrets(tx, store.dialect, channelId, put);
		await removeSecrets(tx, store.dialect, channelId, remove);
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

async function putSecrets(tx: Tx, dialect: Store['dialect'], channelId: string, put: readonly SealedSecret[]) {
	if (put.length === 0) return;
	const conflict = 'on conflict (channel_id, category, id) do update set value = excluded.value';
	if (dialect === 'sqlite') {
		const rows = put.map((secret) => ({ channel_id: channelId, ...secret }));
		return insertMany(tx, 'linked_secret', rows, conflict);
	}
	const target = tableOf(tx, 'linked_secret').compile(tx).sql;
	await tx.executeQuery(
		CompiledQuery.raw(
			`insert into ${target} (channel_id, category, id, value)
				select $1, * from unnest($2::text[], $3::text[], $4::bytea[]) ${conflict}`,
			[channelId, put.map((s) => s.category), put.map((s) => s.id), put.map((s) => s.value)],
		),
	);
}

async function removeSecrets(
	tx: Tx,
	dialect: Store['dialect'],
	channelId: string,
	remove: SecretChanges['remove'],
): Promise<void> {
	if (remove.length === 0) return;
	const target = tableOf(tx, 'linked_secret').compile(tx).sql;
	const [categories, ids] = [remove.map((s) => s.category), remove.map((s) => s.id)];
	const gone =
		dialect === 'postgres'
			? CompiledQuery.raw(
					`delete from ${target} t using unnest($2::text[], $3::text[]) g(category, id)
						where t.channel_id = $1 and t.category = g.category and t.id = g.id`,
					[channelId, categories, ids],
				)
			: CompiledQuery.raw(
					`delete from ${target} where channel_id = ?1 and (category, id) in
						(select value ->> 0, value ->> 1 from json_each(?2))`,
					[channelId, JSON.stringify(categories.map((category, i) => [category, ids[i]]))],
				);
	await tx.executeQuery(gone);
}
