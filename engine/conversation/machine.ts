import {
	armInactivity,
	assign,
	botCalledBack,
	humanTyped,
	pauseBot,
	reopen,
	reopenConversation,
	resolve,
	resumeBot,
	transfer,
	wake,
} from './desk';
import { hold, holdAfterClosing } from './hold';
import { watchLoop } from './loop-guard';
import { isThanks } from './thanks';
import { backToMenu, lateMessage, reservedWord, triageMessage, type MessageTurn } from './triage';
import { speechIn } from './speech';
import { clearTimers, done, isPaused, newService, note, openTurn, queueName, refused, type Turn } from './turn';
import type { ConversationEvent, EventType, Transition, TransitionInput } from './types';
import { attendingWake, giveUp, queuedWake, stale, triageWake } from './wake';
import type { ConversationState } from '../model';

/**
 * The conversation machine (D5): which state does an event lead to, what is sent, and why. A function of values: no store,
 * no clock, no channel. The caller stores what it returns in one transaction.
 */

export { initialTriageData } from './types';

type Handlers = { [T in EventType]?: (turn: Turn<Extract<ConversationEvent, { type: T }>>) => Transition };

/** A pair that is missing here is an operation the state forbids. */
export const TABLE: Record<ConversationState, Handlers> = {
	triage: { message: inTriage, wake: triageWake, hold, transfer, assign, resolve, ...silence() },
	queued: { message: inQueue, wake: queuedWake, hold, transfer, assign, resolve, ...silence() },
	attending: { message: withHuman, wake: attendingWake, hold, transfer, assign, resolve, ...silence() },
	resolved: { message: afterClosing, wake: stale, hold: holdAfterClosing, reopen, humanTyped, botCalledBack },
};

/** What silences the bot and what gives it its voice back: the same while a conversation is open. */
function silence(): Handlers {
	return { pauseBot, resumeBot, humanTyped, botCalledBack };
}

/** Never throws; never changes its input. */
export function transition(input: TransitionInput): Transition {
	const { state } = input.conversation;
	const handler = TABLE[state][input.event.type] as ((turn: Turn) => Transition) | undefined;
	if (!handler) return forbidden(state, input.event.type);
	const turn = openTurn(input);
	if (turn.event.type !== 'message') return handler(turn);

	const said = speechIn(turn as MessageTurn);
	if (said === null) return notSpeech(turn);
	turn.event = said;
	turn.conversation.lastInboundAt = turn.event.receivedAt ?? turn.context.now;
	if (turn.event.consent) return wordOfConsent(turn as MessageTurn, handler);
	if (turn.conversation.botPausedUntil !== null && !isPaused(turn)) wake(turn, 'a pausa terminou');
	return handler(turn);
}

// ---------------------------------------------------------------- messages, by state

function inTriage(turn: MessageTurn): Transition {
	if (isPaused(turn)) return done(turn, { type: 'withHuman' }, 'Bot em pausa: a mensagem é para uma pessoa.');
	const expiresAt = turn.data.timers.menuTimeout;
	if (expiresAt !== undefined && expiresAt <= turn.context.now) {
		const given = giveUp(turn, { closing: false, announce: !turn.event.late });
		if (turn.conversation.state !== 'resolved') return given;
		return newService(turn, 'A resposta veio depois do prazo do menu: começa um novo atendimento.');
	}
	if (turn.event.late) return lateMessage(turn);
	const { config } = turn;
	if (!config) return done(turn, { type: 'waiting' }, 'Nenhum roteador de filas à mão: a mensagem aguarda.');
	return blockedByLoop(turn) ?? triageMessage(turn, config);
}

/** The bot is silent while the customer waits for people, but the menu can be asked for again. */
function inQueue(turn: MessageTurn): Transition {
	const { config, conversation, event } = turn;
	if (config?.menuWhileQueued && !event.late && !isPaused(turn) && reservedWord(turn, config) === 'menu') {
		const blocked = blockedByLoop(turn);
		if (blocked) return blocked;
		conversation.state = 'triage';
		conversation.queue = null;
		turn.data.welcomed = true;
		turn.data.pendingOpening = false;
		clearTimers(turn, 'opening');
		return backToMenu(turn, config, 'pediu o menu enquanto aguardava na fila');
	}
	return done(turn, { type: 'withHuman' }, `Aguarda atendimento na fila ${queueName(turn, conversation.queue ?? '')}.`);
}

