import { proto as waproto, type proto } from '@whiskeysockets/baileys';
import { readMediaHandle } from '../../../../../engine/channel/linked-device/media-handle';
import { readMessage } from '../../../../../engine/channel/linked-device/read-message';
import type { MessageEvent } from '../../../../../engine/model';
import { ANA_PHONE, fromAna, NOW, OWN } from './wa-message';

const eventOf = (message: proto.IMessage) => readMessage(fromAna(message), OWN, 'notify', NOW) as MessageEvent;
const contentOf = (message: proto.IMessage) => eventOf(message).content;
const plain = { reply: null, media: null };

describe('texts', () => {
	it.each<[string, proto.IMessage]>([
		['plain', { conversation: '2' }],
		['with context', { extendedTextMessage: { text: '2' } }],
		['that disappears', { ephemeralMessage: { message: { extendedTextMessage: { text: '2' } } } }],
		['beside keys', { messageContextInfo: { deviceListMetadataVersion: 2 }, conversation: '2' }],
		['forwarded by a bot', { botForwardedMessage: { message: { conversation: '2' } } }],
	])('%s', (_, message) => {
		expect(contentOf(message)).toEqual({ type: 'text', text: '2', ...plain });
	});

	it('name the message they answer to', () => {
		const quoting = { extendedTextMessage: { text: 'sim', contextInfo: { stanzaId: '3EB0AA' } } };
		expect(eventOf(quoting).quotedMessageId).toBe('3EB0AA');
	});

	it('bring the ad they came from, under the names of the Cloud API; a link with a preview is no ad', () => {
		const withReply = (externalAdReply: proto.ContextInfo.IExternalAdReplyInfo) =>
			contentOf({ extendedTextMessage: { text: 'Vi o anúncio', contextInfo: { externalAdReply } } });
		const ad = { sourceType: 'ad', sourceId: '120', sourceUrl: 'https://fb.me/x', title: 'Revisão', ctwaClid: 'AbC' };
		expect(withReply(ad).referral).toEqual({
			source_url: 'https://fb.me/x',
			source_type: 'ad',
			source_id: '120',
			headline: 'Revisão',
			ctwa_clid: 'AbC',
		});
		expect(withReply({ title: 'Loja', sourceUrl: 'https://loja.example' })).not.toHaveProperty('referral');
	});
});

describe('files', () => {
	const stored = {
		url: 'https://mmg.whatsapp.net/v/t62/1',
		directPath: '/v/t62/1',
		mediaKey: Buffer.alloc(32, 7),
		fileSha256: Buffer.alloc(32, 1),
		fileLength: 2048,
	};
	const media = { size: 2048, sha256: Buffer.alloc(32, 1).toString('base64') };

	it.each<[string, proto.IMessage, object]>([
		['image', { imageMessage: { ...stored, mimetype: 'image/jpeg', caption: 'Recibo' } }, { mimeType: 'image/jpeg' }],
		['video', { videoMessage: { ...stored, mimetype: 'video/mp4', caption: 'Recibo' } }, { mimeType: 'video/mp4' }],
		['video', { ptvMessage: { ...stored, mimetype: 'video/mp4', caption: 'Recibo' } }, { mimeType: 'video/mp4' }],
		[
			'document',
			{
				documentWithCaptionMessage: {
					message: { documentMessage: { ...stored, fileName: 'a/../nota.pdf', caption: 'Recibo' } },
				},
			},
			{ fileName: 'nota.pdf', mimeType: null },
		],
		[
			'image',
			{ viewOnceMessageV2: { message: { imageMessage: { ...stored, caption: 'Recibo' } } } },
			{ mimeType: null },
		],
	])('%s with its caption', (type, message, more) => {
		expect(contentOf(message)).toMatchObject({ type, text: 'Recibo', media: { type, ...media, ...more } });
	});

	it('a voice message is an audio that says so; a sticker tells whether it moves', () => {
		const voice = contentOf({ audioMessage: { ...stored, mimetype: 'audio/ogg; codecs=opus', ptt: true } });
		expect(voice.media).toMatchObject({ type: 'audio', voice: true, mimeType: 'audio/ogg; codecs=opus' });
		expect(contentOf({ audioMessage: stored }).media).toMatchObject({ voice: false });
		expect(contentOf({ stickerMessage: { ...stored, isAnimated: true } }).media).toMatchObject({ animated: true });
		const lottie = { lottieStickerMessage: { message: { stickerMessage: { ...stored, isLottie: true } } } };
		expect(contentOf(lottie).media).toMatchObject({ type: 'sticker', animated: true });
	});

	it('carry all that downloading them needs', () => {
		const { media } = contentOf({ imageMessage: stored });
		expect(readMediaHandle(media!.providerMediaId!)).toEqual({
			mediaType: 'image',
			url: stored.url,
			directPath: stored.directPath,
			mediaKey: Buffer.alloc(32, 7).toString('base64'),
			message: { remoteJid: ANA_PHONE, id: '3AAA01', fromMe: false },
		});
	});

	it('that nobody could decrypt are told without a handle', () => {
		expect(contentOf({ imageMessage: { url: 'https://x', mimetype: 'image/png' } }).media!.providerMediaId).toBeNull();
		expect(contentOf({ imageMessage: { mediaKey: Buffer.alloc(32) } }).media!.providerMediaId).toBeNull();
		expect(readMediaHandle('1234567890')).toBeNull();
		expect(readMediaHandle('{"mediaType":"image"}')).toBeNull();
	});
});

