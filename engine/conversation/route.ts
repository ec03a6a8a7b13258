import { protocolNumber } from '../inbound/open-conversations';
import { newId } from '../ids';
import type { Instant } from '../model';
import { loadQueues, rememberQueues } from '../queue/queues';
import type { Store, Tx } from '../store/open-store';
import { insertMany, oneOf } from '../store/sql';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { applyEffects, type DecidedStep } from './apply-effects';
import type { CompiledTriage } from './config';
import { initialTriageData, transition } from './machine';
import { lockConversations, saveConversations, toConversation, type StoredConversation } from './rows';
import { serviceWindowHours } from './service-window';
import { unknownConversation } from './operations';
import { loadSteps, saveSteps } from './steps';
import {
	MACHINE_VERSION,
	type AwayInfo,
	type ConversationEvent,
	type Effect,
	type RouterOutput,
	type TransitionContext,
} from './types';

/** One item that reached a Queue Router. */
export interface RouteRequest {
	messageId: string;
	conversationId: string;
	event: ConversationEvent;
	config: CompiledTriage;
	/** What a Business Hours node said about the moment; null = none was asked. */
	hours: { open: boolean; away: AwayInfo } | null;
}

export interface RouteOptions {
	/** Names the router: workflow and node. */
	routerKey: string;
	workflowId: string;
	zone: string;
	/** Returns the automatic texts in the result instead of sending them. */
	holdTexts: boolean;
}

export interface RouteResult {
	output: RouterOutput;
	explanation: string;
	conversation: {
		id: string;
		state: string;
		queue: string | null;
		agent: string | null;
		protocolNumber: string;
		openedAt: Instant;
	};
	/** Outbox ids of the texts that were enqueued, in order. */
	messageIds: string[];
	/** With `holdTexts`: what would have been sent. */
	held: Array<{ purpose: string; content: Extract<Effect, { type: 'send' }>['content'] }>;
	/** True when this message had been routed before (a run repeated after a crash): nothing was done again. */
	repeated: boolean;
}

/**
 * Decides what happens to many messages and does it, in one transaction: conversations, replies, timers and timeline lines
 * are one commit. Keyed by message and router, so a repeated run changes nothing and answers the same (D4).
 */
export async function routeMessages(
	store: Store,
	requests: readonly RouteRequest[],
	options: RouteOptions,
	now: Instant,
): Promise<RouteResult[]> {
	return store.transaction(async (tx) => {
		const keys = requests.map((r) => `route|${options.routerKey}|${r.messageId}`);
		const before = await loadSteps<RouteResult>(tx, keys);
		const open = requests.map((request, i) => ({ request, key: keys[i]! })).filter(({ key }) => !before.has(key));
		const desk = await loadDesk(
			tx,
			store.dialect,
			open.map(({ request }) => request),
			now,
		);
		const results = new Map<string, RouteResult>();
		const steps: DecidedStep[] = [];
		const decided: Array<{ key: string; output: RouterOutput; explanation: string; held: RouteResult['held'] }> = [];

		for (const { request, key } of open) {
			if (results.has(key)) continue;
			const conversation = desk.current(request.conversationId);
			const context = contextOf(request, conversation, desk, options.zone, now);
			let outcome = transition({ conversation, event: request.event, config: request.config, context });
			if (outcome.type === 'newService') {
				steps.push({
					conversation: desk.keep(outcome.conversation),
					effects: outcome.effects,
					key: `${key}|close`,
					workflowId: options.workflowId,
				});
				const fresh = desk.open(conversation, now);
				outcome = transition({
					conversation: fresh,
					event: request.event,
					config: request.config,
					context: contextOf(request, fresh, desk, options.zone, now),
				});
			}
			if (outcome.type !== 'done') {
				// A message always finds an answer; the table's test says so. Keep the item visible rather than lose it.
				decided.push({
					key,
					output: { type: 'withHuman' },
					explanation: outcome.type === 'refused' ? outcome.message : outcome.explanation,
					held: [],
				});
				steps.push({ conversation, effects: [], key, workflowId: options.workflowId });
				continue;
			}
			steps.push({
				conversation: desk.keep(outcome.conversation),
				effects: outcome.effects,
				key,
				workflowId: options.workflowId,
			});
			const held = options.holdTexts
				? outcome.effects.flatMap((e) => (e.type === 'send' ? [{ purpose: e.purpose, content: e.content }] : []))
				: [];
			decided.push({ key, output: outcome.output, explanation: outcome.explanation, held });
			desk.countBotMessages(conversation.contactId, outcome.effects.filter((e) => e.type === 'send').length);
		}

		for (const config of new Set(open.map(({ request }) => request.config))) {
			await rememberQueues(
				tx,
				desk.queues,
				config.rows.map(({ name, displayName, number, active }) => ({ name, displayName, number, active })),
				now,
			);
		}
		await desk.save(tx);
		const { applied, lines } = await applyEffects(tx, steps, now, options.holdTexts);
		const stepByKey = new Map(steps.map((step, i) => [step.key, { step, applied: applied[i]! }]));
		for (const { key, output, explanation, held } of decided) {
			const { step, applied } = stepByKey.get(key)!;
			const c = step.conversation;
			results.set(key, {
				output,
				explanation,
				held,
				repeated: false,
				messageIds: applied.messageIds,
				conversation: {
					id: c.id,
					state: c.state,
					queue: c.queue,
					agent: c.agent,
					protocolNumber: c.protocolNumber,
					openedAt: c.openedAt,
				},
			});
		}
		await saveSteps(
			tx,
			decided.map(({ key }) => ({ key, result: results.get(key)! })),
			now,
		);
		await appendTimeline(tx, store.dialect, lines as TimelineLine[]);
		return keys.map((key) => {
			const earlier = before.get(key);
			return earlier ? { ...earlier, repeated: true } : results.get(key)!;
		});
	});
}

