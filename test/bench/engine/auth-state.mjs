// How fast are the keys of a linked device kept? Ours, sealed and on the disk before it goes on, beside Baileys' own folder of
// files (with its cache in front for reading from memory and for messages), which are neither: one write after another costs us
// the wait for the disk, many at a time share it.
import { join } from 'node:path';
import { figure } from '../figures.mjs';
import { runJob } from '../job.mjs';

const FIGURES = [
	['first set of 812 pre-keys', 'firstSet', 'ms', 'ratio <= 0.5'],
	['opened and 200 keys read', 'openAndRead', 'ms', 'ratio <= 0.8'],
	['keys read from memory', 'cached', 'keys/s', null],
	['sets of 5 keys, 10 at a time', 'setsAtOnce', 'sets/s', 'ratio >= 1.1'],
	['sets of 5 keys, one after another', 'sets', 'sets/s', null],
	['CPU per set of 5 keys', 'cpuMsPerSet', 'ms', null],
	['messages decrypted, 20 contacts at a time', 'decryptedAtOnce', 'messages/s', 'ratio >= 1.1'],
	['messages decrypted, one after another', 'decrypted', 'messages/s', null],
];

/** @type {import('../benchmarks.mjs').Benchmark} */
export const engineAuthState = {
	name: 'engine alone: keys of a linked device',
	async run(options) {
		const postgresUrl = await options.postgres();
		const stores = [
			['SQLite', { type: 'sqlite', path: join(options.folder, 'auth-state.sqlite') }],
			...(postgresUrl
				? [['PostgreSQL', { type: 'postgres', poolSize: 6, connection: { connectionString: postgresUrl } }]]
				: []),
		];
		const figures = [];
		for (const [label, store] of stores) {
			options.say(`keys of a linked device on ${label}`);
			const input = {
				dist: options.dist,
				store,
				folder: join(options.folder, `auth-${label}`),
				rounds: options.quick ? 5 : 9,
			};
			const { ours, peer } = await runJob('./engine/auth-state-job.mjs', input, options);
			for (const [what, name, unit, goal] of FIGURES) {
				const title = `keys of a linked device, ${label}: ${what}`;
				// What waits for PostgreSQL's own disk is only told.
				const judged = label === 'SQLite' || unit === 'ms' ? goal : null;
				figures.push(figure(title, { ours: ours[name], peer: peer[name], goal: judged, unit }));
			}
		}
		return figures;
	},
};
