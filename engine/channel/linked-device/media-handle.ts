/**
 * What is needed to download a file that came with a message: where it lies and the key it is encrypted with. Travels as the
 * text of `providerMediaId`; whoever downloads reads it back here.
 */
import type { MediaType } from '../../model';
import { isObject, textOf } from '../untrusted';

export interface MediaHandle {
	mediaType: MediaType;
	url: string | null;
	/** The path on whichever media server is in use; outlives `url`. */
	directPath: string | null;
	/** Base64. */
	mediaKey: string;
	/** The message it came with: the sender's phone can be asked to upload the file again once it is gone. */
	message: { remoteJid: string; id: string; fromMe: boolean } | null;
}

const MEDIA_TYPES: ReadonlySet<string> = new Set(['image', 'video', 'audio', 'document', 'sticker']);

export function writeMediaHandle(handle: MediaHandle): string {
	return JSON.stringify(handle);
}

/** @returns null for what is no such handle, e.g. a media id of the Cloud API */
export function readMediaHandle(providerMediaId: string): MediaHandle | null {
	const found = parsed(providerMediaId);
	if (!isObject(found) || typeof found.mediaType !== 'string' || !MEDIA_TYPES.has(found.mediaType)) return null;
	const mediaKey = textOf(found.mediaKey);
	const url = textOf(found.url);
	const directPath = textOf(found.directPath);
	if (mediaKey === null || (url === null && directPath === null)) return null;
	return { mediaType: found.mediaType as MediaType, url, directPath, mediaKey, message: readKey(found.message) };
}

function readKey(key: unknown): MediaHandle['message'] {
	if (!isObject(key)) return null;
	const remoteJid = textOf(key.remoteJid);
	const id = textOf(key.id);
	return remoteJid !== null && id !== null ? { remoteJid, id, fromMe: key.fromMe === true } : null;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
