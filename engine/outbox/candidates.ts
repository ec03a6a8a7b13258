/** Which messages may be next? The reading of the line; what becomes of them is decided in claim.ts. */
import { sql, type Expression, type SqlBool } from 'kysely';
import type { Instant } from '../model';
import { loadChannelSettings } from '../settings/channel-settings';
import type { Store, Tx } from '../store/open-store';
import { oneOf, updateMany } from '../store/sql';
import { roomForStarts } from './rules/starts-budget';
import { readStartsState } from './rules/starts-state';
import { flying, planned, queued, unfinished, WAITS } from './unfinished';

export type Candidate = Awaited<ReturnType<typeof dueInLine>>[number];

/**
 * The first of each lane of one channel, most urgent first, then oldest. A lane moves one at a time: a message waits while one
 * of the same contact and channel is on its way, or one at least as urgent stands before it. On PostgreSQL rows another process
 * is claiming are skipped, not waited for. One channel at a time: then the index gives the rows in order and the limit ends the
 * search early, however long the line.
 */
export function dueInLine(tx: Tx, dialect: Store['dialect'], channelId: string, limit: number, now: Instant) {
	const query = candidates(tx, channelId, WAITS.forNothing)
		.where('o.not_before', '<=', now)
		.where((e) => {
			const sameLane = () =>
				e
					.selectFrom('outbox as p')
					.select(FOUND.as('found'))
					.whereRef('p.contact_id', '=', 'o.contact_id')
					.whereRef('p.channel_id', '=', 'o.channel_id')
					.limit(1);
			const before = sameLane()
				.where(unfinished('p.status'))
				// What waits holds nobody up; what is being tried again does.
				.where('p.waits', '=', WAITS.forNothing)
				.where((p) => p(p.refTuple('p.priority', 'p.seq'), '<', p.refTuple('o.priority', 'o.seq')))
				.orderBy('p.priority')
				.orderBy('p.seq');
			return e.and([nothingIn(before), nothingIn(sameLane().where(flying('p.status')))]);
		})
		.limit(limit);
	return (dialect === 'postgres' ? query.forUpdate('o').skipLocked() : query).execute();
}

/**
 * The starts that wait, in the same order; several of one lane may be among them. Only under the lock of the channel's starts:
 * two processes must not take two of one lane.
 */
export function dueStarts(tx: Tx, dialect: Store['dialect'], channelId: string, limit: number): Promise<Candidate[]> {
	const query = candidates(tx, channelId, WAITS.forStart)
		.where((e) => {
			const busyLane = e
				.selectFrom('outbox as p')
				.select(FOUND.as('found'))
				.whereRef('p.contact_id', '=', 'o.contact_id')
				.whereRef('p.channel_id', '=', 'o.channel_id')
				.where(unfinished('p.status'))
				.where('p.waits', '=', WAITS.forNothing)
				.orderBy('p.priority')
				.orderBy('p.seq')
				.limit(1);
			return nothingIn(busyLane);
		})
		.limit(limit);
	return (dialect === 'postgres' ? query.forUpdate('o').skipLocked() : query).execute();
}

const FOUND = sql<number>`1`;

/**
 * Not "not exists": PostgreSQL may join the line with itself for it, which costs the square of its length. Nor "is null", which
 * it takes to be rare, reading and sorting the whole line where most of it passes; that something differs it takes to be common.
 */
function nothingIn(found: Expression<unknown>) {
	return sql<SqlBool>`coalesce(${found}, 0) <> 1`;
}

function candidates(tx: Tx, channelId: string, waits: number) {
	return tx
		.selectFrom('outbox as o')
		.select(['o.id', 'o.seq', 'o.channel_id', 'o.contact_id', 'o.conversation_id', 'o.address', 'o.content'])
		.select(['o.quoted_provider_message_id', 'o.attempts', 'o.created_at', 'o.origin', 'o.purpose', 'o.valid_until'])
		.select(['o.priority', 'o.outside_window', 'o.started_at', 'o.not_before', 'o.hint', 'o.waits', 'o.unconfirmed'])
		.select(['o.topics', 'o.contact_hours'])
		.where('o.channel_id', '=', channelId)
		.where(queued('o.status'))
		.where('o.waits', '=', waits)
		.orderBy('o.priority')
		.orderBy('o.seq');
}

// So many planned for the same minute are put into the line at a time.
const WOKEN_AT_ONCE = 2_000;

/** Puts into the line what was planned for a time that has come. Returns whether there may be more. */
export async function wakePlanned(
	tx: Tx,
	dialect: Store['dialect'],
	channelIds: readonly string[],
	now: Instant,
): Promise<boolean> {
	let more = false;
	for (const channelId of channelIds) {
		const query = tx
			.selectFrom('outbox')
			.select('id')
			.where('channel_id', '=', channelId)
			.where(planned())
			.where('not_before', '<=', now)
			.orderBy('not_before')
			.limit(WOKEN_AT_ONCE);
		const due = await (dialect === 'postgres' ? query.forUpdate().skipLocked() : query).execute();
		await updateMany(
			tx,
			'outbox',
			due.map(({ id }) => ({ id, waits: WAITS.forNothing })),
		);
		if (due.length === WOKEN_AT_ONCE) more = true;
	}
	return more;
}

/** Those of the channels that have starts waiting. */
export async function channelsWithWaitingStarts(tx: Tx | Store['db'], channelIds: readonly string[]) {
	const found: string[] = [];
	for (const channelId of channelIds) if (await anyInLine(tx, channelId, WAITS.forStart)) found.push(channelId);
	return found;
}

/** Whether a claim is worth a transaction: a glance that locks nothing. */
export async function isAnythingDue(
	db: Store['db'] | Tx,
	channelIds: readonly string[],
	now: Instant,
): Promise<boolean> {
	for (const channelId of channelIds) {
		if (await anyInLine(db, channelId, WAITS.forNothing, now)) return true;
		const woken = await db
			.selectFrom('outbox')
			.select('seq')
			.where('channel_id', '=', channelId)
			.where(planned())
			.where('not_before', '<=', now)
			.orderBy('not_before')
			.limit(1)
			.executeTakeFirst();
		if (woken) return true;
	}
	const waiting = await channelsWithWaitingStarts(db, channelIds);
	return waiting.length > 0 && (await mayAnyStart(db, waiting, now));
}

/** In the order of the index: otherwise PostgreSQL, hoping for a quick find, may read all that was ever sent. */
async function anyInLine(db: Tx | Store['db'], channelId: string, waits: number, now?: Instant): Promise<boolean> {
	const query = db
		.selectFrom('outbox')
		.select('seq')
		.where('channel_id', '=', channelId)
		.where(queued('status'))
		.where('waits', '=', waits)
		.orderBy('priority')
		.orderBy('seq')
		.limit(1);
	const row = await (now === undefined ? query : query.where('not_before', '<=', now)).executeTakeFirst();
	return row !== undefined;
}

async function mayAnyStart(db: Store['db'] | Tx, channelIds: readonly string[], now: Instant): Promise<boolean> {
	const settings = await loadChannelSettings(db, channelIds);
	const rows = await db
		.selectFrom('sending_state')
		.select(['channel_id', 'data'])
		.where(oneOf(db, 'channel_id', channelIds))
		.execute();
	const states = new Map(rows.map((row) => [row.channel_id, row.data]));
	return channelIds.some((id) => roomForStarts(readStartsState(states.get(id)), settings.get(id)!, now) > 0);
}
