import { DateTime } from 'luxon';
import type { Instant } from '../model';
import { reopenConversation } from './desk';
import { handOff, waitForOpening } from './hand-off';
import { saysNothing } from './speech';
import { isThanks } from './thanks';
import { done, isPaused, note, refused, sayText, type Turn } from './turn';
import type { ConversationEvent, Transition } from './types';

/** Leaves a conversation pending until the business opens, so that somebody looks at it then (M-22). */

type HoldTurn = Turn<Extract<ConversationEvent, { type: 'hold' }>>;

export function hold(turn: HoldTurn): Transition {
	const { event, conversation, data, context } = turn;
	if (event.message && asksForNobody(event.message) && conversation.state !== 'attending') return notToHold(turn);
	// Whoever holds says that it is closed. An opening that has just passed rings at once.
	const opensAt = Math.max(event.until, context.now + 1);
	turn.context = { ...context, open: false, away: { ...context.away, nextOpeningAt: opensAt } };
	const isNews = data.heldUntil !== event.until;
	data.heldUntil = event.until;
	const until = `Recebida fora do horário: pendente até ${momentText(event.until, context.zone)}.`;

	if (conversation.state === 'attending') {
		const text = `Recebida fora do horário: continua com ${data.agentName ?? conversation.agent ?? 'uma pessoa'}.`;
		if (isNews) note(turn, 'heldForOpening', text, { until: event.until });
		return done(turn, { type: 'withHuman' }, text);
	}
	sayNotice(turn);
	if (event.queue && conversation.queue !== event.queue) {
		handOff(turn, event.queue, { announce: false, reason: 'recebida fora do horário' });
	}
	waitForOpening(turn);
	if (isNews) note(turn, 'heldForOpening', until, { until: event.until, queue: conversation.queue });
	return done(turn, { type: conversation.state === 'queued' ? 'withHuman' : 'waiting' }, until);
}

/** Within the grace window a message still names the closed conversation: the same rules as for any message (D-23). */
export function holdAfterClosing(turn: HoldTurn): Transition {
	const { message } = turn.event;
	if (!message) {
		return refused('conversationResolved', 'A resolved conversation cannot be held.', 'Reopen it first.');
	}
	if (asksForNobody(message)) return notToHold(turn);
	if (isThanks(message.text, message.contentType)) {
		const text = 'Agradecimento depois do encerramento: nada foi respondido.';
		note(turn, 'absorbed', text);
		return done(turn, { type: 'absorbed' }, text);
	}
	reopenConversation(turn);
	note(turn, 'reopened', 'Voltou a escrever logo depois do encerramento: reaberta.', {
		queue: turn.conversation.queue,
		agent: turn.conversation.agent,
	});
	return hold(turn);
}

/** Opting out or in was confirmed when it arrived (D-35); a reaction, a vote or an edit says nothing new. */
function asksForNobody(message: NonNullable<HoldTurn['event']['message']>): boolean {
	return Boolean(message.consent) || saysNothing(message);
}

function notToHold(turn: HoldTurn): Transition {
	const text = turn.event.message?.consent
		? 'Descadastro ou consentimento já confirmado: não há o que aguardar.'
		: 'Reação, voto, edição ou aviso do sistema: não há o que aguardar.';
	return done(turn, { type: turn.conversation.state === 'queued' ? 'withHuman' : 'waiting' }, text);
}

/** Once per closed period, whoever said it: this operation or a Queue Router (D-27). */
function sayNotice(turn: HoldTurn): void {
	const { event, data, context, conversation } = turn;
	if (!event.notice || isPaused(turn)) return;
	const period = event.notice.period || null;
	const told =
		period !== null && data.noticePeriod !== null
			? data.noticePeriod === period
			: data.awayNoticeUntil !== null && context.now < data.awayNoticeUntil;
	if (told || !sayText(turn, 'away', event.notice.text, conversation.queue)) return;
	data.awayNoticeUntil = event.until;
	data.noticePeriod = period;
}

function momentText(at: Instant, zone: string): string {
	return DateTime.fromMillis(at, { zone }).toFormat('dd/MM HH:mm');
}