describe('places and cards', () => {
	it('a location, live or not', () => {
		const location = { latitude: -23.5, longitude: -46.6, name: 'Oficina', address: null };
		expect(
			contentOf({ locationMessage: { degreesLatitude: -23.5, degreesLongitude: -46.6, name: 'Oficina' } }),
		).toEqual({
			...{ type: 'location', text: '', ...plain },
			location,
		});
		const live = { liveLocationMessage: { degreesLatitude: -23.5, degreesLongitude: -46.6, caption: 'Chegando' } };
		expect(contentOf(live)).toMatchObject({ type: 'location', text: 'Chegando', location: { name: null } });
	});

	it('a place that is nowhere is `other`', () => {
		expect(contentOf({ locationMessage: { degreesLatitude: 91, degreesLongitude: 0 } }).type).toBe('other');
		expect(contentOf({ locationMessage: { name: 'Oficina' } }).providerType).toBe('locationMessage');
	});

	it('cards in the shape of the Cloud API (X-01)', () => {
		const vcard = [
			'BEGIN:VCARD',
			'VERSION:3.0',
			'N:Souza;Bruno;;;',
			'FN:Bruno Souza',
			'ORG:Auto Peças\\; Silva;',
			'item1.TEL;type=CELL;type=VOICE;waid=5511912345678:+55 11 91234-5678',
			'EMAIL;type=INTERNET;type=WORK:bruno@exemplo.com.br',
			'END:VCARD',
		].join('\r\n');
		const card = {
			name: { formatted_name: 'Bruno Souza', first_name: 'Bruno', last_name: 'Souza' },
			org: { company: 'Auto Peças; Silva' },
			phones: [{ phone: '+55 11 91234-5678', type: 'CELL', wa_id: '5511912345678' }],
			emails: [{ email: 'bruno@exemplo.com.br', type: 'WORK' }],
		};
		expect(contentOf({ contactMessage: { displayName: 'Bruno', vcard } })).toEqual({
			...{ type: 'contacts', text: '', ...plain },
			contacts: [card],
		});
		const two = { contactsArrayMessage: { contacts: [{ vcard }, { displayName: 'Bia', vcard: 'BEGIN:VCARD' }] } };
		expect(contentOf(two).contacts).toEqual([card, { name: { formatted_name: 'Bia' }, phones: [] }]);
	});
});

