/**
 * Which messages are ours? Everything that leaves by a linked device is written down here first, by its WhatsApp id: what comes
 * back as "from me" and is not here was typed by a human at the phone (D-07). What was sent is kept for a while, for receivers
 * that ask for it again.
 */
import { createHash } from 'node:crypto';
import { sql, type QueryResult } from 'kysely';
import type { Clock } from '../../clock';
import type { Instant } from '../../model';
import type { Db, Store, Tx } from '../../store/open-store';
import { GroupCommit } from '../../store/group-commit';
import { insertMany, isPostgres, oneOf, tableOf } from '../../store/sql';

export interface SentMessage {
	/** As WhatsApp knows it, see `messageIdOf`. */
	id: string;
	/** Null for what did not come from the outbox, e.g. a test message. */
	outboxId: string | null;
	/** The encoded message; null when there is nothing to send again. */
	message: Uint8Array | null;
}

/** The WhatsApp id of a message in the outbox: the same one when it is sent again, so that its receiver sees it once. */
export function messageIdOf(outboxId: string): string {
	return `3EB0${createHash('sha256').update(outboxId).digest('hex').slice(0, 18).toUpperCase()}`;
}

/** To be durable before they leave. Of one id the last one counts. */
export async function rememberSent(
	tx: Tx,
	channelId: string,
	messages: readonly SentMessage[],
	now: Instant,
): Promise<void> {
	const bytesOf = (message: Uint8Array | null) =>
		message !== null && isPostgres(tx) ? `\\x${Buffer.from(message).toString('hex')}` : message;
	const rows = [...new Map(messages.map((each) => [each.id, each])).values()].map(({ id, outboxId, message }) => ({
		...{ channel_id: channelId, id, outbox_id: outboxId, message: bytesOf(message) as Uint8Array | null, at: now },
	}));
	await insertMany(
		tx,
		'linked_message',
		rows,
		'on conflict (channel_id, id) do update set message = excluded.message, at = excluded.at',
	);
}

/** Messages of one channel on their way out: those that are to leave at the same time share a transaction. */
export function openLedger({ store, clock, channelId }: { store: Store; clock: Clock; channelId: string }): Ledger {
	const commits = new GroupCommit<SentMessage, void>({
		store: (messages) =>
			store.transaction(async (tx) => {
				await rememberSent(tx, channelId, messages, clock.now());
				return messages.map(() => undefined);
			}),
		// Whatever fails is told to whoever wants to send, and nothing leaves.
		isBadData: () => false,
		refuse: () => Promise.resolve(),
	});
	return { remember: async (message) => void (await commits.submit([message])) };
}

export interface Ledger {
	/** Resolves once it is durable. */
	remember(message: SentMessage): Promise<void>;
}

/** Null when it was never sent from here, or long ago. */
export async function loadSent(db: Db | Tx, channelId: string, id: string): Promise<Uint8Array | null> {
	const row = await db
		.selectFrom('linked_message')
		.select('message')
		.where('channel_id', '=', channelId)
		.where('id', '=', id)
		.executeTakeFirst();
	return row?.message ?? null;
}

/** Those of `ids` that left from here. */
export async function areOurs(db: Db | Tx, channelId: string, ids: readonly string[]): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const rows = await db
		.selectFrom('linked_message')
		.select('id')
		.where('channel_id', '=', channelId)
		.where(oneOf(db, 'id', ids))
		.execute();
	return new Set(rows.map((row) => row.id));
}

/** Which messages of the outbox those of `ids` are that left from here, by id; what did not come from the outbox is missing. */
export async function outboxIdsOf(
	db: Db | Tx,
	channelId: string,
	ids: readonly string[],
): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('linked_message')
		.select(['id', 'outbox_id'])
		.where('channel_id', '=', channelId)
		.where(oneOf(db, 'id', ids))
		.execute();
	return new Map(rows.flatMap((row) => (row.outbox_id === null ? [] : [[row.id, row.outbox_id] as const])));
}

/**
 * Forgets what was in the messages sent before `before`. That they were ours is known for two months more: a device that was off
 * for weeks may be told of them again. Some hundred in a transaction, so that other work gets its turn.
 */
export async function forgetSent(store: Store, before: Instant): Promise<void> {
	await untilNone(store, (tx, table) => {
		const oldest = sql`select channel_id, id from ${table} where at < ${before} and message is not null order by at limit ${AT_ONCE}`;
		return sql`update ${table} set message = null where (channel_id, id) in (${oldest})`.execute(tx);
	});
	await untilNone(store, (tx, table) => {
		const oldest = sql`select channel_id, id from ${table} where at < ${before - OURS_FOR_MS} order by at limit ${AT_ONCE}`;
		return sql`delete from ${table} where (channel_id, id) in (${oldest})`.execute(tx);
	});
}

// ---------------------------------------------------------------- helpers

const AT_ONCE = 500;
const OURS_FOR_MS = 60 * 86_400_000;

async function untilNone(
	store: Store,
	work: (tx: Tx, table: ReturnType<typeof tableOf>) => Promise<QueryResult<unknown>>,
): Promise<void> {
	let changed: number;
	do {
		const { numAffectedRows } = await store.transaction((tx) => work(tx, tableOf(tx, 'linked_message')));
		changed = Number(numAffectedRows ?? 0);
	} while (changed === AT_ONCE);
}
