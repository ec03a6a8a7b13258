/**
 * The bytes of a file a customer sent, downloaded and decrypted. Where it lies was written by the sender, so only WhatsApp's own
 * media servers are asked. What is gone there may be uploaded again by the sender's phone, which is asked for once.
 */
import type { WAMessage } from '@whiskeysockets/baileys';
import type { InboundContent, MediaType } from '../../model';
import type { FetchedMedia, FetchOptions } from '../port';
import { megabytes } from '../refusal';
import type { Socket } from './baileys';
import { readMediaHandle, type MediaHandle } from './media-handle';
import type { Line } from './send';

/** The most that WhatsApp carries. */
const MOST_BYTES = 100 * 1024 * 1024;
/** Where nothing said how large it is. */
const USUAL_BYTES = 16 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 150_000;
const UPLOAD_AGAIN_TIMEOUT_MS = 10_000;

export async function fetchMedia(
	line: Line,
	providerMediaId: string,
	{ admit }: FetchOptions = {},
): Promise<FetchedMedia> {
	const handle = readMediaHandle(providerMediaId);
	if (!handle) return { type: 'gone', reason: 'não há como baixar este arquivo por este canal' };
	const size = await announcedSize(line, handle);
	if (size !== null && size > MOST_BYTES) return tooLarge();
	await admit?.(size ?? USUAL_BYTES);
	const first = await download(line, handle);
	if (first.type !== 'missing') return first;
	const again = await uploadedAgain(line.connection.socket, handle);
	if (!again) {
		return {
			type: 'gone',
			reason: 'o WhatsApp não tem mais o arquivo, e o celular de quem o enviou não o mandou de novo',
		};
	}
	const second = await download(line, again);
	return second.type === 'missing' ? { type: 'gone', reason: 'o WhatsApp não tem mais o arquivo' } : second;
}

async function announcedSize({ store, channelId }: Line, { message }: MediaHandle): Promise<number | null> {
	if (!message) return null;
	const row = await store.read((db) =>
		db.selectFrom('inbound').select('content').where('claim', '=', `${channelId}|m|${message.id}`).executeTakeFirst(),
	);
	return row ? ((JSON.parse(row.content) as InboundContent).media?.size ?? null) : null;
}

/** Deleted there, or its signed path is too old. */
const EXPIRED: ReadonlySet<unknown> = new Set([403, 404, 410]);

async function download(
	{ baileys, connection }: Line,
	{ mediaKey, mediaType, url, directPath }: MediaHandle,
): Promise<FetchedMedia | { type: 'missing' }> {
	try {
		const place = await placeOf(connection.socket, url, directPath);
		if (!place) return { type: 'gone', reason: 'o arquivo não está nos servidores do WhatsApp' };
		const file = await baileys.download({ ...place, mediaKey: Buffer.from(mediaKey, 'base64') }, mediaType);
		return await take(file);
	} catch (error) {
		const { output, message } = (error ?? {}) as { output?: { statusCode?: unknown }; message?: unknown };
		const status = output?.statusCode;
		if (EXPIRED.has(status)) return { type: 'missing' };
		return { type: 'failed', reason: `o arquivo não chegou (${String(message ?? error).slice(0, 120)})` };
	}
}

/**
 * Where it lies on a server of WhatsApp: its path on the one in use now. The host that the sender names may not exist, so it is
 * asked only where there is no path, and only one of WhatsApp's own. Null: there is no such place.
 */
async function placeOf(
	socket: Socket,
	url: string | null,
	directPath: string | null,
): Promise<{ url: string; directPath?: string } | null> {
	const path = directPath?.startsWith('/') && !directPath.startsWith('//') ? directPath : null;
	if (path !== null) return { url: `https://${(await namedHosts(socket))[0] ?? USUAL_HOST}${path}`, directPath: path };
	const host = url === null ? null : hostOf(url);
	if (host === null) return null;
	return isOfWhatsApp(host) || (await namedHosts(socket)).includes(host) ? { url: url! } : null;
}

/** Where files lie when WhatsApp names no other place. */
const USUAL_HOST = 'mmg.whatsapp.net';

/** Named by WhatsApp on this very connection; kept by Baileys for as long as they are good. */
async function namedHosts(socket: Socket): Promise<string[]> {
	try {
		return (await socket.refreshMediaConn(false)).hosts.map(({ hostname }) => hostname);
	} catch {
		return [];
	}
}

function hostOf(url: string): string | null {
	try {
		const { protocol, host } = new URL(url);
		return protocol === 'https:' ? host : null;
	} catch {
		return null;
	}
}

function isOfWhatsApp(host: string): boolean {
	return host === 'whatsapp.net' || host.endsWith('.whatsapp.net');
}

async function take(file: AsyncIterable<Uint8Array> & { destroy?(error?: Error): void }): Promise<FetchedMedia> {
	const timer = setTimeout(() => file.destroy?.(new Error('ETIMEDOUT')), DOWNLOAD_TIMEOUT_MS);
	const parts: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const part of file) {
			length += part.length;
			if (length > MOST_BYTES) {
				file.destroy?.();
				return tooLarge();
			}
			parts.push(part);
		}
	} finally {
		clearTimeout(timer);
	}
	// Type, name and digest were told by the message itself.
	return { type: 'ok', bytes: Buffer.concat(parts), mimeType: null, fileName: null, sha256: null };
}

/** Where the file lies now; null when the phone does not answer or has it no more. */
async function uploadedAgain(socket: Socket, handle: MediaHandle): Promise<MediaHandle | null> {
	if (!handle.message) return null;
	const part = { mediaKey: Buffer.from(handle.mediaKey, 'base64'), url: handle.url, directPath: handle.directPath };
	const message = { key: handle.message, message: { [PART_OF[handle.mediaType]]: part } } as WAMessage;
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), UPLOAD_AGAIN_TIMEOUT_MS)));
	try {
		if ((await Promise.race([socket.updateMediaMessage(message), patience])) === null) return null;
		// Baileys writes the new place into the very part it was given.
		return { ...handle, url: null, directPath: part.directPath };
	} catch {
		return null;
	} finally {
		clearTimeout(timer);
	}
}

const PART_OF: Record<MediaType, string> = {
	image: 'imageMessage',
	video: 'videoMessage',
	audio: 'audioMessage',
	document: 'documentMessage',
	sticker: 'stickerMessage',
};

function tooLarge(): FetchedMedia {
	return { type: 'gone', reason: `o arquivo passa de ${megabytes(MOST_BYTES)}` };
}
