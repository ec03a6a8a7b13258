import { sql } from 'kysely';
import { fork } from 'node:child_process';
import { systemClock } from '../../../../engine/clock';
import { StoreUnavailable } from '../../../../engine/errors';
import { appliedMigrations, MIGRATIONS } from '../../../../engine/store/migrations';
import { openStore, type Store } from '../../../../engine/store/open-store';
import type { StoreSettings } from '../../../../engine/store/settings';
import { tableOf } from '../../../../engine/store/sql';
import { compileTree, type CompiledTree } from '../../../support/compile-tree';
import { STORES, type TestStore } from '../../../support/each-store';

describe.each(STORES)('opening the store on $name', ({ name, create }) => {
	let test: TestStore;
	const stores: Store[] = [];
	const open = async (settings: StoreSettings = test.settings) => {
		const store = await openStore(settings, systemClock);
		stores.push(store);
		return store;
	};

	beforeEach(async () => (test = await create()));
	afterEach(async () => {
		await Promise.all(stores.splice(0).map((store) => store.close()));
		await test.drop();
	});

	it('brings the schema up to date once, however often it is opened (D2)', async () => {
		const first = await appliedMigrations((await open()).db);
		expect(first.map(({ number, name: called }) => [number, called])).toEqual(
			MIGRATIONS.map((m) => [m.number, m.name]),
		);
		expect(await appliedMigrations((await open()).db)).toEqual(first);
	});

	it('is not disturbed by many that open it at the same time (D2)', async () => {
		const opened = await Promise.all(Array.from({ length: 6 }, () => open()));
		for (const store of opened) expect(await appliedMigrations(store.db)).toHaveLength(MIGRATIONS.length);
	});

	describe('in processes of their own', () => {
		let tree: CompiledTree;
		beforeAll(() => (tree = compileTree(['engine', 'test/support/processes'])));
		afterAll(() => tree.remove());

		it('is not disturbed by several that open it at the same time (D2)', async () => {
			const children = Array.from({ length: 3 }, () =>
				fork(tree.file('test/support/processes/open-store'), [JSON.stringify(test.settings)], {
					env: tree.env,
					execArgv: [],
				}),
			);
			const answers = await Promise.all(
				children.map((child) => new Promise((resolve) => child.once('message', resolve))),
			);
			expect(answers).toEqual(Array(3).fill(MIGRATIONS.length));
		});
	});

	it('refuses a database that a newer package wrote, and says what to do (D2)', async () => {
		const store = await open();
		const migration = tableOf(store.db, 'migration');
		await sql`insert into ${migration} (number, name, applied_at) values (999, 'from the future', 0)`.execute(store.db);
		const refused = await open().catch((error: unknown) => error as StoreUnavailable);
		expect(refused).toBeInstanceOf(StoreUnavailable);
		expect((refused as StoreUnavailable).message).toBe(
			`The WhatsApp Desk database was written by a newer version of this package (schema 999 "from the future", this package knows ${MIGRATIONS.at(-1)!.number}).`,
		);
		expect((refused as StoreUnavailable).hint).toBe(
			'Update n8n-nodes-whatsapp-desk to the newer version again, or restore the database backup made before the update.',
		);
	});

	it('says what is wrong when it cannot be used', async () => {
		const settings: StoreSettings =
			name === 'sqlite'
				? { type: 'sqlite', path: '/nowhere/at/all/desk.sqlite' }
				: {
						type: 'postgres',
						poolSize: 1,
						connection: {
							connectionString: (
								test.settings as { connection: { connectionString: string } }
							).connection.connectionString.replace(/:[^:@/]+@/, ':wrong@'),
						},
					};
		await expect(open(settings)).rejects.toThrow(/^The WhatsApp Desk database cannot be used: /);
	});

	it('lets a second writer wait for the first without stopping the process', async () => {
		const [one, two] = [await open(), await open()];
		const order: string[] = [];
		let go!: () => void;
		const gate = new Promise<void>((resolve) => (go = resolve));
		const insert = (store: Store, key: string) =>
			store.transaction(async (tx) => {
				await tx
					.insertInto('step')
					.values({ key: 'same', result: key, at: 0 })
					.onConflict((c) => c.column('key').doUpdateSet({ result: key }))
					.execute();
				order.push(`${key} wrote`);
				if (key === 'one') await gate;
			});
		const first = insert(one, 'one');
		while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
		const second = insert(two, 'two');
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(order).toEqual(['one wrote']);
		go();
		await Promise.all([first, second]);
		expect(order).toEqual(['one wrote', 'two wrote']);
	});

	it('repeats a transaction that collides with another, and gives up on one that always fails', async () => {
		const store = await open();
		let tries = 0;
		await store.transaction(async (tx) => {
			tries++;
			await tx
				.insertInto('step')
				.values({ key: tries < 3 ? 'taken' : 'free', result: '', at: 0 })
				.execute();
			if (tries < 3) await tx.insertInto('step').values({ key: 'taken', result: '', at: 0 }).execute();
		});
		expect(tries).toBe(3);
		tries = 0;
		const always = store.transaction(async (tx) => {
			tries++;
			await tx.insertInto('step').values({ key: 'free', result: '', at: 0 }).execute();
		});
		await expect(always).rejects.toThrow(/unique/i);
		expect(tries).toBe(8);
	});

	it('undoes everything of a transaction that fails', async () => {
		const store = await open();
		const failing = store.transaction(async (tx) => {
			await tx.insertInto('step').values({ key: 'a', result: '', at: 0 }).execute();
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect(await store.db.selectFrom('step').selectAll().execute()).toEqual([]);
	});
});
