import { protocolNumber } from '../inbound/open-conversations';
import { newId } from '../ids';
import type { Conversation, Instant, QueueRow } from '../model';
import { loadQueues } from '../queue/queues';
import type { Store, Tx } from '../store/open-store';
import { insertMany, oneOf } from '../store/sql';
import { unknownConversation } from './operations';
import { lockConversations, saveConversations, toConversation, type StoredConversation } from './rows';
import { initialTriageData, MACHINE_VERSION } from './types';

interface Person {
	name: string | null;
	phone: string | null;
}

/** What a router needs to decide about many messages, read at once; changes are kept here and written at once. */
export class RouterDesk {
	readonly blocked: ReadonlySet<string>;
	/** The open conversation of a contact on a channel. */
	readonly #open = new Map<string, StoredConversation>();
	readonly #changed = new Set<string>();
	readonly #created = new Set<string>();

	private constructor(
		private readonly conversations: Map<string, StoredConversation>,
		readonly queues: Map<string, QueueRow>,
		private readonly people: ReadonlyMap<string, Person>,
		private readonly sent: Map<string, number>,
	) {
		this.blocked = new Set([...queues.values()].filter((q) => q.blocked).map((q) => q.name));
		for (const each of conversations.values()) this.#note(each);
	}

	/** Locks the conversations on PostgreSQL. `since`: from when on the bot's messages count for the loop guard. */
	static async load(tx: Tx, dialect: Store['dialect'], ids: readonly string[], since: Instant): Promise<RouterDesk> {
		const conversations = await lockConversations(tx, dialect, ids);
		await addFollowUps(tx, dialect, conversations);
		const contactIds = [...new Set([...conversations.values()].map((c) => c.contactId))];
		const [queues, people, sent] = [
			await loadQueues(tx),
			await tx
				.selectFrom('contact')
				.select(['id', 'name', 'phone'])
				.where(oneOf(tx, 'id', contactIds))
				.execute(),
			await tx
				.selectFrom('outbox')
				.select((e) => ['contact_id', e.fn.countAll().as('count')])
				.where(oneOf(tx, 'contact_id', contactIds))
				.where('created_at', '>', since)
				.where('origin', '=', 'bot')
				.groupBy('contact_id')
				.execute(),
		];
		return new RouterDesk(
			conversations,
			queues,
			new Map(people.map((row) => [row.id, row])),
			new Map(sent.map((row) => [row.contact_id, Number(row.count)])),
		);
	}

	/** The conversation an item belongs to now: the one it names, or the open one that followed it. Throws NotFound. */
	current(id: string): StoredConversation {
		const named = this.conversations.get(id);
		if (!named) throw unknownConversation(id);
		return named.state === 'resolved' ? (this.#open.get(seat(named)) ?? named) : named;
	}

	contact(id: string): Person {
		return this.people.get(id) ?? { name: null, phone: null };
	}

	/** Takes over what a transition changed. */
	keep(changed: Conversation): StoredConversation {
		const stored = { ...this.conversations.get(changed.id)!, ...changed };
		this.conversations.set(stored.id, stored);
		this.#note(stored);
		if (!this.#created.has(stored.id)) this.#changed.add(stored.id);
		return stored;
	}

	/** A new conversation of the same contact on the same channel. */
	open(after: StoredConversation, now: Instant): StoredConversation {
		const fresh: StoredConversation = {
			id: newId('cnv', now),
			channelId: after.channelId,
			contactId: after.contactId,
			address: after.address,
			state: 'triage',
			queue: null,
			agent: null,
			protocolNumber: protocolNumber(now),
			openedAt: now,
			updatedAt: now,
			resolvedAt: null,
			graceUntil: null,
			botPausedUntil: null,
			lastInboundAt: after.lastInboundAt,
			machineVersion: MACHINE_VERSION,
			data: initialTriageData(),
		};
		this.conversations.set(fresh.id, fresh);
		this.#created.add(fresh.id);
		this.#note(fresh);
		return fresh;
	}

	botMessages(contactId: string): number {
		return this.sent.get(contactId) ?? 0;
	}

	countBotMessages(contactId: string, count: number): void {
		this.sent.set(contactId, this.botMessages(contactId) + count);
	}

	/** First the closed ones: only one conversation per contact and channel may be open. */
	async save(tx: Tx): Promise<void> {
		await saveConversations(
			tx,
			[...this.#changed].map((id) => this.conversations.get(id)!),
		);
		await insertMany(
			tx,
			'conversation',
			[...this.#created].map((id) => rowOf(this.conversations.get(id)!)),
		);
	}

	#note(conversation: StoredConversation): void {
		const key = seat(conversation);
		if (conversation.state !== 'resolved') this.#open.set(key, conversation);
		else if (this.#open.get(key)?.id === conversation.id) this.#open.delete(key);
	}
}

/** A named conversation that was resolved meanwhile may have been followed by an open one. */
async function addFollowUps(
	tx: Tx,
	dialect: Store['dialect'],
	conversations: Map<string, StoredConversation>,
): Promise<void> {
	const resolved = [...conversations.values()].filter((c) => c.state === 'resolved');
	if (resolved.length === 0) return;
	const query = tx
		.selectFrom('conversation')
		.selectAll()
		.where(
			oneOf(
				tx,
				'contact_id',
				resolved.map((c) => c.contactId),
			),
		)
		.where('state', '<>', 'resolved')
		.orderBy('id');
	const rows = await (dialect === 'postgres' ? query.forUpdate() : query).execute();
	for (const row of rows) conversations.set(row.id, toConversation(row));
}

function seat(conversation: { channelId: string; contactId: string }): string {
	return `${conversation.channelId} ${conversation.contactId}`;
}

function rowOf(c: StoredConversation) {
	return {
		id: c.id,
		channel_id: c.channelId,
		contact_id: c.contactId,
		address: c.address,
		state: c.state,
		queue: c.queue,
		agent: c.agent,
		protocol_number: c.protocolNumber,
		opened_at: c.openedAt,
		updated_at: c.updatedAt,
		resolved_at: c.resolvedAt,
		grace_until: c.graceUntil,
		bot_paused_until: c.botPausedUntil,
		last_inbound_at: c.lastInboundAt,
		machine_version: c.machineVersion,
		data: JSON.stringify(c.data),
	};
}
