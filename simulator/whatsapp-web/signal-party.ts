import { randomBytes, randomInt } from 'node:crypto';
import { ProtocolAddress, SessionBuilder, SessionCipher, SessionRecord, type SignalStorage } from 'libsignal';
import { baileys, type BinaryNode } from './baileys';
import { bigEndian, node } from './node';
import type { KeyPair } from './server-keys';

/**
 * One phone that speaks Signal: a customer's, or the company's own. It keeps its keys and its sessions, hands out
 * its keys to who wants to write to it, and seals and opens messages.
 */
export interface Sealed {
	type: 'pkmsg' | 'msg';
	bytes: Buffer;
}

/** What one needs to write to a device for the first time; public keys as libsignal wants them (33 bytes). */
export interface Bundle {
	registrationId: number;
	identityKey: Buffer;
	signedPreKey: { keyId: number; publicKey: Buffer; signature: Buffer };
	preKey?: { keyId: number; publicKey: Buffer };
}

const PRE_KEY = 3;

export class SignalParty {
	readonly identity: KeyPair;
	readonly #registrationId = randomInt(1, 16_380);
	readonly #signedPreKey: { keyPair: KeyPair; signature: Uint8Array };
	readonly #preKeys = new Map<number, KeyPair>();
	/** Serialised, as a failed attempt may leave a record half changed. */
	readonly #sessions = new Map<string, ReturnType<SessionRecord['serialize']>>();
	readonly #storage: SignalStorage;
	readonly #name: string;
	#nextPreKey = 1;

	constructor() {
		const { Curve, signedKeyPair } = baileys();
		this.identity = Curve.generateKeyPair();
		this.#signedPreKey = signedKeyPair(this.identity, 1);
		// libsignal queues by name, for the whole process.
		this.#name = randomBytes(6).toString('hex');
		this.#storage = this.#makeStorage();
	}

	/** The children of a key bundle; its one-time key is used once. */
	bundle(): BinaryNode[] {
		const id = this.#nextPreKey++;
		const preKey = baileys().Curve.generateKeyPair();
		this.#preKeys.set(id, preKey);
		return [
			node('registration', {}, bigEndian(this.#registrationId, 4)),
			node('type', {}, Buffer.from([5])),
			node('identity', {}, this.identity.public),
			node('key', {}, [node('id', {}, bigEndian(id, 3)), node('value', {}, preKey.public)]),
			node('skey', {}, [
				node('id', {}, bigEndian(1, 3)),
				node('value', {}, this.#signedPreKey.keyPair.public),
				node('signature', {}, this.#signedPreKey.signature),
			]),
		];
	}

	registration(): BinaryNode {
		return node('registration', {}, bigEndian(this.#registrationId, 4));
	}

	hasSession(device: string): boolean {
		return this.#sessions.has(this.#address(device).toString());
	}

	forget(device: string): void {
		this.#sessions.delete(this.#address(device).toString());
	}

	async begin(device: string, bundle: Bundle): Promise<void> {
		const { preKey } = bundle;
		// The types want a one-time key; the code can do without.
		await new SessionBuilder(this.#storage, this.#address(device)).initOutgoing({ ...bundle, preKey: preKey! });
	}

	async seal(device: string, plain: Uint8Array): Promise<Sealed> {
		const { type, body } = await new SessionCipher(this.#storage, this.#address(device)).encrypt(padded(plain));
		return { type: type === PRE_KEY ? 'pkmsg' : 'msg', bytes: Buffer.from(body as unknown as Uint8Array) };
	}

	/** Throws when it cannot be opened. */
	async open(device: string, { type, bytes }: Sealed): Promise<Buffer> {
		const cipher = new SessionCipher(this.#storage, this.#address(device));
		const plain =
			type === 'pkmsg' ? await cipher.decryptPreKeyWhisperMessage(bytes) : await cipher.decryptWhisperMessage(bytes);
		return plain.subarray(0, plain.length - (plain.at(-1) ?? 0));
	}

	#address(device: string): ProtocolAddress {
		return new ProtocolAddress(`${this.#name}~${device}`, 0);
	}

	#makeStorage(): SignalStorage {
		return {
			loadSession: async (id) => {
				const stored = this.#sessions.get(id);
				return stored && SessionRecord.deserialize(stored);
			},
			storeSession: async (id, session) => void this.#sessions.set(id, session.serialize()),
			isTrustedIdentity: () => true,
			loadPreKey: async (id) => asStored(this.#preKeys.get(Number(id))),
			removePreKey: (id) => void this.#preKeys.delete(id),
			loadSignedPreKey: () => asStored(this.#signedPreKey.keyPair)!,
			getOurRegistrationId: () => this.#registrationId,
			getOurIdentity: () => asStored(this.identity, true)!,
		};
	}
}

/** 1 to 16 bytes, each saying how many they are. */
function padded(plain: Uint8Array): Buffer {
	const length = randomInt(1, 17);
	return Buffer.concat([plain, Buffer.alloc(length, length)]);
}

function asStored(pair: KeyPair | undefined, prefixed = false): { privKey: Buffer; pubKey: Buffer } | undefined {
	if (!pair) return undefined;
	const pubKey = prefixed ? baileys().generateSignalPubKey(pair.public) : pair.public;
	return { privKey: Buffer.from(pair.private), pubKey: Buffer.from(pubKey) };
}
