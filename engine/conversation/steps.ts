import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import { insertMany, oneOf } from '../store/sql';

/**
 * What a node already did for a message. A run repeated after a crash finds its answer here instead of doing it again (D4).
 * Kept for a week: no run is repeated later than that.
 */
export const STEPS_KEPT_MS = 7 * 24 * 3_600_000;

export async function loadSteps<T>(tx: Tx, keys: readonly string[]): Promise<Map<string, T>> {
	const rows = await tx
		.selectFrom('step')
		.select(['key', 'result'])
		.where(oneOf(tx, 'key', keys))
		.execute();
	return new Map(rows.map((row) => [row.key, JSON.parse(row.result) as T]));
}

export async function saveSteps(
	tx: Tx,
	steps: ReadonlyArray<{ key: string; result: unknown }>,
	now: Instant,
): Promise<void> {
	await insertMany(
		tx,
		'step',
		steps.map(({ key, result }) => ({ key, result: JSON.stringify(result), at: now })),
	);
}
