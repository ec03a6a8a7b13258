import type { MessageItem } from './message-item';

/** How a run ended. A failed run of many is repeated one by one, so that one bad item never costs its neighbours. */
export type RunOutcome = 'succeeded' | 'failed';

// A run costs tens of milliseconds of CPU however many contacts it carries: two at a time keep the processor busy,
// more would only make the batches smaller. Runs that wait for something else stop counting after a second.
const YOUNG_RUNS = 2;
export const YOUNG_MS = 1_000;
const ALL_RUNS = 40;

/** The runs under way of one trigger: whether another one fits, and what each is called. */
export class Runs {
	/** When each run started. */
	readonly #started = new Map<number, number>();
	#number = 0;
	readonly #bootId = Math.random().toString(36).slice(2, 10);

	constructor(
		private readonly consumerId: string,
		private readonly start: (items: MessageItem[], key: string) => Promise<RunOutcome>,
	) {}

	get hasRoom(): boolean {
		const now = performance.now();
		let young = 0;
		for (const startedAt of this.#started.values()) if (now - startedAt < YOUNG_MS) young++;
		return young < YOUNG_RUNS && this.#started.size < ALL_RUNS;
	}

	/** Starts a run and settles when it has ended; never rejects. `seq`: the first row it carries. */
	async emit(items: MessageItem[], seq: number): Promise<RunOutcome> {
		const run = ++this.#number;
		this.#started.set(run, performance.now());
		try {
			return await this.start(items, `${this.consumerId}:${this.#bootId}:${run}:${seq}`);
		} catch {
			return 'failed';
		} finally {
			this.#started.delete(run);
		}
	}
}
