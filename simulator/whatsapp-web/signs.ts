import type { ChatMessage } from '../model';
import { later } from '../simulation';
import type { Chat } from '../world';
import type { BinaryNode } from './baileys';
import type { Company, LinkedDevice } from './company';
import { type Jid, lidJid, pnJid } from './jids';
import { post, settle } from './mailbox';
import { child, children, node, SERVER } from './node';
import { chatJid } from './people';
import { seconds, type Web } from './web';
import { writeAgain } from './write-message';

/** Ticks and typing, both ways: what happened to a message, without another message. */

/** Receipts come from the address that was written to. */
const writtenTo = new WeakMap<ChatMessage, string>();

/** sent → delivered → read of something the company sent, each told to its linked devices. */
export function planTicks(web: Web, company: Company, chat: Chat, message: ChatMessage, to: string): void {
	writtenTo.set(message, to);
	const { settings } = web.simulation;
	later(web.simulation, settings.statusDelaysMs.sent, () => {
		report(web, chat, message, 'sent');
		// A phone that is off gets the rest once it is on.
		if (chat.contact.online) deliver(web, company, chat, message);
	});
}

export function deliver(web: Web, company: Company, chat: Chat, message: ChatMessage): void {
	const { settings } = web.simulation;
	later(web.simulation, settings.statusDelaysMs.delivered, () => {
		if (message.statuses.delivered) return;
		tell(web, company, chat, message, 'delivered');
		const seen = settings.reads === 'auto' || (settings.reads === 'opened' && chat.unread === 0);
		if (seen) readLater(web, company, chat, message);
	});
}

export function readLater(web: Web, company: Company, chat: Chat, message: ChatMessage): void {
	if (!chat.contact.readReceipts || message.type === 'reaction') return;
	later(web.simulation, web.simulation.settings.statusDelaysMs.read, () => {
		if (!message.statuses.read) tell(web, company, chat, message, 'read');
	});
}

/** A linked device got, read, or could not open what a customer wrote. */
export function takeReceipt(web: Web, device: LinkedDevice, receipt: BinaryNode): void {
	const { type, id = '' } = receipt.attrs;
	if (type === 'retry') return writeAgain(web, device, receipt);
	const ids = [id, ...children(child(receipt, 'list'), 'item').map((item) => item.attrs.id ?? '')];
	for (const one of ids) {
		settle(device, 'message', { id: one });
		const found = web.simulation.world.message(one);
		if (!found || found.message.from !== 'contact') continue;
		const status = type === 'read' || type === 'read-self' ? 'read' : 'delivered';
		if (!found.message.statuses[status]) report(web, found.chat, found.message, status);
	}
}

/** Until the next message, or 25 seconds. */
export function takeChatState(web: Web, device: LinkedDevice, to: Jid, state: BinaryNode | undefined): void {
	const person = web.people.byJid(to.server === SERVER ? pnJid(to.user) : lidJid(to.user));
	if (!person) return;
	const { clock, world, events } = web.simulation;
	const { number } = device.company;
	const forMs = state?.tag === 'composing' ? 25_000 : 0;
	world.chat(number, person.contact).typingUntil = clock.now() + forMs;
	const { waId } = person.contact;
	if (forMs > 0) events.emit({ type: 'typing', waId, phoneNumberId: number.phoneNumberId, forMs });
}

/** The customer types, or stopped: shown live, kept for nobody. */
export function showTyping(company: Company, from: string, typing: boolean): void {
	const stanza = node('chatstate', { from }, [node(typing ? 'composing' : 'paused')]);
	for (const device of company.devices.values()) if (device.live) device.connection?.send(stanza);
}

function tell(web: Web, company: Company, chat: Chat, message: ChatMessage, status: 'delivered' | 'read'): void {
	report(web, chat, message, status);
	const type = status === 'read' ? 'read' : undefined;
	const from = writtenTo.get(message) ?? chatJid(web.people.of(chat.contact));
	for (const device of company.devices.values()) {
		post(device, node('receipt', { id: message.id, from, type, t: seconds(web) }));
	}
}

function report(web: Web, chat: Chat, message: ChatMessage, status: 'sent' | 'delivered' | 'read'): void {
	const at = web.simulation.clock.now();
	message.statuses[status] = at;
	const { waId } = chat.contact;
	const { phoneNumberId } = chat.number;
	web.simulation.events.emit({ type: 'status', waId, phoneNumberId, id: message.id, status, at, error: null });
}
