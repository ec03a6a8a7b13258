/**
 * How does a session stand, as every process sees it? Its row: what is wanted of it, what its owner reports, and how that is shown.
 * `version` counts every change that a page would show.
 */
import { sql, type Selectable, type Updateable } from 'kysely';
import type { Instant } from '../../model';
import type { LinkedDeviceView, SessionProblem, SessionState } from '../../model-linked-device';
import type { Db, Store, Tx } from '../../store/open-store';
import type { Database } from '../../store/schema';
import { explainProblem, STILL_LINKED } from './problems';

export interface SessionRow {
	channelId: string;
	phone: string | null;
	wanted: boolean;
	state: SessionState;
	problem: SessionProblem | null;
	problemDetail: string | null;
	qr: string | null;
	qrExpiresAt: Instant | null;
	/** How many codes were shown since it was activated. */
	qrNumber: number;
	pairingWanted: boolean;
	pairingCode: string | null;
	jid: string | null;
	lid: string | null;
	name: string | null;
	linkedAt: Instant | null;
	connectedAt: Instant | null;
	heardAt: Instant | null;
	nextAttemptAt: Instant | null;
	attempts: number;
	remindedAt: Instant | null;
	owner: string | null;
	fence: number;
	leaseUntil: Instant | null;
	version: number;
}

/** Columns of a row, in its own names; `version` and `updated_at` take care of themselves. */
export type SessionPatch = Omit<
	Updateable<Database['linked_session']>,
	'channel_id' | 'version' | 'updated_at' | 'created_at' | 'owner' | 'fence' | 'lease_until'
>;

/** A session somebody's credential names: its row is there from now on. */
export async function ensureSession(store: Store, channelId: string, now: Instant): Promise<void> {
	await store.transaction((tx) =>
		tx
			.insertInto('linked_session')
			.values({ channel_id: channelId, state: 'inactive', created_at: now, updated_at: now })
			.onConflict((c) => c.column('channel_id').doNothing())
			.execute(),
	);
}

/** All sessions, or those of these channels, by name. */
export async function readSessions(db: Db | Tx, channelIds?: readonly string[]): Promise<SessionRow[]> {
	if (channelIds?.length === 0) return [];
	let query = db.selectFrom('linked_session').selectAll().orderBy('channel_id');
	if (channelIds) query = query.where('channel_id', 'in', channelIds);
	return (await query.execute()).map(toRow);
}

export async function readSession(db: Db | Tx, channelId: string): Promise<SessionRow | null> {
	return (await readSessions(db, [channelId]))[0] ?? null;
}

/** What the owner reports; the row as it is then. Null: somebody else owns the session now, and nothing was written. */
export async function report(
	tx: Tx,
	{ channelId, fence }: { channelId: string; fence: number },
	patch: SessionPatch,
	now: Instant,
): Promise<SessionRow | null> {
	const row = await tx
		.updateTable('linked_session')
		.set((e) => ({ ...patch, version: e('version', '+', 1), updated_at: now }))
		.where('channel_id', '=', channelId)
		.where('fence', '=', fence)
		.returningAll()
		.executeTakeFirst();
	return row ? toRow(row) : null;
}

/** What anybody wishes: written whoever owns the session. */
export async function wish(tx: Tx, channelId: string, patch: SessionPatch, now: Instant): Promise<void> {
	await tx
		.updateTable('linked_session')
		.set((e) => ({ ...patch, version: e('version', '+', 1), updated_at: now }))
		.where('channel_id', '=', channelId)
		.execute();
}

/** Locks the row until the end of the transaction: wishes and reports that depend on what they read take turns. */
export async function lockSession(tx: Tx, dialect: Store['dialect'], channelId: string): Promise<SessionRow | null> {
	if (dialect === 'postgres') {
		await tx
			.selectFrom('linked_session')
			.select('channel_id')
			.where('channel_id', '=', channelId)
			.forUpdate()
			.execute();
	} else {
		// SQLite has one writer: whoever writes first is it.
		await tx
			.updateTable('linked_session')
			.set({ version: sql.ref('version') })
			.where('channel_id', '=', channelId)
			.execute();
	}
	return await readSession(tx, channelId);
}

