import type { Conversation, Instant } from '../model';
import type { CompiledTriage } from './config';
import { render, type RenderScope } from './render';
import { DEFAULT_SETTINGS, type DeskSettings } from './settings';
import { textFor, type TextKey, type TextTable } from './texts';
import {
	initialTriageData,
	MACHINE_VERSION,
	type ConversationEvent,
	type Effect,
	type RouterOutput,
	type SendPurpose,
	type TimelineEventName,
	type TimerKind,
	type Transition,
	type TransitionContext,
	type TransitionInput,
	type TriageData,
} from './types';

/** The desk on which one transition is worked out: private copies to write on, and the few things handlers do with them. */
export interface Turn<E extends ConversationEvent = ConversationEvent> {
	event: E;
	config: CompiledTriage | null;
	context: TransitionContext;
	conversation: Conversation;
	data: TriageData;
	settings: DeskSettings;
	table: TextTable;
	effects: Effect[];
}

/** What triage remembers about this conversation; fields an older version did not know get their first value. */
export function readTriageData(conversation: Conversation): TriageData {
	const stored = conversation.data;
	if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return initialTriageData();
	return { ...initialTriageData(), ...(stored as Partial<TriageData>) };
}

export function openTurn({ conversation, event, config, context }: TransitionInput): Turn {
	const data = readTriageData(conversation);
	data.timers = { ...data.timers };
	if (config) data.settings = config.settings;
	const settings = data.settings ?? DEFAULT_SETTINGS;
	return {
		event,
		config,
		context,
		conversation: { ...conversation },
		data,
		settings,
		table: config?.table ?? settings.texts,
		effects: [],
	};
}

export function done(turn: Turn, output: RouterOutput, explanation: string): Transition {
	return { type: 'done', conversation: closeTurn(turn), effects: turn.effects, output, explanation };
}

export function newService(turn: Turn, explanation: string): Transition {
	return { type: 'newService', conversation: closeTurn(turn), effects: turn.effects, explanation };
}

export function refused(rule: string, message: string, hint: string): Transition {
	return { type: 'refused', rule, message, hint };
}

/** Says one of the texts; an emptied text says nothing (B-63). */
export function say(turn: Turn, key: TextKey, queue: string | null = null, origin: 'bot' | 'agent' = 'bot'): void {
	const text = wordsFor(turn, key, queue);
	if (text !== '') send(turn, key, { type: 'text', text }, origin);
}

/** Says words that are not one of the router's texts; variables are filled in all the same (M-14). */
export function sayText(turn: Turn, purpose: SendPurpose, template: string, queue: string | null): boolean {
	const text = render(template, scopeOf(turn, queue && queueName(turn, queue)));
	if (text !== '') send(turn, purpose, { type: 'text', text });
	return text !== '';
}

/** The finished words for this customer; '' when the text was emptied on purpose. */
export function wordsFor(turn: Turn, key: TextKey, queue: string | null, queueTitle?: string, list?: string): string {
	const template = textFor(turn.table, key, queue, turn.context.open);
	return template === '' ? '' : render(template, scopeOf(turn, queueTitle ?? (queue && queueName(turn, queue)), list));
}

export function send(
	turn: Turn,
	purpose: SendPurpose,
	content: (Effect & { type: 'send' })['content'],
	origin: 'bot' | 'agent' = 'bot',
): void {
	turn.effects.push({ type: 'send', purpose, key: purpose, origin, content });
	if (origin === 'bot') turn.data.loop = { ...turn.data.loop, lastBotAt: turn.context.now };
}

export function note(turn: Turn, event: TimelineEventName, text: string, data: Record<string, unknown> = {}): void {
	turn.effects.push({ type: 'timeline', event, text, data });
}

export function setTimer(turn: Turn, kind: TimerKind, dueAt: Instant): void {
	if (turn.data.timers[kind] === dueAt) return;
	turn.data.timers[kind] = dueAt;
	turn.effects.push({ type: 'setTimer', kind, dueAt });
}

export function clearTimers(turn: Turn, ...kinds: TimerKind[]): void {
	for (const kind of kinds) {
		if (turn.data.timers[kind] === undefined) continue;
		delete turn.data.timers[kind];
		turn.effects.push({ type: 'clearTimer', kind });
	}
}

/** The name people read for a queue. */
export function queueName(turn: Turn, queue: string): string {
	return (
		turn.config?.byName.get(queue)?.displayName ??
		turn.settings.queueNames[queue] ??
		turn.context.queueNames?.get(queue) ??
		queue
	);
}

export function isPaused(turn: Turn): boolean {
	const until = turn.conversation.botPausedUntil;
	return until !== null && until > turn.context.now;
}

function scopeOf(turn: Turn, title: string | null, list?: string): RenderScope {
	return {
		company: turn.settings.company,
		conversation: turn.conversation,
		context: turn.context,
		agentName: turn.data.agentName ?? turn.conversation.agent,
		queueName: title,
		list,
	};
}

function closeTurn(turn: Turn): Conversation {
	turn.conversation.data = turn.data;
	turn.conversation.machineVersion = MACHINE_VERSION;
	turn.conversation.updatedAt = turn.context.now;
	return turn.conversation;
}
