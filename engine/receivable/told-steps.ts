/**
 * Which steps were told of an invoice, as one text beside the receivable: step, moment and message of each. It repeats what
 * `dunning_step` holds (that is where a step is taken), so that a plan reads one row per invoice.
 */
import { sql } from 'kysely';
import type { Instant } from '../model';
import type { ReceivableKey } from '../model-receivable';
import { isReleased } from '../outbox/released';
import type { Db, Tx } from '../store/open-store';
import { isPostgres, oneOf, tableOf } from '../store/sql';
import { byCreditor } from './rows';

/** Writes the texts anew after steps were taken. */
export async function noteTold(tx: Tx, keys: readonly ReceivableKey[]): Promise<void> {
	const one = sql`s.step || ${sql.lit(WITHIN)} || s.at || ${sql.lit(WITHIN)} || s.outbox_id`;
	const joined = isPostgres(tx) ? sql`string_agg` : sql`group_concat`;
	for (const [creditor, invoices] of byCreditor(keys)) {
		await sql`update ${tableOf(tx, 'receivable')} as r set told = (
			select ${joined}(${one}, ${sql.lit(BETWEEN)}) from ${tableOf(tx, 'dunning_step')} s
			where s.creditor = r.creditor and s.invoice = r.invoice)
			where r.creditor = ${creditor} and ${oneOf(tx, 'r.invoice', invoices)}`.execute(tx);
	}
}

export type ToldStep = { step: string; at: Instant };

/**
 * The furthest step of the ladder that was told; null = none of it was.
 * @param released messages whose steps are free again
 */
export function furthestTold(
	text: string,
	released: ReadonlySet<string>,
	positionOf: (step: string) => number | undefined,
): ToldStep | null {
	let furthest = -1;
	let step = '';
	let at = '';
	// A hundred thousand of these are read in a second: nothing is made for steps that do not count.
	for (let from = 0; from < text.length;) {
		const afterStep = text.indexOf(WITHIN, from);
		const afterAt = text.indexOf(WITHIN, afterStep + 1);
		const between = text.indexOf(BETWEEN, afterAt + 1);
		const end = between < 0 ? text.length : between;
		const name = text.slice(from, afterStep);
		const position = positionOf(name) ?? -1;
		if (position > furthest && (released.size === 0 || !released.has(text.slice(afterAt + 1, end)))) {
			[furthest, step, at] = [position, name, text.slice(afterStep + 1, afterAt)];
		}
		from = end + 1;
	}
	return furthest < 0 ? null : { step, at: Number(at) };
}

/**
 * The reminders that were refused before they could reach anybody, by id. Few, and read once for a whole list: one that is refused
 * after this counts as told until the next plan.
 */
export async function loadReleased(db: Db | Tx): Promise<Set<string>> {
	const rows = await db
		.selectFrom('outbox')
		.select(['id', 'error_code', 'delivery', 'unconfirmed'])
		// As the index of refused reminders is spelled.
		.where(sql<boolean>`purpose = 'reminder' and status = 'refused'`)
		.execute();
	const released = rows.filter((row) => isReleased({ ...row, status: 'refused', errorCode: row.error_code }));
	return new Set(released.map(({ id }) => id));
}

// What separates steps, and the parts of one: nobody types them.
const [BETWEEN, WITHIN] = ['\u001e', '\u001f'];
