import { validateContent, validateFile } from '../../../../../engine/channel/cloud-api/validate';
import type { MediaType, OutboundContent } from '../../../../../engine/model';

const codeOf = (content: OutboundContent) => validateContent(content)?.error.code ?? null;
const media = (mediaType: MediaType, change: object = {}): OutboundContent =>
	({ type: 'media', mediaType, source: { link: 'https://exemplo.com.br/x' }, ...change }) as OutboundContent;

describe('documented limits, judged before sending (D-19)', () => {
	it.each<[OutboundContent, string | null]>([
		[{ type: 'text', text: 'x'.repeat(4096) }, null],
		[{ type: 'text', text: '👋'.repeat(4096) }, null],
		[{ type: 'text', text: 'x'.repeat(4097) }, 'textTooLong'],
		[{ type: 'text', text: ' \n' }, 'emptyText'],
		[media('image', { caption: 'x'.repeat(1024) }), null],
		[media('image', { caption: 'x'.repeat(1025) }), 'captionTooLong'],
		[media('audio', { caption: 'x' }), 'noCaption'],
		[media('sticker', { caption: 'x' }), 'noCaption'],
		[media('audio', { voice: true }), null],
		[media('video', { voice: true }), 'voiceType'],
		[media('image', { source: { link: 'ftp://x/y' } }), 'badLink'],
		[media('image', { source: { link: 'boleto.pdf' } }), 'badLink'],
		[media('image', { source: { providerMediaId: '' } }), 'noMediaId'],
		[{ type: 'location', latitude: 90, longitude: -180 }, null],
		[{ type: 'location', latitude: 90.1, longitude: 0 }, 'badLocation'],
		[{ type: 'location', latitude: NaN, longitude: 0 }, 'badLocation'],
		[{ type: 'contacts', contacts: [] }, 'noContacts'],
		[{ type: 'contacts', contacts: [{ name: '', phones: [] }] }, 'contactName'],
		[{ type: 'contacts', contacts: Array(258).fill({ name: 'Bia', phones: [] }) }, 'tooManyContacts'],
		[{ type: 'contacts', contacts: Array(257).fill({ name: 'Bia', phones: [] }) }, null],
		[{ type: 'reaction', messageId: '', emoji: '👍' }, 'reactionTarget'],
		[{ type: 'reaction', messageId: 'wamid.A', emoji: '' }, null],
		[{ type: 'menu', body: '', plainText: '', options: [], style: 'text' }, 'emptyText'],
		[{ type: 'menu', body: '', plainText: 'x'.repeat(4097), options: [], style: 'auto' }, 'textTooLong'],
		[{ type: 'menu', body: 'Escolha', plainText: '', options: [{ id: 'a', title: 'A' }], style: 'auto' }, null],
	])('%#', (content, code) => {
		expect(codeOf(content)).toBe(code);
	});

	it('ends the message and says in Portuguese what to change', () => {
		expect(validateContent({ type: 'text', text: 'x'.repeat(4097) })).toEqual({
			type: 'refused',
			error: {
				code: 'textTooLong',
				title: 'Recusada antes do envio',
				details: 'A mensagem passa de 4096 caracteres. Divida em mensagens menores.',
			},
			retry: { kind: 'never' },
			explanation: 'A mensagem passa de 4096 caracteres. Divida em mensagens menores.',
		});
	});
});

describe('files', () => {
	const file = (mimeType: string, size = 10) => ({ bytes: Buffer.alloc(size), mimeType, fileName: null });
	const MB = 1024 * 1024;

	it.each<[MediaType, string, number, string | null]>([
		['image', 'image/jpeg', 5 * MB, null],
		['image', 'image/jpg', 10, null],
		['image', 'image/jpeg', 5 * MB + 1, 'fileTooLarge'],
		['image', 'image/webp', 10, 'mimeType'],
		['image', '', 10, 'mimeType'],
		['video', 'video/mp4', 16 * MB + 1, 'fileTooLarge'],
		['audio', 'audio/ogg; codecs=opus', 10, null],
		['audio', 'audio/wav', 10, 'mimeType'],
		['sticker', 'image/webp', 500 * 1024 + 1, 'fileTooLarge'],
		['document', 'application/xml', 10, null],
		['document', 'application/pdf', 0, 'emptyFile'],
	])('%s of %s with %d bytes', (mediaType, mimeType, size, code) => {
		expect(validateFile(mediaType, file(mimeType, size))?.error.code ?? null).toBe(code);
	});

	it('must be OGG to be a voice message', () => {
		expect(validateFile('audio', file('audio/mpeg'), true)?.error.code).toBe('voiceFormat');
		expect(validateFile('audio', file('audio/ogg'), true)).toBeNull();
	});

	it('that are too large are told with both sizes', () => {
		expect(validateFile('image', file('image/png', 6 * MB))?.explanation).toBe(
			'O arquivo tem 6 MB e o WhatsApp aceita até 5 MB para imagem. Reduza o arquivo ou envie um link no texto.',
		);
	});
});
