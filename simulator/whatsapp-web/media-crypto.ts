import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { MediaKind } from '../model';
import { baileys } from './baileys';

/** Files travel sealed: AES-CBC and the first ten bytes of a HMAC, under keys that only the message tells. */
export interface SealedFile {
	cipher: Buffer;
	mediaKey: Buffer;
	fileSha256: Buffer;
	fileEncSha256: Buffer;
}

const INFO: Record<MediaKind, string> = {
	image: 'WhatsApp Image Keys',
	sticker: 'WhatsApp Image Keys',
	video: 'WhatsApp Video Keys',
	audio: 'WhatsApp Audio Keys',
	document: 'WhatsApp Document Keys',
};
const MAC = 10;

export function encryptMedia(bytes: Buffer, kind: MediaKind): SealedFile {
	const mediaKey = randomBytes(32);
	const { iv, cipherKey, macKey } = keysFor(mediaKey, kind);
	const aes = createCipheriv('aes-256-cbc', cipherKey, iv);
	const body = Buffer.concat([aes.update(bytes), aes.final()]);
	const cipher = Buffer.concat([body, macOf(macKey, iv, body)]);
	return { cipher, mediaKey, fileSha256: sha256(bytes), fileEncSha256: sha256(cipher) };
}

/** Null when key and file do not belong together. */
export function decryptMedia(cipher: Buffer, mediaKey: Uint8Array, kind: MediaKind): Buffer | null {
	const { iv, cipherKey, macKey } = keysFor(mediaKey, kind);
	const body = cipher.subarray(0, -MAC);
	if (!macOf(macKey, iv, body).equals(cipher.subarray(-MAC))) return null;
	const aes = createDecipheriv('aes-256-cbc', cipherKey, iv);
	return Buffer.concat([aes.update(body), aes.final()]);
}

function keysFor(mediaKey: Uint8Array, kind: MediaKind) {
	const keys = Buffer.from(baileys().hkdf(Buffer.from(mediaKey), 112, { info: INFO[kind] }));
	return { iv: keys.subarray(0, 16), cipherKey: keys.subarray(16, 48), macKey: keys.subarray(48, 80) };
}

function macOf(macKey: Buffer, iv: Buffer, body: Buffer): Buffer {
	return createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, MAC);
}

function sha256(bytes: Buffer): Buffer {
	return createHash('sha256').update(bytes).digest();
}
