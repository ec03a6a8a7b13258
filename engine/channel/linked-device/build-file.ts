/** A file on its way out: from the store, a link, or a message that was received; with type, name and content in agreement. */
import type { AnyMessageContent } from '@whiskeysockets/baileys';
import type { OutboundContent } from '../../model';
import { checkFile, checkLink, checkMediaText, fileGone } from '../content-checks';
import { settleFile, type SettledFile } from '../outgoing-file';
import type { MediaReader, StoredMedia } from '../port';
import { refuse, type Refusal } from '../refusal';
import type { fetchLink } from './fetch-link';
import { LIMITS, MEDIA_LIMITS, MOST_LINK_BYTES } from './limits';

export type FileToSend = Omit<Extract<OutboundContent, { type: 'media' }>, 'type'>;

type BuiltFile = { type: 'ok'; content: AnyMessageContent; hint?: string } | Refusal;

const VOICE_HINT =
	'O áudio foi enviado como arquivo, pois uma mensagem de voz precisa de OGG com OPUS. Converta o áudio para enviá-lo como voz.';

/** @param mostCaption a template's text may be longer than what a person can type under a file */
export async function buildFile(
	given: FileToSend,
	media: MediaReader,
	fetch: typeof fetchLink,
	mostCaption: number = LIMITS.caption,
): Promise<BuiltFile> {
	const refusal = checkMediaText({ type: 'media', ...given }, mostCaption);
	if (refusal) return refusal;
	const found = await bytesOf(given, media, fetch);
	if (found.type === 'refused') return found;
	const { mediaType, mimeType, fileName } = given;
	const file = settleFile(mediaType, {
		bytes: found.file.bytes,
		mimeType: mimeType || found.file.mimeType,
		fileName: fileName || found.file.fileName,
	});
	if (file.type === 'refused') return file;
	return checkFile(mediaType, file, MEDIA_LIMITS) ?? contentOf(given, file);
}

async function bytesOf(
	{ source }: FileToSend,
	media: MediaReader,
	fetch: typeof fetchLink,
): Promise<{ type: 'ok'; file: StoredMedia } | Refusal> {
	if ('link' in source) return checkLink(source.link) ?? (await fetch(source.link, MOST_LINK_BYTES));
	if ('providerMediaId' in source) {
		return refuse(
			'noMediaId',
			'Este canal não envia arquivos pelo id da Meta. Informe um link ou o próprio arquivo (campo binário).',
		);
	}
	const file = await media.read(source);
	return file ? { type: 'ok', file } : fileGone();
}

function contentOf({ mediaType, caption, voice }: FileToSend, file: SettledFile): BuiltFile {
	const { bytes, mimeType: mimetype, fileName } = file;
	// Half of a surrogate pair cannot be written to the wire.
	const text = caption ? { caption: Buffer.from(caption).toString() } : {};
	switch (mediaType) {
		case 'image':
			return { type: 'ok', content: { image: bytes, mimetype, ...text } };
		case 'video':
			return { type: 'ok', content: { video: bytes, mimetype, ...text } };
		case 'document':
			return { type: 'ok', content: { document: bytes, mimetype, fileName, ...text } };
		case 'sticker':
			return { type: 'ok', content: { sticker: bytes, mimetype, isAnimated: isAnimatedWebp(bytes) } };
		case 'audio': {
			const isOpus = isOggOpus(bytes);
			const content = { audio: bytes, mimetype: isOpus ? 'audio/ogg; codecs=opus' : mimetype, ptt: !!voice && isOpus };
			return { type: 'ok', content, ...(voice && !isOpus && { hint: VOICE_HINT }) };
		}
	}
}

/** The first page of an Ogg file names what is in it. */
function isOggOpus(bytes: Buffer): boolean {
	return bytes.subarray(0, 4).equals(Buffer.from('OggS')) && bytes.subarray(0, 128).includes('OpusHead');
}

/** The extended header of a WebP file has a bit for it. Source: WebP container specification, "Extended File Format". */
function isAnimatedWebp(bytes: Buffer): boolean {
	return bytes.subarray(12, 16).equals(Buffer.from('VP8X')) && (bytes[20]! & 0b10) !== 0;
}
