import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import { chunks } from '../store/sql';

/**
 * What a node already did for a message. A run repeated after a crash finds its answer here instead of doing it again (D4).
 * Kept for a week: no run is repeated later than that.
 */
export const STEPS_KEPT_MS = 7 * 24 * 3_600_000;

export async function loadSteps<T>(tx: Tx, keys: readonly string[]): Promise<Map<string, T>> {
	const found = new Map<string, T>();
	for (const part of chunks(keys)) {
		const rows = await tx.selectFrom('step').select(['key', 'result']).where('key', 'in', part).execute();
		for (const row of rows) found.set(row.key, JSON.parse(row.result) as T);
	}
	return found;
}

export async function saveSteps(
	tx: Tx,
	steps: ReadonlyArray<{ key: string; result: unknown }>,
	now: Instant,
): Promise<void> {
	for (const part of chunks(steps)) {
		await tx
			.insertInto('step')
			.values(part.map(({ key, result }) => ({ key, result: JSON.stringify(result), at: now })))
			.execute();
	}
}
