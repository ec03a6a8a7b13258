/** Messages that were to be sent, as pages, nodes and reports show them: where each stands, and why (V-12, V-18). */
import type { Selectable } from 'kysely';
import { findContact } from '../contact/contact-views';
import { NotFound } from '../errors';
import type { DeliveryStatus, Instant, MessageKind, OutboundContent } from '../model';
import type { Topic } from '../model-topic';
import type { Database } from '../store/schema';
import type { Db, Store } from '../store/open-store';
import { summaryOf } from './content-summary';
import { kindOf } from './enqueue';
import type { Settled } from './settlements';
import { WAITS } from './unfinished';

/** Instants are ISO 8601 UTC. */
export interface MessageView {
	id: string;
	providerMessageId: string | null;
	/** In the words of a send's result: queued, postponed, held, sent, refused, unknown. */
	status: Settled['status'];
	/** What WhatsApp reported last; null when it reported nothing yet. */
	delivery: DeliveryStatus | null;
	deliveryAt: string | null;
	/** Why it was not sent, or not yet: a stable code and a sentence. */
	code: string | null;
	reason: string | null;
	/** What was done differently from what was asked. */
	hint: string | null;
	type: OutboundContent['type'];
	/** What a person reads. */
	text: string;
	template: { name: string; language: string; category: string } | null;
	contact: { id: string; name: string | null; phone: string | null; address: string };
	channelId: string;
	conversationId: string | null;
	origin: string;
	/** Why it goes out: reply, notification or campaign. */
	kind: MessageKind;
	/** What the desk sent it for (welcome, menu, transfer…); null for what workflows sent. */
	purpose: string | null;
	label: string | null;
	attempts: number;
	createdAt: string;
	/** Of postponed ones: not before this instant. */
	notBefore: string | null;
	validUntil: string | null;
	/** When it was sent or refused for good. */
	finishedAt: string | null;
	/** What it cost, once WhatsApp told its category. */
	cost: { amount: number | null; currency: string | null; category: string; type: string | null } | null;
}

export interface MessageFilter {
	statuses?: ReadonlyArray<MessageView['status']>;
	deliveries?: readonly DeliveryStatus[];
	/** Refused, or reported as not delivered. */
	onlyFailures?: boolean;
	/** Contact id, or phone however it is written. */
	contact?: string;
	/** Id or protocol number. */
	conversation?: string;
	channelId?: string;
	label?: string;
	/** What they are about, e.g. ticketTopic(id). */
	topic?: Topic;
	/** Created at or after, and before. */
	since?: Instant;
	until?: Instant;
	/** Newest first. */
	limit: number;
}

/**
 * By our own id, or by WhatsApp's (wamid).
 * @throws NotFound
 */
export async function getMessage(store: Store, id: string): Promise<MessageView> {
	const wanted = id.trim();
	const row = await store.read((db) =>
		messages(db)
			.where(wanted.startsWith('out_') ? 'o.id' : 'o.provider_message_id', '=', wanted)
			.orderBy('o.seq', 'desc')
			.limit(1)
			.executeTakeFirst(),
	);
	if (!row) throw unknownMessage(wanted);
	return viewOf(row);
}

export async function listMessages(store: Store, filter: MessageFilter): Promise<MessageView[]> {
	const rows = await store.read(async (db) => {
		const place = await placeOf(db, filter);
		if (place === null) return [];
		let query = messages(db).orderBy('o.seq', 'desc').limit(filter.limit);
		if (place.contactId) query = query.where('o.contact_id', '=', place.contactId);
		if (place.conversationId) query = query.where('o.conversation_id', '=', place.conversationId);
		if (filter.channelId) query = query.where('o.channel_id', '=', filter.channelId);
		const { topic } = filter;
		if (topic)
			query = query.where('o.id', 'in', (e) =>
				e.selectFrom('message_topic').select('outbox_id').where('topic', '=', topic),
			);
		if (filter.label) query = query.where('o.label', '=', filter.label);
		if (filter.since !== undefined) query = query.where('o.created_at', '>=', filter.since);
		if (filter.until !== undefined) query = query.where('o.created_at', '<', filter.until);
		if (filter.deliveries?.length) query = query.where('o.delivery', 'in', [...filter.deliveries]);
		if (filter.onlyFailures)
			query = query.where((e) => e.or([e('o.status', '=', 'refused'), e('o.delivery', '=', 'failed')]));
		const { statuses } = filter;
		if (statuses?.length) {
			query = query.where((e) =>
				e.or(
					statuses.map((status) => {
						if (status === 'postponed')
							return e.and([e('o.status', '=', 'queued'), e('o.waits', '>', WAITS.forNothing)]);
						if (status !== 'queued') return e('o.status', '=', status);
						const inLine = e.and([e('o.status', '=', 'queued'), e('o.waits', '=', WAITS.forNothing)]);
						return e.or([inLine, e('o.status', '=', 'sending')]);
					}),
				),
			);
		}
		return query.execute();
	});
	return rows.map(viewOf);
}

