/** The Redis server that `npm test e2e` starts (or that TEST_REDIS_URL names); null when there is none, which CI does not accept. */
export function redisUrl(): string | null {
	const url = process.env.TEST_REDIS_URL;
	if (!url && process.env.CI) throw new Error('TEST_REDIS_URL is not set. Run these tests through: npm test e2e');
	return url ?? null;
}
