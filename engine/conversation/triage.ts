import { readAnswer, wordKey } from './answer';
import type { CompiledTriage } from './config';
import type { TriageRow } from './config-schema';
import { armInactivity } from './desk';
import { forgetClosed, handOff, sayAway, waitForOpening } from './hand-off';
import { offeredRows, sendMenu } from './menu';
import type { TextKey } from './texts';
import { clearTimers, done, note, queueName, say, type Turn } from './turn';
import type { ConversationEvent, Transition } from './types';

/** The bot's side of a conversation: welcome, menu, reading the answer, and what happens when there is none. */

export type MessageTurn = Turn<Extract<ConversationEvent, { type: 'message' }>>;

export function triageMessage(turn: MessageTurn, config: CompiledTriage): Transition {
	const { event, data, context } = turn;
	if (data.selfService !== null) return selfServiceMessage(turn, config, data.selfService);
	if (!config.assistant) return withoutAssistant(turn);

	const answer = data.menu && data.welcomed ? readAnswer(event, data.menu, config.names) : null;
	const word = reservedWord(turn, config);
	if (answer?.type === 'chosen' && (answer.exact || word === null)) {
		if (context.open === true) forgetClosed(turn);
		return choose(
			turn,
			config,
			answer.queue,
			answer.number === null ? answer.title : `${answer.number} - ${answer.title}`,
		);
	}
	const wantsHuman = word === 'human' && (data.welcomed || turn.settings.fallbackQueue !== null);
	if (wantsHuman) return askedForHuman(turn);
	if (context.open === false && config.outsideHours === 'away') return outsideHours(turn);
	if (context.open === true && data.pendingOpening) forgetClosed(turn);
	if (!data.welcomed) return startService(turn, config);
	if (word === 'menu' || data.menu === null)
		return backToMenu(turn, config, word === 'menu' ? 'pediu o menu' : 'o menu volta');
	return invalid(turn, config, answer?.type === 'ambiguous' ? answer.titles : []);
}

/** Welcome and menu, in that order and once per service (B-52, B-58, D-22). */
export function startService(turn: Turn, config: CompiledTriage): Transition {
	const { data, context } = turn;
	const rows = offeredRows(config, context.blockedQueues);
	if (rows.length === 1 && config.singleQueueSkipsMenu) {
		sayWelcome(turn);
		return enter(turn, rows[0]!, 'única fila disponível, sem menu');
	}
	data.welcomed = true;
	if (sendMenu(turn, config, 'welcome')) {
		return done(turn, { type: 'waiting' }, 'Primeira mensagem do atendimento: boas-vindas e menu enviados.');
	}
	say(turn, 'welcome');
	return nothingToOffer(turn);
}

/** What a message left too late means: never a reply, never lost (D3). */
export function lateMessage(turn: MessageTurn): Transition {
	const { data, config, event, settings } = turn;
	const answer = config && data.welcomed && data.menu ? readAnswer(event, data.menu, config.names) : null;
	const row = answer?.type === 'chosen' && answer.exact ? config!.byName.get(answer.queue) : undefined;
	const open = row?.active && row.action === 'queue' && !turn.context.blockedQueues.has(row.name);
	const queue = open ? row.name : settings.fallbackQueue;
	const where = queue === null ? 'ninguém foi avisado por fila' : `encaminhada para a fila ${queueName(turn, queue)}`;
	note(turn, 'lateMessage', `Mensagem recebida com atraso: o bot não respondeu; ${where}.`, { queue });
	if (queue !== null) handOff(turn, queue, { announce: false, reason: 'mensagem recebida com atraso' });
	return done(turn, { type: 'waiting' }, `Mensagem recebida com atraso: o bot não responde; ${where}.`);
}

