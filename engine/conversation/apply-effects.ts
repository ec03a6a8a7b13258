import { cancelBotMessages, enqueue, type OutboxRequest } from '../outbox/enqueue';
import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import { insertMany, oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import type { StoredConversation } from './rows';
import type { Effect, TimerKind } from './types';

/** One decided step of one conversation and where it came from. */
export interface DecidedStep {
	conversation: StoredConversation;
	effects: readonly Effect[];
	/** Names the step: its sends carry it in their dedupe keys, so playing it again sends nothing. */
	key: string;
	/** The workflow whose timers wake it up again. */
	workflowId: string | null;
	/** Said on the timeline when the effects say nothing themselves; null = nothing to tell. */
	explanation?: string | null;
}

export interface AppliedStep {
	/** Outbox ids in sending order. */
	messageIds: string[];
	/** Texts prepared for an agent (B-67). */
	drafts: string[];
}

/**
 * Does what transitions decided, in the transaction that stores the conversations. `hold` keeps the automatic texts from being
 * enqueued (an option returns them as items instead). Returns timeline lines for the caller to append last.
 */
export async function applyEffects(
	tx: Tx,
	steps: readonly DecidedStep[],
	now: Instant,
	hold = false,
): Promise<{ applied: AppliedStep[]; lines: TimelineLine[] }> {
	const lines: TimelineLine[] = [];
	const requests: Array<{ step: number; request: OutboxRequest }> = [];
	const setTimers = new Map<string, { step: DecidedStep; kind: TimerKind; dueAt: Instant }>();
	const clearTimers: Array<{ conversationId: string; kind: TimerKind }> = [];
	const applied: AppliedStep[] = steps.map(() => ({ messageIds: [], drafts: [] }));

	for (const [index, step] of steps.entries()) {
		const { conversation } = step;
		for (const effect of step.effects) {
			const timerKey = 'kind' in effect ? `${conversation.id} ${effect.kind}` : '';
			switch (effect.type) {
				case 'cancelBotMessages':
					await cancelBotMessages(tx, conversation, 'Cancelada antes do envio: uma pessoa assumiu a conversa.', now);
					break;
				case 'send':
					requests.push({
						step: index,
						request: {
							channelId: conversation.channelId,
							contactId: conversation.contactId,
							conversationId: conversation.id,
							address: conversation.address,
							content: effect.content,
							origin: effect.origin,
							purpose: effect.purpose,
							dedupeKey: `${step.key}|${effect.key}`,
						},
					});
					break;
				case 'draft':
					applied[index]!.drafts.push(effect.text);
					break;
				case 'timeline':
					lines.push(lineOf(conversation, effect.event, effect.text, effect.data, now));
					break;
				case 'notifyQueue':
					lines.push(
						lineOf(
							conversation,
							'queueNotified',
							`Atendentes da fila avisados: há alguém esperando.`,
							{ queue: effect.queue },
							now,
						),
					);
					break;
				case 'setTimer':
					setTimers.set(timerKey, { step, kind: effect.kind, dueAt: effect.dueAt });
					break;
				case 'clearTimer':
					setTimers.delete(timerKey);
					clearTimers.push({ conversationId: conversation.id, kind: effect.kind });
					break;
			}
		}
	}

	if (!hold) {
		const enqueued = await enqueue(
			tx,
			requests.map((r) => r.request),
			now,
		);
		enqueued.forEach(({ id }, i) => applied[requests[i]!.step]!.messageIds.push(id));
	}
	await storeTimers(tx, clearTimers, [...setTimers.values()]);
	return { applied, lines };
}

function lineOf(
	conversation: StoredConversation,
	event: string,
	text: string,
	data: Record<string, unknown>,
	now: Instant,
): TimelineLine {
	return {
		event,
		text,
		at: now,
		channelId: conversation.channelId,
		contactId: conversation.contactId,
		conversationId: conversation.id,
		data: { protocolNumber: conversation.protocolNumber, ...data },
	};
}

async function storeTimers(
	tx: Tx,
	clear: ReadonlyArray<{ conversationId: string; kind: TimerKind }>,
	set: ReadonlyArray<{ step: DecidedStep; kind: TimerKind; dueAt: Instant }>,
): Promise<void> {
	const byKind = new Map<TimerKind, string[]>();
	for (const { conversationId, kind } of clear) byKind.set(kind, [...(byKind.get(kind) ?? []), conversationId]);
	for (const [kind, ids] of byKind) {
		await tx
			.deleteFrom('timer')
			.where('kind', '=', kind)
			.where(oneOf(tx, 'conversation_id', ids))
			.execute();
	}
	await insertMany(
		tx,
		'timer',
		set.map(({ step, kind, dueAt }) => ({
			conversation_id: step.conversation.id,
			kind,
			channel_id: step.conversation.channelId,
			due_at: dueAt,
			workflow_id: step.workflowId,
			payload: '{}',
		})),
		'on conflict (conversation_id, kind) do update set due_at = excluded.due_at, workflow_id = excluded.workflow_id',
	);
}
