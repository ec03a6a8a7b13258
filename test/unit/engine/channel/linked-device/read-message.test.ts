import type { WAMessage } from '@whiskeysockets/baileys';
import { readMessage, readUnopened } from '../../../../../engine/channel/linked-device/read-message';
import type { EchoEvent, MessageEvent } from '../../../../../engine/model';
import { ANA_LID, ANA_PHONE, fromAna, NOW, OWN, SENT_AT } from './wa-message';

const read = (message: WAMessage, upsert: 'notify' | 'append' = 'notify') => readMessage(message, OWN, upsert, NOW);
const heard = (message: WAMessage, upsert?: 'append') => read(message, upsert) as MessageEvent;

describe('who wrote', () => {
	it('is known by number and LID, and the reply goes to the address that wrote', () => {
		expect(heard(fromAna({ conversation: 'Oi' }))).toMatchObject({
			type: 'message',
			providerMessageId: '3AAA01',
			sender: { address: ANA_PHONE, waId: '5511987654321', bsuid: null, lid: ANA_LID, name: 'Ana', username: null },
			sentAt: SENT_AT,
			quotedMessageId: null,
		});
		const byLid = fromAna({ conversation: 'Oi' }, { key: { remoteJid: ANA_LID, remoteJidAlt: ANA_PHONE } as never });
		expect(heard(byLid).sender).toMatchObject({ address: ANA_LID, waId: '5511987654321', lid: ANA_LID });
	});

	it('may stay without a phone: the digits of a LID are none (D-04)', () => {
		const hidden = fromAna({ conversation: 'Oi' }, { key: { remoteJid: ANA_LID, remoteJidAlt: undefined } as never });
		expect(heard(hidden).sender).toEqual({
			address: ANA_LID,
			waId: null,
			bsuid: null,
			lid: ANA_LID,
			name: 'Ana',
			username: null,
		});
	});

	it('is nobody in groups, statuses, broadcasts, channels, our own chat and the work of the apps (D-17)', () => {
		const from = (remoteJid: string, change: Partial<WAMessage> = {}) =>
			read(fromAna({ conversation: 'Oi' }, { ...change, key: { remoteJid, remoteJidAlt: undefined } as never }));
		expect(from('120363000000000000@g.us')).toBeNull();
		expect(from('status@broadcast')).toBeNull();
		expect(from('1700000000@broadcast')).toBeNull();
		expect(from('120363000000000000@newsletter')).toBeNull();
		expect(from('0@s.whatsapp.net')).toBeNull();
		expect(from('551130001000@s.whatsapp.net')).toBeNull();
		expect(from('77001122334455@lid')).toBeNull();
		expect(from(ANA_PHONE, { category: 'peer' })).toBeNull();
		expect(from(ANA_PHONE, { broadcast: true })).toBeNull();
		expect(from(ANA_PHONE)).not.toBeNull();
	});
});

describe('a message that a human typed on the phone', () => {
	const typed = fromAna(
		{ deviceSentMessage: { destinationJid: ANA_PHONE, message: { conversation: 'Já te ligo' } } },
		{ key: { remoteJid: ANA_LID, remoteJidAlt: OWN.jid, fromMe: true, id: '3EB0FF' } as never, pushName: 'Oficina' },
	);

	it('is an echo to whom it was written, under their names and not our own (X-06)', () => {
		expect(read(typed)).toMatchObject({
			type: 'echo',
			providerMessageId: '3EB0FF',
			recipient: { address: ANA_LID, waId: null, lid: ANA_LID, name: null },
			content: { type: 'text', text: 'Já te ligo' },
		});
	});

	it('brings the phone of its recipient where WhatsApp tells it', () => {
		const key = { remoteJid: ANA_LID, remoteJidAlt: ANA_PHONE, fromMe: true, id: '3EB0FE' };
		const event = read(fromAna({ conversation: 'Oi' }, { key }), 'append') as EchoEvent;
		expect(event.recipient.waId).toBe('5511987654321');
		expect(event).not.toHaveProperty('offline');
	});
});

