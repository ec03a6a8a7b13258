/**
 * Keeps what a socket heard until it is durable, in order. WhatsApp was told that it arrived before we were: while the store is
 * away it waits here and is tried again, for as long as the process lives.
 */
export interface InboxOptions<T> {
	/** Makes all of it durable; what it rejects is tried again. */
	store(heard: readonly T[]): Promise<void>;
	log(message: string, details: Record<string, unknown>): void;
	retryMs?: number;
	/** Under load, how long it may wait at most for more to come along; default 0. What comes when it is quiet never waits. */
	restMs?: number;
}

const RETRY_MS = 1_000;
const AT_ONCE = 200;

export class Inbox<T> {
	#waiting: T[] = [];
	#running: Promise<void> | undefined;
	#stopped = false;
	#restUntil = 0;

	constructor(private readonly options: InboxOptions<T>) {}

	push(heard: readonly T[]): void {
		if (heard.length === 0) return;
		this.#waiting.push(...heard);
		this.#running ??= this.#run().finally(() => (this.#running = undefined));
	}

	/** Resolves once everything that was pushed is durable. */
	async idle(): Promise<void> {
		while (this.#running) await this.#running;
	}

	/** Tries what waits once more, and gives up what still fails: the store is closing. */
	async stop(): Promise<void> {
		this.#stopped = true;
		await this.idle();
	}

	async #run(): Promise<void> {
		while (this.#waiting.length > 0) {
			const restMs = this.#restUntil - performance.now();
			if (restMs >= 1 && !this.#stopped) await new Promise((resolve) => setTimeout(resolve, restMs));
			const startedAt = performance.now();
			const batch = this.#waiting.slice(0, AT_ONCE);
			try {
				await this.options.store(batch);
				this.#waiting.splice(0, batch.length);
				// A transaction costs nearly the same for one as for many: under load the next one begins later, with more.
				const endedAt = performance.now();
				this.#restUntil = endedAt + Math.min(2 * (endedAt - startedAt), this.options.restMs ?? 0);
			} catch (error) {
				const waiting = this.#waiting.length;
				this.options.log('What arrived could not be stored yet; it is kept and tried again.', {
					cause: String(error),
					waiting,
				});
				if (this.#stopped) return;
				await new Promise((resolve) => setTimeout(resolve, this.options.retryMs ?? RETRY_MS));
			}
		}
	}
}
