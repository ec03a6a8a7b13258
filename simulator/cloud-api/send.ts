import type { SendFault } from '../faults';
import { kindRefusal } from '../media';
import type { BusinessNumber, ChatMessage, MediaKind } from '../model';
import type { Simulation } from '../simulation';
import { announce } from '../view';
import type { Chat } from '../world';
import { checkMessage } from './check-message';
import { isObject, type Json } from './checks';
import type { Problem } from './errors';
import { checkLimits } from './limits';
import { findRecipient } from './recipient';
import { planFailure, planStatuses } from './statuses';

/** Is this message accepted, and what happens to it afterwards? Accepted never means delivered (cloud-api.md §1). */
export type SendOutcome = { type: 'accepted'; answer: Json } | { type: 'refused'; problem: Problem };

const WINDOW_MS = 86_400_000;
const REACTION_DAYS_MS = 30 * 86_400_000;
const MEDIA_KINDS = new Set(['image', 'video', 'audio', 'document', 'sticker']);

export function acceptSend(
	simulation: Simulation,
	number: BusinessNumber,
	body: Json,
	fault: SendFault | null,
): SendOutcome {
	const problem = checkMessage(body) ?? checkMediaId(simulation, body);
	if (problem) return { type: 'refused', problem };
	const recipient = findRecipient(simulation, number, body);
	if (recipient.type === 'refused') return recipient;
	const id = simulation.world.newMessageId();
	if (recipient.type === 'lost') return accepted(body, { input: recipient.input, wa_id: recipient.input }, id);

	const { contact } = recipient;
	const tooFast = checkLimits(simulation, number, contact.waId);
	if (tooFast) return { type: 'refused', problem: tooFast };
	const chat = simulation.world.chat(number, contact);
	const late = failureOf(simulation, chat, body, fault);
	if (late?.code === 131047 && simulation.settings.windowErrorAt === 'answer')
		return { type: 'refused', problem: late };

	deliver(simulation, chat, body, id, late);
	const hidden = recipient.byBsuid || contact.hidePhone;
	return accepted(
		body,
		{ input: recipient.input, ...(hidden ? {} : { wa_id: contact.waId }), user_id: contact.bsuid },
		id,
	);
}

function accepted(body: Json, contact: Json, id: string): SendOutcome {
	const message = body.type === 'template' ? { id, message_status: 'accepted' } : { id };
	return {
		type: 'accepted',
		answer: { messaging_product: 'whatsapp', contacts: [contact], messages: [message] },
	};
}

function deliver(simulation: Simulation, chat: Chat, body: Json, id: string, failure: Problem | null): void {
	const { phoneNumberId } = chat.number;
	const { waId } = chat.contact;
	const type = String(body.type ?? 'text');
	const message = simulation.world.append(chat, {
		id,
		from: 'business',
		type,
		content: contentOf(body[type]),
		contextId: isObject(body.context) ? String(body.context.message_id) : null,
		at: simulation.clock.now(),
		acceptedRealAt: Date.now(),
		statuses: {},
		error: null,
		opaque: typeof body.biz_opaque_callback_data === 'string' ? body.biz_opaque_callback_data : null,
	});
	simulation.metrics.replied(`${phoneNumberId}:${waId}`, performance.now());
	chat.typingUntil = 0;
	if (failure) planFailure(simulation, chat, message, failure.code, failure.details);
	else {
		if (type !== 'reaction') chat.unread++;
		planStatuses(simulation, chat, message);
	}
	announce(simulation, chat, message);
}

/** What is wrong only Meta's delivery finds out: it shows in a `failed` status. */
function failureOf(simulation: Simulation, chat: Chat, body: Json, fault: SendFault | null): Problem | null {
	const now = simulation.clock.now();
	if (fault?.kind === 'failLater') return { code: fault.code, details: fault.details ?? 'Injected failure.' };
	if (!chat.contact.onWhatsApp) {
		return { code: 131026, details: 'The recipient is not on WhatsApp or cannot receive this message.' };
	}
	const open = chat.lastInboundAt !== null && now - chat.lastInboundAt < WINDOW_MS;
	if (body.type !== 'template' && !open) {
		return {
			code: 131047,
			details: 'Message failed to send because more than 24 hours have passed since the customer last replied.',
		};
	}
	if (body.type === 'reaction') return reactionFailure(simulation, chat, body, now);
	const media = mediaOf(body);
	const stored = media && simulation.media.get(media.id, now);
	const mismatch = stored && kindRefusal(media.kind, stored);
	return mismatch ? { code: 131053, details: mismatch } : null;
}

function reactionFailure(simulation: Simulation, chat: Chat, body: Json, now: number): Problem | null {
	const id = isObject(body.reaction) ? String(body.reaction.message_id) : '';
	const target = simulation.world.message(id);
	const usable: ChatMessage | null = target?.chat === chat ? target.message : null;
	if (usable && usable.type !== 'reaction' && now - usable.at <= REACTION_DAYS_MS) return null;
	return { code: 131009, details: 'The message to react to is unknown, older than 30 days or itself a reaction.' };
}

function checkMediaId(simulation: Simulation, body: Json): Problem | null {
	const media = mediaOf(body);
	if (!media || simulation.media.get(media.id, simulation.clock.now())) return null;
	return { code: 100, details: `Media ID '${media.id}' does not exist or has expired.` };
}

function mediaOf(body: Json): { kind: MediaKind; id: string } | null {
	const kind = String(body.type);
	const part = body[kind];
	if (!MEDIA_KINDS.has(kind) || !isObject(part) || typeof part.id !== 'string') return null;
	return { kind: kind as MediaKind, id: part.id };
}

/** Contact cards travel as an array; stored content is always an object. */
function contentOf(part: unknown): Json {
	return isObject(part) ? part : { contacts: part };
}
