import { DateTime } from 'luxon';
import { handOff } from './hand-off';
import { clearTimers, done, isPaused, note, queueName, refused, say, setTimer, wordsFor, type Turn } from './turn';
import { FOREVER, type ConversationEvent, type Transition } from './types';

/** What people and workflows do with a conversation: transfer, assign, resolve, reopen, and silence the bot. */

type On<T extends ConversationEvent['type']> = Turn<Extract<ConversationEvent, { type: T }>>;

export function transfer(turn: On<'transfer'>): Transition {
	const { event, conversation, data } = turn;
	const name = queueName(turn, event.queue);
	if (event.agent) {
		const sameAgent = conversation.agent === event.agent && conversation.queue === event.queue;
		if (sameAgent) return done(turn, { type: 'withHuman' }, `Já está com ${data.agentName ?? event.agent}.`);
		if (event.announce ?? conversation.state === 'triage') say(turn, 'transfer', event.queue);
		attendBy(turn, event.agent, event.agentName, event.queue);
		note(turn, 'transferred', `Transferida para ${data.agentName} (fila ${name}).`, {
			queue: event.queue,
			agent: event.agent,
		});
		return done(turn, { type: 'withHuman' }, `Transferida para ${data.agentName}, fila ${name}.`);
	}
	if (conversation.state === 'queued' && conversation.queue === event.queue) {
		return done(turn, { type: 'queue', queue: event.queue }, `Já está na fila ${name}.`);
	}
	const fromBot = conversation.state === 'triage';
	const output = handOff(turn, event.queue, {
		announce: event.announce ?? fromBot,
		reason: fromBot ? 'encaminhada pelo fluxo' : 'transferida',
		event: fromBot ? 'queued' : 'transferred',
	});
	return done(turn, output, `Transferida para a fila ${name}.`);
}

/** A human takes the conversation: the bot stops and its unsent messages are withdrawn (B-66, B-72, X-06). */
export function assign(turn: On<'assign'>): Transition {
	const { event, conversation, data, settings } = turn;
	if (conversation.state === 'attending' && conversation.agent === event.agent) {
		return done(turn, { type: 'withHuman' }, `Já está em atendimento com ${data.agentName ?? event.agent}.`);
	}
	attendBy(turn, event.agent, event.agentName, event.queue ?? data.selfService ?? conversation.queue);
	const { queue } = conversation;
	const where = queue === null ? '' : ` (fila ${queueName(turn, queue)})`;
	note(turn, 'assigned', `Em atendimento com ${data.agentName}${where}.`, { agent: event.agent, queue });
	if (!event.silent) {
		if (settings.startMode === 'send') say(turn, 'start', queue, 'agent');
		else {
			const text = wordsFor(turn, 'start', queue);
			if (text !== '') turn.effects.push({ type: 'draft', text });
		}
	}
	return done(turn, { type: 'withHuman' }, `${data.agentName} assumiu o atendimento.`);
}

export function resolve(turn: On<'resolve'>): Transition {
	const { event } = turn;
	closeConversation(turn, event.silent ? null : event.by === 'bot' ? 'closingByBot' : 'closingByAgent');
	const who =
		event.by === 'bot' ? 'pelo bot' : `por ${turn.data.agentName ?? turn.conversation.agent ?? 'um atendente'}`;
	note(turn, 'resolved', `Atendimento encerrado ${who}.`, { by: event.by, queue: turn.conversation.queue });
	return done(turn, { type: 'absorbed' }, `Atendimento encerrado ${who}.`);
}

export function reopen(turn: On<'reopen'>): Transition {
	const { event, data } = turn;
	if (event.agent) {
		reopenConversation(turn);
		attendBy(turn, event.agent, event.agentName, turn.conversation.queue);
	} else reopenConversation(turn);
	note(turn, 'reopened', 'Atendimento reaberto.', { queue: turn.conversation.queue, agent: turn.conversation.agent });
	const with_ = data.agentName ? ` com ${data.agentName}` : '';
	return done(turn, { type: 'withHuman' }, `Atendimento reaberto${with_}.`);
}

export function pauseBot(turn: On<'pauseBot'>): Transition {
	const until = Math.min(turn.event.until ?? FOREVER, FOREVER);
	if (until <= turn.context.now) {
		return refused('pauseInThePast', 'The pause would end before it begins.', 'Give an instant in the future.');
	}
	silence(turn, until);
	turn.data.humanSince = null;
	note(turn, 'botPaused', `Bot em pausa ${untilText(turn, until)}.`, { until });
	return done(turn, { type: 'withHuman' }, `Bot em pausa ${untilText(turn, until)}.`);
}

export function resumeBot(turn: On<'resumeBot'>): Transition {
	if (turn.conversation.botPausedUntil === null) return done(turn, outputNow(turn), 'O bot não estava em pausa.');
	wake(turn, 'retomado por uma pessoa');
	return done(turn, outputNow(turn), 'O bot voltou a responder.');
}

/**
 * A human wrote from the phone: the bot is silent for a while counted from that message, never longer than the cap counted
 * from the first one, and the timeline says so once per pause (D-07, D-08, D-09).
 */
