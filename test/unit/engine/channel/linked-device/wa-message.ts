import { proto, type WAMessage } from '@whiskeysockets/baileys';

/** The line of the company, and Ana, who writes to it. */
export const OWN = { jid: '551130001000:7@s.whatsapp.net', lid: '77001122334455:7@lid' };
export const ANA_PHONE = '5511987654321@s.whatsapp.net';
export const ANA_LID = '91370000111122@lid';
export const SENT_AT = Date.parse('2026-03-10T13:00:00Z');
export const NOW = SENT_AT + 2_000;

/** As it comes off the wire: every part has been through protobuf. */
export function onTheWire(message: proto.IMessage): proto.IMessage {
	return proto.Message.decode(proto.Message.encode(proto.Message.fromObject(message)).finish());
}

export function fromAna(message: proto.IMessage | undefined, change: Partial<WAMessage> = {}): WAMessage {
	const key = { remoteJid: ANA_PHONE, remoteJidAlt: ANA_LID, fromMe: false, id: '3AAA01', participant: '' };
	return {
		messageTimestamp: SENT_AT / 1000,
		pushName: 'Ana',
		broadcast: false,
		...change,
		key: { ...key, ...change.key },
		message: message && onTheWire(message),
	} as WAMessage;
}
