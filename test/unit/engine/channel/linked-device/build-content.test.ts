import { generateWAMessageContent, proto } from '@whiskeysockets/baileys';
import { buildContent, type Built } from '../../../../../engine/channel/linked-device/build-content';
import { readVcard } from '../../../../../engine/channel/linked-device/vcard';
import type { MediaReader, StoredMedia } from '../../../../../engine/channel/port';
import { refuse } from '../../../../../engine/channel/refusal';
import type { MediaType, OutboundContent } from '../../../../../engine/model';
import type { TemplateContent } from '../../../../../engine/model-template';
import { ANA_PHONE } from './wa-message';

const PDF = { bytes: Buffer.from('%PDF-1.7 boleto'), mimeType: 'application/pdf', fileName: 'boleto.pdf' };
const JPEG = { bytes: Buffer.from('\xff\xd8\xff\xe0 foto', 'latin1'), mimeType: 'image/jpeg', fileName: null };
const OPUS = {
	bytes: Buffer.concat([Buffer.from('OggS'), Buffer.alloc(24), Buffer.from('OpusHead'), Buffer.alloc(9)]),
	mimeType: 'audio/ogg',
	fileName: null,
};
const MP3 = { bytes: Buffer.from('ID3 som'), mimeType: 'audio/mpeg', fileName: null };
const webp = (animated: boolean) => ({
	bytes: Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8X\0\0\0\0', 'latin1'), Buffer.from([animated ? 2 : 0, 0, 0])]),
	mimeType: 'image/webp',
	fileName: null,
});

const shelf = (file: StoredMedia | null): MediaReader => ({ read: async () => file });
const build = (content: OutboundContent, file: StoredMedia | null = null) =>
	buildContent(content, shelf(file), ANA_PHONE);
const media = (mediaType: MediaType, change: object = {}): OutboundContent => ({
	...{ type: 'media', mediaType, source: { blobId: 'blb_1' } },
	...change,
});
const codeOf = (built: Built) => (built.type === 'refused' ? built.error.code : null);
const sentOf = (built: Built) => {
	if (built.type !== 'ok') throw new Error(built.explanation);
	return built.content as Record<string, unknown>;
};

/** What really goes over the wire. */
async function onTheWire(content: OutboundContent): Promise<proto.IMessage> {
	const made = await generateWAMessageContent(sentOf(await build(content)) as never, {} as never);
	return proto.Message.decode(proto.Message.encode(made).finish());
}

describe('texts', () => {
	it('go out as they are, and no page behind a link is fetched', async () => {
		expect(await build({ type: 'text', text: '👍' })).toEqual({
			type: 'ok',
			content: { text: '👍', linkPreview: null },
		});
		expect((await onTheWire({ type: 'text', text: 'https://exemplo.com.br' })).extendedTextMessage).toEqual(
			proto.Message.ExtendedTextMessage.create({ text: 'https://exemplo.com.br' }),
		);
	});

	it('say when a preview was wanted', async () => {
		const linked = await build({ type: 'text', text: 'Veja https://exemplo.com.br', previewUrl: true });
		expect(linked).toMatchObject({ hint: 'O link foi enviado sem prévia, que só a API oficial mostra.' });
		expect(await build({ type: 'text', text: 'Sem link', previewUrl: true })).not.toHaveProperty('hint');
	});

	it.each([
		['', 'emptyText'],
		[' \n', 'emptyText'],
		['x'.repeat(65_537), 'textTooLong'],
		['👋'.repeat(65_536), null],
	])('%#', async (text, code) => {
		expect(codeOf(await build({ type: 'text', text }))).toBe(code);
	});

	it('survive half an emoji', async () => {
		expect((await onTheWire({ type: 'text', text: 'a\ud83d' })).extendedTextMessage!.text).toBe('a\ufffd');
	});
});

