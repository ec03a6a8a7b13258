/** How long does a session wait before it tries to connect again? Pure. */

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/**
 * Doubles with every attempt up to five minutes; between half of it and all of it, so that sessions which lost the line together
 * do not come back together.
 * @param attempts how many times it was tried since the line was good, 0 for the first
 * @param random in [0, 1)
 */
export function backOffMs(attempts: number, random: number): number {
	const most = Math.min(FIRST_MS * 2 ** Math.min(attempts, 20), LONGEST_MS);
	return Math.round(most / 2 + (random * most) / 2);
}
