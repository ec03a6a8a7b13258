import type { ServerSocket } from 'ws';
import { baileys, type BinaryNode } from './baileys';
import { framed, FrameReader } from './frames';
import { type Greeting, NoiseServer } from './noise';
import { node } from './node';
import type { ServerKeys } from './server-keys';

/** One websocket: handshake first, stanzas afterwards, in the order they were sent. */
export interface Listener {
	greeted(greeting: Greeting): void | Promise<void>;
	received(stanza: BinaryNode): void | Promise<void>;
	closed(): void;
}

/** The client needs a moment to read why it is sent away. */
const LAST_WORDS_MS = 50;

export class Connection {
	readonly #socket: ServerSocket;
	readonly #noise: NoiseServer;
	readonly #reader = new FrameReader();
	readonly #listener: Listener;
	#shaken = false;
	#work: Promise<void> = Promise.resolve();
	#open = true;
	#ending = false;
	/** A line that is there and carries nothing: neither side hears the other. */
	silent = false;

	constructor(socket: ServerSocket, keys: ServerKeys, listener: (connection: Connection) => Listener) {
		this.#socket = socket;
		this.#noise = new NoiseServer(keys);
		this.#listener = listener(this);
		socket.on('message', (data: Buffer) => this.#read(data));
		socket.on('error', () => undefined);
		socket.on('close', () => {
			this.#open = false;
			this.#listener.closed();
		});
	}

	get open(): boolean {
		return this.#open && !this.#ending;
	}

	/** False when nothing could be written. */
	send(stanza: BinaryNode): boolean {
		if (!this.open || this.silent || !this.#noise.done) return false;
		this.#socket.send(framed(this.#noise.encrypt(baileys().encodeBinaryNode(stanza))));
		return true;
	}

	/** Says why, then closes. */
	end(lastWords: BinaryNode): void {
		if (!this.open) return;
		this.send(lastWords);
		this.#ending = true;
		setTimeout(() => this.#socket.close(), LAST_WORDS_MS).unref();
	}

	/** As a cable that is pulled. */
	drop(): void {
		this.#ending = true;
		this.#socket.terminate();
	}

	#read(data: Buffer): void {
		if (this.silent || this.#ending) return;
		try {
			for (const frame of this.#reader.push(data)) this.#take(frame);
		} catch {
			// Not WhatsApp, or somebody who does not hold the keys.
			this.drop();
		}
	}

	// Deciphered at once, because counters depend on it; understood one after the other.
	#take(frame: Buffer): void {
		if (this.#noise.done) {
			const plain = this.#noise.decrypt(frame);
			return this.#then(async () => this.#listener.received(await baileys().decodeBinaryNode(plain)));
		}
		if (!this.#shaken) {
			this.#shaken = true;
			this.#socket.send(framed(this.#noise.hello(frame)));
			return;
		}
		const greeting = this.#noise.finish(frame);
		this.#then(() => this.#listener.greeted(greeting));
	}

	#then(act: () => void | Promise<void>): void {
		this.#work = this.#work.then(act).catch((error: unknown) => {
			console.error('WhatsApp Web: a stanza could not be handled.', error);
		});
	}
}

/** Why a stream ends: a code, and for two of them who took its place. */
export function streamError(code: number): BinaryNode {
	if (code === 440) return node('stream:error', {}, [node('conflict', { type: 'replaced' })]);
	if (code === 401) return node('stream:error', { code }, [node('conflict', { type: 'device_removed' })]);
	return node('stream:error', { code });
}

/** Why a login is refused. */
export function failure(reason: number): BinaryNode {
	return node('failure', { reason, location: 'sim' });
}
