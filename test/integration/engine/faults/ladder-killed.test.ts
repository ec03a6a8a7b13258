import { fork, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { openDesk, type Desk } from '../../../../engine';
import { startSimulator, type Simulator } from '../../../../simulator/server';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { compileTree, type CompiledTree } from '../../../support/compile-tree';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { manyContacts } from '../../../support/many-contacts';
import type { LadderWorkerSettings } from '../../../support/processes/ladder-worker';
import { seededRandom } from '../../../support/seeded-random';

const CHANNEL = `cloudApi:${DEMO_NUMBER.phoneNumberId}`;
const SEED = Number(process.env.CRASH_SEED ?? 20261123);
const PEOPLE = 60;
const DAY_MS = 86_400_000;
const ALWAYS = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as never, from: '00:00', to: '00:00' }];

describe.each(STORES)('a daily ladder that runs three times at once and is killed on $name', ({ create }) => {
	let tree: CompiledTree;
	let store: TestStore;
	let simulator: Simulator;
	let onlooker: Desk;
	let worker: ChildProcess | undefined;

	beforeAll(() => (tree = compileTree(['engine', 'simulator', 'test/support'])));
	afterAll(() => tree.remove());
	beforeEach(async () => {
		store = await create();
		simulator = await startSimulator({ contacts: [], settings: { webhooks: { retryScheduleMs: [50, 100, 200] } } });
		onlooker = await openDesk({ store: store.settings });
	});
	afterEach(async () => {
		await kill();
		await onlooker.close();
		await simulator.close();
		await store.drop();
	});

	const start = async (settings: LadderWorkerSettings) => {
		worker = fork(tree.file('test/support/processes/ladder-worker'), [JSON.stringify(settings)], {
			env: tree.env,
			execArgv: ['--enable-source-maps'],
		});
		await heard('ready');
	};
	const heard = (word: string) =>
		new Promise<void>((resolve, reject) => {
			worker!.on('message', (message) => message === word && resolve());
			worker!.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
		});
	const kill = async () => {
		if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
		const gone = new Promise((resolve) => worker!.once('exit', resolve));
		worker.kill('SIGKILL');
		await gone;
	};

	it('tells every step exactly once (X-04, D-34)', async () => {
		const random = seededRandom(SEED);
		const settings: LadderWorkerSettings = {
			...{ store: store.settings, simulatorUrl: simulator.url, port: await freePort() },
			...{ rig: { reconcileMs: 1_500, listen: false }, reminders: [], runs: 3, atOnce: 5 },
		};
		await start(settings);
		const campaign = await manyContacts(onlooker, simulator.admin, CHANNEL, PEOPLE);
		await kill();

		const day = new Date().toISOString().slice(0, 10);
		settings.reminders = campaign.people.map((waId, n) => ({
			phone: `+${waId}`,
			plan: somePlan({
				...{ payer: `pay-${n}`, day, hours: { weekly: ALWAYS }, validUntil: Date.now() + DAY_MS },
				steps: [planStep(`a-${n}`), planStep(`b-${n}`)],
			}),
		}));
		await simulator.admin.failSends({ kind: 'delay', ms: 10, count: 100 });
		for (let round = 0; round < 5; round++) {
			await start(settings);
			await wait(random() * 150);
			await kill();
		}
		await start(settings);
		await heard('done');
		await campaign.untilAll('sent');
		await simulator.admin.waitForIdleWebhooks(20_000);
		// Whatever is sent once more is sent by then.
		await wait(settings.rig.reconcileMs! + 500);
		await simulator.admin.waitForIdleWebhooks(20_000);

		const phones = await Promise.all(
			campaign.people.map(async (waId) =>
				(await simulator.admin.messages(waId, { from: 'business' })).map(({ text }) => text),
			),
		);
		expect({ seed: SEED, phones }).toEqual({
			seed: SEED,
			phones: campaign.people.map((_, n) => [`NF a-${n}, NF b-${n}`]),
		});
		const count = async (table: 'dunning_step' | 'dunning_message' | 'outbox') =>
			(await onlooker.store.db.selectFrom(table).selectAll().execute()).length;
		expect([await count('dunning_step'), await count('dunning_message'), await count('outbox')]).toEqual([
			...[2 * PEOPLE, PEOPLE, PEOPLE],
		]);
	}, 90_000);
});

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