interface DeskView {
	queues: Awaited<ReturnType<typeof loadQueues>>;
	blocked: ReadonlySet<string>;
	contacts: Map<string, { name: string | null; phone: string | null }>;
	/** The conversation an item belongs to now: the one it names, or the open one that followed it. */
	current(conversationId: string): StoredConversation;
	keep(conversation: StoredConversation | Omit<StoredConversation, 'address'>): StoredConversation;
	open(after: StoredConversation, now: Instant): StoredConversation;
	save(tx: Tx): Promise<void>;
	botMessages(contactId: string): number;
	countBotMessages(contactId: string, count: number): void;
}

async function loadDesk(
	tx: Tx,
	dialect: Store['dialect'],
	requests: readonly RouteRequest[],
	now: Instant,
): Promise<DeskView> {
	const conversations = await lockConversations(
		tx,
		dialect,
		requests.map((r) => r.conversationId),
	);
	await followUps(tx, conversations);
	const contactIds = [...new Set([...conversations.values()].map((c) => c.contactId))];
	const queues = await loadQueues(tx);
	const contacts = new Map<string, { name: string | null; phone: string | null }>();
	const counts = new Map<string, number>();
	const since = now - Math.max(0, ...requests.map((r) => r.config.loopGuard.perMinutes)) * 60_000;
	const people = await tx
		.selectFrom('contact')
		.select(['id', 'name', 'phone'])
		.where(oneOf(tx, 'id', contactIds))
		.execute();
	for (const row of people) contacts.set(row.id, row);
	const sent = await tx
		.selectFrom('outbox')
		.select((e) => ['contact_id', e.fn.countAll().as('count')])
		.where(oneOf(tx, 'contact_id', contactIds))
		.where('created_at', '>', since)
		.where('origin', '=', 'bot')
		.groupBy('contact_id')
		.execute();
	for (const row of sent) counts.set(row.contact_id, Number(row.count));
	const newest = new Map<string, StoredConversation>();
	for (const c of conversations.values()) if (c.state !== 'resolved' || !newest.has(seat(c))) newest.set(seat(c), c);
	const changed = new Map<string, StoredConversation>();
	const created = new Map<string, StoredConversation>();
	return {
		queues,
		contacts,
		blocked: new Set([...queues.values()].filter((q) => q.blocked).map((q) => q.name)),
		current(id) {
			const named = conversations.get(id);
			if (!named) throw unknownConversation(id);
			return named.state === 'resolved' ? newest.get(seat(named))! : named;
		},
		keep(conversation) {
			const stored = { ...conversations.get(conversation.id)!, ...conversation } as StoredConversation;
			conversations.set(stored.id, stored);
			newest.set(seat(stored), stored);
			if (created.has(stored.id)) created.set(stored.id, stored);
			else changed.set(stored.id, stored);
			return stored;
		},
		open(after, at) {
			const fresh: StoredConversation = {
				id: newId('cnv', at),
				channelId: after.channelId,
				contactId: after.contactId,
				address: after.address,
				state: 'triage',
				queue: null,
				agent: null,
				protocolNumber: protocolNumber(at),
				openedAt: at,
				updatedAt: at,
				resolvedAt: null,
				graceUntil: null,
				botPausedUntil: null,
				lastInboundAt: after.lastInboundAt,
				machineVersion: MACHINE_VERSION,
				data: initialTriageData(),
			};
			created.set(fresh.id, fresh);
			conversations.set(fresh.id, fresh);
			newest.set(seat(fresh), fresh);
			return fresh;
		},
		async save(inTx) {
			// First the closed ones: only one conversation per contact and channel may be open.
			await saveConversations(inTx, [...changed.values()]);
			await insertMany(
				inTx,
				'conversation',
				[...created.values()].map((c) => ({
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
				})),
			);
		},
		botMessages: (contactId) => counts.get(contactId) ?? 0,
		countBotMessages: (contactId, count) => counts.set(contactId, (counts.get(contactId) ?? 0) + count),
	};
}

/** A named conversation that was resolved meanwhile may have been followed by an open one: that is where the item belongs now. */
async function followUps(tx: Tx, conversations: Map<string, StoredConversation>): Promise<void> {
	const resolved = [...conversations.values()].filter((c) => c.state === 'resolved');
	if (resolved.length === 0) return;
	const contactIds = resolved.map((c) => c.contactId);
	const rows = await tx
		.selectFrom('conversation')
		.selectAll()
		.where(oneOf(tx, 'contact_id', contactIds))
		.where('state', '<>', 'resolved')
		.execute();
	for (const row of rows) conversations.set(row.id, toConversation(row));
}

function contextOf(
	request: RouteRequest,
	conversation: StoredConversation,
	desk: DeskView,
	zone: string,
	now: Instant,
): TransitionContext {
	return {
		now,
		zone,
		contact: desk.contacts.get(conversation.contactId) ?? { name: null, phone: null },
		blockedQueues: desk.blocked,
		open: request.hours?.open ?? null,
		away: request.hours?.away ?? null,
		serviceWindowHours: serviceWindowHours(conversation.channelId),
		botMessagesRecently: desk.botMessages(conversation.contactId),
	};
}

function seat(conversation: { channelId: string; contactId: string }): string {
	return `${conversation.channelId} ${conversation.contactId}`;
}
