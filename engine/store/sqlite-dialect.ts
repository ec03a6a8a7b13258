import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import {
	CompiledQuery,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type QueryResult,
} from 'kysely';
import { failureOf } from './retry';

/**
 * Kysely on Node's built-in SQLite: no native build, so it installs with scripts disabled.
 * One connection, one transaction at a time. Transactions begin IMMEDIATE: a second writer waits at the start instead of
 * failing in the middle.
 */
export function nodeSqliteDialect(path: string): Dialect {
	return {
		createAdapter: () => new SqliteAdapter(),
		createDriver: () => new NodeSqliteDriver(path),
		createIntrospector: (db) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
	};
}

// Multi-row statements come in many lengths; keep the ones in use, not all that ever were.
const STATEMENTS_KEPT = 300;
const BUSY_PATIENCE_MS = 10_000;
const BUSY_PAUSE_MS = 5;

class NodeSqliteDriver implements Driver {
	#connection: NodeSqliteConnection | undefined;
	#lock: Promise<void> = Promise.resolve();
	#release: (() => void) | undefined;

	constructor(private readonly path: string) {}

	async init(): Promise<void> {
		this.#connection = await whileBusy(() => new NodeSqliteConnection(this.path));
	}

	async acquireConnection(): Promise<DatabaseConnection> {
		const before = this.#lock;
		let release!: () => void;
		this.#lock = new Promise((resolve) => (release = resolve));
		await before;
		this.#release = release;
		return this.#connection!;
	}

	async releaseConnection(): Promise<void> {
		this.#release?.();
	}

	async beginTransaction(connection: DatabaseConnection): Promise<void> {
		await whileBusy(() => connection.executeQuery(BEGIN));
	}

	async commitTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(COMMIT);
	}

	async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(ROLLBACK);
	}

	async destroy(): Promise<void> {
		this.#connection?.close();
	}
}

const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');

/**
 * Waits for another writer without blocking the process. SQLite's own busy timeout would stop the event loop, and with it
 * a second connection of the same process (old and new package code side by side) whose commit is being waited for.
 */
async function whileBusy<T>(work: () => T | Promise<T>): Promise<T> {
	const deadline = performance.now() + BUSY_PATIENCE_MS;
	for (;;) {
		try {
			return await work();
		} catch (error) {
			if (failureOf(error) !== 'away' || performance.now() > deadline) throw error;
			await wait(BUSY_PAUSE_MS * (0.5 + Math.random()));
		}
	}
}

interface Prepared {
	statement: StatementSync;
	givesRows: boolean;
}

class NodeSqliteConnection implements DatabaseConnection {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, Prepared>();

	constructor(path: string) {
		this.#database = new DatabaseSync(path);
		try {
			this.#database.exec(
				'pragma busy_timeout = 0; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off; pragma cache_size = -32000; pragma temp_store = memory',
			);
		} catch (error) {
			this.#database.close();
			throw error;
		}
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const { statement, givesRows } = this.#prepare(query.sql);
		const parameters = query.parameters as Array<string | number | null | Uint8Array>;
		if (givesRows) return { rows: statement.all(...parameters) as R[] };
		const { changes, lastInsertRowid } = statement.run(...parameters);
		return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
	}

	async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
		const parameters = query.parameters as Array<string | number | null | Uint8Array>;
		for (const row of this.#database.prepare(query.sql).iterate(...parameters)) yield { rows: [row as R] };
	}

	close(): void {
		this.#statements.clear();
		this.#database.close();
	}

	#prepare(sql: string): Prepared {
		let prepared = this.#statements.get(sql);
		// Used last goes last: what is dropped first is what nobody needed for longest.
		if (prepared) this.#statements.delete(sql);
		else {
			const statement = this.#database.prepare(sql);
			prepared = { statement, givesRows: statement.columns().length > 0 };
			if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.delete(this.#statements.keys().next().value!);
		}
		this.#statements.set(sql, prepared);
		return prepared;
	}
}
