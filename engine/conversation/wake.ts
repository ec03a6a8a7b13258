import { closeConversation } from './desk';
import { forgetClosed, handOff, waitForOpening } from './hand-off';
import { isWindowOpen } from './service-window';
import { backToMenu, startService } from './triage';
import { done, isPaused, note, queueName, say, setTimer, type Turn } from './turn';
import type { ConversationEvent, Transition } from './types';

/**
 * What happens when a timer rings. A timer may ring late, twice, or after its reason has gone: then nothing is done and
 * the sentence says why.
 */

export type WakeTurn = Turn<Extract<ConversationEvent, { type: 'wake' }>>;

export function triageWake(turn: WakeTurn): Transition {
	if (!isDue(turn)) return stale(turn);
	if (isPaused(turn)) return done(turn, { type: 'withHuman' }, 'Bot em pausa: o aviso não foi enviado.');
	switch (turn.event.kind) {
		case 'menuReminder':
			return remind(turn);
		case 'menuTimeout':
			return giveUp(turn, { closing: true, announce: true });
		case 'opening':
			return openedInTriage(turn);
		case 'inactivity':
			return turn.data.selfService === null ? stale(turn) : inactive(turn);
	}
}

export function queuedWake(turn: WakeTurn): Transition {
	if (!isDue(turn) || turn.event.kind !== 'opening' || !turn.data.pendingOpening) return stale(turn);
	if (turn.context.open === false) return stillClosed(turn);
	const queue = turn.conversation.queue!;
	forgetClosed(turn);
	if (!isPaused(turn) && isWindowOpen(turn)) say(turn, 'opening', queue);
	note(turn, 'pendingAtOpening', `Atendimento aberto: conversa pendente na fila ${queueName(turn, queue)}.`, { queue });
	turn.effects.push({ type: 'notifyQueue', queue });
	return done(turn, { type: 'queue', queue }, `Horário aberto: conversa aguardando na fila ${queueName(turn, queue)}.`);
}

export function attendingWake(turn: WakeTurn): Transition {
	return isDue(turn) && turn.event.kind === 'inactivity' ? inactive(turn) : stale(turn);
}

export function stale(turn: Turn): Transition {
	return done(turn, { type: 'absorbed' }, 'O motivo deste aviso já passou: nada a fazer.');
}

/** The customer did not answer the menu in time (D-25). No closing text when a new message already follows. */
export function giveUp(turn: Turn, says: { closing: boolean; announce: boolean }): Transition {
	const { settings } = turn;
	if (settings.timeoutThen === 'fallback' && settings.fallbackQueue !== null) {
		note(turn, 'timeout', 'Sem resposta ao menu: encaminhada para uma pessoa.', { queue: settings.fallbackQueue });
		const output = handOff(turn, settings.fallbackQueue, {
			announce: says.announce,
			reason: 'sem resposta ao menu',
		});
		return done(turn, output, `Sem resposta ao menu: na fila ${queueName(turn, settings.fallbackQueue)}.`);
	}
	closeConversation(turn, says.closing ? 'timeoutClosing' : null);
	note(turn, 'timeout', 'Sem resposta ao menu: atendimento encerrado pelo bot.');
	return done(turn, { type: 'absorbed' }, 'Sem resposta ao menu: atendimento encerrado pelo bot.');
}

// ---------------------------------------------------------------- private

function remind(turn: WakeTurn): Transition {
	delete turn.data.timers.menuReminder;
	say(turn, 'timeoutReminder');
	note(turn, 'menuReminder', 'Sem resposta ao menu: lembrete enviado.');
	return done(turn, { type: 'waiting' }, 'Sem resposta ao menu: lembrete enviado.');
}

function openedInTriage(turn: WakeTurn): Transition {
	const { data, config, settings } = turn;
	if (!data.pendingOpening) return stale(turn);
	if (turn.context.open === false) return stillClosed(turn);
	forgetClosed(turn);
	const mayWrite = isWindowOpen(turn);
	const mute = mayWrite ? '' : ' e a janela para respostas livres já terminou';
	note(turn, 'pendingAtOpening', `Atendimento aberto: conversa recebida fora do horário${mute}.`, { mayWrite });
	if (config?.assistant && mayWrite && data.selfService === null) {
		return data.welcomed ? backToMenu(turn, config, 'o atendimento abriu', 'opening') : startService(turn, config);
	}
	if (settings.fallbackQueue !== null) {
		const reason = `mensagem recebida fora do horário${mute}`;
		const output = handOff(turn, settings.fallbackQueue, { announce: false, reason });
		return done(turn, output, `Horário aberto: na fila ${queueName(turn, settings.fallbackQueue)}.`);
	}
	return mayWrite
		? done(turn, { type: 'waiting' }, 'Horário aberto: conversa pendente de fora do horário.')
		: done(
				turn,
				{ type: 'noValidAnswer' },
				`Horário aberto${mute}: o fluxo decide, por exemplo com um modelo aprovado.`,
			);
}

function stillClosed(turn: WakeTurn): Transition {
	delete turn.data.timers.opening;
	waitForOpening(turn);
	return done(turn, { type: 'waiting' }, 'Continua fora do horário: a conversa segue pendente.');
}

/** Closes only if nobody wrote meanwhile; otherwise counts again from the last message. */
function inactive(turn: WakeTurn): Transition {
	const { conversation, settings, context } = turn;
	delete turn.data.timers.inactivity;
	if (settings.inactivityHours === null) return stale(turn);
	const last = Math.max(conversation.lastInboundAt ?? 0, conversation.updatedAt, conversation.openedAt);
	const dueAt = Math.max(
		last + settings.inactivityHours * 3_600_000,
		isPaused(turn) ? conversation.botPausedUntil! : 0,
	);
	if (dueAt > context.now) {
		setTimer(turn, 'inactivity', dueAt);
		return done(turn, { type: 'withHuman' }, 'Houve mensagens: o prazo de inatividade recomeça.');
	}
	closeConversation(turn, 'closingByBot');
	note(turn, 'resolved', `Sem mensagens há ${settings.inactivityHours} h: encerrado por inatividade.`, { by: 'bot' });
	return done(turn, { type: 'absorbed' }, 'Encerrada por inatividade.');
}

function isDue(turn: WakeTurn): boolean {
	const dueAt = turn.data.timers[turn.event.kind];
	return dueAt !== undefined && dueAt <= turn.context.now;
}