export function humanTyped(turn: On<'humanTyped'>): Transition {
	const { event, data, conversation } = turn;
	if (data.settings === null && event.settings) turn.settings = data.settings = event.settings;
	const { settings } = turn;
	const capMs = settings.botPauseCapMinutes * 60_000;
	// Once a pause has ended, by itself or by its cap, the next message begins another.
	const goesOn =
		data.humanSince !== null && event.at < Math.min(conversation.botPausedUntil ?? 0, data.humanSince + capMs);
	const first = goesOn ? data.humanSince! : event.at;
	const until = Math.min(event.at + settings.botPauseMinutes * 60_000, first + capMs);
	const news = data.humanSince !== first;
	if (until <= turn.context.now)
		return done(turn, outputNow(turn), 'Mensagem antiga do celular da empresa: sem efeito.');
	silence(turn, Math.max(until, conversation.botPausedUntil ?? 0));
	data.humanSince = first;
	// A closed conversation takes in the answer to what people write after it, for as long as the bot is to be silent.
	if (conversation.state === 'resolved') conversation.graceUntil = Math.max(conversation.graceUntil ?? 0, until);
	if (news) {
		note(turn, 'humanTookOver', `Uma pessoa respondeu pelo celular: bot em pausa ${untilText(turn, until)}.`, {
			until,
		});
	}
	return done(
		turn,
		{ type: 'withHuman' },
		`Uma pessoa respondeu pelo celular: bot em pausa ${untilText(turn, until)}.`,
	);
}

/** See ConversationEvent. */
export function botCalledBack(turn: On<'botCalledBack'>): Transition {
	const { event, data, settings, conversation } = turn;
	const { began } = event;
	const alone = data.humanSince === began && conversation.botPausedUntil === began! + settings.botPauseMinutes * 60_000;
	if (!isPaused(turn) || (began !== undefined && !alone)) {
		return done(turn, outputNow(turn), 'O bot não estava em pausa por isso: nada a fazer.');
	}
	wake(turn, event.why);
	return done(turn, outputNow(turn), 'O bot voltou a responder.');
}

/** The end of a pause, written down (D-08). */
export function wake(turn: Turn, why: string): void {
	turn.conversation.botPausedUntil = null;
	turn.data.humanSince = null;
	// The customer talked with a person meanwhile: what comes next is no answer to the old menu.
	turn.data.menu = null;
	note(turn, 'botResumed', `O bot voltou a responder: ${why}.`);
}

/** Ends the service and remembers until when a thank-you still belongs to it (B-63, C-07, D-23). */
export function closeConversation(turn: Turn, text: 'closingByAgent' | 'closingByBot' | 'timeoutClosing' | null): void {
	const { conversation, context, settings } = turn;
	if (text !== null)
		say(turn, text, conversation.queue ?? turn.data.selfService, text === 'closingByAgent' ? 'agent' : 'bot');
	conversation.state = 'resolved';
	conversation.resolvedAt = context.now;
	conversation.graceUntil = context.now + settings.graceMinutes * 60_000;
	// Closing ends the pause too: what comes later is a new service.
	conversation.botPausedUntil = null;
	turn.data.humanSince = null;
	turn.data.pendingOpening = false;
	clearTimers(turn, 'menuReminder', 'menuTimeout', 'inactivity', 'opening');
}

/** Same queue, same agent (D-23, X-11). */
export function reopenConversation(turn: Turn): void {
	const { conversation } = turn;
	conversation.state = conversation.agent !== null ? 'attending' : conversation.queue !== null ? 'queued' : 'triage';
	conversation.resolvedAt = null;
	conversation.graceUntil = null;
	if (conversation.state === 'attending') armInactivity(turn);
	if (conversation.state === 'queued') turn.effects.push({ type: 'notifyQueue', queue: conversation.queue! });
}

/** Closing for silence is opt-in and counted in hours (B-65, M-05). */
export function armInactivity(turn: Turn): void {
	const hours = turn.settings.inactivityHours;
	if (hours === null || turn.data.timers.inactivity !== undefined) return;
	setTimer(turn, 'inactivity', turn.context.now + hours * 3_600_000);
}

// ---------------------------------------------------------------- private

function attendBy(turn: Turn, agent: string, agentName: string | null | undefined, queue: string | null): void {
	const { conversation, data } = turn;
	conversation.state = 'attending';
	conversation.agent = agent;
	conversation.queue = queue;
	data.agentName = agentName ?? agent;
	data.selfService = null;
	data.pendingOpening = false;
	turn.effects.push({ type: 'cancelBotMessages' });
	clearTimers(turn, 'menuReminder', 'menuTimeout', 'opening');
	armInactivity(turn);
}

function silence(turn: Turn, until: number): void {
	turn.conversation.botPausedUntil = until;
	turn.effects.push({ type: 'cancelBotMessages' });
	clearTimers(turn, 'menuReminder', 'menuTimeout');
}

function outputNow(turn: Turn): { type: 'waiting' } | { type: 'withHuman' } {
	return turn.conversation.state === 'triage' && !isPaused(turn) ? { type: 'waiting' } : { type: 'withHuman' };
}

function untilText(turn: Turn, until: number): string {
	if (until >= FOREVER) return 'até alguém retomar';
	return `até ${DateTime.fromMillis(until, { zone: turn.context.zone }).toFormat('dd/MM HH:mm')}`;
}