describe('menus', () => {
	const menu = (style: 'auto' | 'buttons' | 'list' | 'text'): OutboundContent => ({
		type: 'menu',
		body: 'Escolha',
		plainText: 'Escolha\n1 - Comercial',
		options: [{ id: 'a', title: 'Comercial' }],
		style,
	});

	it.each(['auto', 'buttons', 'list'] as const)(
		'of style %s are numbered text, and a hint says so (C-18, D-18)',
		async (style) => {
			expect(await build(menu(style))).toEqual({
				type: 'ok',
				content: { text: 'Escolha\n1 - Comercial', linkPreview: null },
				hint: 'O menu foi enviado como texto numerado, pois o WhatsApp Web não mostra botões nem listas.',
			});
		},
	);

	it('that were to be text need no hint', async () => {
		expect(await build(menu('text'))).not.toHaveProperty('hint');
	});
});

describe('files', () => {
	it('carry their bytes, type, name and caption', async () => {
		expect(sentOf(await build(media('document', { caption: 'Seu boleto' }), PDF))).toEqual({
			document: PDF.bytes,
			mimetype: 'application/pdf',
			fileName: 'boleto.pdf',
			caption: 'Seu boleto',
		});
		expect(sentOf(await build(media('image', { caption: 'Foto' }), JPEG))).toEqual({
			image: JPEG.bytes,
			mimetype: 'image/jpeg',
			caption: 'Foto',
		});
	});

	it('an audio is a voice message when it is Opus, else a file with a hint', async () => {
		const voice = media('audio', { voice: true });
		expect(await build(voice, OPUS)).toEqual({
			type: 'ok',
			content: { audio: OPUS.bytes, mimetype: 'audio/ogg; codecs=opus', ptt: true },
		});
		expect(await build(voice, MP3)).toMatchObject({
			content: { mimetype: 'audio/mpeg', ptt: false },
			hint: expect.stringContaining('OGG com OPUS'),
		});
		expect(sentOf(await build(media('audio'), OPUS))).toMatchObject({ ptt: false });
	});

	it('a sticker says whether it moves', async () => {
		expect(sentOf(await build(media('sticker'), webp(true)))).toMatchObject({ isAnimated: true });
		expect(sentOf(await build(media('sticker'), webp(false)))).toMatchObject({ isAnimated: false });
	});

	it.each<[string, OutboundContent, StoredMedia | null]>([
		['fileGone', media('image'), null],
		['noCaption', media('audio', { caption: 'x' }), OPUS],
		['captionTooLong', media('image', { caption: 'x'.repeat(1_025) }), JPEG],
		['voiceType', media('video', { voice: true }), JPEG],
		['badLink', media('image', { source: { link: 'ftp://x' } }), null],
		['noMediaId', media('image', { source: { providerMediaId: '123' } }), null],
		['fileContent', media('document'), { ...PDF, bytes: Buffer.from('<!doctype html><html>') }],
		['mimeType', media('image'), { ...webp(false) }],
		['emptyFile', media('document'), { ...PDF, bytes: Buffer.alloc(0) }],
		[
			'fileTooLarge',
			media('sticker'),
			{ ...webp(false), bytes: Buffer.concat([webp(false).bytes, Buffer.alloc(1 << 20)]) },
		],
	])('%s is refused in Portuguese before anything is uploaded (D-19)', async (code, content, file) => {
		expect(codeOf(await build(content, file))).toBe(code);
	});

	it('behind a link are fetched first; its refusal is the message’s', async () => {
		const content = media('document', { source: { link: 'https://exemplo.com.br/b' } });
		const fetched = await buildContent(content, shelf(null), ANA_PHONE, async () => ({ type: 'ok', file: PDF }));
		expect(sentOf(fetched)).toMatchObject({ document: PDF.bytes, fileName: 'boleto.pdf' });
		const dead = await buildContent(content, shelf(null), ANA_PHONE, async () => refuse('badLink', 'HTTP 404'));
		expect(codeOf(dead)).toBe('badLink');
	});
});

