/**
 * What may anybody wish of a session, from whichever process? To be activated for a number, deactivated, or linked by a code that
 * is typed. A wish is written down; the session's owner sees it within a second and sees to it.
 */
import { sql } from 'kysely';
import { NotFound, RuleBroken } from '../../errors';
import type { Instant } from '../../model';
import { formatPhone } from '../../phone';
import type { Store, Tx } from '../../store/open-store';
import { isSameNumber } from './decide';
import { AT_REST, isOwned, lockSession, STILL_LINKED_DETAIL, wish, type SessionRow } from './session-rows';

/**
 * @param digits with country code. False: it is active with this number already; if it waits before its next attempt, it waits no
 * longer. Throws NotFound, RuleBroken.
 */
export async function wishActive(
	tx: Tx,
	dialect: Store['dialect'],
	channelId: string,
	digits: string,
	now: Instant,
): Promise<boolean> {
	const row = await lock(tx, dialect, channelId);
	const isOther = row.phone !== null && !isSameNumber(row.phone, digits);
	const isIdle = !row.wanted || row.state === 'stopped';
	// Linked, or about to be: the number belongs to the link (B-16, B-17).
	if (isOther && (!isIdle || row.linkedAt !== null)) throw locked(row);
	if (!isIdle) {
		if (row.nextAttemptAt !== null && row.nextAttemptAt > now) await wish(tx, channelId, { next_attempt_at: now }, now);
		return false;
	}
	await wish(
		tx,
		channelId,
		{
			...{ wanted: 1, phone: digits, state: 'waiting', problem: null, problem_detail: null },
			...{ qr: null, qr_expires_at: null, qr_number: 0, pairing_wanted: 0, pairing_code: null },
			...{ next_attempt_at: null, attempts: 0 },
		},
		now,
	);
	return true;
}

/**
 * Where no process owns the session, what is stored of its link is deleted at once; its owner would have told WhatsApp as well.
 * False: it was not active.
 */
export async function wishInactive(
	tx: Tx,
	dialect: Store['dialect'],
	channelId: string,
	now: Instant,
): Promise<boolean> {
	const row = await lock(tx, dialect, channelId);
	const wasActive = row.wanted;
	if (isOwned(row, now)) {
		if (wasActive) await wish(tx, channelId, { wanted: 0 }, now);
		return wasActive;
	}
	if (!wasActive && row.state === 'inactive') return false;
	await tx.deleteFrom('linked_secret').where('channel_id', '=', channelId).execute();
	const detail = row.linkedAt === null ? null : STILL_LINKED_DETAIL;
	await wish(tx, channelId, { ...AT_REST, problem_detail: detail }, now);
	// Whoever still believes to own it writes nothing more.
	await tx
		.updateTable('linked_session')
		.set({ owner: null, lease_until: null, fence: sql`fence + 1` })
		.where('channel_id', '=', channelId)
		.execute();
	return wasActive;
}

/** A code of eight characters, to be typed on the phone instead of scanning. Throws NotFound, RuleBroken. */
export async function wishCode(tx: Tx, dialect: Store['dialect'], channelId: string, now: Instant): Promise<void> {
	const row = await lock(tx, dialect, channelId);
	if (!row.wanted || row.state === 'stopped') {
		throw new RuleBroken(
			'notActive',
			'A sessão não está sendo conectada agora. Clique em "Ativar" antes de pedir o código.',
		);
	}
	if (row.linkedAt !== null) {
		throw new RuleBroken('alreadyLinked', 'O número já está conectado. Desative-o antes de conectar de novo.');
	}
	await wish(tx, channelId, { pairing_wanted: 1, pairing_code: null }, now);
}

async function lock(tx: Tx, dialect: Store['dialect'], channelId: string): Promise<SessionRow> {
	const row = await lockSession(tx, dialect, channelId);
	if (row) return row;
	throw new NotFound(
		`Não há sessão "${channelId.slice(channelId.indexOf(':') + 1)}" neste n8n.`,
		'Publique (ative) um workflow com um WhatsApp Trigger que use a credencial desta sessão.',
	);
}

function locked({ phone }: SessionRow): RuleBroken {
	return new RuleBroken(
		'numberLocked',
		`A sessão está ativa com o número ${formatPhone(`+${phone}`)}, e ele não pode ser trocado agora.`,
		'Desative a sessão e ative-a com o outro número; será preciso ler um novo QR Code.',
	);
}
