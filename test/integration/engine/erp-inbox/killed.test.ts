import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { openDesk } from '../../../../engine';
import { compileTree, type CompiledTree } from '../../../support/compile-tree';
import { STORES, type TestStore } from '../../../support/each-store';
import { asaasBody } from '../../../support/erp-calls';
import { eventually } from '../../../support/eventually';
import type { ErpWorkerMessage } from '../../../support/processes/erp-worker';
import { seededRandom } from '../../../support/seeded-random';

const SEED = Number(process.env.CRASH_SEED ?? 20261121);
const KILLS = 10;
const NOTICES = 150;

describe.each(STORES)('a process that is killed while an ERP delivers, on $name', ({ create }) => {
	let tree: CompiledTree;
	let store: TestStore;
	let worker: ChildProcess | undefined;
	/** Deliveries that were answered with success, charges whose run began and ended, in that order. */
	let answered: Set<number>;
	let began: string[];
	let ended: Set<string>;

	beforeAll(() => (tree = compileTree(['engine', 'test/support'])));
	afterAll(() => tree.remove());
	beforeEach(async () => {
		store = await create();
		[answered, began, ended] = [new Set(), [], new Set()];
	});
	afterEach(async () => {
		await kill();
		await store.drop();
	});

	const start = () => {
		worker = fork(tree.file('test/support/processes/erp-worker'), [JSON.stringify(store.settings)], { env: tree.env });
		worker.on('message', (message: ErpWorkerMessage) => {
			if (message.type === 'answered' && message.status === 200) answered.add(message.delivery);
			if (message.type === 'began') began.push(...message.charges);
			if (message.type === 'ended') for (const charge of message.charges) ended.add(charge);
		});
		return new Promise<void>((resolve, reject) => {
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
	/** As an ERP does: in order, and again whatever was not answered with success. */
	const deliver = (upTo: number) => {
		for (let n = 0; n < upTo; n++) {
			if (answered.has(n)) continue;
			worker!.send({ delivery: n, body: asaasBody({ id: `evt_${n}`, payment: `pay_${n}` }) }, () => undefined);
		}
	};

	it('stores every notice once, runs every one to its end, and in order (V-01, D3)', async () => {
		const random = seededRandom(SEED);
		for (let round = 1; round <= KILLS; round++) {
			await start();
			deliver(Math.ceil((NOTICES * round) / KILLS));
			// From "nothing is stored yet" to "nearly all runs have ended".
			await wait(random() * 400);
			await kill();
		}
		await start();
		deliver(NOTICES);
		const all = Array.from({ length: NOTICES }, (_, n) => `pay_${n}`);
		await eventually(() => answered.size === NOTICES && ended.size === NOTICES, 30_000);
		expect([...ended].sort()).toEqual([...all].sort());
		await kill();

		const desk = await openDesk({ store: store.settings });
		const rows = await desk.store.db.selectFrom('erp_event').selectAll().orderBy('seq').execute();
		await desk.close();
		expect(rows.map((row) => row.outcome)).toEqual(all.map(() => 'event'));
		// A run that was cut off begins again; but for that, runs follow the order in which notices were stored.
		const stored = rows.map((row) => (JSON.parse(row.event!) as { sourceId: string }).sourceId);
		const firsts = [...new Set(began)];
		expect({ seed: SEED, firsts }).toEqual({ seed: SEED, firsts: stored });
	}, 120_000);
});
