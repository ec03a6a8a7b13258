// Runs in a process of its own: how many triage messages a second does the engine answer when nobody waits?
import { setTimeout as wait } from 'node:timers/promises';
import { openBenchDesk } from './bench-desk.mjs';

const CONCURRENT = 500;

process.once('message', async ({ dist, store, warmUpMs, measureMs }) => {
	let next = 0;
	const { desk, loopback, counts } = await openBenchDesk({
		dist,
		store,
		nextCustomer: () => String(5511900000000 + next++),
	});
	loopback.begin(CONCURRENT);
	await wait(warmUpMs);
	const before = { ...loopback.counts, ...counts, at: performance.now(), cpu: process.cpuUsage() };
	await wait(measureMs);
	const seconds = (performance.now() - before.at) / 1_000;
	const cpu = process.cpuUsage(before.cpu);
	const answered = loopback.counts.answered - before.answered;
	process.send({
		perSecond: answered / seconds,
		cpuMsPerMessage: (cpu.user + cpu.system) / 1_000 / answered,
		itemsPerRun: (counts.items - before.items) / (counts.runs - before.runs),
		failed: counts.failed,
		rssMb: process.memoryUsage.rss() / 1e6,
	});
	loopback.stop();
	await desk.close();
	process.disconnect();
});