describe('places, cards and reactions', () => {
	it('a place', async () => {
		const place = { type: 'location' as const, latitude: -23.5, longitude: -46.6, name: 'Oficina' };
		expect((await onTheWire(place)).locationMessage).toMatchObject({ degreesLatitude: -23.5, name: 'Oficina' });
		expect(codeOf(await build({ ...place, latitude: 91 }))).toBe('badLocation');
	});

	it('cards as vCards that read back as they were, whatever is in a name', async () => {
		const card = {
			name: 'Ana; "A,B"\\\nSouza',
			phones: [{ phone: '(11) 98765-4321', type: 'WORK' }, { phone: '0800 123\r\nTEL:1' }],
			emails: [{ email: 'ana@exemplo.com.br' }],
			organization: 'Auto Peças, Silva',
		};
		const { contactMessage } = await onTheWire({ type: 'contacts', contacts: [card] });
		expect(readVcard(contactMessage!.vcard!, '')).toEqual({
			name: { formatted_name: card.name, first_name: card.name },
			phones: [
				{ phone: '(11) 98765-4321', type: 'WORK', wa_id: '5511987654321' },
				{ phone: '0800 123 TEL:1', type: 'CELL' },
			],
			emails: [{ email: 'ana@exemplo.com.br' }],
			org: { company: 'Auto Peças, Silva' },
		});
		const two = await onTheWire({ type: 'contacts', contacts: [card, { name: 'Bia', phones: [] }] });
		expect(two.contactsArrayMessage).toMatchObject({ displayName: '2 contatos' });
		expect(codeOf(await build({ type: 'contacts', contacts: [] }))).toBe('noContacts');
	});

	it('a reaction to what the person wrote, and taking it back', async () => {
		const key = { remoteJid: ANA_PHONE, id: '3AAA01', fromMe: false };
		const react = (emoji: string) => build({ type: 'reaction', messageId: '3AAA01', emoji });
		expect(sentOf(await react('👍'))).toEqual({ react: { key, text: '👍' } });
		expect(sentOf(await react(''))).toEqual({ react: { key, text: '' } });
		expect(codeOf(await build({ type: 'reaction', messageId: '', emoji: '👍' }))).toBe('reactionTarget');
	});
});

describe('templates', () => {
	const template = (change: Partial<TemplateContent> = {}): TemplateContent => ({
		...{ type: 'template', name: 'lembrete', language: 'pt_BR', category: 'utility', parameterFormat: 'positional' },
		...{ header: null, body: [], buttons: [], text: 'Olá, Ana.\n\nPague: https://exemplo.com.br/1', options: [] },
		...change,
	});
	const hint = 'O modelo foi enviado como mensagem comum, pois este número não usa modelos aprovados.';

	it('go out as the text they make, with their quick replies as lines', async () => {
		const options = [
			{ id: 'p', title: 'Já paguei' },
			{ id: 'f', title: 'Falar com alguém' },
		];
		expect(await build(template({ options }))).toEqual({
			type: 'ok',
			content: {
				text: 'Olá, Ana.\n\nPague: https://exemplo.com.br/1\n\nResponda com uma destas opções:\n- Já paguei\n- Falar com alguém',
				linkPreview: null,
			},
			hint,
		});
	});

	it('with a file are that file with the text under it, however long', async () => {
		const text = 'x'.repeat(1_100);
		const header = { type: 'media' as const, mediaType: 'document' as const, source: { blobId: 'blb_1' } };
		expect(await build(template({ header, text }), PDF)).toEqual({
			type: 'ok',
			content: { document: PDF.bytes, mimetype: 'application/pdf', fileName: 'boleto.pdf', caption: text },
			hint,
		});
		expect(codeOf(await build(template({ header })))).toBe('fileGone');
	});

	it('with a place name it in the text', async () => {
		const header = { type: 'location' as const, latitude: -23.5, longitude: -46.6, name: 'Oficina' };
		expect(sentOf(await build(template({ header, text: 'Venha' }))).text).toBe(
			'Venha\n\nOficina\nhttps://maps.google.com/?q=-23.5,-46.6',
		);
	});
});