export function unknownMessage(id: string): NotFound {
	return new NotFound(
		`There is no message to send with the ID "${id}".`,
		'Use the delivery.id of a Send Message or Send Template item, an id of Message: Get Many, or the wamid of a message that was sent.',
		'message',
	);
}

/** The contact and conversation a filter names; null when there is no such one, and so no message of theirs. */
async function placeOf(
	db: Db,
	{ contact, conversation }: MessageFilter,
): Promise<{ contactId?: string; conversationId?: string } | null> {
	const place: { contactId?: string; conversationId?: string } = {};
	if (contact) {
		const id = await findContact(db, contact);
		if (id === null) return null;
		place.contactId = id;
	}
	if (conversation) {
		const wanted = conversation.trim();
		const row = await db
			.selectFrom('conversation')
			.select(['id', 'contact_id'])
			.where((e) => e.or([e('id', '=', wanted), e('protocol_number', '=', wanted.toUpperCase())]))
			.executeTakeFirst();
		if (!row || (place.contactId && place.contactId !== row.contact_id)) return null;
		// The contact too: an index knows it.
		return { contactId: row.contact_id, conversationId: row.id };
	}
	return place;
}

function messages(db: Db) {
	return db
		.selectFrom('outbox as o')
		.leftJoin('contact as c', 'c.id', 'o.contact_id')
		.selectAll('o')
		.select(['c.name as contact_name', 'c.phone as contact_phone']);
}

type Row = Selectable<Database['outbox']> & { contact_name: string | null; contact_phone: string | null };

function viewOf(row: Row): MessageView {
	const content = JSON.parse(row.content) as OutboundContent;
	const status = statusOf(row);
	return {
		id: row.id,
		providerMessageId: row.provider_message_id,
		status,
		delivery: row.delivery as DeliveryStatus | null,
		deliveryAt: iso(row.delivery_at),
		code: row.error_code,
		reason: row.explanation,
		hint: row.hint,
		type: content.type,
		text: summaryOf(content),
		template:
			content.type === 'template'
				? { name: content.name, language: content.language, category: content.category }
				: null,
		contact: { id: row.contact_id, name: row.contact_name, phone: row.contact_phone, address: row.address },
		channelId: row.channel_id,
		conversationId: row.conversation_id,
		origin: row.origin,
		kind: kindOf(row.priority),
		purpose: row.purpose,
		label: row.label,
		attempts: row.attempts,
		createdAt: iso(row.created_at)!,
		notBefore: status === 'postponed' ? iso(row.not_before) : null,
		validUntil: iso(row.valid_until),
		finishedAt: iso(row.finished_at),
		cost: costOf(row),
	};
}

function statusOf({ status, waits }: Row): MessageView['status'] {
	if (status === 'sending') return 'queued';
	if (status === 'queued' && waits !== WAITS.forNothing) return 'postponed';
	return status as MessageView['status'];
}

function costOf(row: Row): MessageView['cost'] {
	if (row.price_category === null) return null;
	return {
		amount: row.cost_micros === null ? null : Number(row.cost_micros) / 1_000_000,
		currency: row.currency,
		category: row.price_category,
		type: row.price_type,
	};
}

const iso = (at: Instant | null) => (at === null ? null : new Date(Number(at)).toISOString());
