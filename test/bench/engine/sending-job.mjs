// Runs in a process of its own: the same number of messages three times, with the bare requests in between for comparison.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openSendingDesk, template } from './sending-desk.mjs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const ROUNDS = 3;
const BARE = 3_000;
const LANES = 20;
const PER_LANE = 5;

process.once('message', async ({ dist, store, credentials, messages }) => {
	// The desk's timers let a process end; this one stays until it has told its result.
	process.channel.ref();
	const { desk, channel, send } = await openSendingDesk({ dist, store, credentials });
	const phone = (i) => `55119${String(10_000_000 + i)}`;
	await bare(channel, phone, 500); // warms up HTTP on both ends
	const rounds = [];
	const bareRounds = [];
	const heapMb = [];
	const rssMb = [];
	for (let round = 0; round < ROUNDS; round++) {
		bareRounds.push(await bare(channel, phone, BARE));
		const batch = Array.from({ length: messages }, (_, i) => ({
			phone: `+${phone(round * messages + i)}`,
			content: template(`Cliente ${i}`),
		}));
		rounds.push(await cost(messages, () => send(batch)));
		collectGarbage();
		heapMb.push(process.memoryUsage().heapUsed / 1e6);
		rssMb.push(process.memoryUsage().rss / 1e6);
	}
	const lanes = Array.from({ length: LANES }, (_, lane) => ({
		waId: phone(9_000_000 + lane),
		texts: Array.from({ length: PER_LANE }, (_, n) => template(`nº ${n + 1}`).text),
	}));
	// Round after round through all lanes, so that neighbours in the line belong to different people.
	await send(
		Array.from({ length: PER_LANE }, (_, n) =>
			lanes.map(({ waId }) => ({ phone: `+${waId}`, content: template(`nº ${n + 1}`) })),
		).flat(),
	);
	process.send({
		perSecond: 1_000 / median(rounds.map(({ wallMs }) => wallMs)),
		cpuMs: median(rounds.map(({ cpuMs }) => cpuMs)),
		bareCpuMs: median(bareRounds.map(({ cpuMs }) => cpuMs)),
		heapMb,
		rssMb,
		lanes,
	});
	await desk.close();
	process.disconnect();
});

/** The same requests without the desk, as many at a time as the dispatcher would have under way. */
function bare(channel, phone, count) {
	const media = { read: async () => null };
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const i = next++;
			const address = phone(20_000_000 + i);
			const result = await channel.send({ id: `bare${i}`, address, content: template(`Cliente ${i}`) }, media);
			if (result.type !== 'sent') throw new Error(JSON.stringify(result));
		}
	};
	return cost(count, () => Promise.all(Array.from({ length: 256 }, worker)));
}

/** Per message. */
async function cost(messages, work) {
	const before = { at: performance.now(), cpu: process.cpuUsage() };
	await work();
	const cpu = process.cpuUsage(before.cpu);
	return { wallMs: (performance.now() - before.at) / messages, cpuMs: (cpu.user + cpu.system) / 1_000 / messages };
}

function median(values) {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
