// Does a message to send cost more because a million were sent before it? The same batches on an outbox with a short and with
// a long past, in turns within one process, so that whatever else the machine does hits both alike.
import { join } from 'node:path';
import { figure } from '../figures.mjs';
import { runJob } from '../job.mjs';

const SHORT = 1_000;
const LONG = 1_000_000;

/** @type {import('../benchmarks.mjs').Benchmark} */
export const engineHistory = {
	name: 'engine alone: sending as the outbox grows',
	async run(options) {
		options.say(`filling an outbox with ${LONG.toLocaleString('en-US')} finished messages`);
		const stores = [SHORT, LONG].map((finished) => ({
			finished,
			path: join(options.folder, `history-${finished}.sqlite`),
		}));
		const rounds = options.quick ? 15 : 25;
		const [short, long] = await runJob('./engine/history-job.mjs', { dist: options.dist, stores, rounds }, options);
		const name = (what) =>
			`engine alone, SQLite: ${what}, ${LONG.toLocaleString('en-US')} finished against ${SHORT.toLocaleString('en-US')}`;
		return [
			figure(name('CPU per message sent'), { ours: long.cpuMs, peer: short.cpuMs, goal: 'ratio <= 1.2', unit: 'ms' }),
			figure(name('one look for due messages'), {
				ours: long.claimMs,
				peer: short.claimMs,
				goal: 'ratio <= 1.2',
				unit: 'ms',
			}),
		];
	},
};
