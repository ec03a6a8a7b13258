import { setTimeout as wait } from 'node:timers/promises';

/**
 * What is done when a transaction fails for a reason that passes: a database that went away is waited for, a conflict with
 * another transaction is repeated at once. Everything else is an error.
 */

/** How long a transaction waits for a database that went away, counted from the first failure. */
const PATIENCE_MS = 45_000;
const PAUSES_MS = [50, 100, 250, 500, 1_000];
// A unique violation that repeats this often is a real one.
const CONFLICTS_AT_MOST = 8;

const AWAY = new Set([
	...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
	// Connection lost, server going away or starting, too many clients.
	...['08000', '08001', '08003', '08004', '08006', '57P01', '57P02', '57P03', '53300'],
	// A stand-by that has just been promoted, or is about to be.
	'25006',
]);

// Serialization failure, deadlock, and a unique violation: the second look sees the row of whoever was first.
const CONFLICT = new Set(['40001', '40P01', '23505']);

const AWAY_WORDS =
	/Connection terminated|timeout exceeded when trying to connect|server closed the connection|connection error and is not queryable/i;

export type Failure = 'away' | 'conflict' | 'final';

/** Whether the same work may succeed a moment later, and why. */
export function failureOf(error: unknown): Failure {
	const { code, errcode, message, errors } = factsOf(error);
	if (code === 'ERR_SQLITE_ERROR') {
		// Extended result codes carry the primary one in their low byte: 5 busy, 6 locked.
		const primary = Number(errcode) & 0xff;
		if (primary === 5 || primary === 6) return 'away';
		return /UNIQUE constraint/.test(message) ? 'conflict' : 'final';
	}
	if (typeof code === 'string' && AWAY.has(code)) return 'away';
	if (typeof code === 'string' && CONFLICT.has(code)) return 'conflict';
	// A refused connection to a host with several addresses.
	if (errors.some((each) => failureOf(each) === 'away')) return 'away';
	return AWAY_WORDS.test(message) ? 'away' : 'final';
}

/**
 * Whether the data is to blame, so that the same row would fail anywhere, any time: PostgreSQL's data exceptions, missing
 * values and exceeded limits, SQLite's "too big" and "mismatch", and values that cannot be bound.
 */
export function isBadData(error: unknown): boolean {
	const { code, errcode } = factsOf(error);
	if (code === 'ERR_SQLITE_ERROR') return [18, 20].includes(Number(errcode) & 0xff);
	return typeof code === 'string' && /^(22...|23502|54000|ERR_INVALID_ARG_(TYPE|VALUE))$/.test(code);
}

/** Read without `instanceof`: an error may come from another realm than this code. */
function factsOf(error: unknown): { code: unknown; errcode: unknown; message: string; errors: unknown[] } {
	const facts = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
	const { code, errcode, message, errors } = facts;
	return { code, errcode, message: String(message ?? ''), errors: Array.isArray(errors) ? errors : [] };
}

/** Repeats `work` while the failure may pass: for at most 45 s of absence, or eight conflicts. */
export async function retryTransient<T>(work: () => Promise<T>, stopped: () => boolean): Promise<T> {
	let firstFailure = 0;
	let conflicts = 0;
	for (let attempt = 0; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			const failure = failureOf(error);
			firstFailure ||= performance.now();
			if (failure === 'final' || stopped() || performance.now() - firstFailure > PATIENCE_MS) throw error;
			if (failure === 'conflict') {
				if (++conflicts >= CONFLICTS_AT_MOST) throw error;
				// Not at the same instant as the one it collided with.
				await wait(Math.random() * 10 * conflicts);
			} else await wait(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]!);
		}
	}
}
