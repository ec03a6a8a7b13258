/** Can the desk keep what it is told? Writes for real, measures, and looks at room and schema. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { fine, wrong } from '../channel/findings';
import type { Finding } from '../channel/port';
import type { Instant } from '../model';
import { MIGRATIONS, appliedMigrations } from '../store/migrations';
import type { Store } from '../store/open-store';

const SLOW_MS = 1_000;
const SCARCE_BYTES = 500 * 1024 * 1024;

export async function storeFindings(store: Store): Promise<Finding[]> {
	const applied = (await store.read((db) => appliedMigrations(db))).at(-1);
	const newest = MIGRATIONS.at(-1)!;
	const where = store.dialect === 'sqlite' ? `SQLite (${(await sqliteFile(store)) || 'in memory'})` : 'PostgreSQL';
	const found = `The desk keeps its data in ${where}, schema ${applied?.number ?? 0} "${applied?.name ?? ''}".`;
	if (applied?.number === newest.number) return [fine('store', found)];
	return [
		wrong(
			'store',
			`${found} This package works with schema ${newest.number}.`,
			'Restart every n8n process, so that all of them run the same version of the package.',
		),
	];
}

/** Takes the write lock, writes and takes it back, as every message does. */
export async function lockFindings(store: Store, now: Instant): Promise<Finding[]> {
	const startedAt = performance.now();
	const name = `diagnose ${now}`;
	await store.transaction(async (tx) => {
		await tx
			.insertInto('lease')
			.values({ name, owner: 'diagnose', token: 0, expires_at: now })
			.onConflict((c) => c.column('name').doUpdateSet({ expires_at: now }))
			.execute();
		await tx.deleteFrom('lease').where('name', '=', name).execute();
	});
	const took = Math.round(performance.now() - startedAt);
	if (took < SLOW_MS) return [fine('storeLock', `Writing works and took ${took} ms.`)];
	return [
		wrong(
			'storeLock',
			`Writing took ${took} ms: somebody else holds the database, or its disk is slow.`,
			store.dialect === 'sqlite'
				? 'Let no other program (backup, viewer) keep whatsapp-desk.sqlite open, keep it on a local disk, or use PostgreSQL.'
				: 'Look for long transactions (pg_stat_activity) and for a full or slow disk on the database server.',
		),
	];
}

export async function diskFindings(store: Store): Promise<Finding[]> {
	if (store.dialect === 'postgres') {
		const { rows } = await sql<{ size: number }>`select pg_database_size(current_database()) as size`.execute(store.db);
		return [fine('disk', `The database has ${megabytes(Number(rows[0]!.size))} in all; its server watches the disk.`)];
	}
	const file = await sqliteFile(store);
	if (!file) return [];
	const { bavail, bsize } = await statfs(dirname(file));
	const free = bavail * bsize;
	if (free >= SCARCE_BYTES) return [fine('disk', `There is ${megabytes(free)} of free disk for the database.`)];
	return [
		wrong(
			'disk',
			`Only ${megabytes(free)} of disk is free where the database is.`,
			'Free some disk: without room nothing can be stored, and messages are then lost after Meta gives up.',
		),
	];
}

async function sqliteFile(store: Store): Promise<string> {
	const { rows } = await sql<{ file: string }>`select file from pragma_database_list where name = 'main'`.execute(
		store.db,
	);
	return rows[0]?.file ?? '';
}

function megabytes(bytes: number): string {
	const mb = bytes / (1024 * 1024);
	return mb >= 10_240 ? `${Math.round(mb / 1024)} GB` : `${Math.round(mb)} MB`;
}
