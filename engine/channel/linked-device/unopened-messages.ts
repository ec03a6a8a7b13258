/**
 * Whose message could not be opened? The sender's phone is asked for it again and mostly answers within seconds. What nobody
 * answers for is handed over as what it is, so that people look at the phone and nobody waits unseen. Kept beside the secrets of
 * the link: a process that dies in between does not forget anybody.
 */
import type { AuthenticationState, SignalDataSet, WAMessage } from '@whiskeysockets/baileys';
import type { Clock } from '../../clock';
import type { Instant } from '../../model';
import { instantOf } from './wire-values';

/** What is known of one. */
interface Unopened {
	seq: number;
	/** When it came here. */
	at: Instant;
	id: string;
	remoteJid: string;
	remoteJidAlt: string | null;
	pushName: string | null;
	sentAt: Instant | null;
}

/** More are not waited for at once; the oldest makes room. */
const PLACES = 64;
const CATEGORY = 'unopened-message';
/** WebMessageInfo.StubType.CIPHERTEXT */
const CIPHERTEXT = 2;

export class UnopenedMessages {
	readonly #byId = new Map<string, Unopened>();
	readonly #ready: Promise<void>;
	#writing: Promise<void> = Promise.resolve();
	#last = 0;

	constructor(
		private readonly keys: AuthenticationState['keys'],
		private readonly clock: Pick<Clock, 'now'>,
	) {
		this.#ready = this.#load();
		// Whoever waits for it is told.
		this.#ready.catch(() => undefined);
	}

	/** Takes note of what came: the first time that it does not open, or that it is here after all. */
	async heard(message: WAMessage): Promise<void> {
		const { key, messageStubType } = message;
		if (!key.id || !key.remoteJid || key.fromMe || message.category === 'peer') return;
		const copy = messageStubType === CIPHERTEXT && !message.message ? unopenedOf(message, this.clock.now()) : null;
		await this.#ready;
		if (copy === null) return await this.settled([key.id]);
		if (this.#byId.has(key.id)) return;
		const noted = { ...copy, seq: ++this.#last };
		this.#remember(noted);
		await this.#write(noted.seq, noted);
	}

	/** These are here after all, or were handed over. */
	async settled(ids: Iterable<string>): Promise<void> {
		for (const id of ids) {
			const known = this.#byId.get(id);
			if (!known) continue;
			this.#byId.delete(id);
			await this.#write(known.seq, null);
		}
	}

	/** Those that came before `before`, oldest first, as Baileys gave them. */
	async waitingSince(before: Instant): Promise<WAMessage[]> {
		await this.#ready;
		const due = [...this.#byId.values()].filter(({ at }) => at <= before);
		return due.map(({ id, remoteJid, remoteJidAlt, pushName, sentAt }) => ({
			key: { id, remoteJid, fromMe: false, ...(remoteJidAlt !== null && { remoteJidAlt }) },
			messageTimestamp: sentAt === null ? null : sentAt / 1000,
			messageStubType: CIPHERTEXT,
			pushName,
		}));
	}

	/** Resolves once what was noted is durable, or failed to be. */
	async idle(): Promise<void> {
		await this.#ready.catch(() => undefined);
		await this.#writing;
	}

	async #load(): Promise<void> {
		const places = Array.from({ length: PLACES }, (_, place) => String(place));
		// A kind of secret that Baileys does not know.
		const found = (await this.keys.get(CATEGORY as 'session', places)) as unknown as Record<string, Unopened | null>;
		const kept = Object.values(found).filter((each) => each !== null && each !== undefined);
		for (const each of kept.sort((one, other) => one.seq - other.seq)) this.#remember(each);
	}

	#remember(noted: Unopened): void {
		this.#last = Math.max(this.#last, noted.seq);
		this.#byId.set(noted.id, noted);
		const [oldest] = this.#byId.keys();
		if (this.#byId.size > PLACES) this.#byId.delete(oldest!);
	}

	/** One after the other: what is settled at once must not be overtaken by its own note. */
	#write(seq: number, value: Unopened | null): Promise<void> {
		const place = String(seq % PLACES);
		const change = { [CATEGORY]: { [place]: value } } as unknown as SignalDataSet;
		// Its place may be another's by now.
		const isFree = () =>
			![...this.#byId.values()].some((other) => other.seq !== seq && other.seq % PLACES === seq % PLACES);
		const written = this.#writing.then(async () => {
			if (value !== null || isFree()) await this.keys.set(change);
		});
		this.#writing = written.catch(() => undefined);
		return written;
	}
}

/** Baileys goes on working with its object. */
function unopenedOf({ key, messageTimestamp, pushName }: WAMessage, at: Instant): Omit<Unopened, 'seq'> {
	return {
		...{ at, id: key.id!, remoteJid: key.remoteJid!, remoteJidAlt: key.remoteJidAlt ?? null },
		...{ pushName: pushName ?? null, sentAt: instantOf(messageTimestamp) },
	};
}
