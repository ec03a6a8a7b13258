import type { Instant } from '../model';
import { rememberQueues } from '../queue/queues';
import type { Store, Tx } from '../store/open-store';
import { appendTimeline } from '../timeline/timeline';
import { applyEffects, type AppliedStep, type DecidedStep } from './apply-effects';
import type { CompiledTriage } from './config';
import { transition } from './machine';
import { RouterDesk } from './router-desk';
import { serviceWindowHours } from './service-window';
import type { StoredConversation } from './rows';
import { loadSteps, saveSteps } from './steps';
import type { AwayInfo, ConversationEvent, Effect, RouterOutput, TransitionContext } from './types';

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
		const open = new Map<string, RouteRequest>();
		requests.forEach((request, i) => {
			if (!before.has(keys[i]!) && !open.has(keys[i]!)) open.set(keys[i]!, request);
		});
		if (open.size === 0) return keys.map((key) => ({ ...before.get(key)!, repeated: true }));

		const desk = await RouterDesk.load(
			tx,
			store.dialect,
			[...open.values()].map((r) => r.conversationId),
			now - Math.max(...[...open.values()].map((r) => r.config.loopGuard.perMinutes)) * 60_000,
		);
		const decisions = [...open].map(([key, request]) => decide(desk, key, request, options, now));
		await rememberRows(tx, desk, open.values(), now);
		await desk.save(tx);
		const steps = decisions.flatMap((decision) => decision.steps);
		const { applied, lines } = await applyEffects(tx, steps, now, options.holdTexts);
		const appliedTo = new Map(steps.map((step, i) => [step, applied[i]!]));
		const results = new Map(decisions.map((decision) => [decision.key, resultOf(decision, appliedTo, options)]));
		await saveSteps(
			tx,
			[...results].map(([key, result]) => ({ key, result })),
			now,
		);
		await appendTimeline(tx, store.dialect, lines);
		return keys.map((key) => results.get(key) ?? { ...before.get(key)!, repeated: true });
	});
}

interface Decision {
	key: string;
	/** What to do, in order: the end of one service may come before the beginning of the next. */
	steps: DecidedStep[];
	output: RouterOutput;
	explanation: string;
}

function decide(desk: RouterDesk, key: string, request: RouteRequest, options: RouteOptions, now: Instant): Decision {
	const { workflowId, zone } = options;
	const { event, config } = request;
	const steps: DecidedStep[] = [];
	let conversation = desk.current(request.conversationId);
	const ask = () =>
		transition({ conversation, event, config, context: contextOf(request, conversation, desk, zone, now) });
	const keep = (changed: Parameters<RouterDesk['keep']>[0], effects: Effect[], stepKey: string) => {
		conversation = desk.keep(changed);
		steps.push({ conversation, effects, key: stepKey, workflowId });
		desk.countBotMessages(conversation.contactId, effects.filter((e) => e.type === 'send').length);
	};
	let outcome = ask();
	if (outcome.type === 'newService') {
		keep(outcome.conversation, outcome.effects, `${key}|close`);
		conversation = desk.open(conversation, now);
		outcome = ask();
	}
	if (outcome.type === 'done') {
		keep(outcome.conversation, outcome.effects, key);
		return { key, steps, output: outcome.output, explanation: outcome.explanation };
	}
	// A message always finds an answer; the table's test says so. Keep the item visible rather than lose it.
	steps.push({ conversation, effects: [], key, workflowId });
	const explanation = outcome.type === 'refused' ? outcome.message : outcome.explanation;
	return { key, steps, output: { type: 'withHuman' }, explanation };
}

function resultOf(
	{ steps, output, explanation }: Decision,
	appliedTo: Map<DecidedStep, AppliedStep>,
	options: RouteOptions,
): RouteResult {
	const { id, state, queue, agent, protocolNumber, openedAt } = steps.at(-1)!.conversation;
	const sends = steps.flatMap((step) => step.effects).filter((effect) => effect.type === 'send');
	return {
		output,
		explanation,
		held: options.holdTexts ? sends.map(({ purpose, content }) => ({ purpose, content })) : [],
		repeated: false,
		messageIds: steps.flatMap((step) => appliedTo.get(step)!.messageIds),
		conversation: { id, state, queue, agent, protocolNumber, openedAt },
	};
}

/** The queues a router shows are known from then on. */
async function rememberRows(tx: Tx, desk: RouterDesk, requests: Iterable<RouteRequest>, now: Instant): Promise<void> {
	for (const config of new Set([...requests].map((request) => request.config))) {
		const rows = config.rows.map(({ name, displayName, number, active }) => ({ name, displayName, number, active }));
		await rememberQueues(tx, desk.queues, rows, now);
	}
}

function contextOf(
	request: RouteRequest,
	conversation: StoredConversation,
	desk: RouterDesk,
	zone: string,
	now: Instant,
): TransitionContext {
	return {
		now,
		zone,
		contact: desk.contact(conversation.contactId),
		blockedQueues: desk.blocked,
		open: request.hours?.open ?? null,
		away: request.hours?.away ?? null,
		serviceWindowHours: serviceWindowHours(conversation.channelId),
		botMessagesRecently: desk.botMessages(conversation.contactId),
	};
}
