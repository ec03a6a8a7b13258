import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { baileys, type proto } from './baileys';
import { HEADER } from './frames';
import type { ServerKeys } from './server-keys';

/**
 * The server's side of Noise_XX_25519_AESGCM_SHA256: who speaks, and nobody else can read along.
 * First `hello`, then `finish`; after that only `encrypt` and `decrypt`, each with a counter of its own.
 */
export interface Greeting {
	/** Tells one installation from another: it must be the same at every login. */
	clientKey: Buffer;
	payload: proto.IClientPayload;
}

const NOTHING = Buffer.alloc(0);
const TAG = 16;

export class NoiseServer {
	readonly #keys: ServerKeys;
	readonly #ephemeral = baileys().Curve.generateKeyPair();
	#hash: Buffer;
	#salt: Buffer;
	#key: Buffer;
	#counter = 0;
	#transport: { read: KeyObject; write: KeyObject; reads: number; writes: number } | null = null;

	constructor(keys: ServerKeys) {
		this.#keys = keys;
		this.#hash = this.#salt = this.#key = Buffer.from('Noise_XX_25519_AESGCM_SHA256\0\0\0\0');
		this.#mixHash(HEADER);
	}

	get done(): boolean {
		return this.#transport !== null;
	}

	/** Reads clientHello, returns serverHello. */
	hello(frame: Buffer): Buffer {
		const { Curve, proto } = baileys();
		const theirs = required(proto.HandshakeMessage.decode(frame).clientHello?.ephemeral);
		this.#mixHash(theirs);
		this.#mixHash(this.#ephemeral.public);
		this.#mixKey(Curve.sharedKey(this.#ephemeral.private, theirs));
		const sealedKey = this.#seal(this.#keys.handshake.public);
		this.#mixKey(Curve.sharedKey(this.#keys.handshake.private, theirs));
		const payload = this.#seal(this.#keys.chain);
		const serverHello = { ephemeral: this.#ephemeral.public, static: sealedKey, payload };
		return Buffer.from(proto.HandshakeMessage.encode({ serverHello }).finish());
	}

	/** Reads clientFinish: the client's key and what it wants. */
	finish(frame: Buffer): Greeting {
		const { Curve, proto } = baileys();
		const { clientFinish } = proto.HandshakeMessage.decode(frame);
		const clientKey = this.#open(required(clientFinish?.static));
		this.#mixKey(Curve.sharedKey(this.#ephemeral.private, clientKey));
		const payload = proto.ClientPayload.decode(this.#open(required(clientFinish?.payload)));
		const [read, write] = this.#derive(NOTHING);
		// Key objects are several times faster than bytes, for every stanza to come.
		this.#transport = { read: createSecretKey(read), write: createSecretKey(write), reads: 0, writes: 0 };
		return { clientKey, payload };
	}

	encrypt(plain: Uint8Array): Buffer {
		const transport = this.#ready();
		return seal(plain, transport.write, iv(transport.writes++));
	}

	decrypt(cipher: Buffer): Buffer {
		const transport = this.#ready();
		return open(cipher, transport.read, iv(transport.reads++));
	}

	#ready() {
		if (!this.#transport) throw new Error('The handshake is not finished.');
		return this.#transport;
	}

	#seal(plain: Uint8Array): Buffer {
		const cipher = baileys().aesEncryptGCM(plain, this.#key, iv(this.#counter++), this.#hash);
		this.#mixHash(cipher);
		return cipher;
	}

	#open(cipher: Uint8Array): Buffer {
		const plain = baileys().aesDecryptGCM(cipher, this.#key, iv(this.#counter++), this.#hash);
		this.#mixHash(cipher);
		return plain;
	}

	#mixHash(bytes: Uint8Array): void {
		this.#hash = baileys().sha256(Buffer.concat([this.#hash, bytes]));
	}

	#mixKey(secret: Uint8Array): void {
		[this.#salt, this.#key] = this.#derive(secret);
		this.#counter = 0;
	}

	#derive(secret: Uint8Array): [Buffer, Buffer] {
		const both = Buffer.from(baileys().hkdf(Buffer.from(secret), 64, { salt: this.#salt, info: '' }));
		return [both.subarray(0, 32), both.subarray(32)];
	}
}

function seal(plain: Uint8Array, key: KeyObject, nonce: Buffer): Buffer {
	const cipher = createCipheriv('aes-256-gcm', key, nonce);
	return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(sealed: Buffer, key: KeyObject, nonce: Buffer): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', key, nonce);
	decipher.setAuthTag(sealed.subarray(-TAG));
	return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
}

function iv(counter: number): Buffer {
	const bytes = Buffer.alloc(12);
	bytes.writeUInt32BE(counter, 8);
	return bytes;
}

function required(bytes: Uint8Array | null | undefined): Buffer {
	if (!bytes || bytes.length === 0) throw new Error('A part of the handshake is missing.');
	return Buffer.from(bytes);
}
