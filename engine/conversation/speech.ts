/** Did the contact say something, and what? Much of what arrives is neither an answer nor a question. */
import { readAnswer } from './answer';
import type { MessageTurn } from './triage';
import { isPaused } from './turn';

/** As their providers call them. An edit and a deletion change words said before, a vote and a reply to an invitation are for people to read. */
const NO_SPEECH: ReadonlySet<string> = new Set(['edit', 'revoke', 'pollUpdateMessage', 'encEventResponseMessage']);

/** Nothing to answer, whoever hears it. An edit may still be one for whoever holds the menu. */
export function saysNothing({ contentType, providerType }: { contentType: string; providerType?: string }): boolean {
	if (contentType === 'reaction' || contentType === 'system') return true;
	return contentType === 'other' && providerType !== undefined && NO_SPEECH.has(providerType);
}

/** @returns the message to decide on; null when nothing was said */
export function speechIn(turn: MessageTurn): MessageTurn['event'] | null {
	const { event } = turn;
	if (!saysNothing(event)) return event;
	return event.providerType === 'edit' && event.contentType === 'other' ? readEdit(turn) : null;
}

/** Whoever corrects an answer means the corrected one, as long as the menu waits for it; any other correction asks for nothing. */
function readEdit(turn: MessageTurn): MessageTurn['event'] | null {
	const { conversation, data, config, context } = turn;
	if (conversation.state !== 'triage' || isPaused(turn) || !config?.assistant) return null;
	const { menuTimeout } = data.timers;
	if (data.menu === null || !data.welcomed || data.selfService !== null) return null;
	if (menuTimeout !== undefined && menuTimeout <= context.now) return null;
	const event = { ...turn.event, contentType: 'text' as const };
	return readAnswer(event, data.menu, config.names).type === 'chosen' ? event : null;
}
