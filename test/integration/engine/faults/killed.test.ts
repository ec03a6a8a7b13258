import { fork, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { openDesk, type Desk } from '../../../../engine';
import { startSimulator, type Simulator } from '../../../../simulator/server';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { compileTree, type CompiledTree } from '../../../support/compile-tree';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { manyContacts, type ManyContacts } from '../../../support/many-contacts';
import type { CrashWorkerSettings } from '../../../support/processes/crash-worker';
import { seededRandom } from '../../../support/seeded-random';

const CHANNEL = `cloudApi:${DEMO_NUMBER.phoneNumberId}`;
const SEED = Number(process.env.CRASH_SEED ?? 20261122);

describe.each(STORES)('a process that is killed while it sends on $name', ({ create }) => {
	let tree: CompiledTree;
	let store: TestStore;
	let simulator: Simulator;
	let settings: CrashWorkerSettings;
	let worker: ChildProcess | undefined;
	/** Looks at the store and enqueues; it reaches no channel, so that it sends nothing. */
	let onlooker: Desk;
	let nowhere: Server | undefined;

	beforeAll(() => (tree = compileTree(['engine', 'simulator', 'test/support'])));
	afterAll(() => tree.remove());
	beforeEach(async () => {
		store = await create();
		simulator = await startSimulator({ contacts: [], settings: { webhooks: { retryScheduleMs: [50, 100, 200] } } });
		settings = {
			store: store.settings,
			simulatorUrl: simulator.url,
			port: await freePort(),
			rig: { reconcileMs: 1_500, listen: false },
		};
		onlooker = await openDesk({ store: store.settings });
	});
	afterEach(async () => {
		await kill();
		nowhere?.close();
		nowhere = undefined;
		await onlooker.close();
		await simulator.close();
		await store.drop();
	});

	const start = async (rig: Partial<CrashWorkerSettings['rig']> = {}) => {
		const own = { ...settings, rig: { ...settings.rig, ...rig } };
		worker = fork(tree.file('test/support/processes/crash-worker'), [JSON.stringify(own)], {
			env: tree.env,
			execArgv: ['--enable-source-maps'],
		});
		await new Promise<void>((resolve, reject) => {
			worker!.once('message', () => resolve());
			worker!.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
		});
	};
	const kill = async () => {
		if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
		const gone = new Promise((resolve) => worker!.once('exit', resolve));
		worker.kill('SIGKILL');
		await gone;
	};
	const contacts = (count: number) => manyContacts(onlooker, simulator.admin, CHANNEL, count);
	const quiet = async () => {
		await simulator.admin.waitForIdleWebhooks(20_000);
		// Whatever is sent once more is sent by then.
		await wait(settings.rig.reconcileMs! + 500);
		await simulator.admin.waitForIdleWebhooks(20_000);
	};
	const counts = (campaign: ManyContacts) => campaign.counted();

	it('after they were accepted, before it could write that down: reports prove them, none is repeated (D4)', async () => {
		await start();
		const campaign = await contacts(10);
		await simulator.admin.setWebhookFaults({ hold: true });
		await simulator.admin.failSends({ kind: 'noAnswer', count: 10 });
		await campaign.send('1', '2');
		await eventually(async () => {
			const phones = await Promise.all(
				campaign.people.map((waId) => simulator.admin.messages(waId, { from: 'business' })),
			);
			return phones.every((messages) => messages.length === 1);
		});
		await kill();
		expect(new Set((await campaign.rows()).map((row) => row.status))).toEqual(new Set(['sending', 'queued']));
		await start();
		await simulator.admin.setWebhookFaults({ hold: false });
		await campaign.untilAll('sent');
		await quiet();
		expect(await campaign.heard()).toEqual([['1', '2']]);
		expect((await campaign.rows()).map((row) => row.attempts)).toEqual(Array(20).fill(1));
		expect(await counts(campaign)).toMatchObject({ received: 10, sent: 20, delivered: 20, read: 20 });
	});

	it('before anything was accepted: without proof each is sent again, once (D4)', async () => {
		await start();
		const campaign = await contacts(10);
		await kill();
		const { url, taken } = await blackHole();
		await start({ credentials: { baseUrl: url } });
		await campaign.send('1');
		await eventually(() => taken() >= 10);
		await kill();
		await start();
		await campaign.untilAll('sent');
		await quiet();
		expect(await campaign.heard()).toEqual([['1']]);
		expect((await campaign.rows()).map((row) => row.attempts)).toEqual(Array(10).fill(2));
		expect(await counts(campaign)).toMatchObject({ sent: 10, delivered: 10 });
	});

	it('again and again, at any moment: every contact has every message once, in order', async () => {
		const random = seededRandom(SEED);
		await start();
		const campaign = await contacts(40);
		await simulator.admin.failSends({ kind: 'delay', ms: 15, count: 200 });
		await campaign.send('1', '2', '3');
		for (let round = 0; round < 4; round++) {
			await wait(random() * 120);
			await kill();
			await start();
		}
		await campaign.untilAll('sent');
		await quiet();
		expect({ seed: SEED, heard: await campaign.heard() }).toEqual({ seed: SEED, heard: [['1', '2', '3']] });
		expect(await counts(campaign)).toMatchObject({ received: 40, sent: 120, delivered: 120, read: 120 });
	});

	/** Takes connections and never answers. */
	async function blackHole() {
		let taken = 0;
		nowhere = createServer((socket) => {
			taken++;
			socket.on('error', () => undefined);
		});
		await new Promise<void>((resolve) => nowhere!.listen(0, '127.0.0.1', resolve));
		return { url: `http://127.0.0.1:${(nowhere.address() as AddressInfo).port}`, taken: () => taken };
	}
});

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
