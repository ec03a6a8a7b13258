// How many triage messages a second does the engine answer by itself, without n8n and without a network?
// Signed webhook bodies with messages and the delivery reports of every reply go in; a loopback channel takes the replies.
import { join } from 'node:path';
import { figure } from '../figures.mjs';
import { runJob } from '../job.mjs';

const GOALS = { SQLite: 2_000, PostgreSQL: 1_000 };

/** @type {import('../benchmarks.mjs').Benchmark} */
export const engineThroughput = {
	name: 'engine alone: throughput',
	async run(options) {
		const postgresUrl = await options.postgres();
		const stores = [
			['SQLite', { type: 'sqlite', path: join(options.folder, 'throughput.sqlite') }],
			...(postgresUrl
				? [['PostgreSQL', { type: 'postgres', poolSize: 6, connection: { connectionString: postgresUrl } }]]
				: []),
		];
		const figures = [];
		for (const [label, store] of stores) {
			options.say(`triage on ${label}`);
			const times = options.quick ? { warmUpMs: 3_000, measureMs: 8_000 } : { warmUpMs: 5_000, measureMs: 30_000 };
			const found = await runJob('./engine/throughput-job.mjs', { dist: options.dist, store, ...times }, options);
			if (found.failed > 0) throw new Error(`${found.failed} runs failed on ${label}.`);
			figures.push(
				figure(`engine alone, ${label}: triage messages`, {
					ours: found.perSecond,
					goal: `ours >= ${GOALS[label]}`,
					unit: 'messages/s',
				}),
				figure(`engine alone, ${label}: CPU per message`, { ours: found.cpuMsPerMessage, unit: 'ms' }),
				figure(`engine alone, ${label}: memory (RSS)`, { ours: found.rssMb, unit: 'MB' }),
			);
		}
		return figures;
	},
};
