import { fork, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { dunningPolicy, openDesk, readReceivable, type Receivable } from '../../../../engine';
import { startSimulator, type Simulator } from '../../../../simulator/server';
import { DUNNING_TEMPLATES } from '../../../../simulator/templates/seeds-dunning';
import { compileTree, type CompiledTree } from '../../../support/compile-tree';
import { CREDITOR, instantOf } from '../../../support/dunning-town';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import type { PlanningWorkerSettings } from '../../../support/processes/planning-worker';
import { seededRandom } from '../../../support/seeded-random';

const SEED = Number(process.env.CRASH_SEED ?? 20261113);
const PAYERS = 60;
/** Friday, 10:15. */
const NOW = instantOf('13/11 10:15', 2026);

const waIdOf = (payer: number) => `55119${String(81_000_000 + payer)}`;

/** Every second payer owes two invoices of today. */
const RECEIVABLES: Receivable[] = Array.from({ length: PAYERS }, (_, payer) =>
	Array.from({ length: 1 + (payer % 2) }, (_each, n) => {
		const titulo = `T${payer}-${n}`;
		const cliente = { chave: `P${payer}`, nome: `Cliente ${payer}`, telefone: `+${waIdOf(payer)}` };
		const row = { titulo, vencimento: '2026-11-13', valor: 100 + payer, cliente };
		const reading = readReceivable(row, { creditor: '11222333000181' });
		if (!reading.ok) throw new Error(reading.problem);
		return reading.receivable;
	}),
).flat();

describe.each(STORES)('a run of the payment ladder that is killed on $name', ({ create }) => {
	let tree: CompiledTree;
	let store: TestStore;
	let simulator: Simulator;
	let settings: PlanningWorkerSettings;
	const workers: ChildProcess[] = [];

	beforeAll(() => (tree = compileTree(['engine', 'simulator', 'test/support'])));
	afterAll(() => tree.remove());
	beforeEach(async () => {
		store = await create();
		simulator = await startSimulator({
			contacts: [],
			templates: DUNNING_TEMPLATES,
			settings: { webhooks: { retryScheduleMs: [50, 100, 200] } },
		});
		await simulator.admin.setClock(new Date(NOW));
		settings = {
			store: store.settings,
			simulatorUrl: simulator.url,
			port: await freePort(),
			offsetMs: NOW - Date.now(),
			reconcileMs: 1_500,
			receivables: RECEIVABLES,
			policy: dunningPolicy({ creditor: CREDITOR }),
		};
	});
	afterEach(async () => {
		await Promise.all(workers.splice(0).map(kill));
		await simulator.close();
		await store.drop();
	});

	/** Resolves once it says so. */
	const start = async (says: 'ready' | 'done', own: Partial<PlanningWorkerSettings> = {}) => {
		const worker = fork(
			tree.file('test/support/processes/planning-worker'),
			[JSON.stringify({ ...settings, ...own })],
			{
				env: tree.env,
				execArgv: ['--enable-source-maps'],
			},
		);
		workers.push(worker);
		await new Promise<void>((resolve, reject) => {
			worker.on('message', (said) => said === says && resolve());
			worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
		});
		return worker;
	};
	const heard = () =>
		Promise.all(
			Array.from({ length: PAYERS }, async (_, payer) => {
				const messages = await simulator.admin.messages(waIdOf(payer), { from: 'business' });
				return messages.map(({ template }) => `${template?.name} ${/Fatura: (.+)/.exec(template?.body ?? '')?.[1]}`);
			}),
		);
	/** One reminder each, naming all that is owed. */
	const EXPECTED = Array.from({ length: PAYERS }, (_, payer) => [
		payer % 2 === 0 ? `regua_vence_hoje T${payer}-0` : `regua_vence_hoje T${payer}-0, T${payer}-1`,
	]);
	const quiet = async () => {
		await simulator.admin.waitForIdleWebhooks(20_000);
		await wait(settings.reconcileMs + 500);
		await simulator.admin.waitForIdleWebhooks(20_000);
	};

	it('again and again, at any moment: the next run finishes it, and every payer is reminded once (X-04, D-34)', async () => {
		const random = seededRandom(SEED);
		await simulator.admin.failSends({ kind: 'delay', ms: 15, count: 500 });
		for (let round = 0; round < 5; round++) {
			const worker = await start('ready');
			await wait(random() * 250);
			await kill(worker);
		}
		await start('done');
		await eventually(async () => (await heard()).every((messages) => messages.length >= 1) || null, 30_000);
		await quiet();
		expect({ seed: SEED, heard: await heard() }).toEqual({ seed: SEED, heard: EXPECTED });
		expect(await leftOver()).toEqual({ unfinished: 0, steps: RECEIVABLES.length, messages: PAYERS });
	});

	it('while two others run at the same time: every payer is reminded once (X-04, D-34)', async () => {
		await simulator.admin.failSends({ kind: 'delay', ms: 15, count: 500 });
		const [, , victim] = await Promise.all([
			start('ready'),
			start('ready', { port: null }),
			start('ready', { port: null }),
		]);
		// The callback of the simulator is the one that was told last: let it be one that lives.
		const { phoneNumberId } = (await simulator.admin.state()).numbers[0]!;
		await simulator.admin.setNumber({ phoneNumberId, callbackUrl: `http://127.0.0.1:${settings.port}/webhook` });
		await wait(60);
		await kill(victim!);
		await eventually(async () => (await heard()).every((messages) => messages.length >= 1) || null, 30_000);
		await quiet();
		expect(await heard()).toEqual(EXPECTED);
		expect(await leftOver()).toEqual({ unfinished: 0, steps: RECEIVABLES.length, messages: PAYERS });
	});

	async function leftOver() {
		const desk = await openDesk({ store: store.settings });
		try {
			const count = async (table: 'dunning_step' | 'dunning_message') =>
				(await desk.store.db.selectFrom(table).select('outbox_id').execute()).length;
			const unfinished = await desk.store.db.selectFrom('outbox').select('id').where('status', '<>', 'sent').execute();
			return {
				unfinished: unfinished.length,
				steps: await count('dunning_step'),
				messages: await count('dunning_message'),
			};
		} finally {
			await desk.close();
		}
	}
});

async function kill(worker: ChildProcess): Promise<void> {
	if (worker.exitCode !== null || worker.signalCode !== null) return;
	const gone = new Promise((resolve) => worker.once('exit', resolve));
	worker.kill('SIGKILL');
	await gone;
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
