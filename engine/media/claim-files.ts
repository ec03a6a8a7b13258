import { sql } from 'kysely';
import type { Instant } from '../model';
import { isGone } from '../outbox/process-name';
import type { Db, Store, Tx } from '../store/open-store';
import type { Database } from '../store/schema';
import { oneOf } from '../store/sql';

/** A file whose turn it is, marked as being fetched by this process. */
export interface ClaimedFile {
	inboundId: string;
	channelId: string;
	providerMediaId: string;
	mimeType: string | null;
	fileName: string | null;
	/** As the webhook wrote it: base64 or hexadecimal. */
	sha256: string | null;
	/** How often it was tried, this time included. */
	attempts: number;
	createdAt: Instant;
}

export interface Claimer {
	/** The name of this process (outbox/process-name.ts). */
	me: string;
	/** What this process is fetching at this moment. */
	inHand: ReadonlySet<string>;
}

// A claimed file comes up again this often, to see whether whoever claimed it is still alive.
const LOOK_AGAIN_MS = 5_000;
const LOOKED_AT = 32;

/** Spelled as the condition of the index inbound_media_waiting. */
export const waitingFile = sql<boolean>`status = 'waiting'`;

/** Whether a claim is worth a transaction: a glance that locks nothing. */
export async function isAnyFileDue(db: Db, channelIds: readonly string[], now: Instant): Promise<boolean> {
	const due = await db
		.selectFrom('inbound_media')
		.select('inbound_id')
		.where(oneOf(db, 'channel_id', channelIds))
		.where(waitingFile)
		.where('not_before', '<=', now)
		.limit(1)
		.executeTakeFirst();
	return due !== undefined;
}

/**
 * Claims due files of the channels this process can reach, at most `limit`, and what processes that died had claimed.
 * On PostgreSQL rows another process is claiming are skipped, not waited for.
 */
export async function claimFiles(
	tx: Tx,
	dialect: Store['dialect'],
	channelIds: readonly string[],
	claimer: Claimer,
	limit: number,
	now: Instant,
): Promise<ClaimedFile[]> {
	const query = tx
		.selectFrom('inbound_media')
		.selectAll()
		.where(oneOf(tx, 'channel_id', channelIds))
		.where(waitingFile)
		.where('not_before', '<=', now)
		.orderBy('not_before')
		.limit(LOOKED_AT);
	const rows = await (dialect === 'postgres' ? query.forUpdate().skipLocked() : query).execute();
	const free = rows.filter((row) => isFree(row, claimer, now)).slice(0, limit);
	const busy = rows.filter((row) => !isFree(row, claimer, now));
	// Our own stay young, so that nobody on another machine takes a slow download for a dead one.
	const mine = new Set([...free.map((row) => row.inbound_id), ...claimer.inHand]);
	await saveClaims(
		tx,
		[...free, ...busy].map((row) => ({
			inbound_id: row.inbound_id,
			not_before: now + LOOK_AGAIN_MS,
			attempts: row.attempts + (free.includes(row) ? 1 : 0),
			claimed_by: mine.has(row.inbound_id) ? claimer.me : row.claimed_by,
			claimed_at: mine.has(row.inbound_id) ? now : row.claimed_at,
		})),
	);
	return free.map((row) => ({
		inboundId: row.inbound_id,
		channelId: row.channel_id,
		providerMediaId: row.provider_media_id,
		mimeType: row.mime_type,
		fileName: row.file_name,
		sha256: row.sha256,
		attempts: row.attempts + 1,
		createdAt: Number(row.created_at),
	}));
}

function isFree(
	row: { inbound_id: string; claimed_by: string | null; claimed_at: Instant | null },
	{ me, inHand }: Claimer,
	now: Instant,
): boolean {
	if (row.claimed_by === null) return true;
	// The answer to our own claim was lost with the connection to the database.
	if (row.claimed_by === me) return !inHand.has(row.inbound_id);
	return isGone(row.claimed_by, now - Number(row.claimed_at ?? 0));
}

type Claim = Pick<Database['inbound_media'], 'inbound_id' | 'not_before' | 'attempts' | 'claimed_by' | 'claimed_at'>;

/** A handful at a time. */
async function saveClaims(tx: Tx, claims: readonly Claim[]): Promise<void> {
	for (const { inbound_id, ...claim } of claims)
		await tx.updateTable('inbound_media').set(claim).where('inbound_id', '=', inbound_id).execute();
}
