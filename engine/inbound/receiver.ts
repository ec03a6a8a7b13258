import type { Arrival } from './ingest';

export interface Stored {
	stored: number;
	duplicates: number;
}

// One transaction holds this much, so that other work gets its turn in between.
const AT_ONCE = 250;

/**
 * Many webhooks, few commits: what arrives while a transaction is under way goes into the next one.
 * A caller is answered when everything it brought is durable; a failure is told to each caller it concerns.
 */
export class Receiver {
	#waiting: Array<{
		arrivals: readonly Arrival[];
		resolve: (stored: Stored) => void;
		reject: (error: unknown) => void;
	}> = [];
	#running: Promise<void> | undefined;

	constructor(private readonly store: (arrivals: readonly Arrival[]) => Promise<Stored>) {}

	receive(arrivals: readonly Arrival[]): Promise<Stored> {
		if (arrivals.length === 0) return Promise.resolve({ stored: 0, duplicates: 0 });
		return new Promise((resolve, reject) => {
			this.#waiting.push({ arrivals, resolve, reject });
			this.#running ??= this.#run().finally(() => (this.#running = undefined));
		});
	}

	async idle(): Promise<void> {
		while (this.#running) await this.#running;
	}

	async #run(): Promise<void> {
		// Let everything that arrived in the same turn of the event loop come along.
		await new Promise((resolve) => setImmediate(resolve));
		while (this.#waiting.length > 0) {
			const batch = this.#take();
			const total: Stored = { stored: 0, duplicates: 0 };
			try {
				const all = batch.flatMap((call) => call.arrivals);
				for (let i = 0; i < all.length; i += AT_ONCE) {
					const part = await this.store(all.slice(i, i + AT_ONCE));
					total.stored += part.stored;
					total.duplicates += part.duplicates;
				}
				for (const call of batch) call.resolve(total);
			} catch (error) {
				for (const call of batch) call.reject(error);
			}
		}
	}

	/** Whole calls only, up to one transaction's worth; a single large call comes alone. */
	#take() {
		const batch = [];
		let size = 0;
		while (this.#waiting.length > 0 && (batch.length === 0 || size + this.#waiting[0]!.arrivals.length <= AT_ONCE)) {
			const call = this.#waiting.shift()!;
			size += call.arrivals.length;
			batch.push(call);
		}
		return batch;
	}
}
