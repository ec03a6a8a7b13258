/** Looks again and again until `what` says something; fails with its last answer. */
export async function eventually<T>(
	what: () => Promise<T | null | undefined | false> | T | null | undefined | false,
	timeoutMs = 15_000,
): Promise<T> {
	const deadline = performance.now() + timeoutMs;
	for (;;) {
		const found = await what();
		if (found !== null && found !== undefined && found !== false) return found;
		if (performance.now() > deadline) throw new Error(`Nothing came of it within ${timeoutMs} ms: ${String(what)}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
