import type { Migration } from '../migrations';

/** The pages of the desk: who is signed in, and who guesses passwords. */
export const consolePages: Migration = {
	number: 6,
	name: 'console',
	async up(db) {
		const instant = 'bigint' as const;

		/** A browser that is signed in. Its cookie cannot be made from this row: see console/sign-ins.ts. */
		await db.schema
			.createTable('console_sign_in')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('proof', 'text', (c) => c.notNull())
			// Of the cookie before the last rotation, for requests that were under way.
			.addColumn('previous_proof', 'text')
			.addColumn('rotated_at', instant, (c) => c.notNull())
			.addColumn('csrf', 'text', (c) => c.notNull())
			// Where the browser sends the cookie: its path, and Secure.
			.addColumn('scope', 'text', (c) => c.notNull())
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('seen_at', instant, (c) => c.notNull())
			.execute();

		/** Wrong passwords by address; a row is forgotten after a while, or when the right one comes. */
		await db.schema
			.createTable('console_attempt')
			.addColumn('address', 'text', (c) => c.primaryKey())
			.addColumn('failures', 'integer', (c) => c.notNull())
			.addColumn('wait_until', instant, (c) => c.notNull())
			.addColumn('at', instant, (c) => c.notNull())
			.execute();
	},
};