/** After a human accepts, the automatic part stops (B-72). */
function withHuman(turn: MessageTurn): Transition {
	armInactivity(turn);
	const agent = turn.data.agentName ?? turn.conversation.agent ?? 'uma pessoa';
	return done(turn, { type: 'withHuman' }, `Em atendimento com ${agent}: o bot não responde.`);
}

/** Thanks are absorbed, anything else within the grace window returns to the same people (D-23, X-11). */
function afterClosing(turn: MessageTurn): Transition {
	const { conversation, context, config, event } = turn;
	const inGrace = conversation.graceUntil !== null && context.now < conversation.graceUntil;
	const human = isPaused(turn);
	if (!inGrace && !human) return newService(turn, 'Mensagem depois do encerramento: começa um novo atendimento.');
	if (isThanks(event.text, event.contentType)) {
		note(turn, 'absorbed', 'Agradecimento depois do encerramento: nada foi respondido.');
		return done(turn, { type: 'absorbed' }, 'Agradecimento depois do encerramento: nada foi respondido.');
	}
	const wantsMenu = config !== null && reservedWord(turn, config) === 'menu';
	const nobody = conversation.queue === null && conversation.agent === null;
	if (!human && (wantsMenu || nobody)) {
		return newService(turn, 'Mensagem depois do encerramento: começa um novo atendimento.');
	}
	reopenConversation(turn);
	const who =
		turn.data.agentName ??
		(conversation.queue === null ? 'uma pessoa' : `a fila ${queueName(turn, conversation.queue)}`);
	note(turn, 'reopened', `Voltou a escrever logo depois do encerramento: reaberta com ${who}.`, {
		queue: conversation.queue,
		agent: conversation.agent,
	});
	return done(turn, { type: 'withHuman' }, `Voltou a escrever logo depois do encerramento: reaberta com ${who}.`);
}

// ---------------------------------------------------------------- before any answer

/** Reactions, votes, changes of earlier words and system notices are neither answers nor questions. */
function notSpeech(turn: Turn): Transition {
	const human = turn.conversation.state === 'queued' || turn.conversation.state === 'attending';
	const why = 'Reação, voto, edição ou aviso do sistema: não conta como resposta.';
	return done(turn, { type: human ? 'withHuman' : 'absorbed' }, why);
}

/**
 * Opting out or in is neither an answer to the menu nor the first words of a service: it was written down and confirmed when
 * it arrived (D-35). Menu, attempts, timers and a closed conversation stay as they are; a human sees it like any message.
 */
function wordOfConsent(turn: MessageTurn, handler: (turn: Turn) => Transition): Transition {
	const { state } = turn.conversation;
	if (state === 'attending') return handler(turn);
	const why = `${CONSENT_SAID[turn.event.consent!]}: registrado e confirmado na chegada; o menu não responde.`;
	return done(turn, { type: isPaused(turn) || state === 'queued' ? 'withHuman' : 'waiting' }, why);
}

const CONSENT_SAID = {
	optedOut: 'Pediu para não receber mensagens',
	marketingStopped: 'Pediu para não receber promoções',
	optedIn: 'Aceitou receber mensagens',
};

function blockedByLoop(turn: MessageTurn): Transition | null {
	const { event, context, data, config } = turn;
	const limits = config!.loopGuard;
	const text = event.contentType === 'text' || event.contentType === 'menuReply' ? event.text : '';
	const at = event.receivedAt ?? context.now;
	const { memory, blocked } = watchLoop(data.loop, limits, text, at, context.botMessagesRecently ?? 0);
	data.loop = memory;
	if (blocked === null) return null;
	turn.conversation.botPausedUntil = context.now + limits.pauseMinutes * 60_000;
	data.loop = { ...memory, same: 0, fast: 0, lastHash: 0 };
	clearTimers(turn, 'menuReminder', 'menuTimeout');
	turn.effects.push({ type: 'cancelBotMessages' });
	note(turn, 'loopBlocked', `Bloqueado por laço: ${blocked}. Bot em pausa por ${limits.pauseMinutes} min.`, {
		reason: blocked,
	});
	return done(turn, { type: 'withHuman' }, `Bloqueado por laço: ${blocked}.`);
}

function forbidden(state: ConversationState, event: EventType): Transition {
	return state === 'resolved'
		? refused(
				event === 'resolve' ? 'alreadyResolved' : 'conversationResolved',
				event === 'resolve'
					? 'The conversation is already resolved.'
					: `A resolved conversation cannot take "${event}".`,
				event === 'resolve' ? 'Nothing to do.' : 'Reopen it first.',
			)
		: refused('notResolved', `Only a resolved conversation can be reopened; this one is "${state}".`, 'Nothing to do.');
}