describe('when and under which id', () => {
	it('marks what WhatsApp kept while the line was down', () => {
		expect(heard(fromAna({ conversation: 'Oi' }), 'append').offline).toBe(true);
		expect(heard(fromAna({ conversation: 'Oi' }))).not.toHaveProperty('offline');
	});

	it.each([
		[{ low: 1773147600, high: 0, unsigned: true }, SENT_AT],
		['1773147600', SENT_AT],
		[undefined, NOW],
		[0, NOW],
		[NaN, NOW],
		[-5, NOW],
		[9e15, NOW],
	])('a timestamp of %p is %d', (messageTimestamp, at) => {
		expect(heard(fromAna({ conversation: 'Oi' }, { messageTimestamp } as never)).sentAt).toBe(at);
	});

	it('is left alone without a usable id', () => {
		const withId = (id: unknown) => read(fromAna({ conversation: 'Oi' }, { key: { id } as never }));
		expect(withId('')).toBeNull();
		expect(withId(undefined)).toBeNull();
		expect(withId('\u0000')).toBeNull();
		expect(withId('x'.repeat(201))).toBeNull();
	});
});

const MENTION = { protocolMessage: { type: 25, key: { id: '3AAA00', remoteJid: 'status@broadcast' } } };
const SEALED = { targetMessageKey: { id: '3AAA00' }, encPayload: Buffer.alloc(40), encIv: Buffer.alloc(12) };

describe('a message that could not be opened', () => {
	const stub = (remoteJid: string) =>
		fromAna(undefined, { messageStubType: 2, key: { remoteJid, remoteJidAlt: undefined } as never });

	it('is known by its sender alone, and for people', () => {
		expect(readUnopened(stub(ANA_LID), OWN, NOW)).toMatchObject({
			...{ type: 'message', providerMessageId: '3AAA01', sentAt: SENT_AT, offline: true, unopened: true },
			sender: { address: ANA_LID, name: 'Ana' },
			content: { type: 'other', providerType: 'unreadable', text: '' },
		});
	});

	it.each(['120363000000000000@g.us', 'status@broadcast', OWN.jid, '0@s.whatsapp.net'])('is nobody’s in %s', (jid) => {
		expect(readUnopened(stub(jid), OWN, NOW)).toBeNull();
	});
});

describe('what nobody said', () => {
	it.each([
		['an undecrypted message', fromAna(undefined, { messageStubType: 2 })],
		['a message taken back', fromAna({ protocolMessage: { type: 0, key: { id: '3AAA00' } } })],
		['a timer of the chat', fromAna({ protocolMessage: { type: 3, ephemeralExpiration: 86400 } })],
		['keys of a group', fromAna({ senderKeyDistributionMessage: { groupId: '1@g.us' } })],
		['a pinned message', fromAna({ pinInChatMessage: { type: 1, key: { id: '3AAA00' } } })],
		['the cover of an album', fromAna({ albumMessage: { expectedImageCount: 3 } })],
		['a mention in a status', fromAna({ statusMentionMessage: { message: MENTION } })],
		['a mention in the status of a group', fromAna({ groupStatusMentionMessage: { message: MENTION } })],
		['the status of a group', fromAna({ groupStatusMessage: { message: { conversation: 'Oi' } } })],
		['the same, newer', fromAna({ groupStatusMessageV2: { message: { conversation: 'Oi' } } })],
		['a call', fromAna({ callLogMesssage: { callOutcome: 1 } })],
		['a comment in a channel', fromAna({ encCommentMessage: { targetMessageKey: { id: '3AAA00' } } })],
		['a reaction in a channel', fromAna({ encReactionMessage: { targetMessageKey: { id: '3AAA00' } } })],
		['a changed appointment', fromAna({ secretEncryptedMessage: { ...SEALED, secretEncType: 1 } })],
		['nothing but context', fromAna({ messageContextInfo: { messageSecret: Buffer.alloc(32) } })],
	])('%s is no event', (_, message) => {
		expect(read(message)).toBeNull();
	});
});

it('keeps a copy of the original that can be written as JSON, without the bytes of previews', () => {
	const { raw } = heard(
		fromAna({ imageMessage: { jpegThumbnail: Buffer.alloc(900), fileLength: 12, mediaKey: Buffer.from('key') } }),
	);
	expect(JSON.parse(JSON.stringify(raw))).toMatchObject({
		key: { id: '3AAA01' },
		message: { imageMessage: { jpegThumbnail: '(900 bytes)', fileLength: 12, mediaKey: 'a2V5' } },
	});
});

it('tells of a picture to be seen once that linked devices never get', () => {
	const hidden = fromAna(undefined, { key: { isViewOnce: true } as never });
	expect(heard(hidden).content).toMatchObject({ type: 'other', providerType: 'viewOnceMessage', text: '' });
});
