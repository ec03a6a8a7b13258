import { fork, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { StoreSettings } from '../../../engine/store/settings';
import { openStore } from '../../../engine/store/open-store';
import { systemClock } from '../../../engine/clock';
import { startSimulator, type Simulator } from '../../../simulator/server';
import { compileTree, type CompiledTree } from '../../support/compile-tree';
import type { CrashWorkerSettings } from '../../support/processes/crash-worker';
import { THREE_QUEUES } from '../../support/desk-rig';
import { STORES, type TestStore } from '../../support/each-store';
import { seededRandom } from '../../support/seeded-random';

const SEED = Number(process.env.CRASH_SEED ?? 20261121);
/** Starting anew is quicker without a server's hand-shake. */
const KILLS = { sqlite: 30, postgres: 15 };
const CUSTOMERS = 200;
const SCRIPT = ['Oi', '9', '2'];
/** Quick answers are no loop here. */
const CONFIG = { ...THREE_QUEUES, loopGuard: { maxBotMessages: 0, maxSameText: 0, maxFastReplies: 0 } };

interface Customer {
	waId: string;
	/** How much of the script was said. */
	said: number;
}

describe.each(STORES)('a desk that is killed again and again on $name', ({ name, create }) => {
	let tree: CompiledTree;
	let store: TestStore;
	let simulator: Simulator;
	let worker: ChildProcess | undefined;
	let settings: CrashWorkerSettings;

	beforeAll(() => (tree = compileTree(['engine', 'simulator', 'test/support'])));
	afterAll(() => tree.remove());
	beforeEach(async () => {
		store = await create();
		simulator = await startSimulator({ contacts: [], settings: { webhooks: { retryScheduleMs: [50, 100, 200] } } });
		settings = {
			store: store.settings,
			simulatorUrl: simulator.url,
			port: await freePort(),
			rig: { config: CONFIG, reconcileMs: 1_500 },
		};
	});
	afterEach(async () => {
		await kill();
		await simulator.close();
		await store.drop();
	});

	const start = () =>
		(worker = fork(tree.file('test/support/processes/crash-worker'), [JSON.stringify(settings)], {
			env: tree.env,
			execArgv: ['--enable-source-maps'],
		}));
	const isReady = () =>
		new Promise<void>((resolve, reject) => {
			worker!.once('message', () => resolve());
			worker!.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
		});
	const kill = async () => {
		if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
		const gone = new Promise((resolve) => worker!.once('exit', resolve));
		worker.kill('SIGKILL');
		await gone;
	};
	const replies = async (waId: string) =>
		(await simulator.admin.messages(waId, { from: 'business' })).map(({ text, options }) => ({
			text,
			options: options.map((option) => option.title),
		}));

	it(`gives ${CUSTOMERS} customers exactly the right replies, in order (D3, D4, D-02)`, async () => {
		const random = seededRandom(SEED);
		start();
		await isReady();
		// What an undisturbed customer hears, phrase by phrase.
		const expected: Array<Awaited<ReturnType<typeof replies>>> = [];
		for (const phrase of SCRIPT) {
			const before = expected.flat().length;
			await simulator.admin.say('5511900000000', phrase);
			await quiet(simulator);
			expected.push((await replies('5511900000000')).slice(before));
		}
		expect(expected.map((each) => each.length > 0)).toEqual([true, true, true]);
		const upTo = (said: number) => expected.slice(0, said).flat();

		const customers: Customer[] = Array.from({ length: CUSTOMERS }, (_, i) => ({
			waId: `55119${String(80_000_000 + i)}`,
			said: 0,
		}));
		const isAnswered = async ({ waId, said }: Customer) =>
			said === 0 || (await replies(waId)).length >= upTo(said).length;
		/** Lets some of those who have their answer say the next thing. */
		const talk = async (atMost: number) => {
			const open = shuffled(
				customers.filter(({ said }) => said < SCRIPT.length),
				random,
			);
			const ready: Customer[] = [];
			for (const customer of open) {
				if (ready.length >= atMost) break;
				if (await isAnswered(customer)) ready.push(customer);
			}
			await simulator.admin.sayMany(
				ready.map((customer) => ({ waId: customer.waId, type: 'text', text: SCRIPT[customer.said++]! })),
			);
			return open.length;
		};

		const perKill = Math.ceil((CUSTOMERS * SCRIPT.length) / KILLS[name]) + 2;
		for (let round = 0; round < KILLS[name]; round++) {
			await talk(perKill);
			// From "it has not opened its database yet" to "it is nearly done with everything".
			await wait(random() * 900);
			await kill();
			start();
		}
		await isReady();
		while ((await talk(CUSTOMERS)) > 0) await wait(100);
		await Promise.all(
			customers.map(({ waId }) =>
				simulator.admin.waitForReplies(waId, upTo(SCRIPT.length).length, { timeoutMs: 20_000 }),
			),
		);
		// Whatever is still on its way would be one too many.
		await quiet(simulator);
		await wait(settings.rig.reconcileMs! + 500);

		const wrong = [];
		for (const { waId } of customers) {
			const heard = await replies(waId);
			if (JSON.stringify(heard) !== JSON.stringify(upTo(SCRIPT.length))) wrong.push({ waId, heard, seed: SEED });
		}
		expect(wrong).toEqual([]);
		await kill();
		expect(await leftOver(store.settings)).toEqual({ unfinished: 0, messages: (CUSTOMERS + 1) * SCRIPT.length });
	}, 120_000);
});

async function quiet(simulator: Simulator): Promise<void> {
	await wait(300);
	await simulator.admin.waitForIdleWebhooks(20_000);
	await wait(200);
}

/** Rows a finished desk must not have, and how many messages it stored. */
async function leftOver(settings: StoreSettings) {
	const store = await openStore(settings, systemClock);
	try {
		const count = (rows: Array<{ count: unknown }>) => Number(rows[0]!.count);
		const unfinished = await store.db
			.selectFrom('outbox')
			.select((e) => e.fn.countAll().as('count'))
			.where('status', '<>', 'sent')
			.execute();
		const messages = await store.db
			.selectFrom('inbound')
			.select((e) => e.fn.countAll().as('count'))
			.execute();
		return { unfinished: count(unfinished), messages: count(messages) };
	} finally {
		await store.close();
	}
}

function shuffled<T>(list: T[], random: () => number): T[] {
	return list
		.map((value) => ({ value, at: random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ value }) => value);
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
