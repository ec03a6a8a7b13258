import { PostgresAdapter, sql } from 'kysely';
import type { Database } from './schema';
import type { Db, Store, Tx } from './open-store';

/** Every query of ours carries this schema on PostgreSQL; n8n's own tables stay apart. */
export const POSTGRES_SCHEMA = 'whatsapp_desk';

/** A table's name for raw SQL; the query builder adds the schema by itself, raw text does not. */
export function tableOf(db: Db | Tx, name: keyof Database | 'migration') {
	return db.getExecutor().adapter instanceof PostgresAdapter
		? sql.table(`${POSTGRES_SCHEMA}.${name}`)
		: sql.table(name);
}

/** How many rows one statement carries: both databases cap the number of bound values. */
export const CHUNK = 200;

/** Splits rows so that one statement stays within the databases' limits. */
export function* chunks<T>(rows: readonly T[], size = CHUNK): Generator<T[]> {
	for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}

type ColumnType = 'text' | 'bigint' | 'integer';

/**
 * Updates many rows by `id` in one statement, each with its own values (UPDATE … FROM (VALUES …), the same on both databases).
 * `columns` gives the type of each value, because PostgreSQL cannot infer it from a list of parameters.
 */
export async function updateMany<T extends keyof Database & string>(
	tx: Tx,
	table: T,
	columns: Record<string, ColumnType>,
	rows: ReadonlyArray<{ id: string } & Record<string, string | number | null>>,
): Promise<void> {
	const names = Object.keys(columns);
	for (const part of chunks(rows)) {
		const values = part.map(
			(row) =>
				sql`(${sql.join([sql`cast(${row.id} as text)`, ...names.map((name) => cast(row[name] ?? null, columns[name]!))])})`,
		);
		const sets = names.map((name, i) => sql`${sql.id(name)} = v.${sql.id(`column${i + 2}`)}`);
		await sql`update ${tableOf(tx, table)} as t set ${sql.join(sets)} from (values ${sql.join(values)}) as v where t.id = v.column1`.execute(
			tx,
		);
	}
}

function cast(value: string | number | null, type: ColumnType) {
	return sql`cast(${value} as ${sql.raw(type)})`;
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
