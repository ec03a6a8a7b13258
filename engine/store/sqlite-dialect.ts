import { DatabaseSync, type StatementSync } from 'node:sqlite';
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

/**
 * Kysely on Node's built-in SQLite: no native build, so it installs with scripts disabled.
 * One connection, one transaction at a time. Transactions begin IMMEDIATE: a second process waits at the start
 * (busy timeout) instead of failing in the middle.
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

class NodeSqliteDriver implements Driver {
	#connection: NodeSqliteConnection | undefined;
	#lock: Promise<void> = Promise.resolve();
	#release: (() => void) | undefined;

	constructor(private readonly path: string) {}

	async init(): Promise<void> {
		this.#connection = new NodeSqliteConnection(this.path);
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
		await connection.executeQuery(CompiledQuery.raw('begin immediate'));
	}

	async commitTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('commit'));
	}

	async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('rollback'));
	}

	async destroy(): Promise<void> {
		this.#connection?.close();
	}
}

class NodeSqliteConnection implements DatabaseConnection {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();

	constructor(path: string) {
		this.#database = new DatabaseSync(path);
		this.#database.exec(
			'pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 10000; pragma foreign_keys = off; pragma cache_size = -32000; pragma temp_store = memory',
		);
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const statement = this.#prepare(query.sql);
		const parameters = query.parameters as Array<string | number | null | Uint8Array>;
		if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] };
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

	#prepare(sql: string): StatementSync {
		const known = this.#statements.get(sql);
		if (known) return known;
		const statement = this.#database.prepare(sql);
		if (this.#statements.size >= STATEMENTS_KEPT) this.#statements.delete(this.#statements.keys().next().value!);
		this.#statements.set(sql, statement);
		return statement;
	}
}
