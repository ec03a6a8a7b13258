// Runs in a process of its own: batches of messages sent over a channel that accepts at once, on each store in turn.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fillOutbox } from './fill-outbox.mjs';
import { openSendingDesk, template } from './sending-desk.mjs';

const BATCH = 2_000;
const LOOKS = 300;

process.once('message', async ({ dist, stores, rounds }) => {
	// The desk's timers let a process end; this one stays until it has told its result.
	process.channel.ref();
	const { isAnythingDue } = createRequire(join(dist, 'engine', 'index.js'))('./outbox/candidates.js');
	const sides = [];
	for (const { finished, path } of stores) {
		await fillOutbox({ dist, path, finished, now: Date.now() });
		const opened = await openSendingDesk({ dist, store: { type: 'sqlite', path } });
		sides.push({ ...opened, sent: 0, rounds: [] });
	}
	// The first round warms both up and is not counted.
	for (let round = 0; round <= rounds; round++) {
		for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
			const found = { ...(await sendBatch(side)), claimMs: await look(side, isAnythingDue) };
			if (round > 0) side.rounds.push(found);
		}
	}
	process.send(
		sides.map(({ rounds: all }) => ({
			cpuMs: median(all.map((r) => r.cpuMs)),
			claimMs: median(all.map((r) => r.claimMs)),
		})),
	);
	for (const { desk } of sides) await desk.close();
	process.disconnect();
});

async function sendBatch(side) {
	const cpuBefore = process.cpuUsage();
	await side.send(
		Array.from({ length: BATCH }, () => ({
			phone: `+55119${String(80_000_000 + side.sent++)}`,
			content: template('Ana'),
		})),
	);
	const cpu = process.cpuUsage(cpuBefore);
	return { cpuMs: (cpu.user + cpu.system) / 1_000 / BATCH };
}

/** What an idle desk does every second. */
async function look({ desk, channelId }, isAnythingDue) {
	const before = performance.now();
	for (let i = 0; i < LOOKS; i++) await isAnythingDue(desk.store.db, [channelId], Date.now());
	return (performance.now() - before) / LOOKS;
}

function median(values) {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
