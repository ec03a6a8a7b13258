import { sql } from 'kysely';
import type { Migration } from '../migrations';
import { tableOf } from '../sql';

/** Linked devices: their sessions, the secrets of the link, what they sent, and which numbers are on WhatsApp. */
export const linkedDevice: Migration = {
	number: 5,
	name: 'linked-device',
	async up(db, dialect) {
		const instant = 'bigint' as const;
		const bytes = dialect === 'postgres' ? ('bytea' as const) : ('blob' as const);

		/** One row per session: what is wanted of it, how it stands, and who owns its socket (a lease with a fence). */
		await db.schema
			.createTable('linked_session')
			.addColumn('channel_id', 'text', (c) => c.primaryKey())
			.addColumn('phone', 'text')
			.addColumn('wanted', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('state', 'text', (c) => c.notNull())
			.addColumn('problem', 'text')
			.addColumn('problem_detail', 'text')
			.addColumn('qr', 'text')
			.addColumn('qr_expires_at', instant)
			.addColumn('qr_number', 'integer', (c) => c.notNull().defaultTo(0))
			// 1 = somebody would rather type a code than scan.
			.addColumn('pairing_wanted', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('pairing_code', 'text')
			.addColumn('jid', 'text')
			.addColumn('lid', 'text')
			.addColumn('name', 'text')
			.addColumn('linked_at', instant)
			.addColumn('connected_at', instant)
			.addColumn('heard_at', instant)
			.addColumn('next_attempt_at', instant)
			.addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('reminded_at', instant)
			.addColumn('owner', 'text')
			.addColumn('fence', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('lease_until', instant)
			// Counts every change, so that a page is told only of news.
			.addColumn('version', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.execute();

		/** The secrets of a link, each encrypted (AES-256-GCM) under the key of the credential: `creds` and every Signal key. */
		await db.schema
			.createTable('linked_secret')
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('category', 'text', (c) => c.notNull())
			.addColumn('id', 'text', (c) => c.notNull())
			.addColumn('value', bytes, (c) => c.notNull())
			.addPrimaryKeyConstraint('linked_secret_pk', ['channel_id', 'category', 'id'])
			.execute();

		/** What left by a linked device, by its WhatsApp id: written before it leaves, so that nobody takes it for a human's (D-07), and kept for receivers that ask again. */
		const sent = db.schema
			.createTable('linked_message')
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('id', 'text', (c) => c.notNull())
			.addColumn('outbox_id', 'text')
			.addColumn('message', bytes)
			.addColumn('at', instant, (c) => c.notNull())
			.addPrimaryKeyConstraint('linked_message_pk', ['channel_id', 'id']);
		await sent.execute();
		await db.schema.createIndex('linked_message_at').on('linked_message').column('at').execute();

		await sql`create index linked_message_content on ${tableOf(db, 'linked_message')} (at) where message is not null`.execute(
			db,
		);

		/** Whether a number is on WhatsApp and under which address: asked once, kept for a while (V-10). `phone` is digits as they were asked for. */
		await db.schema
			.createTable('linked_number')
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('phone', 'text', (c) => c.notNull())
			.addColumn('jid', 'text')
			.addColumn('lid', 'text')
			.addColumn('at', instant, (c) => c.notNull())
			// A process without the connection asks the one that has it.
			.addColumn('asked_at', instant)
			.addPrimaryKeyConstraint('linked_number_pk', ['channel_id', 'phone'])
			.execute();

		await sql`create index linked_number_asked on ${tableOf(db, 'linked_number')} (channel_id) where asked_at is not null`.execute(
			db,
		);

		/** What the company's phone answered quicker than a person can: said to several contacts it is its own automatic reply (P-21). */
		await db.schema
			.createTable('phone_reply')
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('words', 'text', (c) => c.notNull())
			.addColumn('contact_id', 'text', (c) => c.notNull())
			.addColumn('conversation_id', 'text', (c) => c.notNull())
			.addColumn('at', instant, (c) => c.notNull())
			.addPrimaryKeyConstraint('phone_reply_pk', ['channel_id', 'words', 'contact_id'])
			.execute();

		await sql`create index linked_session_wanted on ${tableOf(db, 'linked_session')} (channel_id) where wanted = 1`.execute(
			db,
		);
	},
};
