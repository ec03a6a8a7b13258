// How long does the payment ladder take to decide about every open receivable, and how much memory does it need? The first run
// of a day, the second one, when everything was told already, and a stream ten times as long.
import { join } from 'node:path';
import { figure } from '../figures.mjs';
import { runJob } from '../job.mjs';

const BOOK = 100_000;
const STREAM = 1_000_000;

/** @type {import('../benchmarks.mjs').Benchmark} */
export const enginePlanner = {
	name: 'engine alone: planning reminders',
	async run(options) {
		const postgresUrl = await options.postgres();
		const stores = [
			['SQLite', { type: 'sqlite', path: join(options.folder, 'planner.sqlite') }],
			...(postgresUrl
				? [['PostgreSQL', { type: 'postgres', poolSize: 6, connection: { connectionString: postgresUrl } }]]
				: []),
		];
		const stream = options.quick ? STREAM / 4 : STREAM;
		const figures = [];
		for (const [label, store] of stores) {
			const job = (work, count) =>
				runJob('./engine/planner-job.mjs', { dist: options.dist, store, work, count, book: BOOK }, options);
			options.say(`filling a store on ${label} with what was told of ${number(BOOK)} receivables`);
			await job('fill', BOOK);
			options.say(`planning ${number(BOOK)} receivables on ${label}`);
			const first = await job('plan', BOOK);
			const flow = await job('stream', BOOK);
			options.say(`planning a stream of ${number(stream)} receivables on ${label}`);
			const long = await job('stream', stream);
			const [held, heldLong] = [await job('weigh', BOOK), await job('weigh', stream)];
			options.say(`planning again what was told on ${label}`);
			await job('tell', BOOK);
			const again = await job('planAgain', BOOK);
			const name = (what) => `engine alone, ${label}: ${what}`;
			const book = number(BOOK);
			figures.push(
				figure(name(`${book} receivables planned`), { ours: first.seconds, goal: 'ours <= 2', unit: 's' }),
				figure(name(`CPU of planning ${book} receivables`), { ours: first.cpuSeconds, unit: 's' }),
				figure(name(`${book} receivables planned again, all told`), {
					ours: again.seconds,
					goal: 'ours <= 1',
					unit: 's',
				}),
				figure(name(`live memory above idle, ${book} receivables and their decisions`), {
					ours: first.liveMb,
					goal: 'ours <= 150',
					unit: 'MB',
				}),
				figure(name(`memory (RSS) above idle, ${book} receivables and their decisions`), {
					ours: first.rssMb,
					unit: 'MB',
				}),
				// A ratio of two small numbers would tell of chance.
				figure(name(`more live memory with ${number(stream)} streamed than with ${book}`), {
					ours: Math.max(0, heldLong.liveMb - held.liveMb),
					goal: 'ours <= 3',
					unit: 'MB',
				}),
				figure(name(`live memory above idle, ${number(stream)} streamed`), { ours: heldLong.liveMb, unit: 'MB' }),
				figure(name(`memory (RSS) above idle, ${number(stream)} streamed against ${book}`), {
					ours: long.rssMb,
					peer: flow.rssMb,
					unit: 'MB',
				}),
				figure(name(`${number(stream)} receivables streamed`), {
					ours: stream / long.seconds,
					unit: 'receivables/s',
				}),
			);
		}
		return figures;
	},
};

function number(value) {
	return value.toLocaleString('en-US');
}
