/** The file that came with a message: what it is, and what downloading it needs. Its bytes are fetched later. */
import type { InboundMedia, MediaType } from '../../model';
import { cleanFileName } from '../file-name';
import { textOf, type Json } from '../untrusted';
import type { PartReader } from './content-parts';
import { writeMediaHandle, type MediaHandle } from './media-handle';
import { base64Of, countOf } from './wire-values';

export function readFile(type: MediaType): PartReader {
	return (part, message) => {
		const media: InboundMedia = {
			type,
			mimeType: textOf(part.mimetype),
			// Customers choose it: nothing dangerous in it reaches a workflow.
			fileName: cleanFileName(textOf(part.fileName) ?? textOf(part.title) ?? ''),
			size: countOf(part.fileLength),
			sha256: base64Of(part.fileSha256),
			providerMediaId: handleOf(type, part, message),
		};
		if (type === 'audio') media.voice = part.ptt === true;
		if (type === 'sticker') media.animated = part.isAnimated === true || part.isLottie === true;
		return { type, text: textOf(part.caption) ?? '', reply: null, media };
	};
}

/** @returns null when something is missing without which nobody can download it */
function handleOf(mediaType: MediaType, part: Json, message: MediaHandle['message']): string | null {
	const mediaKey = base64Of(part.mediaKey);
	const url = textOf(part.url);
	const directPath = textOf(part.directPath);
	if (mediaKey === null || (url === null && directPath === null)) return null;
	return writeMediaHandle({ mediaType, url, directPath, mediaKey, message });
}
