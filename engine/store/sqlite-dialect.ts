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
import { LogFlusher } from './log-flusher';
import { failureOf } from './retry';

/**
 * Kysely on Node's built-in SQLite: no native build, so it installs with scripts disabled.
 * One connection, one transaction at a time. Transactions begin IMMEDIATE: a second writer waits at the start instead of
 * failing in the middle. A transaction has ended for its caller when it is on the disk; the next one begins before that.
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
	#free: Promise<void> = Promise.resolve();

	constructor(private readonly path: string) {}

	async init(): Promise<void> {
		this.#connection = await whileBusy(() => new NodeSqliteConnection(this.path));
	}

	async acquireConnection(): Promise<DatabaseConnection> {
		const before = this.#free;
		let end!: () => void;
		this.#free = new Promise((resolve) => (end = resolve));
		await before;
		return new Turn(this.#connection!, end);
	}

	async releaseConnection(turn: DatabaseConnection): Promise<void> {
		(turn as Turn).end();
	}

	beginTransaction(turn: DatabaseConnection): Promise<void> {
		return (turn as Turn).begin();
	}

	commitTransaction(turn: DatabaseConnection): Promise<void> {
		return (turn as Turn).commit();
	}

	rollbackTransaction(turn: DatabaseConnection): Promise<void> {
		return (turn as Turn).rollback();
	}

	async destroy(): Promise<void> {
		await this.#connection?.close();
	}
}

/** The connection, for as long as one caller has it to itself. */
class Turn implements DatabaseConnection {
	#inTransaction = false;
	#wrote = false;

	constructor(
		private readonly connection: NodeSqliteConnection,
		readonly end: () => void,
	) {}

	async begin(): Promise<void> {
		await whileBusy(() => this.connection.run(BEGIN));
		this.#inTransaction = true;
	}

	async commit(): Promise<void> {
		this.connection.run(COMMIT);
		this.#inTransaction = false;
		this.end();
		if (this.#wrote) await this.connection.flushed();
	}

	/** Kysely asks for it after a failed commit too: when only the flush failed there is nothing left to take back. */
	async rollback(): Promise<void> {
		if (this.#inTransaction) this.connection.run(ROLLBACK);
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const { writes, result } = this.connection.run<R>(query);
		this.#wrote ||= writes;
		if (writes && !this.#inTransaction) await this.connection.flushed();
		return result;
	}

	async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
		for (const row of this.connection.iterate<R>(query)) yield { rows: [row] };
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
	writes: boolean;
}

type Parameters = Array<string | number | null | Uint8Array>;

class NodeSqliteConnection {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, Prepared>();
	/** Undefined where SQLite keeps no separate log: then it waits for the disk itself. */
	readonly #log: LogFlusher | undefined;

	constructor(path: string) {
		this.#database = new DatabaseSync(path);
		try {
			this.#database.exec(
				'pragma busy_timeout = 0; pragma foreign_keys = off; pragma cache_size = -32000; pragma temp_store = memory',
			);
			const mode = this.#database.prepare('pragma journal_mode = wal').get() as { journal_mode: string };
			if (mode.journal_mode === 'wal') this.#log = new LogFlusher(`${path}-wal`);
			this.#database.exec(`pragma synchronous = ${this.#log ? 'normal' : 'full'}`);
		} catch (error) {
			this.#database.close();
			throw error;
		}
	}

	run<R>(query: CompiledQuery): { writes: boolean; result: QueryResult<R> } {
		const { statement, givesRows, writes } = this.#prepare(query.sql);
		const parameters = query.parameters as Parameters;
		if (givesRows) return { writes, result: { rows: statement.all(...parameters) as R[] } };
		const { changes, lastInsertRowid } = statement.run(...parameters);
		const result = { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
		return { writes, result };
	}

	*iterate<R>(query: CompiledQuery): Generator<R> {
		for (const row of this.#database.prepare(query.sql).iterate(...(query.parameters as Parameters))) yield row as R;
	}

	/** Resolves when all that was committed is on the disk. */
	async flushed(): Promise<void> {
		await this.#log?.flush();
	}

	async close(): Promise<void> {
		await this.#log?.close();
		this.#statements.clear();
		this.#database.close();
	}

	#prepare(sql: string): Prepared {
		let prepared = this.#statements.get(sql);
		// Used last goes last: what is dropped first is what nobody needed for longest.
		if (prepared) this.#statements.delete(sql);
		else {
			const statement = this.#database.prepare(sql);
			prepared = { statement, givesRows: statement.columns().length > 0, writes: !/^\s*(select|pragma)\b/i.test(sql) };
			if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.delete(this.#statements.keys().next().value!);
		}
		this.#statements.set(sql, prepared);
		return prepared;
	}
}
