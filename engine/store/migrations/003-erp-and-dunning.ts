import { sql } from 'kysely';
import type { Migration } from '../migrations';
import { tableOf } from '../sql';

/** What an ERP tells and what is owed: events, tickets, receivables and their reminders, documents. */
export const erpAndDunning: Migration = {
	number: 3,
	name: 'erp-and-dunning',
	async up(db, dialect) {
		const instant = 'bigint' as const;

		/** Everything an ERP delivered, in the order it was stored; `delivery_key` is unique per source: a replay is stored once. */
		const event = db.schema
			.createTable('erp_event')
			.addColumn('seq', dialect === 'postgres' ? 'bigserial' : 'integer', (c) =>
				dialect === 'postgres' ? c.primaryKey() : c.primaryKey().autoIncrement(),
			)
			.addColumn('id', 'text', (c) => c.notNull().unique())
			.addColumn('source', 'text', (c) => c.notNull())
			.addColumn('system', 'text', (c) => c.notNull())
			.addColumn('delivery_key', 'text', (c) => c.notNull())
			.addColumn('business_key', 'text')
			.addColumn('entity', 'text')
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('outcome', 'text', (c) => c.notNull())
			.addColumn('reason', 'text')
			.addColumn('event', 'text')
			.addColumn('raw', 'text', (c) => c.notNull())
			.addColumn('received_at', instant, (c) => c.notNull())
			.addColumn('repeats', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('test', 'integer', (c) => c.notNull().defaultTo(0));
		await event.addUniqueConstraint('erp_event_delivery', ['source', 'delivery_key']).execute();
		await sql`create index erp_event_source on ${tableOf(db, 'erp_event')} (source, seq)`.execute(db);
		await sql`create unique index erp_event_business on ${tableOf(db, 'erp_event')} (source, business_key) where outcome = 'event' and business_key is not null`.execute(
			db,
		);
		/** How far each thing an ERP tells about has got, so that news from the past does not move it back. */
		await db.schema
			.createTable('erp_entity')
			.addColumn('source', 'text', (c) => c.notNull())
			.addColumn('entity', 'text', (c) => c.notNull())
			.addColumn('rank', 'integer', (c) => c.notNull())
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('occurred_at', instant)
			.addColumn('fact', 'text')
			.addColumn('updated_at', instant, (c) => c.notNull())
			.addPrimaryKeyConstraint('erp_entity_pk', ['source', 'entity'])
			.execute();

		await db.schema
			.createTable('ticket')
			.addColumn('id', 'text', (c) => c.primaryKey())
			.addColumn('source', 'text', (c) => c.notNull())
			.addColumn('code', 'text', (c) => c.notNull())
			.addColumn('number', 'text')
			.addColumn('issued_at', instant)
			.addColumn('product', 'text')
			.addColumn('problem', 'text')
			.addColumn('status', 'text')
			.addColumn('priority', 'text', (c) => c.notNull())
			.addColumn('state', 'text', (c) => c.notNull())
			.addColumn('link', 'text')
			.addColumn('contact_id', 'text')
			.addColumn('conversation_id', 'text')
			// When the source last said something: older news does not move it back.
			.addColumn('source_at', instant)
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.addColumn('closed_at', instant)
			.addUniqueConstraint('ticket_code', ['source', 'code'])
			.execute();
		await db.schema.createIndex('ticket_contact').on('ticket').columns(['contact_id', 'updated_at']).execute();
		await db.schema.createIndex('ticket_state').on('ticket').columns(['state', 'updated_at']).execute();

		/** What a message or a line of the timeline is about, e.g. `ticket:tic_…` or `invoice:<creditor>/<invoice>`. */
		await db.schema
			.createTable('message_topic')
			.addColumn('topic', 'text', (c) => c.notNull())
			.addColumn('outbox_id', 'text', (c) => c.notNull())
			.addPrimaryKeyConstraint('message_topic_pk', ['topic', 'outbox_id'])
			.execute();
		await db.schema
			.createTable('timeline_topic')
			.addColumn('topic', 'text', (c) => c.notNull())
			.addColumn('timeline_id', 'text', (c) => c.notNull())
			.addPrimaryKeyConstraint('timeline_topic_pk', ['topic', 'timeline_id'])
			.execute();
		// Lines are found by the id that their topics name.
		await db.schema.createIndex('timeline_id').on('timeline').column('id').execute();
		// JSON list of the topics, so that the rules need not look for what most messages do not have.
		await db.schema.alterTable('outbox').addColumn('topics', 'text').execute();
		// JSON of the opening hours a message keeps to (the lawful contact hours of its reader); null = any hour.
		await db.schema.alterTable('outbox').addColumn('contact_hours', 'text').execute();

		/** What is known of a receivable beyond its ERP: paid, disputed, promised… One row per receivable that was ever touched. */
		await db.schema
			.createTable('receivable')
			.addColumn('creditor', 'text', (c) => c.notNull())
			.addColumn('invoice', 'text', (c) => c.notNull())
			.addColumn('number', 'text')
			.addColumn('payer', 'text')
			.addColumn('contact_id', 'text')
			.addColumn('due_date', 'text')
			.addColumn('amount_cents', instant)
			.addColumn('state', 'text', (c) => c.notNull())
			.addColumn('state_at', instant, (c) => c.notNull())
			.addColumn('reason', 'text')
			.addColumn('promise_date', 'text')
			.addColumn('promises', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('promises_kept', 'integer', (c) => c.notNull().defaultTo(0))
			.addColumn('paid_at', instant)
			.addColumn('paid_cents', instant)
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.addPrimaryKeyConstraint('receivable_pk', ['creditor', 'invoice'])
			.execute();
		await db.schema.createIndex('receivable_payer').on('receivable').columns(['payer', 'updated_at']).execute();
		await db.schema.createIndex('receivable_contact').on('receivable').columns(['contact_id', 'updated_at']).execute();

		/** Who said "not me": the contact is not this payer, whatever the ERP says. */
		await db.schema
			.createTable('wrong_person')
			.addColumn('contact_id', 'text', (c) => c.notNull())
			.addColumn('payer', 'text', (c) => c.notNull())
			.addColumn('at', instant, (c) => c.notNull())
			.addPrimaryKeyConstraint('wrong_person_pk', ['contact_id', 'payer'])
			.execute();

		/**
		 * Which message carried which step of the ladder: the same step of an invoice is never told twice. A run reads hundreds of
		 * thousands of them by their key, so on SQLite the key holds the row (on PostgreSQL there is no such thing).
		 */
		const step = db.schema
			.createTable('dunning_step')
			.addColumn('creditor', 'text', (c) => c.notNull())
			.addColumn('invoice', 'text', (c) => c.notNull())
			.addColumn('step', 'text', (c) => c.notNull())
			.addColumn('outbox_id', 'text', (c) => c.notNull())
			.addColumn('at', instant, (c) => c.notNull())
			.addPrimaryKeyConstraint('dunning_step_pk', ['creditor', 'invoice', 'step']);
		await (dialect === 'sqlite' ? step.modifyEnd(sql`without rowid`) : step).execute();
		await db.schema.createIndex('dunning_step_message').on('dunning_step').column('outbox_id').execute();
		/** The reminders themselves: one per person and day, a few per week. `day` is the reader's own date. */
		await db.schema
			.createTable('dunning_message')
			.addColumn('outbox_id', 'text', (c) => c.primaryKey())
			.addColumn('creditor', 'text', (c) => c.notNull())
			.addColumn('payer', 'text', (c) => c.notNull())
			.addColumn('contact_id', 'text', (c) => c.notNull())
			.addColumn('day', 'text', (c) => c.notNull())
			.addColumn('after_due', 'integer', (c) => c.notNull())
			.addColumn('at', instant, (c) => c.notNull())
			.addUniqueConstraint('dunning_message_day', ['contact_id', 'day'])
			.execute();
		// All that a plan asks of it: read for every payer of a ladder.
		await db.schema
			.createIndex('dunning_message_payer')
			.on('dunning_message')
			.columns(['payer', 'at', 'day', 'after_due', 'outbox_id'])
			.execute();

		// Reminders that did not leave: their steps are free again. Few, and asked for with every step.
		await sql`create index outbox_refused_reminder on ${tableOf(db, 'outbox')} (id, error_code, delivery) where purpose = 'reminder' and status = 'refused'`.execute(
			db,
		);

		// News of receivables by time, for their report.
		await sql`create index timeline_receivable on ${tableOf(db, 'timeline')} (at) where event in ('promiseMade', 'promiseKept', 'promiseBroken', 'receivablePaid', 'receivableClaimedPaid', 'receivableDisputed', 'receivableRenegotiated', 'receivableHanded', 'wrongPerson')`.execute(
			db,
		);

		/** Documents as a company words them: one per kind, and per creditor where it differs (''= for all). */
		await db.schema
			.createTable('document_template')
			.addColumn('kind', 'text', (c) => c.notNull())
			.addColumn('creditor', 'text', (c) => c.notNull())
			.addColumn('content', 'text', (c) => c.notNull())
			.addColumn('created_at', instant, (c) => c.notNull())
			.addColumn('updated_at', instant, (c) => c.notNull())
			.addPrimaryKeyConstraint('document_template_pk', ['kind', 'creditor'])
			.execute();
	},
};
