import { setTimeout as wait } from 'node:timers/promises';

/** How long a transaction waits for a database that went away, counted from the first failure. */
const PATIENCE_MS = 45_000;
const PAUSES_MS = [50, 100, 250, 500, 1_000];

const TRANSIENT = new Set([
	'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
	'57P01', '57P02', '57P03', '08000', '08001', '08003', '08004', '08006', '53300', // server going away, starting, full
	'40001', '40P01', // serialization failure, deadlock
	'23505', // unique violation from a concurrent insert: the second look sees the winner's row
]); // prettier-ignore

/** Whether the same work may succeed a moment later. */
export function isTransient(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const code = (error as { code?: unknown }).code;
	if (typeof code === 'string' && TRANSIENT.has(code)) return true;
	if (code === 'ERR_SQLITE_ERROR') return /database is (locked|busy)|UNIQUE constraint/.test(error.message);
	return /Connection terminated|timeout exceeded when trying to connect|server closed the connection/i.test(
		error.message,
	);
}

/** Repeats `work` while the failure is transient, with growing pauses, for at most 45 s. */
export async function retryTransient<T>(work: () => Promise<T>, stopped: () => boolean): Promise<T> {
	let firstFailure = 0;
	for (let attempt = 0; ; attempt++) {
		try {
			return await work();
		} catch (error) {
			firstFailure ||= performance.now();
			// A unique violation that repeats is a real one.
			const repeats = attempt > 3 && /unique/i.test(String((error as Error).message));
			if (stopped() || repeats || !isTransient(error) || performance.now() - firstFailure > PATIENCE_MS) throw error;
			await wait(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]!);
		}
	}
}