describe('taps on the options of another system', () => {
	it.each<[string, proto.IMessage]>([
		['a row of a list', { listResponseMessage: { title: 'Boleto', singleSelectReply: { selectedRowId: 'b1' } } }],
		['a button', { buttonsResponseMessage: { selectedButtonId: 'b1', selectedDisplayText: 'Boleto' } }],
		['a quick reply', { templateButtonReplyMessage: { selectedId: 'b1', selectedDisplayText: 'Boleto' } }],
		[
			'a newer button',
			{
				interactiveResponseMessage: {
					body: { text: 'Boleto' },
					nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: '{"id":"b1"}' },
				},
			},
		],
	])('%s is a menu reply', (_, message) => {
		expect(contentOf(message)).toEqual({
			...{ type: 'menuReply', text: 'Boleto', media: null },
			reply: { id: 'b1', title: 'Boleto' },
		});
	});

	it('the answers of a form stay visible as `other`', () => {
		const form = { body: { text: 'Enviado' }, nativeFlowResponseMessage: { name: 'flow', paramsJson: '{"nota":5}' } };
		expect(contentOf({ interactiveResponseMessage: form })).toEqual({
			...{ type: 'other', text: 'Enviado', ...plain },
			providerType: 'interactiveResponseMessage',
		});
	});

	it('a message with buttons is the text it shows', () => {
		expect(contentOf({ buttonsMessage: { contentText: 'Escolha' } })).toMatchObject({ type: 'text', text: 'Escolha' });
		const list = { listMessage: { title: 'Loja', description: 'Escolha' } };
		expect(contentOf(list)).toMatchObject({ type: 'text', text: 'Loja\n\nEscolha', providerType: 'listMessage' });
		const template = { templateMessage: { hydratedTemplate: { hydratedContentText: 'Seu pedido saiu' } } };
		expect(contentOf(template)).toMatchObject({ type: 'text', text: 'Seu pedido saiu' });
		const newer = { interactiveMessage: { header: { title: 'Loja' }, body: { text: 'Escolha' } } };
		expect(contentOf(newer)).toMatchObject({ type: 'text', text: 'Loja\n\nEscolha' });
	});
});

describe('what is about another message', () => {
	it('a reaction, and one taken back', () => {
		const reaction = (text: string) => contentOf({ reactionMessage: { key: { id: '3EB0AA' }, text } }).reaction;
		expect(reaction('👍')).toEqual({ messageId: '3EB0AA', emoji: '👍' });
		expect(reaction('')).toEqual({ messageId: '3EB0AA', emoji: null });
	});

	it.each<[string, proto.IMessage]>([
		[
			'as it comes',
			{ protocolMessage: { type: 14, key: { id: '3AAA00' }, editedMessage: { conversation: 'Fila 3' } } },
		],
		[
			'in an envelope',
			{
				editedMessage: {
					message: {
						protocolMessage: {
							type: 14,
							key: { id: '3AAA00' },
							editedMessage: { extendedTextMessage: { text: 'Fila 3' } },
						},
					},
				},
			},
		],
	])('a correction is told as on the Cloud API, with the new text and the original (X-01): %s', (_, message) => {
		const { content, quotedMessageId } = eventOf(message);
		expect(content).toEqual({ type: 'other', text: 'Fila 3', ...plain, providerType: 'edit' });
		expect(quotedMessageId).toBe('3AAA00');
	});

	it('a vote points at its poll', () => {
		const { content, quotedMessageId } = eventOf({ pollUpdateMessage: { pollCreationMessageKey: { id: '3EB0AA' } } });
		expect([content.type, content.providerType, quotedMessageId]).toEqual(['other', 'pollUpdateMessage', '3EB0AA']);
	});
});

describe('everything else', () => {
	it.each<[string, proto.IMessage, string]>([
		[
			'pollCreationMessage',
			{ pollCreationMessageV3: { name: 'Quando?', options: [{ optionName: 'Hoje' }, { optionName: 'Amanhã' }] } },
			'Quando?\n- Hoje\n- Amanhã',
		],
		['productMessage', { productMessage: { product: { title: 'Pneu' } } }, 'Pneu'],
		['eventMessage', { eventMessage: { name: 'Visita', description: 'Às 10h' } }, 'Visita\nÀs 10h'],
		['groupInviteMessage', { groupInviteMessage: { groupJid: '1@g.us', caption: 'Entre aqui' } }, 'Entre aqui'],
		['requestPhoneNumberMessage', { requestPhoneNumberMessage: {} }, ''],
		['placeholderMessage', { placeholderMessage: { type: 0 } }, ''],
	])('%s is `other` under its own name, with what can be read of it (D-31)', (providerType, message, text) => {
		expect(contentOf(message)).toEqual({ type: 'other', text, ...plain, providerType });
	});

	it('an order, with its sum in the unit of the currency', () => {
		const order = {
			orderId: 'A1',
			itemCount: 2,
			message: 'Entregar hoje',
			totalAmount1000: 125_500,
			totalCurrencyCode: 'BRL',
		};
		expect(contentOf({ orderMessage: order })).toEqual({
			...{ type: 'order', text: 'Entregar hoje', ...plain },
			order: { id: 'A1', title: null, itemCount: 2, total: 125.5, currency: 'BRL', token: null },
		});
	});
});

