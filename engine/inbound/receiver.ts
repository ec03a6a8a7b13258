import type { Arrival, Fate } from './ingest';

export interface Stored {
	stored: number;
	duplicates: number;
	/** Events the store cannot hold; they were told, and their neighbours are stored. */
	unusable: number;
}

export interface ReceiverOptions {
	/** One transaction. One fate for each arrival. */
	store(arrivals: readonly Arrival[]): Promise<readonly Fate[]>;
	/** Whether the data is to blame: the same arrival would fail again. */
	isBadData(error: unknown): boolean;
	/** Tells about an arrival that cannot be stored. */
	refuse(arrival: Arrival, error: unknown): Promise<void>;
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

	constructor(private readonly options: ReceiverOptions) {}

	receive(arrivals: readonly Arrival[]): Promise<Stored> {
		if (arrivals.length === 0) return Promise.resolve({ stored: 0, duplicates: 0, unusable: 0 });
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
			try {
				const all = batch.flatMap((call) => call.arrivals);
				const fates: Array<Fate | 'unusable'> = [];
				for (let i = 0; i < all.length; i += AT_ONCE) fates.push(...(await this.#store(all.slice(i, i + AT_ONCE))));
				let from = 0;
				for (const call of batch) {
					call.resolve(count(fates.slice(from, from + call.arrivals.length)));
					from += call.arrivals.length;
				}
			} catch (error) {
				for (const call of batch) call.reject(error);
			}
		}
	}

	/** One that cannot be stored must not cost its neighbours: the batch is halved until it stands alone. */
	async #store(arrivals: readonly Arrival[]): Promise<ReadonlyArray<Fate | 'unusable'>> {
		try {
			return await this.options.store(arrivals);
		} catch (error) {
			if (!this.options.isBadData(error)) throw error;
			const [only] = arrivals;
			if (only && arrivals.length === 1) {
				await this.options.refuse(only, error);
				return ['unusable'];
			}
			const middle = arrivals.length >> 1;
			return [...(await this.#store(arrivals.slice(0, middle))), ...(await this.#store(arrivals.slice(middle)))];
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

function count(fates: ReadonlyArray<Fate | 'unusable'>): Stored {
	const of = (fate: Fate | 'unusable') => fates.filter((each) => each === fate).length;
	return { stored: of('stored'), duplicates: of('duplicate'), unusable: of('unusable') };
}
