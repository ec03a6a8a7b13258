import { sql } from 'kysely';
import type { Migration } from '../migrations';
import { tableOf } from '../sql';

/**
 * What was told of a receivable, once more beside it: a ladder asks this of every open receivable every day, and one row is found
 * faster than one per step. See receivable/told-steps.ts for its form.
 */
export const toldSteps: Migration = {
	number: 4,
	name: 'told-steps',
	async up(db, dialect) {
		await db.schema.alterTable('receivable').addColumn('told', 'text').execute();
		const one = sql`s.step || ${sql.lit('\u001f')} || s.at || ${sql.lit('\u001f')} || s.outbox_id`;
		const joined = dialect === 'postgres' ? sql`string_agg` : sql`group_concat`;
		await sql`update ${tableOf(db, 'receivable')} as r set told = (
			select ${joined}(${one}, ${sql.lit('\u001e')}) from ${tableOf(db, 'dunning_step')} s
			where s.creditor = r.creditor and s.invoice = r.invoice)`.execute(db);
	},
};
