import { sql } from 'kysely';
import type { Migration } from '../migrations';
import { tableOf } from '../sql';

/** Everything that makes sending complete: templates, consent, caps, holding, costs, received files, ready messages. */
export const sending: Migration = {
	number: 2,
	name: 'sending',
	async up(db, dialect) {
		const instant = 'bigint' as const;
		const outbox = tableOf(db, 'outbox');

		// 1 = the company gave the name: what the person calls themselves does not replace it.
		await db.schema
			.alterTable('contact')
			.addColumn('name_given', 'integer', (c) => c.notNull().defaultTo(0))
			.execute();
		// What was refused before it came into the outbox is only told here; reports look for it.
		await sql`create index timeline_refused on ${tableOf(db, 'timeline')} (seq) where event = 'messageRefused'`.execute(
			db,
		);

		const add = (column: string, type: 'text' | 'integer' | 'bigint') =>
			db.schema.alterTable('outbox').addColumn(column, type).execute();
		// 0 reply · 1 notification · 2 campaign: the order in which they are served.
		await db.schema
			.alterTable('outbox')
			.addColumn('priority', 'integer', (c) => c.notNull().defaultTo(0))
			.execute();
		await add('label', 'text');
		// The template's category, for caps, consent and costs.
		await add('category', 'text');
		await add('outside_window', 'text');
		// When it left as the start of a conversation; null for everything else.
		await add('started_at', instant);
		// 0 in the line · 1 waits for a start or for the contact · 2 planned for later (outbox/unfinished.ts).
		await db.schema
			.alterTable('outbox')
			.addColumn('waits', 'integer', (c) => c.notNull().defaultTo(0))
			.execute();
		// What was done differently from what was asked, in Portuguese.
		await add('hint', 'text');
		await add('price_category', 'text');
		await add('price_type', 'text');
		await add('cost_micros', instant);
		await add('currency', 'text');

		// The line of a channel, and of one contact, in the order they are served; what waits stands apart, so that any number
		// of waiting messages costs the line nothing.
		await db.schema.dropIndex('outbox_queued').execute();
		await db.schema.dropIndex('outbox_lane').execute();
		await sql`create index outbox_queued on ${outbox} (channel_id, waits, priority, seq) where status = 'queued'`.execute(
			db,
		);
		await sql`create index outbox_lane on ${outbox} (contact_id, channel_id, waits, priority, seq) where status in ('queued', 'sending', 'unknown')`.execute(
			db,
		);
		await sql`create index outbox_waiting on ${outbox} (contact_id, channel_id) where waits > 0`.execute(db);
		await sql`create index outbox_planned on ${outbox} (channel_id, not_before) where status = 'queued' and waits = 2`.execute(
			db,
		);
		await sql`create index outbox_expiring on ${outbox} (valid_until) where status in ('queued', 'held') and valid_until is not null`.execute(
			db,
		);
		// Planned by an earlier version: whatever is due already wakes at the first look.
		await sql`update ${outbox} set waits = 2 where status = 'queued' and attempts = 0 and not_before > 0`.execute(db);
		await sql`create index outbox_started on ${outbox} (contact_id, channel_id, started_at) where started_at is not null`.execute(
			db,
		);
		await sql`create index outbox_label on ${outbox} (label, seq) where label is not null`.execute(db);

		/** What a supervisor set for a number; absent = the defaults of its kind. */
		await db.schema
			.createTable('channel_settings')
			.addColumn('channel_id', 'text', (c) => c.primaryKey())
			.addColumn('data', 'text', (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.execute();
		/** How far a number is with today's starts: counted when they are claimed, under the row's lock. */
		await db.schema
			.createTable('sending_state')
			.addColumn('channel_id', 'text', (c) => c.primaryKey())
			.addColumn('data', 'text', (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.execute();

		await db.schema
			.createTable('consent')
			.addColumn('contact_id', 'text', (c) => c.primaryKey())
			.addColumn('opted_out_at', instant)
			.addColumn('marketing_out_at', instant)
			.addColumn('opted_in_at', instant)
			.addColumn('proof', 'text')
			.addColumn('updated_at', instant, (c) => c.notNull())
			.execute();

		await db.schema
			.createTable('template')
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('name', 'text', (c) => c.notNull())
			.addColumn('language', 'text', (c) => c.notNull())
			.addColumn('provider_id', 'text')
			.addColumn('category', 'text', (c) => c.notNull())
			.addColumn('status', 'text', (c) => c.notNull())
			.addColumn('quality', 'text', (c) => c.notNull())
			.addColumn('reason', 'text')
			.addColumn('parts', 'text', (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			// The last edit made here: an approved one may be edited once a day.
			.addColumn('edited_at', instant)
			.addPrimaryKeyConstraint('template_pk', ['channel_id', 'name', 'language'])
			.execute();
		/** When the list of a channel's templates was last read whole, and whether news since asks to read it again. */
		await db.schema
			.createTable('template_list')
			.addColumn('channel_id', 'text', (c) => c.primaryKey())
			.addColumn('fetched_at', instant, (c) => c.notNull())
			.addColumn('stale', 'integer', (c) => c.notNull().defaultTo(0))
			.execute();

		await db.schema
			.createTable('quick_reply')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('name', 'text', (c) => c.notNull())
			// The name as names are compared: without case and accents.
			.addColumn('name_key', 'text', (c) => c.notNull().unique())
			.addColumn('content', 'text', (c) => c.notNull())
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.execute();

		/** Files that were received: fetched at once, because the provider forgets them. */
		await db.schema
			.createTable('inbound_media')
			.addColumn('inbound_id', 'text', (c) => c.primaryKey())
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('provider_media_id', 'text', (c) => c.notNull())
			.addColumn('status', 'text', (c) => c.notNull())
			.addColumn('attempts', 'integer', (c) => c.notNull())
			.addColumn('not_before', instant, (c) => c.notNull())
			.addColumn('claimed_by', 'text')
			.addColumn('claimed_at', instant)
			.addColumn('blob_id', 'text')
			.addColumn('mime_type', 'text')
			.addColumn('file_name', 'text')
			.addColumn('size', instant)
			.addColumn('sha256', 'text')
			.addColumn('reason', 'text')
			.addColumn('created_at', instant, (c) => c.notNull())
			.execute();
		await sql`create index inbound_media_waiting on ${tableOf(db, 'inbound_media')} (channel_id, not_before) where status = 'waiting'`.execute(
			db,
		);
		await sql`create index inbound_media_blob on ${tableOf(db, 'inbound_media')} (blob_id) where blob_id is not null`.execute(
			db,
		);
		// Old files are deleted oldest first.
		await db.schema.createIndex('blob_created').on('blob').columns(['created_at', 'id']).execute();

		/** What each number did on each day of its own calendar, e.g. ('cloudApi:1', '2026-11-22', 'sent:utility'). */
		await db.schema
			.createTable('usage_day')
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('day', 'text', (c) => c.notNull())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('currency', 'text', (c) => c.notNull())
			.addColumn('count', dialect === 'postgres' ? 'bigint' : 'integer', (c) => c.notNull())
			.addColumn('cost_micros', instant, (c) => c.notNull())
			.addPrimaryKeyConstraint('usage_day_pk', ['channel_id', 'day', 'kind', 'currency'])
			.execute();

		// Since when a number cannot send at all, and why: told once, whoever notices it.
		await db.schema.alterTable('channel').addColumn('down_at', instant).execute();
		await db.schema.alterTable('channel').addColumn('down_code', 'text').execute();

		/** Where published Cloud API Webhook nodes receive. */
		await db.schema
			.createTable('webhook_address')
			.addColumn('url', 'text', (c) => c.primaryKey())
			.addColumn('channel_id', 'text', (c) => c.notNull())
			.addColumn('app_id', 'text')
			.addColumn('account_id', 'text', (c) => c.notNull())
			.addColumn('opened_at', instant, (c) => c.notNull())
			.addColumn('closed_at', instant)
			.execute();
	},
};
