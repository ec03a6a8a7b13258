import type { Instant } from '../model';
import type { LoopMemory } from './types';

/**
 * Is the bot talking to another bot (D-16)? Three signs: too many automatic messages to one contact in a period, the same
 * text again and again, or answers quicker than a person can type.
 */

export interface LoopLimits {
	/** 0 switches a check off. */
	maxBotMessages: number;
	perMinutes: number;
	maxSameText: number;
	maxFastReplies: number;
}

export interface LoopVerdict {
	memory: LoopMemory;
	/** pt-BR reason to stop, or null. */
	blocked: string | null;
}

const QUICKER_THAN_A_PERSON_MS = 1000;

/** @param text '' for media: an album of photos is not a loop */
export function watchLoop(
	memory: LoopMemory,
	limits: LoopLimits,
	text: string,
	receivedAt: Instant,
	botMessagesRecently: number,
): LoopVerdict {
	const hash = hashOf(text);
	const periodMs = limits.perMinutes * 60_000;
	const repeats = hash !== 0 && hash === memory.lastHash && receivedAt - memory.sameSince < periodMs;
	const sinceBot = receivedAt - memory.lastBotAt;
	const quick = memory.lastBotAt > 0 && sinceBot >= 0 && sinceBot < QUICKER_THAN_A_PERSON_MS;
	const next: LoopMemory = {
		lastHash: hash,
		same: hash === 0 ? 0 : repeats ? memory.same + 1 : 1,
		sameSince: repeats ? memory.sameSince : receivedAt,
		fast: quick ? memory.fast + 1 : 0,
		lastBotAt: memory.lastBotAt,
	};
	return { memory: next, blocked: reasonToStop(next, limits, botMessagesRecently) };
}

function reasonToStop(memory: LoopMemory, limits: LoopLimits, botMessages: number): string | null {
	if (limits.maxBotMessages > 0 && botMessages >= limits.maxBotMessages) {
		return `${botMessages} mensagens automáticas para este contato em ${limits.perMinutes} min`;
	}
	if (limits.maxSameText > 0 && memory.same >= limits.maxSameText) {
		return `o mesmo texto recebido ${memory.same} vezes seguidas`;
	}
	if (limits.maxFastReplies > 0 && memory.fast >= limits.maxFastReplies) {
		return `${memory.fast} respostas seguidas em menos de um segundo`;
	}
	return null;
}

/** FNV-1a of the first letters; 0 only for ''. */
function hashOf(text: string): number {
	const plain = text.trim().toLowerCase();
	if (plain === '') return 0;
	let hash = 0x811c9dc5;
	for (let i = 0; i < plain.length && i < 500; i++) hash = Math.imul(hash ^ plain.charCodeAt(i), 0x01000193) >>> 0;
	return hash || 1;
}
