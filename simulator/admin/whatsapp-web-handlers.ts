import { digitsOf } from '../phones';
import type { WebSendFault } from '../whatsapp-web/faults';
import type { LinkOutcome } from '../whatsapp-web/pairing';
import type { Cut, WhatsAppWeb } from '../whatsapp-web/whatsapp-web';
import type { Handler } from './handlers';
import { type Call, chatOf, ok, refusal, type Reply } from './requests';

/** The company's phone and the line to its linked devices, from outside; what people say has its own calls. */
type WebHandler = (web: WhatsAppWeb, call: Call) => Reply | Promise<Reply>;

export const getWeb = on((web) => ok(web.state()));

/** `qr`: the text of the code a client shows, or `client`: which of those that wait; `phone`: whose phone scans it. */
export const scan = on(async (web, { body }) => {
	const phone = digitsOf(String(body.phone ?? ''));
	if (phone.length < 7) return refusal('phone is required.');
	if (typeof body.client === 'string') return linked(await web.scanScreen(body.client, phone, body.name));
	if (typeof body.qr !== 'string') return refusal('qr (or client) is required.');
	return linked(await web.scan(body.qr, phone, body.name));
});

/** Whoever starts a client tells what its screen shows, so that one click can scan it. */
export const showScreen = on((web, { body }) => {
	if (typeof body.client !== 'string' || typeof body.secret !== 'string')
		return refusal('client and secret are required.');
	web.showScreen(body.client, body.secret);
	return ok();
});

/** A company's phone, before it has linked anything. */
export const addPhone = on((web, { body }) => {
	const phone = digitsOf(String(body.phone ?? ''));
	if (phone.length < 7 || phone.length > 15) return refusal('phone must have 7 to 15 digits, country code first.');
	web.addPhone(phone, typeof body.name === 'string' ? body.name : '');
	return ok({ phone });
});

export const enterCode = on(async (web, { body }) => {
	const phone = digitsOf(String(body.phone ?? ''));
	if (typeof body.code !== 'string' || phone.length < 7) return refusal('code and phone are required.');
	return linked(await web.enterCode(phone, body.code, body.name));
});

export const unlink = on((web, { body }) =>
	web.unlink(digitsOf(String(body.phone ?? '')), body.device) ? ok() : refusal('No such linked device.', 404),
);

export const ban = on((web, { body }) =>
	web.ban(digitsOf(String(body.phone ?? '')), body.banned !== false) ? ok() : refusal('No such company.', 404),
);

export const cut = on((web, { body }) => {
	const how: unknown = body.how;
	if (how !== 'drop' && how !== 'silence' && typeof how !== 'number') {
		return refusal("how must be 'drop', 'silence' or the code of a stream error.");
	}
	return ok({ cut: web.cut(how as Cut, body.phone === undefined ? undefined : digitsOf(String(body.phone))) });
});

export const setFaults = on((web, { body }) => {
	const { qrRefs, ...faults } = body;
	if (typeof qrRefs === 'number') web.qrRefs = qrRefs;
	web.setFaults(faults);
	return ok(web.state().faults);
});

export const failSends = on((web, { body }) => {
	const faults = (Array.isArray(body) ? body : [body]) as WebSendFault[];
	if (faults.some((fault) => typeof fault?.kind !== 'string')) return refusal('Every fault needs a kind.');
	web.failSends(faults);
	return ok(web.state().faults);
});

export const clearFaults = on((web) => {
	web.clearFaults();
	return ok();
});

/** `addressing` for their next messages; `typing` shows or ends the dots, with `phoneNumberId` of the company. */
export const setContact: Handler = (simulation, call) =>
	on((web, { params, body }) => {
		const chat = chatOf(simulation, params.waId ?? '', body.phoneNumberId);
		if (!chat) return refusal('No such contact.', 404);
		if (body.addressing === 'lid' || body.addressing === 'pn') web.address(chat.contact, body.addressing);
		if (typeof body.typing === 'boolean') web.showTyping(chat, body.typing);
		return ok();
	})(simulation, call);

function on(handler: WebHandler): Handler {
	return (simulation, call) =>
		simulation.whatsAppWeb
			? handler(simulation.whatsAppWeb, call)
			: refusal('This simulator was started without WhatsApp Web.', 404);
}

function linked(outcome: LinkOutcome): Reply {
	return outcome.ok ? ok(outcome.linked) : refusal(outcome.reason, 409);
}
