import { catchUp, releaseDue } from '../cloud-api/deliver';
import { openChat } from '../cloud-api/statuses';
import { type Say, say, type SayOutcome, typeOnCompanyPhone } from '../contact-side/say';
import type { BusinessNumber } from '../model';
import { digitsOf } from '../phones';
import { changeSettings, resetSimulation, type Simulation } from '../simulation';
import { settleTemplates } from '../templates/decide';
import { viewOf } from '../view';
import type { Chat } from '../world';
import { chatOf, type Call, numberOf, ok, refusal, type Reply, UNKNOWN_CHAT } from './requests';
import { clockOf, faultsOf, stateOf } from './state';
import { waitForIdleWebhooks, waitForMessages } from './wait';

/** What each admin call does; client.ts is the same list seen from outside. */
export type Handler = (simulation: Simulation, call: Call) => Reply | Promise<Reply>;

export const getState: Handler = (simulation, { query }) => ok(stateOf(simulation, query.get('phoneNumberId')));

export const setNumber: Handler = (simulation, { body }) => {
	if (typeof body.phoneNumberId !== 'string') return refusal('phoneNumberId is required.');
	const known = simulation.world.numbers.get(body.phoneNumberId);
	// The same object stays: chats point at it. A new number takes what it lacks from the first one.
	if (known) Object.assign(known, body);
	else simulation.world.numbers.set(body.phoneNumberId, { ...numberOf(simulation, null), ...body } as BusinessNumber);
	simulation.events.emit({ type: 'settings' });
	return ok();
};

export const verifyNumber: Handler = async (simulation, { params }) => {
	const number = simulation.world.numbers.get(params.id ?? '');
	const url = number && simulation.webhooks.callbackOf(number);
	if (!number || !url) return refusal('This number does not exist or has no callback URL.', 404);
	return ok(await simulation.webhooks.verify(url, number.verifyToken));
};

export const setSettings: Handler = (simulation, { body }) => {
	changeSettings(simulation, body);
	simulation.events.emit({ type: 'settings' });
	return ok(simulation.settings);
};

export const addContact: Handler = (simulation, { body }) => {
	const waId = digitsOf(String(body.waId ?? ''));
	if (waId.length < 7 || waId.length > 15) return refusal('waId must have 7 to 15 digits, country code first.');
	const wasOff = simulation.world.contactByPhone(waId)?.online === false;
	const contact = simulation.world.addContact({ ...body, waId });
	if (wasOff && contact.online) {
		catchUp(simulation, contact);
		simulation.whatsAppWeb?.catchUp(contact);
	}
	simulation.events.emit({ type: 'contact', waId: contact.waId });
	return ok(contact);
};

export const sayOne: Handler = (simulation, { params, body }) => {
	const chat = chatOf(simulation, params.waId ?? '', body.phoneNumberId, body.name);
	if (!chat) return refusal(UNKNOWN_CHAT, 404);
	const outcome = sayIn(simulation, chat, body as Say);
	return outcome.ok ? ok({ messageId: outcome.messageId }) : refusal(outcome.reason, 409);
};

/** Many contacts in one call, for load; a message that cannot be said gets null. */
export const sayMany: Handler = (simulation, { body }) => {
	if (!Array.isArray(body)) return refusal('Send an array of { waId, …message }.');
	const messageIds = body.map((one) => {
		const chat = chatOf(simulation, String(one.waId), one.phoneNumberId, one.name);
		const outcome = chat && sayIn(simulation, chat, one);
		return outcome?.ok ? outcome.messageId : null;
	});
	return ok({ messageIds });
};

export const typeEcho: Handler = (simulation, { params, body }) => {
	const chat = chatOf(simulation, params.waId ?? '', body.phoneNumberId);
	if (!chat) return refusal(UNKNOWN_CHAT, 404);
	if (typeof body.text !== 'string' || body.text === '') return refusal('text is required.');
	const web = chat.number.linked && simulation.whatsAppWeb;
	const messageId = web ? web.phoneSays(chat, body.text) : typeOnCompanyPhone(simulation, chat, body.text);
	return ok({ messageId });
};

