import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { systemClock } from '../../../../engine/clock';
import { openStore, type Store } from '../../../../engine/store/open-store';
import { insertMany } from '../../../../engine/store/sql';
import { nodeSqliteDialect } from '../../../../engine/store/sqlite-dialect';

describe('transactions on SQLite', () => {
	let folder: string;
	let store: Store;

	beforeEach(async () => {
		folder = mkdtempSync(join(tmpdir(), 'desk-store-'));
		store = await openStore({ type: 'sqlite', path: join(folder, 'desk.sqlite') }, systemClock);
	});
	afterEach(async () => {
		await store.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const add = (id: string, after?: () => void) =>
		store.transaction(async (tx) => {
			await insertMany(tx, 'contact', [{ id, name: id, phone: null, created_at: 1, updated_at: 1 }]);
			after?.();
		});
	const names = async () =>
		(await store.db.selectFrom('contact').select('name').orderBy('id').execute()).map((r) => r.name);

	it('begin while the disk still confirms the one before, and end in order', async () => {
		const seen: string[] = [];
		const ana = add('Ana', () => seen.push('Ana is written')).then(() => seen.push('Ana is safe'));
		const bruno = add('Bruno', () => seen.push('Bruno is written')).then(() => seen.push('Bruno is safe'));
		await Promise.all([ana, bruno]);
		expect(seen).toEqual(['Ana is written', 'Bruno is written', 'Ana is safe', 'Bruno is safe']);
	});

	it('take back their own work only', async () => {
		const carla = add('Carla', () => {
			throw new Error('changed her mind');
		});
		const all = await Promise.allSettled([add('Ana'), carla, add('Bruno')]);
		expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(await names()).toEqual(['Ana', 'Bruno']);
	});

	it('tell their caller when the disk refuses, and leave the next one alone', async () => {
		const path = join(folder, 'refusing.sqlite');
		const db = new Kysely<{ person: { name: string } }>({ dialect: nodeSqliteDialect(path) });
		await sql`pragma user_version`.execute(db);
		// The log loses its name: it can still be written, but not be opened for flushing.
		writeFileSync(`${path}-wal`, '', { flag: 'a' });
		rmSync(`${path}-wal`);
		const write = (name: string) =>
			db.transaction().execute(async (tx) => {
				await sql`create table if not exists person (name text)`.execute(tx);
				await tx.insertInto('person').values({ name }).execute();
			});
		const all = await Promise.allSettled([write('Ana'), write('Bruno')]);
		expect(all.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code)).toEqual([
			'ENOENT',
			'ENOENT',
		]);
		expect(await db.selectFrom('person').select('name').execute()).toEqual([{ name: 'Ana' }, { name: 'Bruno' }]);
		await db.destroy();
	});
});
