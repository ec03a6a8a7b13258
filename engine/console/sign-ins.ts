import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';

/**
 * Which browsers are signed in? The cookie holds an id and a token; the row holds what the token and the current password make
 * together. So neither a copy of the database nor an old password opens anything, and a changed password signs everybody out.
 */

export interface SignIn {
	id: string;
	/** What a page must say with every change. */
	csrf: string;
	scope: string;
}

/** `cookie`: a new value the browser must be given; null while the one it has is good. */
export interface CheckedSignIn extends SignIn {
	cookie: string | null;
}

/** A cookie is signed out when it was not used for so long, and after so long anyway. */
export const IDLE_MS = 12 * 3_600_000;
export const LONGEST_MS = 7 * 24 * 3_600_000;
const ROTATE_MS = 3_600_000;
/** Requests under way carry the cookie from before. */
const GRACE_MS = 2 * 60_000;
const SEEN_EVERY_MS = 5 * 60_000;

export async function openSignIn(store: Store, password: string, scope: string, now: Instant) {
	const [id, token, csrf] = [random(), random(), random()];
	await store.transaction(async (tx) => {
		await tx
			.deleteFrom('console_sign_in')
			.where((eb) => eb.or([eb('seen_at', '<', now - IDLE_MS), eb('created_at', '<', now - LONGEST_MS)]))
			.execute();
		await tx
			.insertInto('console_sign_in')
			.values({
				id,
				proof: proofOf(token, password),
				previous_proof: null,
				rotated_at: now,
				csrf,
				scope,
				created_at: now,
				seen_at: now,
			})
			// The transaction may be repeated after it was committed.
			.onConflict((c) => c.column('id').doNothing())
			.execute();
	});
	return { id, csrf, scope, cookie: `${id}.${token}` };
}

/** Null: nobody is signed in with this cookie. */
export async function checkSignIn(
	store: Store,
	cookie: string,
	password: string,
	now: Instant,
): Promise<CheckedSignIn | null> {
	const parts = /^([\w-]{22})\.([\w-]{22})$/.exec(cookie);
	if (!parts) return null;
	const [, id, token] = parts as unknown as [string, string, string];
	const row = await store.read((db) =>
		db.selectFrom('console_sign_in').selectAll().where('id', '=', id).executeTakeFirst(),
	);
	if (!row || isOver(row, now)) return null;
	const proof = proofOf(token, password);
	const isCurrent = same(proof, row.proof);
	if (!isCurrent && !(row.previous_proof !== null && same(proof, row.previous_proof))) return null;
	const { csrf, scope } = row;
	const signIn = { id, csrf, scope };

	const age = now - row.rotated_at;
	// The browser never got the newer cookie, or its time has come: it gets another.
	if (age > (isCurrent ? ROTATE_MS : GRACE_MS)) {
		const next = random();
		const rotated = await change(store, row, {
			proof: proofOf(next, password),
			previous_proof: proof,
			rotated_at: now,
			seen_at: now,
		});
		return { ...signIn, cookie: rotated ? `${id}.${next}` : null };
	}
	if (isCurrent && row.previous_proof !== null && age > GRACE_MS) await change(store, row, { previous_proof: null });
	if (now - row.seen_at > SEEN_EVERY_MS) await change(store, row, { seen_at: now });
	return { ...signIn, cookie: null };
}

/** For streams: is it still open? An open page counts as in use. */
export async function stillSignedIn(store: Store, id: string, now: Instant): Promise<boolean> {
	const row = await store.db.selectFrom('console_sign_in').selectAll().where('id', '=', id).executeTakeFirst();
	if (!row || isOver(row, now)) return false;
	if (now - row.seen_at > SEEN_EVERY_MS) await change(store, row, { seen_at: now });
	return true;
}

export async function closeSignIn(store: Store, id: string): Promise<void> {
	await store.transaction((tx) => tx.deleteFrom('console_sign_in').where('id', '=', id).execute());
}

/** Compares what a page said with what its cookie stands for, in constant time. */
export function isCsrfToken(said: string | undefined, signIn: SignIn): boolean {
	return said !== undefined && same(said, signIn.csrf);
}

interface Row {
	id: string;
	proof: string;
	created_at: Instant;
	seen_at: Instant;
}

/** Only as long as nobody else has rotated it meanwhile. */
async function change(
	store: Store,
	{ id, proof }: Row,
	values: { proof?: string; previous_proof?: string | null; rotated_at?: Instant; seen_at?: Instant },
): Promise<boolean> {
	const { numUpdatedRows } = await store.transaction((tx) =>
		tx.updateTable('console_sign_in').set(values).where('id', '=', id).where('proof', '=', proof).executeTakeFirst(),
	);
	return numUpdatedRows > 0n;
}

function isOver(row: Row, now: Instant): boolean {
	return now - row.seen_at > IDLE_MS || now - row.created_at > LONGEST_MS;
}

/** 128 bits, 22 characters. */
function random(): string {
	return randomBytes(16).toString('base64url');
}

function proofOf(token: string, password: string): string {
	return createHmac('sha256', token).update(password).digest('base64url');
}

function same(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
