import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import type { Clock } from '../clock';
import { StoreUnavailable } from '../errors';
import { MIGRATIONS, appliedMigrations } from './migrations';
import { failureOf, retryTransient } from './retry';
import type { Database } from './schema';
import type { StoreSettings } from './settings';
import { POSTGRES_SCHEMA, tableOf } from './sql';
import { nodeSqliteDialect } from './sqlite-dialect';

export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;

/** An open store. Whoever opens it closes it. */
export interface Store {
	readonly db: Db;
	readonly dialect: 'sqlite' | 'postgres';
	/**
	 * Runs `work` in one transaction and retries it when the database went away (PostgreSQL restarts, drops, deadlocks).
	 * `work` may therefore run more than once and must touch nothing but the transaction. It may even run again after it was
	 * committed, when the answer to the commit was lost: what it writes must carry a key that makes the repetition harmless.
	 */
	transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
	/** Reads with the same patience. */
	read<T>(work: (db: Db) => Promise<T>): Promise<T>;
	/** True once `close` was called: nothing will succeed any more. */
	readonly closed: boolean;
	close(): Promise<void>;
}

// One lock number for all migrations of this package, taken inside the transaction.
const MIGRATION_LOCK = 0x57415044;

/**
 * Opens the store and brings its schema up to date.
 * Throws StoreUnavailable when it cannot be reached, or when a newer version of this package wrote it.
 */
export async function openStore(settings: StoreSettings, clock: Clock): Promise<Store> {
	const store = settings.type === 'sqlite' ? openSqlite(settings.path) : await openPostgres(settings);
	try {
		await migrate(store, clock);
	} catch (error) {
		await store.close();
		throw error;
	}
	return store;
}

function openSqlite(path: string): Store {
	return makeStore(new Kysely<Database>({ dialect: nodeSqliteDialect(path) }), 'sqlite');
}

async function openPostgres(settings: Extract<StoreSettings, { type: 'postgres' }>): Promise<Store> {
	// Loaded only when used: installations on SQLite never pay for it.
	const { Pool, types } = await import('pg');
	const pool = new Pool({
		...settings.connection,
		max: settings.poolSize,
		application_name: 'n8n-nodes-whatsapp-desk',
		connectionTimeoutMillis: 5_000,
		keepAlive: true,
		types: {
			// bigint (20) is an instant or a sequence number here: both fit a JavaScript number.
			getTypeParser: ((oid: number, format: never) =>
				oid === 20 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
		},
	});
	// A connection that dies must not take n8n down, neither an idle one (the pool tells) nor one in the middle of a
	// transaction (only the connection tells): the query under way, or the next one, reports it.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
	const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }).withSchema(POSTGRES_SCHEMA) as Db;
	return makeStore(db, 'postgres', () => pool.end());
}

function makeStore(db: Db, dialect: Store['dialect'], end: () => Promise<void> = () => db.destroy()): Store {
	let closed: Promise<void> | undefined;
	return {
		db,
		dialect,
		get closed() {
			return closed !== undefined;
		},
		transaction: (work) =>
			retryTransient(
				() => db.transaction().execute(work),
				() => closed !== undefined,
			),
		read: (work) =>
			retryTransient(
				() => work(db),
				() => closed !== undefined,
			),
		close: () => (closed ??= end()),
	};
}

async function migrate(store: Store, clock: Clock): Promise<void> {
	try {
		await store.transaction(async (tx) => {
			if (store.dialect === 'postgres') {
				await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(tx);
				// Asked first: "if not exists" needs the right to create schemas even when there is nothing to create.
				const known = await sql`select 1 from pg_namespace where nspname = ${POSTGRES_SCHEMA}`.execute(tx);
				if (known.rows.length === 0) await sql`create schema ${sql.id(POSTGRES_SCHEMA)}`.execute(tx);
			}
			await tx.schema
				.createTable('migration')
				.ifNotExists()
				.addColumn('number', 'integer', (c) => c.primaryKey())
				.addColumn('name', 'text', (c) => c.notNull())
				.addColumn('applied_at', 'bigint', (c) => c.notNull())
				.execute();
			const applied = await appliedMigrations(tx);
			const last = applied.at(-1);
			const newest = MIGRATIONS.at(-1)!;
			if (last && last.number > newest.number) {
				throw new StoreUnavailable(
					`The WhatsApp Desk database was written by a newer version of this package (schema ${last.number} "${last.name}", this package knows ${newest.number}).`,
					'Update n8n-nodes-whatsapp-desk to the newer version again, or restore the database backup made before the update.',
				);
			}
			for (const migration of MIGRATIONS) {
				if (applied.some((row) => row.number === migration.number)) continue;
				await migration.up(tx, store.dialect);
				await sql`insert into ${tableOf(tx, 'migration')} (number, name, applied_at) values (${migration.number}, ${migration.name}, ${clock.now()})`.execute(
					tx,
				);
			}
		});
	} catch (error) {
		if (error instanceof StoreUnavailable) throw error;
		const cause = error instanceof Error ? error.message : String(error);
		throw new StoreUnavailable(
			`The WhatsApp Desk database cannot be used: ${cause}.`,
			failureOf(error) === 'away'
				? "Check that the database server is running and reachable from n8n, then try again. It uses n8n's own DB_POSTGRESDB_* settings or WHATSAPP_DESK_DATABASE_URL."
				: 'Check that n8n may create and write the database (file permissions, or CREATE on the database for PostgreSQL).',
		);
	}
}