/** Sends the menu again without a remark; also from the queue (D-25). */
export function backToMenu(
	turn: Turn,
	config: CompiledTriage,
	why: string,
	leadIn: TextKey = 'backToMenu',
): Transition {
	const { data } = turn;
	data.attempts = 0;
	data.exhausted = false;
	data.selfService = null;
	note(turn, 'backToMenu', `De volta ao menu: ${why}.`);
	if (!sendMenu(turn, config, leadIn)) return nothingToOffer(turn);
	return done(turn, { type: 'waiting' }, `Menu enviado de novo: ${why}.`);
}

export function reservedWord(turn: MessageTurn, config: CompiledTriage): 'menu' | 'human' | null {
	const { event } = turn;
	if (event.contentType !== 'text' && event.contentType !== 'menuReply') return null;
	const key = wordKey(event.text);
	if (config.reserved.menu.has(key)) return 'menu';
	return config.reserved.human.has(key) ? 'human' : null;
}

// ---------------------------------------------------------------- private

function choose(turn: Turn, config: CompiledTriage, queue: string, shown: string): Transition {
	const row = config.byName.get(queue);
	if (row?.active && !turn.context.blockedQueues.has(queue)) return enter(turn, row, `escolheu “${shown}” no menu`);
	const title = row?.displayName ?? shown.replace(/^\d+ - /, '');
	note(turn, 'queueUnavailable', `Escolheu “${shown}”, que não está disponível agora: menu atualizado enviado.`, {
		queue,
	});
	if (!sendMenu(turn, config, 'queueUnavailable', title)) return nothingToOffer(turn);
	return done(
		turn,
		{ type: 'waiting' },
		`Escolheu “${shown}”, que está indisponível: aviso e menu atualizado enviados.`,
	);
}

function enter(turn: Turn, row: TriageRow, reason: string): Transition {
	if (row.action === 'queue') {
		const output = handOff(turn, row.name, { announce: true, reason });
		return done(turn, output, `Cliente na fila ${row.displayName}: ${reason}.`);
	}
	turn.data.selfService = row.name;
	turn.data.attempts = 0;
	turn.data.exhausted = false;
	clearTimers(turn, 'menuReminder', 'menuTimeout');
	armInactivity(turn);
	say(turn, 'selfService', row.name);
	note(turn, 'selfService', `Autoatendimento ${row.displayName}: ${reason}.`, { queue: row.name });
	return done(turn, { type: 'selfService', queue: row.name }, `Autoatendimento ${row.displayName}: ${reason}.`);
}

function selfServiceMessage(turn: MessageTurn, config: CompiledTriage, queue: string): Transition {
	const word = reservedWord(turn, config);
	if (word === 'menu') return backToMenu(turn, config, 'saiu do autoatendimento');
	if (word === 'human') return askedForHuman(turn);
	armInactivity(turn);
	const output = { type: 'selfService', queue } as const;
	return done(turn, output, `Segue no autoatendimento ${queueName(turn, queue)}.`);
}

/** Virtual assistant off: welcome, transfer text, straight to people (C-19, C-20). */
function withoutAssistant(turn: Turn): Transition {
	sayWelcome(turn);
	const reason = 'assistente virtual desligado, contato não identificado';
	const output = handOff(turn, turn.settings.fallbackQueue!, { announce: true, reason });
	return done(turn, output, 'Assistente virtual desligado: direto para a fila, sem identificar o contato.');
}

function askedForHuman(turn: Turn): Transition {
	sayWelcome(turn);
	const queue = turn.settings.fallbackQueue;
	if (queue !== null) {
		const output = handOff(turn, queue, { announce: true, reason: 'pediu um atendente' });
		return done(turn, output, `Pediu um atendente: na fila ${queueName(turn, queue)}.`);
	}
	turn.data.selfService = null;
	turn.data.exhausted = true;
	clearTimers(turn, 'menuReminder');
	return done(turn, { type: 'noValidAnswer' }, 'Pediu um atendente e não há fila padrão: o fluxo decide.');
}

function sayWelcome(turn: Turn): void {
	if (turn.data.welcomed) return;
	turn.data.welcomed = true;
	say(turn, 'welcome');
}

