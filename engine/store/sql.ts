import { CompiledQuery, PostgresAdapter, sql, type Insertable, type RawBuilder, type SqlBool } from 'kysely';
import type { Database } from './schema';
import type { Db, Store, Tx } from './open-store';

/** Every query of ours carries this schema on PostgreSQL; n8n's own tables stay apart. */
export const POSTGRES_SCHEMA = 'whatsapp_desk';

/** A table's name for raw SQL; the query builder adds the schema by itself, raw text does not. */
export function tableOf(db: Db | Tx, name: keyof Database | 'migration') {
	return isPostgres(db) ? sql.table(`${POSTGRES_SCHEMA}.${name}`) : sql.table(name);
}

/** How many rows one statement carries: both databases cap the number of bound values. */
export const CHUNK = 200;

/** Splits rows so that one statement stays within the databases' limits. */
export function* chunks<T>(rows: readonly T[], size = CHUNK): Generator<T[]> {
	for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}

type ColumnType = 'text' | 'bigint' | 'integer';
type Value = string | number | null;

/**
 * Inserts rows that all have the same columns, many per statement. `conflict` is an `on conflict …` clause.
 * The text of a statement is made once per number of rows: under load building it anew costs more than running it.
 */
export async function insertMany<T extends keyof Database & string>(
	tx: Tx,
	table: T,
	rows: ReadonlyArray<Insertable<Database[T]>>,
	conflict = '',
): Promise<void> {
	if (rows.length === 0) return;
	const columns = Object.keys(rows[0]!);
	const target = tableOf(tx, table).compile(tx).sql;
	const head = `insert into ${target} (${columns.map((name) => `"${name}"`).join(', ')}) values `;
	for (const part of portions(tx, rows as ReadonlyArray<Record<string, Value>>)) {
		const text = statement(`${head}|${conflict}|${part.length}`, () => {
			const mark = placeholders(tx);
			return `${head}${lines(part.length, () => columns.map(() => mark()))} ${conflict}`;
		});
		const values = part.flatMap((row) => columns.map((name) => row[name] ?? null));
		await tx.executeQuery(CompiledQuery.raw(text, values));
	}
}

/**
 * Updates many rows by `id` in one statement, each with its own values (UPDATE … FROM (VALUES …), the same on both databases).
 * `columns` gives the type of each value, because PostgreSQL cannot infer it from a list of parameters.
 */
export async function updateMany<T extends keyof Database & string>(
	tx: Tx,
	table: T,
	columns: Record<string, ColumnType>,
	rows: ReadonlyArray<{ id: string } & Record<string, Value>>,
): Promise<void> {
	if (rows.length === 0) return;
	const names = Object.keys(columns);
	const target = tableOf(tx, table).compile(tx).sql;
	const sets = names.map((name, i) => `"${name}" = v."column${i + 2}"`).join(', ');
	for (const part of portions(tx, rows)) {
		const text = statement(`update ${target} ${sets}|${part.length}`, () => {
			const mark = placeholders(tx);
			const line = () => ['text', ...Object.values(columns)].map((type) => `cast(${mark()} as ${type})`);
			return `update ${target} as t set ${sets} from (values ${lines(part.length, line)}) as v where t.id = v.column1`;
		});
		const values = part.flatMap((row) => [row.id, ...names.map((name) => row[name] ?? null)]);
		await tx.executeQuery(CompiledQuery.raw(text, values));
	}
}

/** `column` is one of `values`, as one parameter: the same statement however many there are. */
export function oneOf(db: Db | Tx, column: string, values: readonly string[]): RawBuilder<SqlBool> {
	return isPostgres(db)
		? sql<SqlBool>`${sql.ref(column)} = any(${values})`
		: sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`;
}

const ROWS_AT_ONCE = 64;

/**
 * Rows for one statement each. SQLite keeps its statements prepared, so there they come in few sizes, powers of two;
 * PostgreSQL reads a statement anew anyway, and each is a round trip: there they are as large as may be.
 */
function* portions<T>(db: Db | Tx, rows: readonly T[]): Generator<T[]> {
	const whole = isPostgres(db);
	for (let at = 0; at < rows.length;) {
		const left = Math.min(rows.length - at, ROWS_AT_ONCE);
		const size = whole ? left : 1 << Math.floor(Math.log2(left));
		yield rows.slice(at, at + size);
		at += size;
	}
}

const statements = new Map<string, string>();

function statement(key: string, make: () => string): string {
	let text = statements.get(key);
	if (text === undefined) statements.set(key, (text = make()));
	return text;
}

/** `($1, $2), ($3, $4)` or `(?, ?), (?, ?)`. */
function lines(count: number, values: () => string[]): string {
	return Array.from({ length: count }, () => `(${values().join(', ')})`).join(', ');
}

function placeholders(db: Db | Tx): () => string {
	let number = 0;
	return isPostgres(db) ? () => `$${++number}` : () => '?';
}

function isPostgres(db: Db | Tx): boolean {
	return db.getExecutor().adapter instanceof PostgresAdapter;
}

const ORDER_LOCKS = { inbound: 0x57415049, timeline: 0x57415054 } as const;

/**
 * Makes the sequence numbers of a table appear in commit order, so that a reader that remembers the last number it saw
 * never skips a row committed late. SQLite has one writer anyway; PostgreSQL takes a lock until the end of the transaction:
 * call it right before the insert, as late as possible.
 */
export async function lockOrder(tx: Tx, dialect: Store['dialect'], table: keyof typeof ORDER_LOCKS): Promise<void> {
	if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${ORDER_LOCKS[table]})`.execute(tx);
}
