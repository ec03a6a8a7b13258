import { extensionRefusal, kindRefusal } from '../media';
import type { ChatMessage } from '../model';
import type { Simulation } from '../simulation';
import type { Template } from '../templates/model';
import type { Chat } from '../world';
import { isObject, type Json } from './checks';
import type { Problem } from './errors';
import type { MediaPart } from './media-parts';

/** What stops a message whose request is right? At once because of the account, or later at delivery (cloud-api.md §3). */
const DAY = 86_400_000;
const REACTION_DAYS_MS = 30 * DAY;

export function windowOpen(chat: Chat, now: number): boolean {
	return chat.lastInboundAt !== null && now - chat.lastInboundAt < DAY;
}

/** What the answer refuses because of how Meta regards the number and its account. */
export function accountProblem(simulation: Simulation, chat: Chat, isTemplate: boolean): Problem | null {
	const { number } = chat;
	const now = simulation.clock.now();
	const restriction = simulation.health.restriction(number.wabaId, now);
	if (restriction) {
		const startsOnly = restriction.type === 'RESTRICTED_BIZ_INITIATED_MESSAGING';
		if (!startsOnly || !windowOpen(chat, now)) {
			return { code: 368, details: `The account has the restriction ${restriction.type}.` };
		}
	}
	if (isTemplate && simulation.health.of(number.phoneNumberId).spamLimited) {
		return { code: 131048, details: 'Too many messages of this number were blocked or reported as spam.' };
	}
	return null;
}

/** What is wrong only Meta's delivery finds out: it shows in a `failed` status. */
export function failureOf(
	simulation: Simulation,
	chat: Chat,
	body: Json,
	parts: { media: MediaPart | null; template: Template | null },
): Problem | null {
	const now = simulation.clock.now();
	if (!chat.contact.onWhatsApp) {
		return { code: 131026, details: 'The recipient is not on WhatsApp or cannot receive this message.' };
	}
	if (body.type !== 'template' && !windowOpen(chat, now)) {
		return {
			code: 131047,
			details: 'Message failed to send because more than 24 hours have passed since the customer last replied.',
		};
	}
	if (simulation.health.of(chat.number.phoneNumberId).paymentProblem) {
		return { code: 131042, details: 'There is an issue with the payment method of the account.' };
	}
	if (parts.template?.category === 'MARKETING') {
		const stopped = marketingFailure(simulation, chat, now);
		if (stopped) return stopped;
	}
	if (body.type === 'reaction') return reactionFailure(simulation, chat, body, now);
	return parts.media ? mediaFailure(simulation, parts.media, now) : null;
}

function marketingFailure(simulation: Simulation, chat: Chat, now: number): Problem | null {
	if (chat.contact.marketingStopped) {
		return { code: 131050, details: 'The recipient chose to stop receiving marketing messages from this business.' };
	}
	const most = simulation.settings.marketingPerContactPerDay;
	if (most === null) return null;
	chat.marketingAt = chat.marketingAt.filter((at) => now - at < DAY);
	if (chat.marketingAt.length >= most) {
		return { code: 131049, details: 'This message was not delivered to maintain healthy ecosystem engagement.' };
	}
	chat.marketingAt.push(now);
	return null;
}

function mediaFailure(simulation: Simulation, part: MediaPart, now: number): Problem | null {
	const stored = part.id === null ? null : simulation.media.get(part.id, now);
	if (!stored) return null;
	const name = part.fileName ?? stored.fileName ?? '';
	const wrong = kindRefusal(part.kind, stored) ?? extensionRefusal(name, stored.mimeType);
	return wrong ? { code: 131053, details: wrong } : null;
}

function reactionFailure(simulation: Simulation, chat: Chat, body: Json, now: number): Problem | null {
	const id = isObject(body.reaction) ? String(body.reaction.message_id) : '';
	const target = simulation.world.message(id);
	const usable: ChatMessage | null = target?.chat === chat ? target.message : null;
	if (usable && usable.type !== 'reaction' && now - usable.at <= REACTION_DAYS_MS) return null;
	return { code: 131009, details: 'The message to react to is unknown, older than 30 days or itself a reaction.' };
}
