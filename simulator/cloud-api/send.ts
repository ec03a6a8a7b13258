import type { SendFault } from '../faults';
import type { BusinessNumber, ChatMessage } from '../model';
import type { Simulation } from '../simulation';
import type { Rendered, Template } from '../templates/model';
import { announce } from '../view';
import type { Chat } from '../world';
import { checkMessage } from './check-message';
import { isObject, type Json } from './checks';
import { deliverLater } from './deliver';
import type { Problem } from './errors';
import { checkLimits } from './limits';
import { type MediaPart, mediaPartOf } from './media-parts';
import { pricingOf } from './pricing';
import { findRecipient } from './recipient';
import { accountProblem, failureOf } from './send-rules';
import { readTemplateSend } from './template-send';

/** Is this message accepted, and what happens to it afterwards? Accepted never means delivered (cloud-api.md §1). */
export type SendOutcome = { type: 'accepted'; answer: Json } | { type: 'refused'; problem: Problem };

const DAY = 86_400_000;

/** The parts of a request that were looked at already. */
interface Parts {
	media: MediaPart | null;
	template: Template | null;
	rendered: Rendered | null;
}

export function acceptSend(
	simulation: Simulation,
	number: BusinessNumber,
	body: Json,
	fault: SendFault | null,
): SendOutcome {
	const problem = checkMessage(body);
	if (problem) return { type: 'refused', problem };
	const parts = readParts(simulation, number, body);
	if ('problem' in parts) return { type: 'refused', problem: parts.problem };
	const recipient = findRecipient(simulation, number, body);
	if (recipient.type === 'refused') return recipient;
	const id = simulation.world.newMessageId();
	if (recipient.type === 'lost') return accepted(body, { input: recipient.input, wa_id: recipient.input }, id, false);

	const { contact } = recipient;
	const chat = simulation.world.chat(number, contact);
	const tooFast =
		checkLimits(simulation, number, contact.waId) ?? accountProblem(simulation, chat, body.type === 'template');
	if (tooFast) return { type: 'refused', problem: tooFast };
	const late =
		fault?.kind === 'failLater'
			? { code: fault.code, details: fault.details ?? 'Injected failure.' }
			: failureOf(simulation, chat, body, parts);
	if (late?.code === 131047 && simulation.settings.windowErrorAt === 'answer')
		return { type: 'refused', problem: late };

	const held = !late && simulation.settings.pacing && parts.template !== null && parts.template.quality !== 'GREEN';
	const message = record(simulation, chat, body, id, parts);
	deliverLater(simulation, chat, message, { failure: late, held, media: parts.media });
	announce(simulation, chat, message);
	const hidden = recipient.byBsuid || contact.hidePhone;
	const card = { input: recipient.input, ...(hidden ? {} : { wa_id: contact.waId }), user_id: contact.bsuid };
	return accepted(body, card, id, held);
}

function readParts(simulation: Simulation, number: BusinessNumber, body: Json): Parts | { problem: Problem } {
	const media = mediaPartOf(body);
	const read = body.type === 'template' ? readTemplateSend(simulation, number, body) : null;
	if (read && !read.ok) return { problem: read.problem };
	if (media?.id && !simulation.media.get(media.id, simulation.clock.now())) {
		return { problem: { code: 100, details: `Media ID '${media.id}' does not exist or has expired.` } };
	}
	return { media, template: read?.value.template ?? null, rendered: read?.value.rendered ?? null };
}

function accepted(body: Json, contact: Json, id: string, held: boolean): SendOutcome {
	const status = held ? 'held_for_quality_assessment' : 'accepted';
	const message = body.type === 'template' ? { id, message_status: status } : { id };
	return {
		type: 'accepted',
		answer: { messaging_product: 'whatsapp', contacts: [contact], messages: [message] },
	};
}

function record(simulation: Simulation, chat: Chat, body: Json, id: string, parts: Parts): ChatMessage {
	const type = String(body.type ?? 'text');
	const now = simulation.clock.now();
	const message = simulation.world.append(chat, {
		id,
		from: 'business',
		type,
		content: contentOf(body[type]),
		contextId: isObject(body.context) ? String(body.context.message_id) : null,
		at: now,
		acceptedRealAt: Date.now(),
		statuses: {},
		error: null,
		opaque: typeof body.biz_opaque_callback_data === 'string' ? body.biz_opaque_callback_data : null,
		pricing: pricingOf(simulation, chat, parts.rendered, now),
		expiresAt: now + livesMs(parts.template),
		...(parts.rendered ? { template: parts.rendered } : {}),
	});
	simulation.metrics.replied(`${chat.number.phoneNumberId}:${chat.contact.waId}`, performance.now());
	chat.typingUntil = 0;
	return message;
}

/** 30 days, ten minutes for authentication, or what the template asks for (cloud-api.md §4). */
function livesMs(template: Template | null): number {
	if (template?.ttlSeconds) return template.ttlSeconds * 1_000;
	return template?.category === 'AUTHENTICATION' ? 600_000 : 30 * DAY;
}

/** Contact cards travel as an array; stored content is always an object. */
function contentOf(part: unknown): Json {
	return isObject(part) ? part : { contacts: part };
}
