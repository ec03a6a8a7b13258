import { sql, type CreateTableBuilder } from 'kysely';
import type { Migration } from '../migrations';
import { tableOf } from '../sql';

/** Everything the triage desk needs. Runs on a new database only. */
export const initial: Migration = {
	number: 1,
	name: 'initial',
	async up(db, dialect) {
		const instant = 'bigint' as const;
		const bytes = dialect === 'postgres' ? ('bytea' as const) : ('blob' as const);
		const numbered = (table: string): CreateTableBuilder<string, 'seq'> =>
			dialect === 'postgres'
				? db.schema.createTable(table).addColumn('seq', 'bigserial', (c) => c.primaryKey())
				: db.schema.createTable(table).addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement());

		await db.schema
			.createTable('channel')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('phone', 'text')
			.addColumn('name', 'text')
			.addColumn('first_seen_at', instant, (c) => c.notNull())
			.addColumn('last_event_at', instant)
			.execute();

		await db.schema
			.createTable('contact')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('name', 'text')
			.addColumn('phone', 'text')
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.execute();

		await db.schema
			.createTable('contact_address')
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('value', 'text', (c) => c.notNull())
			.addColumn('contact_id', 'text', (c) => c.notNull())
			.addPrimaryKeyConstraint('contact_address_pk', ['kind', 'value'])
			.execute();
		await db.schema.createIndex('contact_address_contact').on('contact_address').column('contact_id').execute();

		await db.schema
			.createTable('conversation')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('contact_id', 'text', (c) => c.notNull())
			.addColumn('address', 'text', (c) => c.notNull())
			.addColumn('state', 'text', (c) => c.notNull())
			.addColumn('queue', 'text')
			.addColumn('agent', 'text')
			.addColumn('protocol_number', 'text', (c) => c.notNull().unique())
			.addColumn('opened_at', instant, (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.addColumn('resolved_at', instant)
			.addColumn('grace_until', instant)
			.addColumn('bot_paused_until', instant)
			.addColumn('last_inbound_at', instant)
			.addColumn('machine_version', 'integer', (c) => c.notNull())
			.addColumn('data', 'text', (c) => c.notNull())
			.execute();
		// At most one open conversation per contact and channel: two processes cannot both open one (D-15).
		await sql`create unique index conversation_open on ${tableOf(db, 'conversation')} (contact_id, channel_id) where state <> 'resolved'`.execute(
			db,
		);
		await db.schema
			.createIndex('conversation_contact')
			.on('conversation')
			.columns(['contact_id', 'channel_id', 'opened_at'])
			.execute();
		await db.schema
			.createIndex('conversation_state')
			.on('conversation')
			.columns(['state', 'queue', 'updated_at'])
			.execute();

		await numbered('inbound')
			.addColumn('id', 'text', (c) => c.notNull().unique())
			.addColumn('claim', 'text', (c) => c.notNull().unique())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('contact_id', 'text')
			.addColumn('conversation_id', 'text')
			.addColumn('provider_message_id', 'text')
			.addColumn('address', 'text')
			.addColumn('sent_at', instant, (c) => c.notNull())
			.addColumn('received_at', instant, (c) => c.notNull())
			.addColumn('content', 'text', (c) => c.notNull())
			.addColumn('raw', 'text')
			.addColumn('test_listener', 'text')
			.addColumn('workflow_id', 'text')
			.execute();
		await db.schema.createIndex('inbound_channel').on('inbound').columns(['channel_id', 'seq']).execute();
		await db.schema.createIndex('inbound_conversation').on('inbound').columns(['conversation_id', 'seq']).execute();

		await db.schema
			.createTable('consumer')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('source', 'text', (c) => c.notNull())
			.addColumn('channel_id', 'text')
			.addColumn('workflow_id', 'text', (c) => c.notNull())
			.addColumn('events', 'text', (c) => c.notNull())
			.addColumn('cursor', 'bigint', (c) => c.notNull())
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('seen_at', instant, (c) => c.notNull())
			.addColumn('closed_at', instant)
			.execute();

		await db.schema
			.createTable('consumer_done')
			.addColumn('consumer_id', 'text', (c) => c.notNull())
			.addColumn('seq', 'bigint', (c) => c.notNull())
			.addPrimaryKeyConstraint('consumer_done_pk', ['consumer_id', 'seq'])
			.execute();

		await db.schema
			.createTable('lease')
			.addColumn('name', 'text', (c) => c.primaryKey())
			.addColumn('owner', 'text', (c) => c.notNull())
			.addColumn('token', 'bigint', (c) => c.notNull())
			.addColumn('expires_at', instant, (c) => c.notNull())
			.execute();

		await numbered('outbox')
			.addColumn('id', 'text', (c) => c.notNull().unique())
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('contact_id', 'text', (c) => c.notNull())
			.addColumn('conversation_id', 'text')
			.addColumn('address', 'text', (c) => c.notNull())
			.addColumn('content', 'text', (c) => c.notNull())
			.addColumn('origin', 'text', (c) => c.notNull())
			.addColumn('purpose', 'text')
			.addColumn('dedupe_key', 'text', (c) => c.unique())
			.addColumn('quoted_provider_message_id', 'text')
			.addColumn('status', 'text', (c) => c.notNull())
			.addColumn('attempts', 'integer', (c) => c.notNull())
			.addColumn('not_before', instant, (c) => c.notNull())
			.addColumn('valid_until', instant)
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('claimed_at', instant)
			.addColumn('claimed_by', 'text')
			.addColumn('finished_at', instant)
			.addColumn('provider_message_id', 'text')
			.addColumn('delivery', 'text')
			.addColumn('delivery_at', instant)
			.addColumn('error_code', 'text')
			.addColumn('explanation', 'text')
			.execute();
		// Only unfinished rows are in these indexes, so a million finished ones cost nothing. A query uses them only when it
		// spells the condition out in the same words (outbox/unfinished.ts).
		const on = tableOf(db, 'outbox');
		const unfinished = sql`status in ('queued', 'sending', 'unknown')`;
		await sql`create index outbox_lane on ${on} (contact_id, channel_id, seq) where ${unfinished}`.execute(db);
		await sql`create index outbox_queued on ${on} (channel_id, seq) where status = 'queued'`.execute(db);
		await sql`create index outbox_flying on ${on} (channel_id, contact_id) where status in ('sending', 'unknown')`.execute(
			db,
		);
		await db.schema.createIndex('outbox_provider').on('outbox').column('provider_message_id').execute();
		await db.schema.createIndex('outbox_contact').on('outbox').columns(['contact_id', 'created_at']).execute();

		await numbered('timeline')
			.addColumn('id', 'text', (c) => c.notNull())
			.addColumn('at', instant, (c) => c.notNull())
			.addColumn('event', 'text', (c) => c.notNull())
			.addColumn('channel_id', 'text')
			.addColumn('contact_id', 'text')
			.addColumn('conversation_id', 'text')
			.addColumn('text', 'text', (c) => c.notNull())
			.addColumn('data', 'text', (c) => c.notNull())
			.addColumn('key', 'text', (c) => c.unique())
			.execute();
		await db.schema.createIndex('timeline_conversation').on('timeline').columns(['conversation_id', 'seq']).execute();
		// Lines about a contact that belong to no conversation.
		await sql`create index timeline_contact on ${tableOf(db, 'timeline')} (contact_id, seq) where conversation_id is null and contact_id is not null`.execute(
			db,
		);

		await db.schema
			.createTable('timer')
			.addColumn('conversation_id', 'text', (c) => c.notNull())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('due_at', instant, (c) => c.notNull())
			.addColumn('workflow_id', 'text')
			.addColumn('payload', 'text', (c) => c.notNull())
			.addPrimaryKeyConstraint('timer_pk', ['conversation_id', 'kind'])
			.execute();
		await db.schema.createIndex('timer_due').on('timer').columns(['channel_id', 'due_at']).execute();

		await db.schema
			.createTable('queue')
			.addColumn('name', 'text', (c) => c.primaryKey())
			.addColumn('display_name', 'text', (c) => c.notNull())
			.addColumn('number', 'integer', (c) => c.notNull())
			.addColumn('active', 'integer', (c) => c.notNull())
			.addColumn('blocked', 'integer', (c) => c.notNull())
			.addColumn('blocked_reason', 'text')
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.execute();

		await db.schema
			.createTable('step')
			.addColumn('key', 'text', (c) => c.primaryKey())
			.addColumn('result', 'text', (c) => c.notNull())
			.addColumn('at', instant, (c) => c.notNull())
			.execute();
		await db.schema.createIndex('step_at').on('step').column('at').execute();

		await db.schema
			.createTable('blob')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('mime_type', 'text', (c) => c.notNull())
			.addColumn('file_name', 'text')
			.addColumn('bytes', bytes, (c) => c.notNull())
			.addColumn('created_at', instant, (c) => c.notNull())
			.execute();

		await db.schema
			.createTable('test_listener')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('numbers', 'text', (c) => c.notNull())
			.addColumn('expires_at', instant, (c) => c.notNull())
			.addColumn('taken_by', 'text')
			.execute();
	},
};
