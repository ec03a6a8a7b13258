import type { Clock } from '../clock';
import type { Sink } from './http';

/**
 * Who watches, and what is told them? One look at the store a second serves every open page of this process, and there is none
 * while nobody watches.
 */
export interface FeedSource {
	clock: Clock;
	/** Cheap: names the present state. */
	current(): Promise<string>;
	/** The state itself, as JSON to be sent, and its name. */
	snapshot(): Promise<{ id: string; data: string }>;
	/** Whether a watcher may go on watching. */
	mayWatch(signInId: string): Promise<boolean>;
	log(message: string, details: Record<string, unknown>): void;
}

interface Watcher {
	sink: Sink;
	signInId: string;
	/** Name of the state it was told last. */
	seen: string | null;
}

const LOOK_MS = 1_000;
/** Proxies close what is silent for half a minute or so; every beat asks whether the watcher is still signed in. */
const BEAT_MS = 15_000;
const MOST_WATCHERS = 200;

export class EventFeed {
	readonly #watchers = new Set<Watcher>();
	#timer: NodeJS.Timeout | null = null;
	#looking: Promise<void> | null = null;
	#again = false;
	#beatAt = 0;
	#isDown = false;

	constructor(private readonly source: FeedSource) {}

	/** Whether one more page can be served. */
	get hasRoom(): boolean {
		return this.#watchers.size < MOST_WATCHERS;
	}

	get watchers(): number {
		return this.#watchers.size;
	}

	/** @param seen the state that the page has already; what it has is not sent again. */
	watch(sink: Sink, signInId: string, seen: string | null): () => void {
		const watcher = { sink, signInId, seen };
		this.#watchers.add(watcher);
		sink.write('retry: 2000\n\n: olá\n\n');
		if (this.#timer === null) {
			this.#beatAt = this.source.clock.now();
			this.#timer = setInterval(() => this.nudge(), LOOK_MS);
			this.#timer.unref?.();
		}
		this.nudge();
		return () => this.#forget(watcher);
	}

	/** Something may have changed: look now. */
	nudge(): void {
		if (this.#looking) {
			this.#again = true;
			return;
		}
		if (this.#watchers.size === 0) return;
		this.#looking = this.#look()
			.catch((error: unknown) => {
				this.source.log('The pages cannot read the database; they will be told when it is back.', {
					cause: String(error),
				});
				this.#isDown = true;
				this.#tell('event: down\ndata: {}\n\n');
			})
			.finally(() => {
				this.#looking = null;
				if (!this.#again) return;
				this.#again = false;
				this.nudge();
			});
	}

	/** Ends the streams of a browser that signed out. */
	end(signInId: string): void {
		for (const watcher of this.#watchers) if (watcher.signInId === signInId) this.#finish(watcher);
	}

	async close(): Promise<void> {
		for (const watcher of this.#watchers) this.#finish(watcher);
		await this.#looking;
	}

	async #look(): Promise<void> {
		const now = this.source.clock.now();
		const id = await this.source.current();
		const behind = [...this.#watchers].filter(({ seen }) => this.#isDown || seen !== id);
		if (behind.length > 0) {
			const { id: told, data } = await this.source.snapshot();
			this.#isDown = false;
			for (const watcher of behind) {
				watcher.seen = told;
				this.#write(watcher, `id: ${told}\nevent: devices\ndata: ${data}\n\n`);
			}
		}
		// A clock that was set back must not silence the beat.
		if (Math.abs(now - this.#beatAt) < BEAT_MS) return;
		this.#beatAt = now;
		for (const watcher of [...this.#watchers]) {
			if (await this.source.mayWatch(watcher.signInId)) this.#write(watcher, ': ainda aqui\n\n');
			else this.#finish(watcher, 'event: signedOut\ndata: {}\n\n');
		}
	}

	#tell(text: string): void {
		for (const watcher of this.#watchers) this.#write(watcher, text);
	}

	#write(watcher: Watcher, text: string): void {
		if (this.#watchers.has(watcher)) watcher.sink.write(text);
	}

	#finish(watcher: Watcher, farewell?: string): void {
		if (farewell) this.#write(watcher, farewell);
		this.#forget(watcher);
		watcher.sink.end();
	}

	#forget(watcher: Watcher): void {
		this.#watchers.delete(watcher);
		if (this.#watchers.size > 0 || this.#timer === null) return;
		clearInterval(this.#timer);
		this.#timer = null;
	}
}
