// Runs in a process of its own: rounds of conversations with customers chosen at random, on each store in turn.
import { openBenchDesk } from './bench-desk.mjs';
import { fillStore, waIdOf } from './fill-store.mjs';

const CUSTOMERS_A_ROUND = 500;
const CONCURRENT = 250;
/** Between two rounds everybody's last conversation was closed, and the grace period after closing is over. */
const BETWEEN_ROUNDS_MS = 2 * 3_600_000;

process.once('message', async ({ dist, stores, rounds }) => {
	// The desk's timers let a process end; this one stays until it has told its result.
	process.channel.ref();
	let offset = 0;
	const now = () => Date.now() + offset;
	const sides = [];
	for (const { contacts, path } of stores) {
		await fillStore({ dist, path, contacts, now: now() });
		const queue = [];
		const opened = await openBenchDesk({
			dist,
			store: { type: 'sqlite', path },
			nextCustomer: () => queue.shift(),
			now,
		});
		sides.push({ ...opened, contacts, queue, messages: 0, rounds: [] });
	}
	// The first round warms both up and is not counted.
	for (let round = 0; round <= rounds; round++) {
		for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
			const found = await playRound(side);
			if (round > 0) side.rounds.push(found);
		}
		offset += BETWEEN_ROUNDS_MS;
	}
	process.send(
		sides.map(({ rounds: all }) => ({
			cpuMs: median(all.map((r) => r.cpuMs)),
			wallMs: median(all.map((r) => r.wallMs)),
		})),
	);
	for (const { desk } of sides) await desk.close();
	process.disconnect();
});

async function playRound({ desk, loopback, contacts, queue }) {
	const chosen = new Set();
	while (chosen.size < CUSTOMERS_A_ROUND) chosen.add(Math.floor(Math.random() * contacts));
	queue.push(...[...chosen].map(waIdOf));
	const before = { at: performance.now(), cpu: process.cpuUsage(), answered: loopback.counts.answered };
	loopback.begin(CONCURRENT);
	await loopback.done();
	await settled(desk);
	const cpu = process.cpuUsage(before.cpu);
	const messages = loopback.counts.answered - before.answered;
	const found = {
		cpuMs: (cpu.user + cpu.system) / 1_000 / messages,
		wallMs: (performance.now() - before.at) / messages,
	};
	await desk.store.db
		.updateTable('conversation')
		.set({ state: 'resolved', grace_until: 0 })
		.where('state', '<>', 'resolved')
		.execute();
	await desk.store.db.deleteFrom('timer').execute();
	return found;
}

/** The last delivery reports and the trigger's progress belong to the round that caused them. */
async function settled(desk) {
	while (!desk.dispatcher.idle) await new Promise((resolve) => setImmediate(resolve));
}

function median(values) {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
