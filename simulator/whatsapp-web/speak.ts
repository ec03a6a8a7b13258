import { type Say, build, type SayOutcome } from '../contact-side/say';
import type { Loose } from '../model';
import { announce } from '../view';
import type { Chat } from '../world';
import { baileys, type proto } from './baileys';
import type { Company } from './company';
import { lidJid, pnJid } from './jids';
import { chosenNumber } from './menu';
import { encryptMedia } from './media-crypto';
import { chatJid, type Person, senderAttrs } from './people';
import { record } from './take-message';
import { planTicks } from './signs';
import type { Web } from './web';
import { newId, writeToDevices } from './write-message';

/** What people write: customers to the company, and the company itself on its own phone. */
export type WebSay = Say & {
	/** Copies under the same id, besides the first. */
	duplicates?: number;
	/** Attempts that arrive damaged before one can be opened. */
	damaged?: number;
	/** Whoever asks for it once more gets no answer: the phone that wrote it is off for good. */
	gone?: boolean;
};

/** A customer writes. `raw` takes the protobuf message as JSON. */
export function customerSays(web: Web, company: Company, chat: Chat, input: WebSay): SayOutcome {
	const { simulation } = web;
	const person = web.people.of(chat.contact);
	const said = input.type === 'tap' ? typed(chat, input) : input;
	if (!said) return { ok: false, reason: 'The newest message of the company offers no such option.' };
	const content: Loose | null =
		said.type === 'raw' ? { type: 'unsupported', ...said.message } : (build(simulation, chat, said)?.message ?? null);
	const message =
		content && (said.type === 'raw' ? rawMessage(said.message as Loose) : encode(web, person, said, content));
	if (!content || !message) return { ok: false, reason: `A contact cannot do '${String(input.type)}' here.` };
	const id = newId();
	const at = input.sentAt ?? simulation.clock.now();
	const type = String(content.type);
	const stored = record(web, chat, { id, from: 'contact', type, content, contextId: input.replyTo ?? null, at });
	chat.lastInboundAt = Math.max(chat.lastInboundAt ?? 0, at);
	announce(simulation, chat, stored);
	simulation.metrics.said(`${chat.number.phoneNumberId}:${chat.contact.waId}`, performance.now());
	writeToDevices(web, company, {
		id,
		from: person.signal,
		head: { ...senderAttrs(person), notify: chat.contact.name },
		message,
		at,
		duplicates: input.duplicates,
		damaged: input.damaged,
		gone: input.gone,
	});
	return { ok: true, messageId: id };
}

/** Someone types on the company's own phone: the customer gets it, and the linked devices are told. */
export function phoneSays(web: Web, company: Company, chat: Chat, text: string): string {
	const { simulation } = web;
	const person = web.people.of(chat.contact);
	const id = newId();
	const stored = record(web, chat, { id, from: 'phone', type: 'text', content: { body: text }, contextId: null });
	chat.unread++;
	announce(simulation, chat, stored);
	const jid = chatJid(person);
	const byLid = person.addressing === 'lid';
	const other = byLid ? pnJid(chat.contact.waId) : lidJid(person.lid);
	const hidden = byLid && chat.contact.hidePhone;
	writeToDevices(web, company, {
		id,
		from: company.signal,
		head: {
			from: byLid ? lidJid(company.lid) : pnJid(company.phone),
			recipient: jid,
			notify: company.name,
			...(byLid ? { addressing_mode: 'lid' } : {}),
			...(hidden ? {} : { [byLid ? 'peer_recipient_pn' : 'peer_recipient_lid']: other }),
		},
		message: { deviceSentMessage: { destinationJid: jid, message: { conversation: text } } },
		at: simulation.clock.now(),
	});
	planTicks(web, company, chat, stored, jid);
	return id;
}

/** A menu is numbered text on this channel: choosing is typing the number. */
function typed(chat: Chat, { option, ...rest }: Extract<WebSay, { type: 'tap' }>): WebSay | null {
	const text = chosenNumber(chat, option);
	return text === null ? null : { ...rest, type: 'text', text };
}

function encode(web: Web, person: Person, said: WebSay, content: Loose): proto.IMessage | null {
	const contextInfo = quoting(web, said.replyTo);
	switch (said.type) {
		case 'text':
			return contextInfo ? { extendedTextMessage: { text: said.text, contextInfo } } : { conversation: said.text };
		case 'location': {
			const { latitude, longitude, name, address } = said;
			return {
				locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, name, address, contextInfo },
			};
		}
		case 'contacts':
			return { contactsArrayMessage: { contacts: said.contacts.map(card), contextInfo } };
		case 'reaction':
			return { reactionMessage: { key: keyOf(web, person, said.messageId), text: said.emoji } };
		case 'media':
			return sealedFile(web, said, content[said.media], contextInfo);
		case 'unsupported':
			return { pollCreationMessage: { name: '?', options: [{ optionName: '?' }] } };
		default:
			return null;
	}
}

function sealedFile(
	web: Web,
	said: Extract<WebSay, { type: 'media' }>,
	part: Loose,
	contextInfo: proto.IContextInfo | undefined,
): proto.IMessage | null {
	const file = web.simulation.media.get(part.id, web.simulation.clock.now());
	if (!file) return null;
	const { cipher, ...keys } = encryptMedia(file.bytes, said.media);
	const directPath = web.media.keep(cipher);
	return {
		[`${said.media}Message`]: {
			...keys,
			// WhatsApp Web writes no place of stickers, only itself.
			url: said.media === 'sticker' ? 'https://web.whatsapp.net' : `https://${web.media.host}${directPath}`,
			directPath,
			mimetype: file.mimeType,
			fileLength: file.bytes.length,
			mediaKeyTimestamp: Math.floor(web.simulation.clock.now() / 1000),
			caption: said.caption,
			fileName: said.fileName,
			ptt: said.voice,
			contextInfo,
		},
	};
}

function quoting(web: Web, id: string | undefined): proto.IContextInfo | undefined {
	const found = id === undefined ? undefined : web.simulation.world.message(id);
	if (!found) return undefined;
	const { chat, message } = found;
	const person = web.people.of(chat.contact);
	const company = web.companies.get(chat.number.displayPhone.replace(/\D/g, ''));
	const participant = message.from === 'contact' ? chatJid(person) : company ? pnJid(company.phone) : chatJid(person);
	const body = String((message.content as Loose).body ?? (message.content as Loose).text?.body ?? '');
	return { stanzaId: id, participant, quotedMessage: { conversation: body } };
}

/** As the customer's phone names the message it reacts to. */
function keyOf(web: Web, person: Person, id: string): proto.IMessageKey {
	const fromMe = web.simulation.world.message(id)?.message.from === 'contact';
	return { remoteJid: chatJid(person), fromMe, id };
}

function card(contact: Loose): proto.Message.IContactMessage {
	const displayName = String(contact.name?.formatted_name ?? '');
	const phones = ((contact.phones ?? []) as Loose[]).map(({ phone }) => `TEL;type=CELL:${phone}`);
	return { displayName, vcard: ['BEGIN:VCARD', 'VERSION:3.0', `FN:${displayName}`, ...phones, 'END:VCARD'].join('\n') };
}

/** JSON of a protobuf message, with base64 where bytes belong. */
export function rawMessage(json: Loose): proto.IMessage {
	return baileys().proto.Message.fromObject(json);
}