/** Whether a process owns the session at `now`. */
export function isOwned({ owner, leaseUntil }: Pick<SessionRow, 'owner' | 'leaseUntil'>, now: Instant): boolean {
	return owner !== null && leaseUntil !== null && leaseUntil > now;
}

/** Back to where it began (B-33): nothing of the link is left but the number that was typed. */
export const AT_REST: SessionPatch = {
	wanted: 0,
	state: 'inactive',
	problem: null,
	problem_detail: null,
	qr: null,
	qr_expires_at: null,
	qr_number: 0,
	pairing_wanted: 0,
	pairing_code: null,
	jid: null,
	lid: null,
	name: null,
	linked_at: null,
	connected_at: null,
	next_attempt_at: null,
	attempts: 0,
	reminded_at: null,
};

/** Shown while it was deactivated without telling WhatsApp. */
export const STILL_LINKED_DETAIL = 'stillLinked';

const DAY_MS = 24 * 3_600_000;

export function viewOf(row: SessionRow, now: Instant): LinkedDeviceView {
	const state = shownState(row, now);
	const isScan = state === 'scan';
	return {
		channelId: row.channelId,
		sessionName: row.channelId.slice(row.channelId.indexOf(':') + 1),
		state,
		phone: row.phone,
		name: row.name,
		problem: row.problem,
		explanation: explanationOf(row, state),
		qr: isScan && row.qr !== null ? { code: row.qr, expiresAt: row.qrExpiresAt ?? now, number: row.qrNumber } : null,
		pairingCode: isScan ? row.pairingCode : null,
		linkedAt: row.linkedAt,
		connectedAt: row.connectedAt,
		heardAt: row.heardAt,
		nextAttemptAt: row.nextAttemptAt,
		ageDays: row.linkedAt === null ? null : Math.max(0, Math.floor((now - row.linkedAt) / DAY_MS)),
	};
}

/** An owner that died reports nothing more: what it said last is over. */
function shownState({ state, owner, leaseUntil, wanted }: SessionRow, now: Instant): SessionState {
	if (state === 'inactive' || state === 'stopped') return state;
	if (isOwned({ owner, leaseUntil }, now)) return state;
	return wanted ? 'waiting' : 'inactive';
}

function explanationOf({ problem, problemDetail, phone }: SessionRow, state: SessionState): string | null {
	if (problem !== null) return explainProblem(problem, { phone, detail: problemDetail });
	if (state === 'inactive' && problemDetail === STILL_LINKED_DETAIL) return STILL_LINKED;
	return state === 'waiting' ? WAITING : null;
}

const WAITING =
	'Nenhum processo do n8n cuida desta sessão agora. Publique (ative) um workflow com um WhatsApp Trigger que use esta credencial; a conexão começa sozinha.';

function toRow(row: Selectable<Database['linked_session']>): SessionRow {
	return {
		channelId: row.channel_id,
		phone: row.phone,
		wanted: row.wanted === 1,
		state: row.state as SessionState,
		problem: row.problem as SessionProblem | null,
		problemDetail: row.problem_detail,
		qr: row.qr,
		qrExpiresAt: instant(row.qr_expires_at),
		qrNumber: row.qr_number,
		pairingWanted: row.pairing_wanted === 1,
		pairingCode: row.pairing_code,
		jid: row.jid,
		lid: row.lid,
		name: row.name,
		linkedAt: instant(row.linked_at),
		connectedAt: instant(row.connected_at),
		heardAt: instant(row.heard_at),
		nextAttemptAt: instant(row.next_attempt_at),
		attempts: row.attempts,
		remindedAt: instant(row.reminded_at),
		owner: row.owner,
		fence: row.fence,
		leaseUntil: instant(row.lease_until),
		version: row.version,
	};
}

function instant(value: number | null): Instant | null {
	return value === null ? null : Number(value);
}
