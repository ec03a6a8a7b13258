import { clearTimers, note, queueName, say, setTimer, type Turn } from './turn';
import type { RouterOutput } from './types';

/** Puts a conversation into a queue and tells the customer what fits the moment: on its way, nobody there, or closed. */
export function handOff(
	turn: Turn,
	queue: string,
	options: { announce: boolean; reason: string; event?: 'queued' | 'transferred' },
): RouterOutput {
	const { conversation, data, context } = turn;
	const closed = context.open === false;
	const available = turn.config?.byName.get(queue)?.available !== false && !context.blockedQueues.has(queue);
	conversation.state = 'queued';
	conversation.queue = queue;
	conversation.agent = null;
	data.agentName = null;
	data.selfService = null;
	data.attempts = 0;
	data.exhausted = false;
	clearTimers(turn, 'menuReminder', 'menuTimeout', 'inactivity');

	if (closed) {
		if (options.announce) sayAway(turn, queue);
		waitForOpening(turn);
	} else if (options.announce) {
		if (available) {
			say(turn, 'transfer', queue);
			say(turn, 'joinQueue', queue);
		} else {
			say(turn, 'nobodyAvailable', queue);
		}
	}

	const name = queueName(turn, queue);
	note(turn, options.event ?? 'queued', `Entrou na fila ${name}: ${options.reason}.`, {
		queue,
		reason: options.reason,
	});
	if (closed) {
		note(turn, 'outsideHours', `Fora do horário de atendimento: aguarda na fila ${name} até a abertura.`, { queue });
	} else if (!available) {
		note(turn, 'nobodyAvailable', `Ninguém disponível na fila ${name}: a conversa continua aguardando.`, { queue });
	} else {
		turn.effects.push({ type: 'notifyQueue', queue });
	}
	return closed || available ? { type: 'queue', queue } : { type: 'nobodyAvailable', queue };
}

/** Says the away text once per closed period (D-27). */
export function sayAway(turn: Turn, queue: string | null): boolean {
	const { data, context } = turn;
	if (data.awayNoticeUntil !== null && context.now < data.awayNoticeUntil) return false;
	say(turn, 'away', queue);
	data.awayNoticeUntil = context.away?.nextOpeningAt ?? context.now + 12 * 3_600_000;
	return true;
}

/** Remembers that somebody must look at this conversation when the business opens (M-22). */
export function waitForOpening(turn: Turn): void {
	turn.data.pendingOpening = true;
	const opensAt = turn.context.away?.nextOpeningAt;
	if (opensAt != null && opensAt > turn.context.now) setTimer(turn, 'opening', opensAt);
}

/** The business is open again: the next closed period gets its own notice. */
export function forgetClosed(turn: Turn): void {
	turn.data.pendingOpening = false;
	turn.data.awayNoticeUntil = null;
	clearTimers(turn, 'opening');
}
