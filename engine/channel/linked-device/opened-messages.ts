/**
 * What was opened and may not be stored yet? Opening a message uses up its key, and WhatsApp is told that it arrived before the desk
 * has stored it: a process that dies in between would lose it for good. So what was opened is written together with the used-up
 * key. A copy that comes again needs no key then, and the next connection hands everything over once more; what is stored already
 * is known by its id.
 */
import { createHash } from 'node:crypto';
import type {
	AuthenticationState,
	BinaryNode,
	SignalDataSet,
	SignalKeyStoreWithTransaction,
} from '@whiskeysockets/baileys';
import type { Clock } from '../../clock';
import type { Instant } from '../../model';

/** One message as it came, and what was in it. */
export interface OpenedMessage {
	seq: number;
	at: Instant;
	/** Of the sealed bytes. */
	hash: string;
	/** Of the stanza and of the sealed part in it. */
	attrs: Record<string, string>;
	sealAttrs: Record<string, string>;
	plain: Uint8Array;
}

interface Opener {
	decryptMessage(sealed: { jid: string; type: 'pkmsg' | 'msg'; ciphertext: Uint8Array }): Promise<Uint8Array>;
}

/** Many more than can be under way at once; the oldest makes room. */
const PLACES = 128;
/** Older ones were stored long ago, and their ids may be forgotten. */
const AGAIN_MS = 24 * 3_600_000;
const CATEGORY = 'opened-message';

export class OpenedMessages {
	/** Which stanza a sealed part came in: the very object is handed on. */
	readonly #stanzas = new WeakMap<object, { attrs: Record<string, string>; sealAttrs: Record<string, string> }>();
	readonly #byHash = new Map<string, OpenedMessage>();
	readonly #ready: Promise<void>;
	#last = 0;

	/** @param keys as they were opened; they are read at once */
	constructor(
		keys: AuthenticationState['keys'],
		private readonly clock: Pick<Clock, 'now'>,
	) {
		this.#ready = this.#load(keys);
		// Whoever waits for it is told.
		this.#ready.catch(() => undefined);
	}

	/** A stanza came in and will be opened. */
	arrived({ attrs, content }: BinaryNode): void {
		if (attrs.category === 'peer' || !Array.isArray(content)) return;
		for (const part of content) {
			if (part.tag === 'enc' && part.content instanceof Uint8Array)
				this.#stanzas.set(part.content, { attrs, sealAttrs: part.attrs });
		}
	}

	/** Opens as `repository` does, and never anything twice. @param keys those `repository` writes to */
	keep<R extends Opener>(repository: R, keys: SignalKeyStoreWithTransaction): R {
		const decryptMessage: R['decryptMessage'] = async (sealed) => {
			const stanza = this.#stanzas.get(sealed.ciphertext);
			if (!stanza) return await repository.decryptMessage(sealed);
			await this.#ready;
			const hash = createHash('sha256').update(sealed.ciphertext).digest('base64');
			const known = this.#byHash.get(hash);
			if (known) return known.plain;
			const message = await keys.transaction(async () => {
				const plain = await repository.decryptMessage(sealed);
				const opened = { ...stanza, hash, plain, seq: ++this.#last, at: this.clock.now() };
				await keys.set(changeOf(opened));
				return opened;
			}, sealed.jid);
			this.#remember(message);
			return message.plain;
		};
		return { ...repository, decryptMessage };
	}

	/** Of the last day, oldest first. */
	async recent(): Promise<OpenedMessage[]> {
		await this.#ready;
		const since = this.clock.now() - AGAIN_MS;
		return [...this.#byHash.values()].filter(({ at }) => at > since).sort((one, other) => one.seq - other.seq);
	}

	async #load(keys: AuthenticationState['keys']): Promise<void> {
		const places = Array.from({ length: PLACES }, (_, place) => String(place));
		// A kind of secret that Baileys does not know.
		const found = (await keys.get(CATEGORY as 'session', places)) as unknown as Record<string, OpenedMessage>;
		for (const message of Object.values(found).sort((one, other) => one.seq - other.seq)) this.#remember(message);
	}

	#remember(message: OpenedMessage): void {
		this.#last = Math.max(this.#last, message.seq);
		this.#byHash.set(message.hash, message);
		const [oldest] = this.#byHash.keys();
		if (this.#byHash.size > PLACES) this.#byHash.delete(oldest!);
	}
}

function changeOf(message: OpenedMessage): SignalDataSet {
	return { [CATEGORY]: { [String(message.seq % PLACES)]: message } } as SignalDataSet;
}
