import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from './schema';
import { initial } from './migrations/001-initial';
import { sending } from './migrations/002-sending';
import { erpAndDunning } from './migrations/003-erp-and-dunning';
import { toldSteps } from './migrations/004-told-steps';
import { linkedDevice } from './migrations/005-linked-device';
import { consolePages } from './migrations/006-console';
import { unconfirmed } from './migrations/007-unconfirmed';
import { tableOf } from './sql';

/** A step from one schema to the next. Append-only: a published one is never edited. */
export interface Migration {
	number: number;
	name: string;
	up(db: Transaction<Database>, dialect: 'sqlite' | 'postgres'): Promise<void>;
}

/** In order; the last number is the schema this package understands. */
export const MIGRATIONS: readonly Migration[] = [
	initial,
	sending,
	erpAndDunning,
	toldSteps,
	linkedDevice,
	consolePages,
	unconfirmed,
];

export interface MigrationTable {
	number: number;
	name: string;
	applied_at: number;
}

/** Applied migrations, oldest first; empty on a new database. */
export async function appliedMigrations(db: Kysely<Database>): Promise<MigrationTable[]> {
	const { rows } =
		await sql<MigrationTable>`select number, name, applied_at from ${tableOf(db, 'migration')} order by number`.execute(
			db,
		);
	return rows;
}
