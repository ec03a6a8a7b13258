// An open connection of a linked device, without WhatsApp behind it: what is sent is kept.
import { LINKED_DEVICE_CAPABILITIES } from '../../engine/channel/linked-device/capabilities';
import type { Channel, NumberPresence } from '../../engine/channel/port';
import type { InboundEvent, OutboundMessage, Sender } from '../../engine/model';

export const LINKED_CREDENTIALS = {
	sessionName: 'atendimento',
	sessionKey: 'uma chave longa das oficinas Aurora 2026',
};
export const LINKED_CHANNEL = 'linkedDevice:atendimento';

export interface FakeLinkedChannel extends Channel {
	sent: OutboundMessage[];
	/** What was asked of `checkNumber`. */
	asked: string[];
	read: string[];
}

/** @param presence what WhatsApp says of numbers; default: all are there */
export function fakeLinkedChannel(
	presence: (digits: string) => NumberPresence = (digits) => ({
		...{ type: 'onWhatsApp', jid: `${digits}@s.whatsapp.net`, lid: null },
	}),
): FakeLinkedChannel {
	const channel: FakeLinkedChannel = {
		id: LINKED_CHANNEL,
		kind: 'linkedDevice',
		capabilities: LINKED_DEVICE_CAPABILITIES,
		sent: [],
		asked: [],
		read: [],
		send(message) {
			channel.sent.push(message);
			const providerMessageId = `3EB0${channel.sent.length}`;
			return Promise.resolve({ type: 'sent', providerMessageId, waId: null, bsuid: null });
		},
		markRead(providerMessageId) {
			channel.read.push(providerMessageId);
			return Promise.resolve({ type: 'ok' });
		},
		status: () => Promise.resolve({ ok: true, phone: null, name: null, quality: 'unknown', problems: [] }),
		checkNumber(digits) {
			channel.asked.push(digits);
			return Promise.resolve(presence(digits));
		},
	};
	return channel;
}

let count = 0;

/** Somebody writes to the linked number. */
export function linkedMessage(digits: string, text: string, at = Date.now()): InboundEvent {
	const sender: Sender = {
		...{ address: `${digits}@s.whatsapp.net`, waId: digits, bsuid: null, lid: null },
		...{ name: 'Ana', username: null },
	};
	const content = { type: 'text' as const, text, reply: null, media: null };
	const providerMessageId = `3A${++count}`;
	return { type: 'message', providerMessageId, sender, sentAt: at, content, quotedMessageId: null, raw: null };
}