export const open: Handler = (simulation, { params, body }) => {
	const chat = chatOf(simulation, params.waId ?? '', body.phoneNumberId);
	if (!chat) return refusal(UNKNOWN_CHAT, 404);
	openChat(simulation, chat);
	return ok();
};

export const listMessages: Handler = async (simulation, { params, query }) => {
	const chat = chatOf(simulation, params.waId ?? '', query.get('phoneNumberId'));
	if (!chat) return refusal(UNKNOWN_CHAT, 404);
	const from = query.get('from');
	const messages = await waitForMessages(chat, {
		after: Number(query.get('after') ?? 0),
		from: from === 'contact' || from === 'business' || from === 'phone' ? from : null,
		count: Number(query.get('count') ?? 0),
		waitMs: Math.min(Number(query.get('waitMs') ?? 0), 120_000),
	});
	return ok({ messages: messages.map(viewOf) });
};

export const setClock: Handler = (simulation, { body }) => {
	if (body.reset === true) simulation.clock.reset();
	else if (typeof body.advanceMs === 'number') simulation.clock.advance(body.advanceMs);
	else if (body.set !== undefined && !Number.isNaN(Date.parse(body.set))) simulation.clock.set(Date.parse(body.set));
	else return refusal('Send { advanceMs: number }, { set: ISO 8601 } or { reset: true }.');
	settleTemplates(simulation);
	releaseDue(simulation);
	simulation.events.emit({ type: 'clock', ...clockOf(simulation.clock) });
	return ok(clockOf(simulation.clock));
};

export const addSendFaults: Handler = (simulation, { body }) => {
	const faults = Array.isArray(body) ? body : [body];
	if (faults.some((fault) => typeof fault?.kind !== 'string')) return refusal('Every fault needs a kind.');
	for (const fault of faults) simulation.faults.addSend(fault);
	return faultsChanged(simulation);
};

export const setWebhookFaults: Handler = (simulation, { body }) => {
	simulation.faults.webhooks = { ...simulation.faults.webhooks, ...body };
	simulation.webhooks.resume();
	return faultsChanged(simulation);
};

export const setMediaFaults: Handler = (simulation, { body }) => {
	simulation.faults.media = { ...simulation.faults.media, ...body };
	return faultsChanged(simulation);
};

export const clearFaults: Handler = (simulation) => {
	simulation.faults.clear();
	simulation.webhooks.resume();
	return faultsChanged(simulation);
};

/** Exactly these bytes to the callback: malformed, oversized or wrongly signed bodies. */
export const sendRaw: Handler = async (simulation, { body }) => {
	const number = numberOf(simulation, body.phoneNumberId);
	if (!number) return refusal('No such number.', 404);
	const bytes = typeof body.base64 === 'string' ? Buffer.from(body.base64, 'base64') : String(body.body ?? '');
	return ok(await simulation.webhooks.sendRaw(number, bytes, body.signature));
};

export const webhooksIdle: Handler = async (simulation, { query }) =>
	ok({ idle: await waitForIdleWebhooks(simulation, Math.min(Number(query.get('waitMs') ?? 0), 120_000)) });

export const getMetrics: Handler = (simulation, { query }) => {
	const report = { ...simulation.metrics.report(), webhooks: simulation.webhooks.state() };
	return ok(query.get('latencies') ? { ...report, latenciesMs: simulation.metrics.latencies } : report);
};

export const clearMetrics: Handler = (simulation) => {
	simulation.metrics.clear();
	return ok();
};

export const reset: Handler = (simulation) => {
	resetSimulation(simulation);
	return ok();
};

/** The same customer writes to a number of the Cloud API or to a linked phone. */
function sayIn(simulation: Simulation, chat: Chat, message: Say): SayOutcome {
	const web = chat.number.linked && simulation.whatsAppWeb;
	return web ? web.say(chat, message) : say(simulation, chat, message);
}

function faultsChanged(simulation: Simulation): Reply {
	simulation.events.emit({ type: 'faults' });
	return ok(faultsOf(simulation));
}
