// Runs in a process of its own: one linked device under load, or many that idle and are cut. `side` says whose.
import { openOurs } from './linked-device-ours.mjs';
import { openRaw } from './linked-device-raw.mjs';

const CUSTOMERS = Array.from({ length: 50 }, (_, i) => String(5511980000000 + i));
const SETTLE_MS = 60_000;

process.once('message', async (input) => {
	process.channel.ref();
	const ask = (what) => process.send(what);
	const side = await (input.side === 'ours' ? openOurs(input, ask) : openRaw(input, ask));
	process.send({ result: await { traffic, sessions }[input.work](side, input, ask) });
	await side.close();
	// Timers of Baileys hold a process for half a minute.
	process.disconnect();
	setTimeout(() => process.exit(0), 100);
});

async function traffic(side, { phone, messages }, ask) {
	const device = await side.link(phone, 'bench');
	// Everybody has written and been answered once: sessions are made.
	ask({ say: { phone, customers: CUSTOMERS, count: CUSTOMERS.length } });
	await until(() => device.received() >= CUSTOMERS.length);
	await device.sendAll(CUSTOMERS, CUSTOMERS.length);

	const outgoing = await timed(() => device.sendAll(CUSTOMERS, messages));
	const before = device.received();
	const incoming = await timed(async () => {
		ask({ say: { phone, customers: CUSTOMERS, count: messages } });
		await until(() => device.received() - before >= messages);
	});
	return {
		out: messages / outgoing.seconds,
		outCpuMs: outgoing.cpuMs / messages,
		in: messages / incoming.seconds,
		inCpuMs: incoming.cpuMs / messages,
	};
}

async function sessions(side, { sessions: count, side: whose }, ask) {
	const phones = Array.from(
		{ length: count },
		(_, i) => `5521${whose === 'ours' ? 3 : 4}000${String(i).padStart(4, '0')}`,
	);
	const devices = [await side.link(phones[0], 'bench-0')];
	await rest();
	const one = rssMb();
	for (const [i, phone] of phones.slice(1).entries()) devices.push(await side.link(phone, `bench-${i + 1}`));
	await rest();
	const rss = (rssMb() - one) / (count - 1);
	const began = performance.now();
	ask({ cut: 503 });
	await until(() => devices.every((device) => !device.isOpen()) || devices.every((device) => device.cuts() > 0));
	await until(() => devices.every((device) => device.isOpen()));
	return { rssMb: rss, backSeconds: (performance.now() - began) / 1_000 };
}

// ---------------------------------------------------------------- helpers

async function timed(work) {
	const cpuBefore = process.cpuUsage();
	const began = performance.now();
	await work();
	const { user, system } = process.cpuUsage(cpuBefore);
	return { seconds: (performance.now() - began) / 1_000, cpuMs: (user + system) / 1_000 };
}

async function until(holds) {
	const deadline = performance.now() + SETTLE_MS;
	while (!holds()) {
		if (performance.now() > deadline) throw new Error(`It did not come to that within ${SETTLE_MS / 1_000} s.`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** What linking left behind is gone. */
async function rest() {
	await new Promise((resolve) => setTimeout(resolve, 2_000));
	for (let i = 0; i < 3; i++) globalThis.gc();
}

const rssMb = () => process.memoryUsage.rss() / 1e6;