function outsideHours(turn: Turn): Transition {
	clearTimers(turn, 'menuReminder', 'menuTimeout');
	waitForOpening(turn);
	if (!sayAway(turn, null)) {
		return done(turn, { type: 'waiting' }, 'Fora do horário de atendimento: o cliente já foi avisado neste período.');
	}
	note(turn, 'outsideHours', 'Fora do horário de atendimento: aviso enviado, conversa pendente até a abertura.');
	return done(turn, { type: 'waiting' }, 'Fora do horário de atendimento: aviso enviado.');
}

function invalid(turn: MessageTurn, config: CompiledTriage, candidates: string[]): Transition {
	const { data } = turn;
	if (writtenBeforeReading(turn, config)) {
		return done(turn, { type: 'waiting' }, 'Escrita antes de o menu ser lido: faz parte da saudação, não é resposta.');
	}
	if (data.exhausted) return done(turn, { type: 'noValidAnswer' }, 'Continua sem resposta válida: o fluxo decide.');
	data.attempts++;
	const why = candidates.length > 0 ? `serve para ${candidates.join(' e ')}` : 'não está no menu';
	const count = `tentativa ${data.attempts} de ${config.maxAttempts}`;
	if (data.attempts >= config.maxAttempts) return outOfAttempts(turn);
	note(turn, 'invalidAnswer', `Resposta inválida (${why}), ${count}.`, { attempts: data.attempts });
	if (!sendMenu(turn, config, 'invalidOption')) return nothingToOffer(turn);
	return done(turn, { type: 'waiting' }, `Resposta inválida (${why}), ${count}: menu repetido.`);
}

const LOOKS_LIKE_NUMBER = /^\s*\d/;

/** "Oi", "tudo bem?" within seconds are one thought: what nobody could have written as an answer is none (D-14). */
function writtenBeforeReading({ event, data, context }: MessageTurn, { burstSeconds }: CompiledTriage): boolean {
	if (burstSeconds === 0 || event.contentType === 'menuReply' || LOOKS_LIKE_NUMBER.test(event.text)) return false;
	const writtenAt = event.sentAt ?? event.receivedAt ?? context.now;
	return writtenAt <= data.menu!.sentAt + burstSeconds * 1000;
}

function outOfAttempts(turn: Turn): Transition {
	const { data, settings } = turn;
	const attempts = data.attempts;
	note(turn, 'attemptsExceeded', `Sem resposta válida em ${attempts} tentativas.`, { attempts });
	say(turn, 'attemptsExceeded');
	if (settings.fallbackQueue !== null) {
		const reason = `sem resposta válida em ${attempts} tentativas`;
		const output = handOff(turn, settings.fallbackQueue, { announce: true, reason });
		return done(turn, output, `Limite de tentativas: na fila ${queueName(turn, settings.fallbackQueue)}.`);
	}
	data.exhausted = true;
	clearTimers(turn, 'menuReminder');
	return done(turn, { type: 'noValidAnswer' }, `Limite de ${attempts} tentativas: o fluxo decide.`);
}

/** Every queue has its padlock closed: people, if any queue is named for that; else say so once. */
function nothingToOffer(turn: Turn): Transition {
	const { data, settings } = turn;
	if (settings.fallbackQueue !== null) {
		const output = handOff(turn, settings.fallbackQueue, { announce: true, reason: 'nenhuma fila disponível no menu' });
		return done(turn, output, `Nenhuma fila disponível: na fila ${queueName(turn, settings.fallbackQueue)}.`);
	}
	data.menu = null;
	clearTimers(turn, 'menuReminder', 'menuTimeout');
	if (!data.nobodyNoticed) {
		data.nobodyNoticed = true;
		say(turn, 'nobodyAvailable');
		note(turn, 'nobodyAvailable', 'Nenhuma fila disponível para oferecer.');
	}
	return done(turn, { type: 'nobodyAvailable', queue: null }, 'Nenhuma fila disponível para oferecer.');
}
