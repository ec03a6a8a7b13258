import type { Migration } from '../migrations';

/**
 * Whether a message that goes out once more may have arrived the first time. A linked device is told nothing of a phone that is off:
 * what expires then is not as if it had never left (D-34).
 */
export const unconfirmed: Migration = {
	number: 7,
	name: 'unconfirmed',
	async up(db) {
		await db.schema
			.alterTable('outbox')
			.addColumn('unconfirmed', 'integer', (column) => column.notNull().defaultTo(0))
			.execute();
	},
};
