import type { Generated } from 'kysely';

/**
 * The tables, as Kysely sees them on both databases.
 * Instants are epoch milliseconds, booleans are 0/1 and JSON is text, so that one code path serves SQLite and PostgreSQL.
 */
export interface Database {
	channel: {
		id: string;
		kind: string;
		phone: string | null;
		name: string | null;
		first_seen_at: number;
		last_event_at: number | null;
		/** Since when it cannot send at all; null while it can. */
		down_at: number | null;
		down_code: string | null;
	};
	contact: {
		id: string;
		name: string | null;
		/** 1 = the company gave the name; what the person calls themselves does not replace it. */
		name_given: Generated<number>;
		phone: string | null;
		created_at: number;
		updated_at: number;
	};
	/** The identity index (D7): every name a provider or an ERP has for a contact. */
	contact_address: { kind: string; value: string; contact_id: string };
	conversation: {
		id: string;
		channel_id: string;
		contact_id: string;
		/** Where to reply: the address that wrote last. */
		address: string;
		state: string;
		queue: string | null;
		agent: string | null;
		protocol_number: string;
		opened_at: number;
		updated_at: number;
		resolved_at: number | null;
		grace_until: number | null;
		bot_paused_until: number | null;
		last_inbound_at: number | null;
		machine_version: number;
		data: string;
	};
	/** Everything that can start a run, in the order it was stored. `claim` is unique: the same event is stored once. */
	inbound: {
		seq: Generated<number>;
		id: string;
		claim: string;
		kind: string;
		channel_id: string;
		contact_id: string | null;
		conversation_id: string | null;
		provider_message_id: string | null;
		address: string | null;
		sent_at: number;
		received_at: number;
		content: string;
		raw: string | null;
		/** A manual test took this message; production skips it. */
		test_listener: string | null;
		/** Only the trigger of this workflow sees it (timers armed by that workflow). */
		workflow_id: string | null;
	};
	/** One row per WhatsApp Trigger or Desk Event Trigger: how far it has got. */
	consumer: {
		id: string;
		/** The table it tails: inbound or timeline. */
		source: string;
		channel_id: string | null;
		workflow_id: string;
		events: string;
		cursor: number;
		created_at: number;
		/** When it was last seen alive; Diagnose tells when a channel has no listener. */
		seen_at: number;
		closed_at: number | null;
	};
	/** Rows beyond the cursor whose run has ended. */
	consumer_done: { consumer_id: string; seq: number };
	lease: { name: string; owner: string; token: number; expires_at: number };
	outbox: {
		seq: Generated<number>;
		id: string;
		channel_id: string;
		contact_id: string;
		conversation_id: string | null;
		address: string;
		content: string;
		origin: string;
		purpose: string | null;
		dedupe_key: string | null;
		quoted_provider_message_id: string | null;
		status: string;
		attempts: number;
		/** 1 = an attempt got no answer and no report: it may have arrived, whatever became of the next ones. */
		unconfirmed: Generated<number>;
		not_before: number;
		valid_until: number | null;
		created_at: number;
		claimed_at: number | null;
		claimed_by: string | null;
		finished_at: number | null;
		provider_message_id: string | null;
		delivery: string | null;
		delivery_at: number | null;
		error_code: string | null;
		explanation: string | null;
		/** 0 reply · 1 notification · 2 campaign. */
		priority: Generated<number>;
		/** A supervisor's own name for a group of messages, e.g. a campaign. */
		label: string | null;
		/** The template's category; null for free-form messages. */
		category: string | null;
		/** JSON of OutsideWindow; null = fail. */
		outside_window: string | null;
		/** When it was claimed as the start of a conversation; null for everything else. */
		started_at: number | null;
		/** 0 in the line · 1 waits for a start or for the contact · 2 planned for later. */
		waits: Generated<number>;
		/** What was done differently from what was asked, in Portuguese. */
		hint: string | null;
		price_category: string | null;
		price_type: string | null;
		/** Millionths of `currency`; set once, when the provider tells the category. */
		cost_micros: number | null;
		currency: string | null;
		/** JSON list of what it is about (message_topic); null = nothing in particular. */
		topics: string | null;
		/** JSON of the Schedule it keeps to; null = any hour. */
		contact_hours: string | null;
	};
	/** What a supervisor set for a number; absent = the defaults of its kind. JSON of ChannelSettings. */
	channel_settings: { channel_id: string; data: string; updated_at: number };
	/** How far a number is with today's starts. JSON of SendingState. */
	sending_state: { channel_id: string; data: string; updated_at: number };
	/** Whether a contact wants to hear from the company; absent = never said. */
	consent: {
		contact_id: string;
		/** Wants no message on the company's initiative at all. */
		opted_out_at: number | null;
		/** Wants no marketing. */
		marketing_out_at: number | null;
		opted_in_at: number | null;
		/** Where the opt-in is written down, in the supervisor's words. */
		proof: string | null;
		updated_at: number;
	};
	/** The provider's templates as last seen. `parts` is JSON of TemplateParts. */
	template: {
		channel_id: string;
		name: string;
		language: string;
		provider_id: string | null;
		category: string;
		status: string;
		quality: string;
		reason: string | null;
		parts: string;
		updated_at: number;
		/** The last edit made here. */
		edited_at: number | null;
	};
	/** `stale`: something changed since it was read. */
	template_list: { channel_id: string; fetched_at: number; stale: number };
	quick_reply: {
		id: string;
		name: string;
		/** Folded, unique. */
		name_key: string;
		content: string;
		created_at: number;
		updated_at: number;
	};
	/** A received file: waiting · stored · gone. */
	inbound_media: {
		inbound_id: string;
		channel_id: string;
		provider_media_id: string;
		status: string;
		attempts: number;
		not_before: number;
		claimed_by: string | null;
		claimed_at: number | null;
		blob_id: string | null;
		mime_type: string | null;
		file_name: string | null;
		size: number | null;
		sha256: string | null;
		reason: string | null;
		created_at: number;
	};
	/** What each number did on each day of its own calendar. */
	usage_day: { channel_id: string; day: string; kind: string; currency: string; count: number; cost_micros: number };
	/** Where published Cloud API Webhook nodes receive, with the number whose credential they carry. */
	webhook_address: {
		url: string;
		channel_id: string;
		app_id: string | null;
		account_id: string;
		opened_at: number;
		/** When it was un-published; null while it receives. */
		closed_at: number | null;
	};
	timeline: {
		seq: Generated<number>;
		id: string;
		at: number;
		event: string;
		channel_id: string | null;
		contact_id: string | null;
		conversation_id: string | null;
		text: string;
		data: string;
		/** Unique when set: the same fact is told once. */
		key: string | null;
	};
	timer: {
		conversation_id: string;
		kind: string;
		channel_id: string;
		due_at: number;
		workflow_id: string | null;
		payload: string;
	};
	queue: {
		name: string;
		display_name: string;
		number: number;
		active: number;
		blocked: number;
		blocked_reason: string | null;
		created_at: number;
		updated_at: number;
	};
	/** What a node already did for a message: a re-run after a crash answers from here. */
	step: { key: string; result: string; at: number };
	blob: { id: string; mime_type: string; file_name: string | null; bytes: Uint8Array; created_at: number };
	/** Everything an ERP delivered. `outcome`: event · duplicate · stale · ignored · unreadable; `event` is JSON of ErpEvent. */
	erp_event: {
		seq: Generated<number>;
		id: string;
		/** workflow id + node id of the trigger that received it. */
		source: string;
		/** The preset: omie, bling… */
		system: string;
		/** Unique per source: a replay is stored once and counted in `repeats`. */
		delivery_key: string;
		/** Unique per source among events: the same fact told in two ways runs once. */
		business_key: string | null;
		entity: string | null;
		kind: string;
		outcome: string;
		/** Why it is no event, in Portuguese. */
		reason: string | null;
		event: string | null;
		raw: string;
		received_at: number;
		repeats: Generated<number>;
		/** 1 = taken by a manual test; production skips it. */
		test: Generated<number>;
	};
	/** How far each thing an ERP tells about has got. */
	erp_entity: {
		source: string;
		entity: string;
		rank: number;
		kind: string;
		occurred_at: number | null;
		/** Business key of the last news that counted. */
		fact: string | null;
		updated_at: number;
	};
	ticket: {
		id: string;
		/** With `code`, the identity: the system it comes from, and its key there. */
		source: string;
		code: string;
		/** "Número do processo": what people call it. */
		number: string | null;
		issued_at: number | null;
		product: string | null;
		problem: string | null;
		/** The source's own word for where it stands. */
		status: string | null;
		priority: string;
		/** open · closed */
		state: string;
		link: string | null;
		contact_id: string | null;
		conversation_id: string | null;
		source_at: number | null;
		created_at: number;
		updated_at: number;
		closed_at: number | null;
	};
	/** What a message or a timeline line is about, e.g. `ticket:tic_…` (topics.ts). */
	message_topic: { topic: string; outbox_id: string };
	timeline_topic: { topic: string; timeline_id: string };
	/** What is known of a receivable beyond its ERP. */
	receivable: {
		creditor: string;
		invoice: string;
		number: string | null;
		payer: string | null;
		contact_id: string | null;
		due_date: string | null;
		amount_cents: number | null;
		/** See ReceivableState. */
		state: string;
		state_at: number;
		reason: string | null;
		promise_date: string | null;
		promises: Generated<number>;
		promises_kept: Generated<number>;
		paid_at: number | null;
		paid_cents: number | null;
		/** The steps of `dunning_step` once more, as one text: see receivable/told-steps.ts. */
		told: Generated<string | null>;
		created_at: number;
		updated_at: number;
	};
	linked_session: {
		channel_id: string;
		/** Digits with country code. */
		phone: string | null;
		/** 1 = somebody activated it. */
		wanted: Generated<number>;
		/** See SessionState. */
		state: string;
		problem: string | null;
		problem_detail: string | null;
		qr: string | null;
		qr_expires_at: number | null;
		qr_number: Generated<number>;
		pairing_wanted: Generated<number>;
		pairing_code: string | null;
		jid: string | null;
		lid: string | null;
		name: string | null;
		linked_at: number | null;
		connected_at: number | null;
		heard_at: number | null;
		next_attempt_at: number | null;
		attempts: Generated<number>;
		reminded_at: number | null;
		owner: string | null;
		fence: Generated<number>;
		lease_until: number | null;
		version: Generated<number>;
		created_at: number;
		updated_at: number;
	};
	linked_secret: { channel_id: string; category: string; id: string; value: Uint8Array };
	linked_message: { channel_id: string; id: string; outbox_id: string | null; message: Uint8Array | null; at: number };
	linked_number: {
		channel_id: string;
		phone: string;
		jid: string | null;
		lid: string | null;
		at: number;
		/** A process without the connection asks; null = nobody does. */
		asked_at: Generated<number | null>;
	};
	console_sign_in: {
		id: string;
		proof: string;
		previous_proof: string | null;
		rotated_at: number;
		csrf: string;
		scope: string;
		created_at: number;
		seen_at: number;
	};
	console_attempt: { address: string; failures: number; wait_until: number; at: number };
	/** What the company's phone answered quicker than a person can; `words` is a hash of the text. */
	phone_reply: { channel_id: string; words: string; contact_id: string; conversation_id: string; at: number };
	/** This contact is not this payer: nothing about the payer goes there. */
	wrong_person: { contact_id: string; payer: string; at: number };
	dunning_step: { creditor: string; invoice: string; step: string; outbox_id: string; at: number };
	dunning_message: {
		outbox_id: string;
		creditor: string;
		payer: string;
		contact_id: string;
		/** The reader's own date, YYYY-MM-DD. */
		day: string;
		/** 1 = about something overdue: those count towards the weekly maximum. */
		after_due: number;
		/** When it was planned, before it was put into the outbox. */
		at: number;
	};
	/** `creditor` '' = for all. `content` is JSON, typed by engine/document. */
	document_template: { kind: string; creditor: string; content: string; created_at: number; updated_at: number };
	test_listener: { id: string; channel_id: string; numbers: string; expires_at: number; taken_by: string | null };
}
