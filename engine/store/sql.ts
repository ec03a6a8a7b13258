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

type Value = string | number | null;
type Row = Record<string, Value>;

/**
 * Inserts rows that all have the same columns, many per statement. `conflict` is an `on conflict …` clause.
 * The text of a statement is made once and used again: under load building it anew costs more than running it.
 */
export async function insertMany<T extends keyof Database & string>(
	tx: Tx,
	table: T,
	rows: ReadonlyArray<Insertable<Database[T]>>,
	conflict = '',
): Promise<void> {
	if (rows.length === 0) return;
	const columns = Object.keys(rows[0]!);
	const list = columns.map((name) => `"${name}"`).join(', ');
	const target = tableOf(tx, table).compile(tx).sql;
	await runForRows(
		tx,
		target,
		columns,
		rows as readonly Row[],
		(from) => `insert into ${target} (${list}) ${from} ${conflict}`,
	);
}

/**
 * Updates many rows by `id`, each with its own values; all name the same columns.
 */
export async function updateMany<T extends keyof Database & string>(
	tx: Tx,
	table: T,
	rows: ReadonlyArray<{ id: string } & Partial<Record<keyof Database[T], Value>>>,
): Promise<void> {
	if (rows.length === 0) return;
	const columns = Object.keys(rows[0]!);
	const target = tableOf(tx, table).compile(tx).sql;
	const sets = columns.filter((name) => name !== 'id').map((name) => `"${name}" = v."${name}"`);
	const names = columns.map((name, i) => `column${i + 1} as "${name}"`).join(', ');
	await runForRows(tx, target, columns, rows as readonly Row[], (from) => {
		const source = isPostgres(tx) ? from : `select ${names} from (${from})`;
		return `update ${target} as t set ${sets.join(', ')} from (${source}) as v where t.id = v.id`;
	});
}

/**
 * Runs a statement whose rows come from `from`: on PostgreSQL one JSON parameter, which carries any number of them and knows
 * their types from the table; on SQLite `values`, in few sizes (powers of two), because there statements stay prepared.
 */
async function runForRows(
	tx: Tx,
	target: string,
	columns: readonly string[],
	rows: readonly Row[],
	write: (from: string) => string,
) {
	if (isPostgres(tx)) {
		const list = columns.map((name) => `"${name}"`).join(', ');
		const from = `select ${list} from json_populate_recordset(null::${target}, $1)`;
		for (const part of chunks(rows, ROWS_AT_ONCE))
			await tx.executeQuery(CompiledQuery.raw(write(from), [readableJson(part)]));
		return;
	}
	const line = `(${columns.map(() => '?').join(', ')})`;
	const kind = write('');
	for (let at = 0; at < rows.length;) {
		const size = 1 << Math.floor(Math.log2(Math.min(rows.length - at, ROWS_AT_ONCE)));
		const part = rows.slice(at, at + size);
		const text = statement(`${kind}|${size}`, () => write(`values ${Array<string>(size).fill(line).join(', ')}`));
		await tx.executeQuery(
			CompiledQuery.raw(
				text,
				part.flatMap((row) => columns.map((name) => row[name] ?? null)),
			),
		);
		at += size;
	}
}

/** PostgreSQL refuses halves of a surrogate pair, which a customer's phone may send. */
function readableJson(rows: readonly Row[]): string {
	const json = JSON.stringify(rows);
	if (!/\\ud[89a-f]/i.test(json)) return json;
	return JSON.stringify(rows, (_, value: unknown) =>
		typeof value === 'string' ? Buffer.from(value).toString() : value,
	);
}

/** `column` is one of `values`, as one parameter: the same statement however many there are. */
export function oneOf(db: Db | Tx, column: string, values: readonly string[]): RawBuilder<SqlBool> {
	return isPostgres(db)
		? sql<SqlBool>`${sql.ref(column)} = any(${values})`
		: sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`;
}

/**
 * The rows of a table for each value of a list, looked up value by value (`v.value`), each row with the place of its value in the
 * list: for thousands of keys the planners of both databases would rather read the whole table, or sort what is sorted already.
 * `columns` are of the table, known as `t`, each with a name; rows come in the order of the list.
 */
export function rowsPerValue<Row>(
	db: Db | Tx,
	values: readonly string[],
	{ table, columns, where }: { table: keyof Database; columns: RawBuilder<unknown>; where: RawBuilder<unknown> },
): RawBuilder<Row & { place: number }> {
	const from = tableOf(db, table);
	if (!isPostgres(db)) {
		return sql`select v.key as place, ${columns} from json_each(${JSON.stringify(values)}) v cross join ${from} t where ${where}`;
	}
	// `offset 0` keeps the inner query from being merged into the outer one and planned as a scan.
	return sql`select (v.place - 1)::int as place, f.* from unnest(${values}::text[]) with ordinality as v(value, place)
		cross join lateral (select ${columns} from ${from} t where ${where} offset 0) f`;
}

const ROWS_AT_ONCE = 64;

const statements = new Map<string, string>();

function statement(key: string, make: () => string): string {
	let text = statements.get(key);
	if (text === undefined) statements.set(key, (text = make()));
	return text;
}

export function isPostgres(db: Db | Tx): boolean {
	return db.getExecutor().adapter instanceof PostgresAdapter;
}

const ORDER_LOCKS = { inbound: 0x57415049, timeline: 0x57415054, erp_event: 0x57415045 } as const;

/**
 * Makes the sequence numbers of a table appear in commit order, so that a reader that remembers the last number it saw
 * never skips a row committed late. SQLite has one writer anyway; PostgreSQL takes a lock until the end of the transaction:
 * call it right before the insert, as late as possible.
 */
export async function lockOrder(tx: Tx, dialect: Store['dialect'], table: keyof typeof ORDER_LOCKS): Promise<void> {
	if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${ORDER_LOCKS[table]})`.execute(tx);
}
