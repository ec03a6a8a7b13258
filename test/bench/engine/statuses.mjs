// How many delivery reports a second does the engine take in? Signed bodies of 1,000 reports each, as Meta posts them after a
// campaign: sent, delivered and read of every message, with prices.
import { join } from 'node:path';
import { figure } from '../figures.mjs';
import { runJob } from '../job.mjs';

const GOALS = { SQLite: 'ours >= 2000', PostgreSQL: null };

/** @type {import('../benchmarks.mjs').Benchmark} */
export const engineStatuses = {
	name: 'engine alone: statuses',
	async run(options) {
		const postgresUrl = await options.postgres();
		const stores = [
			['SQLite', { type: 'sqlite', path: join(options.folder, 'statuses.sqlite') }],
			...(postgresUrl
				? [['PostgreSQL', { type: 'postgres', poolSize: 6, connection: { connectionString: postgresUrl } }]]
				: []),
		];
		const messages = options.quick ? 20_000 : 100_000;
		const figures = [];
		for (const [label, store] of stores) {
			options.say(`${(3 * messages).toLocaleString('en-US')} statuses on ${label}`);
			const found = await runJob('./engine/statuses-job.mjs', { dist: options.dist, store, messages }, options);
			figures.push(
				figure(`engine alone, ${label}: statuses`, {
					ours: found.perSecond,
					goal: GOALS[label],
					unit: 'statuses/s',
				}),
				figure(`engine alone, ${label}: CPU per status`, { ours: found.cpuMsPerStatus, unit: 'ms' }),
				figure(`engine alone, ${label}: a body of 1,000 statuses`, { ours: found.msPerBody, unit: 'ms' }),
			);
		}
		return figures;
	},
};
