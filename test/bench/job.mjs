// Runs a measurement in a process of its own, so that its memory and processor time are nobody else's.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * @param {string} file beside this one, e.g. './engine/throughput-job.mjs'; it sends one message and disconnects
 * @param {object} input @param {{ profiles: string | null }} options
 * @returns {Promise<any>} what the job sent
 */
export function runJob(file, input, { profiles }) {
	const execArgv = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [];
	const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
		execArgv,
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let complaints = '';
	child.stderr.on('data', (chunk) => (complaints = (complaints + chunk).slice(-4_000)));
	return new Promise((resolve, reject) => {
		let answer;
		child.on('message', (message) => (answer = message));
		child.on('error', reject);
		child.on('exit', (code) => {
			if (code === 0 && answer !== undefined) resolve(answer);
			else reject(new Error(`${file} ended with code ${code} and no result.\n${complaints}`));
		});
		child.send(input);
	});
}
