import { NotFound, RuleBroken } from '../errors';
import type { ConversationState, Instant } from '../model';
import { createQueue, loadQueues, unknownQueue } from '../queue/queues';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { applyEffects } from './apply-effects';
import { transition } from './machine';
import { lockConversations, saveConversations, toConversation, type StoredConversation } from './rows';
import { serviceWindowHours } from './service-window';
import { loadSteps, saveSteps } from './steps';
import type { ConversationEvent } from './types';

/** A conversation as pages, nodes and reports show it. Instants are ISO 8601 UTC. */
export interface ConversationView {
	id: string;
	protocolNumber: string;
	state: ConversationState;
	queue: string | null;
	agent: string | null;
	channelId: string;
	contact: { id: string; name: string | null; phone: string | null; address: string };
	openedAt: string;
	updatedAt: string;
	resolvedAt: string | null;
	botPausedUntil: string | null;
	lastInboundAt: string | null;
}

export interface OperationResult {
	conversation: ConversationView;
	/** False when the conversation already was as asked; nothing was sent. */
	changed: boolean;
	messageIds: string[];
	drafts: string[];
}

export interface OperateOptions {
	/** Makes a repeated run harmless. */
	key?: string;
	workflowId?: string | null;
	/** IANA name. */
	zone?: string;
	/** A queue that does not exist is made, and shown like this; without it, NotFound. */
	createQueue?: { displayName: string };
}

const NO_LIMIT_ZONE = 'America/Sao_Paulo';

/**
 * Does one desk operation (transfer, assign, resolve, pause…) on a conversation, with its texts and timeline lines in one commit.
 * Throws NotFound, or RuleBroken when the state forbids it.
 */
export async function operate(
	store: Store,
	conversationId: string,
	event: ConversationEvent,
	options: OperateOptions,
	now: Instant,
): Promise<OperationResult> {
	return store.transaction((tx) => operateInTransaction(tx, store.dialect, conversationId, event, options, now));
}

/** The same within a transaction that is already open (echoes arrive in the ingest transaction). */
export async function operateInTransaction(
	tx: Tx,
	dialect: Store['dialect'],
	conversationId: string,
	event: ConversationEvent,
	options: OperateOptions,
	now: Instant,
): Promise<OperationResult> {
	const stepKey = options.key ? `operate|${options.key}` : null;
	if (stepKey) {
		const done = (await loadSteps<OperationResult>(tx, [stepKey])).get(stepKey);
		if (done) return done;
	}
	const conversation = (await lockConversations(tx, dialect, [conversationId])).get(conversationId);
	if (!conversation) throw unknownConversation(conversationId);
	const contact = await tx
		.selectFrom('contact')
		.select(['id', 'name', 'phone'])
		.where('id', '=', conversation.contactId)
		.executeTakeFirstOrThrow();
	const queues = await loadQueues(tx);
	const queue = event.type === 'transfer' || event.type === 'hold' ? event.queue : null;
	const created: TimelineLine[] = [];
	if (queue && !queues.has(queue)) {
		if (!options.createQueue) throw unknownQueue(queue, queues);
		const line = await createQueue(tx, queues, { name: queue, displayName: options.createQueue.displayName }, now);
		if (line) created.push(line);
	}
	const outcome = transition({
		conversation,
		event,
		config: null,
		context: {
			now,
			zone: options.zone ?? NO_LIMIT_ZONE,
			contact,
			blockedQueues: new Set([...queues.values()].filter((q) => q.blocked).map((q) => q.name)),
			queueNames: new Map([...queues.values()].map((q) => [q.name, q.displayName])),
			open: null,
			serviceWindowHours: serviceWindowHours(conversation.channelId),
		},
	});
	if (outcome.type === 'refused') throw new RuleBroken(outcome.rule, outcome.message, outcome.hint);
	const next = { ...conversation, ...outcome.conversation } as StoredConversation;
	await saveConversations(tx, [next]);
	const { applied, lines } = await applyEffects(
		tx,
		[
			{
				conversation: next,
				effects: outcome.effects,
				key: stepKey ?? `operate|${next.id}|${now}|${event.type}`,
				workflowId: options.workflowId ?? null,
			},
		],
		now,
	);
	const result: OperationResult = {
		conversation: view(next, contact),
		changed: outcome.effects.length > 0 || next.state !== conversation.state,
		...applied[0]!,
	};
	if (stepKey) await saveSteps(tx, [{ key: stepKey, result }], now);
	await appendTimeline(tx, dialect, [...created, ...lines]);
	return result;
}

export async function getConversation(store: Store, idOrProtocol: string): Promise<ConversationView> {
	const found = await listWhere(store, { idOrProtocol, limit: 1 });
	if (!found[0]) throw unknownConversation(idOrProtocol);
	return found[0];
}

export interface ConversationFilter {
	idOrProtocol?: string;
	/** Exactly these. */
	ids?: readonly string[];
	states?: readonly ConversationState[];
	queue?: string;
	channelId?: string;
	contactId?: string;
	/** Longest waiting first. */
	limit: number;
}

export async function listWhere(store: Store, filter: ConversationFilter): Promise<ConversationView[]> {
	if (filter.ids?.length === 0) return [];
	const rows = await store.read((db) => {
		let query = db
			.selectFrom('conversation as c')
			.innerJoin('contact as p', 'p.id', 'c.contact_id')
			.selectAll('c')
			.select(['p.name as contact_name', 'p.phone as contact_phone'])
			.orderBy('c.updated_at')
			.limit(filter.limit);
		if (filter.idOrProtocol !== undefined) {
			const wanted = filter.idOrProtocol.trim();
			query = query.where((e) => e.or([e('c.id', '=', wanted), e('c.protocol_number', '=', wanted.toUpperCase())]));
		}
		if (filter.ids) query = query.where('c.id', 'in', [...filter.ids]);
		if (filter.states?.length) query = query.where('c.state', 'in', [...filter.states]);
		if (filter.queue) query = query.where('c.queue', '=', filter.queue);
		if (filter.channelId) query = query.where('c.channel_id', '=', filter.channelId);
		if (filter.contactId) query = query.where('c.contact_id', '=', filter.contactId);
		return query.execute();
	});
	return rows.map((row) =>
		view(toConversation(row), { id: row.contact_id, name: row.contact_name, phone: row.contact_phone }),
	);
}

function view(
	c: StoredConversation,
	contact: { id: string; name: string | null; phone: string | null },
): ConversationView {
	return {
		id: c.id,
		protocolNumber: c.protocolNumber,
		state: c.state,
		queue: c.queue,
		agent: c.agent,
		channelId: c.channelId,
		contact: { id: contact.id, name: contact.name, phone: contact.phone, address: c.address },
		openedAt: iso(c.openedAt)!,
		updatedAt: iso(c.updatedAt)!,
		resolvedAt: iso(c.resolvedAt),
		botPausedUntil: iso(c.botPausedUntil),
		lastInboundAt: iso(c.lastInboundAt),
	};
}

const iso = (at: Instant | null) => (at === null ? null : new Date(at).toISOString());

export function unknownConversation(id: string): NotFound {
	return new NotFound(
		`There is no conversation "${id}".`,
		'Use the conversation id or the protocol number from a trigger item or from Conversation: Get Many.',
		'conversation',
	);
}
