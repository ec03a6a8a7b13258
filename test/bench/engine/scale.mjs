// Does a message cost more because the store knows many people? The same rounds of conversations on a small and on a large
// store, in turns within one process, so that whatever else the machine does hits both alike.
import { join } from 'node:path';
import { figure } from '../figures.mjs';
import { runJob } from '../job.mjs';

const SMALL = 1_000;

/** @type {import('../benchmarks.mjs').Benchmark} */
export const engineScale = {
	name: 'engine alone: cost per message as contacts grow',
	async run(options) {
		const large = options.quick ? 100_000 : 1_000_000;
		options.say(`filling a store with ${large.toLocaleString('en-US')} contacts`);
		const stores = [SMALL, large].map((contacts) => ({
			contacts,
			path: join(options.folder, `scale-${contacts}.sqlite`),
		}));
		const rounds = options.quick ? 5 : 9;
		const found = await runJob('./engine/scale-job.mjs', { dist: options.dist, stores, rounds }, options);
		const [small, big] = found.map(({ cpuMs }) => cpuMs);
		return [
			figure(
				`engine alone, SQLite: CPU per message, ${large.toLocaleString('en-US')} contacts against ${SMALL.toLocaleString('en-US')}`,
				{
					ours: big,
					peer: small,
					goal: 'ratio <= 1.2',
					unit: 'ms',
				},
			),
			figure(
				`engine alone, SQLite: time per message, ${large.toLocaleString('en-US')} contacts against ${SMALL.toLocaleString('en-US')}`,
				{
					ours: found[1].wallMs,
					peer: found[0].wallMs,
					unit: 'ms',
				},
			),
		];
	},
};
