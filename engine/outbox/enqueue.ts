import type { Schedule } from '../business-hours/schedule';
import { newId } from '../ids';
import type { Instant, MessageKind, Origin, OutboundContent, OutsideWindow } from '../model';
import type { Topic } from '../model-topic';
import type { Tx } from '../store/open-store';
import { insertMany, oneOf } from '../store/sql';
import { unfinished, WAITS } from './unfinished';

/** A message to send. It leaves in the order it was enqueued, per contact and channel. */
export interface OutboxRequest {
	channelId: string;
	contactId: string;
	conversationId: string | null;
	address: string;
	content: OutboundContent;
	origin: Origin;
	/** What it is for: welcome, menu, transfer… (timeline and rules). */
	purpose?: string;
	/** The same key never sends twice; a second request answers with the first one's result (V-13, D-34). */
	dedupeKey?: string;
	quotedProviderMessageId?: string;
	/** Not sent after this instant. */
	validUntil?: Instant;
	/** Scheduled: not sent before this instant. */
	notBefore?: Instant;
	/** Default reply. */
	kind?: MessageKind;
	/** A name for a group of messages, e.g. a campaign. */
	label?: string;
	/** Default fail. */
	outsideWindow?: OutsideWindow;
	/** What it is about: found again by it, and taken back with it. */
	topics?: readonly Topic[];
	/** It leaves within these hours only, judged when it leaves. Default any hour. */
	contactHours?: Schedule;
}

/** The order in which the outbox serves them. */
export const PRIORITIES: Record<MessageKind, number> = { reply: 0, notification: 1, campaign: 2 };

/** Why a stored message goes out. */
export function kindOf(priority: number): MessageKind {
	const kinds = Object.entries(PRIORITIES) as Array<[MessageKind, number]>;
	return kinds.find(([, value]) => value === priority)?.[0] ?? 'reply';
}

/** What a message is about and the hours it keeps to, as stored: whatever is sent in its place keeps both. */
export function aboutOf(row: {
	topics: string | null;
	contact_hours: string | null;
}): Pick<OutboxRequest, 'topics' | 'contactHours'> {
	return {
		...(row.topics !== null && { topics: JSON.parse(row.topics) as Topic[] }),
		...(row.contact_hours !== null && { contactHours: JSON.parse(row.contact_hours) as Schedule }),
	};
}

export interface Enqueued {
	id: string;
	/** False when the key was already used: `id` names the first message. */
	isNew: boolean;
}

/** The only way out (D4). Part of the caller's transaction: a state change and its replies are one commit. */
export async function enqueue(tx: Tx, requests: readonly OutboxRequest[], now: Instant): Promise<Enqueued[]> {
	const results: Enqueued[] = new Array<Enqueued>(requests.length);
	const firstByKey = await existingByKey(
		tx,
		requests.flatMap((r) => (r.dedupeKey ? [r.dedupeKey] : [])),
	);
	const fresh: Array<{ id: string; request: OutboxRequest }> = [];
	requests.forEach((request, i) => {
		const first = request.dedupeKey === undefined ? undefined : firstByKey.get(request.dedupeKey);
		if (first !== undefined) {
			results[i] = { id: first, isNew: false };
			return;
		}
		const id = newId('out', now);
		if (request.dedupeKey !== undefined) firstByKey.set(request.dedupeKey, id);
		fresh.push({ id, request });
		results[i] = { id, isNew: true };
	});
	await insertMany(
		tx,
		'outbox',
		fresh.map(({ id, request }) => ({
			id,
			channel_id: request.channelId,
			contact_id: request.contactId,
			conversation_id: request.conversationId,
			address: request.address,
			content: JSON.stringify(request.content),
			origin: request.origin,
			purpose: request.purpose ?? null,
			dedupe_key: request.dedupeKey ?? null,
			quoted_provider_message_id: request.quotedProviderMessageId ?? null,
			status: 'queued',
			attempts: 0,
			not_before: request.notBefore ?? 0,
			waits: (request.notBefore ?? 0) > now ? WAITS.forTime : WAITS.forNothing,
			valid_until: request.validUntil ?? null,
			created_at: now,
			priority: PRIORITIES[request.kind ?? 'reply'],
			label: request.label ?? null,
			category: request.content.type === 'template' ? request.content.category : null,
			outside_window: outsideWindowJson(request.outsideWindow),
			topics: request.topics?.length ? JSON.stringify(request.topics) : null,
			contact_hours: request.contactHours ? JSON.stringify(request.contactHours) : null,
		})),
	);
	await insertMany(
		tx,
		'message_topic',
		fresh.flatMap(({ id, request }) => [...new Set(request.topics)].map((topic) => ({ topic, outbox_id: id }))),
	);
	return results;
}

/** Cancels what the bot still has waiting for a conversation: a human took over (D-07). Returns how many. */
export async function cancelBotMessages(
	tx: Tx,
	conversation: { id: string; contactId: string; channelId: string },
	explanation: string,
	now: Instant,
): Promise<number> {
	const rows = await tx
		.updateTable('outbox')
		.set({ status: 'refused', error_code: 'cancelled', explanation, finished_at: now, waits: WAITS.forNothing })
		// The lane first: it is what the index knows.
		.where('contact_id', '=', conversation.contactId)
		.where('channel_id', '=', conversation.channelId)
		.where(unfinished('status'))
		.where('conversation_id', '=', conversation.id)
		.where('origin', '=', 'bot')
		.where('status', '=', 'queued')
		.returning('id')
		.execute();
	return rows.length;
}

function outsideWindowJson(plan: OutsideWindow | undefined): string | null {
	return plan && plan.type !== 'fail' ? JSON.stringify(plan) : null;
}

async function existingByKey(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
	if (keys.length === 0) return new Map();
	const rows = await tx
		.selectFrom('outbox')
		.select(['id', 'dedupe_key'])
		.where(oneOf(tx, 'dedupe_key', [...new Set(keys)]))
		.execute();
	return new Map(rows.map((row) => [row.dedupe_key!, row.id]));
}