describe('one picture or film that comes in two versions counts once', () => {
	const file = { url: 'https://mmg.whatsapp.net/v/1', directPath: '/v/1', mediaKey: Buffer.alloc(32, 7) };
	const associated = (associationType: number, inner: proto.IMessage, inside = false): proto.IMessage => {
		const messageContextInfo = { messageAssociation: { associationType, parentMessageKey: { id: '3AAA00' } } };
		return inside
			? { associatedChildMessage: { message: { ...inner, messageContextInfo } } }
			: { associatedChildMessage: { message: inner }, messageContextInfo };
	};
	const read = (message: proto.IMessage) => readMessage(fromAna(message), OWN, 'notify', NOW);
	const { HD_IMAGE_DUAL_UPLOAD, HD_VIDEO_DUAL_UPLOAD, HEVC_VIDEO_DUAL_UPLOAD, MOTION_PHOTO, MEDIA_ALBUM } =
		waproto.MessageAssociation.AssociationType;
	const paired = waproto.ContextInfo.PairedMediaType;

	it.each<[string, number, proto.IMessage]>([
		['the HD photo', HD_IMAGE_DUAL_UPLOAD, { imageMessage: file }],
		['the HD video', HD_VIDEO_DUAL_UPLOAD, { videoMessage: file }],
		['the video in a newer format', HEVC_VIDEO_DUAL_UPLOAD, { videoMessage: file }],
		['the film of a live photo', MOTION_PHOTO, { videoMessage: file }],
	])('%s is no message beside the first, wherever it says so', (_, association, inner) => {
		expect(read(associated(association, inner))).toBeNull();
		expect(read(associated(association, inner, true))).toBeNull();
		expect(read({ ...inner, messageContextInfo: { messageAssociation: { associationType: association } } })).toBeNull();
	});

	it.each([paired.HD_VIDEO_CHILD, paired.HD_IMAGE_CHILD, paired.MOTION_PHOTO_CHILD, paired.HEVC_VIDEO_CHILD])(
		'nor is it where an older app says so (%d)',
		(pairedMediaType) => {
			expect(read({ videoMessage: { ...file, contextInfo: { pairedMediaType } } })).toBeNull();
		},
	);

	it('the first version is one, and so is every picture of an album', () => {
		for (const pairedMediaType of [paired.SD_IMAGE_PARENT, paired.MOTION_PHOTO_PARENT, paired.NOT_PAIRED_MEDIA]) {
			expect(contentOf({ imageMessage: { ...file, contextInfo: { pairedMediaType } } }).type).toBe('image');
		}
		expect(contentOf(associated(MEDIA_ALBUM, { imageMessage: file })).type).toBe('image');
		expect(contentOf({ ...associated(MEDIA_ALBUM, {}), associatedChildMessage: null, imageMessage: file }).type).toBe(
			'image',
		);
	});
});

it('a sealed edit is an edit of its original, without words as long as nobody can open it', () => {
	const secretEncryptedMessage = {
		targetMessageKey: { id: '3AAA00' },
		encPayload: Buffer.alloc(40),
		encIv: Buffer.alloc(12),
		secretEncType: 2,
	};
	expect(eventOf({ secretEncryptedMessage })).toMatchObject({
		content: { type: 'other', providerType: 'edit', text: '' },
		quotedMessageId: '3AAA00',
	});
});

it.each<[string, proto.IMessage]>([
	['pollUpdateMessage', { pollUpdateMessage: { pollCreationMessageKey: { id: '3AAA00' }, vote: {} } }],
	['encEventResponseMessage', { encEventResponseMessage: { eventCreationMessageKey: { id: '3AAA00' } } }],
])('%s stays an item for whoever wants it', (providerType, message) => {
	expect(contentOf(message)).toMatchObject({ type: 'other', providerType, text: '' });
});
