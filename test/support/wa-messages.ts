// Messages as Baileys hands them over, from the few facts a test is about, read as the product reads them.
import type { proto, WAMessage } from '@whiskeysockets/baileys';
import { readMessage } from '../../engine/channel/linked-device/read-message';
import type { EchoEvent, InboundEvent, MessageEvent } from '../../engine/model';

export const OWN = { jid: '551130001000:7@s.whatsapp.net', lid: '77001122334455:7@lid' };

/** How a chat names a person: by phone or LID, with or without the other name. */
export interface Names {
	jid: string;
	alt?: string;
	name?: string;
}

interface More {
	id?: string;
	at?: number;
	upsert?: 'notify' | 'append';
}

let count = 0;

export function wrote(from: Names, content: string | proto.IMessage, more: More = {}): MessageEvent {
	return read(from, content, false, more) as MessageEvent;
}

/** Somebody typed it on the company's phone. */
export function typed(to: Names, text: string, more: More = {}): EchoEvent {
	return read(to, text, true, more) as EchoEvent;
}

/** WhatsApp says that both are one person. */
export function pair(lid: string, waId: string): InboundEvent {
	const nobody = { waId: null, bsuid: null };
	const ids = { from: { ...nobody, lid }, to: { ...nobody, waId, lid } };
	return { type: 'identity', providerMessageId: `${lid}=${waId}`, ...ids, at: Date.now(), raw: null };
}

function read({ jid, alt, name = 'Ana' }: Names, content: string | proto.IMessage, fromMe: boolean, more: More) {
	const { id = `3A${++count}`, at = Date.now(), upsert = 'notify' } = more;
	const message: WAMessage = {
		key: { remoteJid: jid, ...(alt && { remoteJidAlt: alt }), fromMe, id, participant: '' },
		message: typeof content === 'string' ? { conversation: content } : content,
		messageTimestamp: Math.floor(at / 1000),
		pushName: fromMe ? 'Oficina Aurora' : name,
	};
	return readMessage(message, OWN, upsert, at);
}
