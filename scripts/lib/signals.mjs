// Ctrl-C, a closed terminal, or `kill`: whatever ends a script, nothing it started may stay behind.
import { killEverything, stopEverything } from './command.mjs';
import { explainFailure } from './progress.mjs';

/**
 * Runs a script's body, cleans up whatever happens, and exits with its code.
 * @param {() => Promise<number | void>} body returns the exit code
 * @param {() => Promise<void>} [cleanUp] runs first when the script ends, before what still runs is stopped
 */
export async function runScript(body, cleanUp = async () => {}) {
	let interruptedAt = 0;
	for (const [signal, number] of [
		['SIGINT', 2],
		['SIGTERM', 15],
		['SIGHUP', 1],
	]) {
		process.on(signal, async () => {
			if (interruptedAt === 0) {
				interruptedAt = Date.now();
				console.log('\nStopping …');
				await finish(128 + number);
			} else if (Date.now() - interruptedAt > 1000) {
				// One Ctrl-C may arrive several times: from the terminal, from npm, from the launcher.
				killEverything();
				process.exit(128 + number);
			}
		});
	}
	const finish = async (code) => {
		await cleanUp().catch(explainFailure);
		await stopEverything();
		process.exit(code);
	};
	try {
		const code = (await body()) ?? 0;
		if (!interruptedAt) await finish(code);
	} catch (error) {
		if (interruptedAt) return; // the commands we ended ourselves fail: not news
		explainFailure(error);
		await finish(1);
	}
}
