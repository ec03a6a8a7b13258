/**
 * How are the secrets of a link kept so that whoever has the database alone cannot use them, swap them or change them unseen?
 * AES-256-GCM under a key made by scrypt from the credential's session key; the place of a secret (channel, category, id) is
 * authenticated with it. It refuses to know where secrets are stored and what is in them.
 */
import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes, scrypt } from 'node:crypto';
import type { KeyObject, ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { ConfigurationError } from '../../errors';

export interface Vault {
	/** Different bytes every time: format, nonce, ciphertext, tag. */
	seal(category: string, id: string, text: string): Buffer;
	/** Null when it was sealed under another key, for another place, or was changed since. */
	open(category: string, id: string, sealed: Uint8Array): string | null;
}

/** The vault of one channel. Making its key takes some 70 ms of one core, once per process, channel and session key. */
export async function openVault(channelId: string, sessionKey: string): Promise<Vault> {
	const key = await keyOf(channelId, sessionKey);
	// Not a joined text: "a" + "bc" must not be "ab" + "c".
	const placeOf = (category: string, id: string) => Buffer.from(JSON.stringify([FORMAT, channelId, category, id]));
	return {
		seal(category, id, text) {
			const nonce = newNonce();
			const cipher = createCipheriv(CIPHER, key, nonce, TAG);
			cipher.setAAD(placeOf(category, id));
			const body = cipher.update(text, 'utf8');
			cipher.final();
			return Buffer.concat([FORMAT_BYTE, nonce, body, cipher.getAuthTag()]);
		},
		open(category, id, sealed) {
			if (sealed[0] !== FORMAT || sealed.length < HEADER_BYTES + TAG.authTagLength) return null;
			const decipher = createDecipheriv(CIPHER, key, sealed.subarray(1, HEADER_BYTES), TAG);
			decipher.setAAD(placeOf(category, id));
			decipher.setAuthTag(sealed.subarray(sealed.length - TAG.authTagLength));
			const body = decipher.update(sealed.subarray(HEADER_BYTES, sealed.length - TAG.authTagLength), undefined, 'utf8');
			try {
				return body + decipher.final('utf8');
			} catch {
				return null;
			}
		},
	};
}

// ---------------------------------------------------------------- helpers

const CIPHER = 'aes-256-gcm';
const TAG = { authTagLength: 16 };
/** Says how the rest is laid out, so that another layout can come later. */
const FORMAT = 1;
const FORMAT_BYTE = Buffer.of(FORMAT);
const NONCE_BYTES = 12;
const HEADER_BYTES = 1 + NONCE_BYTES;
/** 32 MB and some 70 ms for each guess at a session key. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const SALT = 'whatsapp-desk linked device 1 ';

const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);
const keys = new Map<string, Promise<KeyObject>>();

// One system call serves many.
let nonces = Buffer.alloc(0);
let nonceAt = 0;

function newNonce(): Buffer {
	if (nonceAt === nonces.length) {
		nonces = randomBytes(NONCE_BYTES * 256);
		nonceAt = 0;
	}
	return nonces.subarray(nonceAt, (nonceAt += NONCE_BYTES));
}

function keyOf(channelId: string, sessionKey: string): Promise<KeyObject> {
	if (sessionKey === '') {
		throw new ConfigurationError(
			'The session key of the linked device is empty.',
			'Fill in "Session Key" in the credential: a long random text that is kept somewhere safe.',
			'sessionKey',
		);
	}
	const name = createHash('sha256')
		.update(JSON.stringify([channelId, sessionKey]))
		.digest('base64');
	let key = keys.get(name);
	if (!key) {
		key = derive(sessionKey.normalize('NFC'), SALT + channelId, 32, COST).then((bytes) => createSecretKey(bytes));
		key.catch(() => keys.delete(name));
		keys.set(name, key);
	}
	return key;
}
