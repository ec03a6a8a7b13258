/** How do many callers share few transactions? What arrives while one is under way goes into the next. */

export interface GroupCommitOptions<Item, Fate> {
	/** One transaction. One fate for each item. */
	store(items: readonly Item[]): Promise<readonly Fate[]>;
	/** Whether the data is to blame: the same item would fail again. */
	isBadData(error: unknown): boolean;
	/** Tells about an item that cannot be stored. */
	refuse(item: Item, error: unknown): Promise<void>;
}

// One transaction holds this much, so that other work gets its turn in between.
const AT_ONCE = 250;

/** A caller is answered when everything it brought is durable; a failure is told to each caller it concerns. */
export class GroupCommit<Item, Fate> {
	#waiting: Array<{
		items: readonly Item[];
		resolve: (fates: ReadonlyArray<Fate | 'unusable'>) => void;
		reject: (error: unknown) => void;
	}> = [];
	#running: Promise<void> | undefined;

	constructor(private readonly options: GroupCommitOptions<Item, Fate>) {}

	/** One fate for each item, in their order; 'unusable' was refused, and its neighbours are stored. */
	submit(items: readonly Item[]): Promise<ReadonlyArray<Fate | 'unusable'>> {
		if (items.length === 0) return Promise.resolve([]);
		return new Promise((resolve, reject) => {
			this.#waiting.push({ items, resolve, reject });
			this.#running ??= this.#run();
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
				const all = batch.flatMap((call) => call.items);
				const fates: Array<Fate | 'unusable'> = [];
				for (let i = 0; i < all.length; i += AT_ONCE) fates.push(...(await this.#store(all.slice(i, i + AT_ONCE))));
				let from = 0;
				for (const call of batch) {
					call.resolve(fates.slice(from, from + call.items.length));
					from += call.items.length;
				}
			} catch (error) {
				for (const call of batch) call.reject(error);
			}
		}
		// In the same step as the last look at who waits: whoever is answered may call again before anything else happens.
		this.#running = undefined;
	}

	/** One that cannot be stored must not cost its neighbours: the batch is halved until it stands alone. */
	async #store(items: readonly Item[]): Promise<ReadonlyArray<Fate | 'unusable'>> {
		try {
			return await this.options.store(items);
		} catch (error) {
			if (!this.options.isBadData(error)) throw error;
			if (items.length === 1) {
				await this.options.refuse(items[0]!, error);
				return ['unusable'];
			}
			const middle = items.length >> 1;
			return [...(await this.#store(items.slice(0, middle))), ...(await this.#store(items.slice(middle)))];
		}
	}

	/** Whole calls only, up to one transaction's worth; a single large call comes alone. */
	#take() {
		const batch = [];
		let size = 0;
		while (this.#waiting.length > 0 && (batch.length === 0 || size + this.#waiting[0]!.items.length <= AT_ONCE)) {
			const call = this.#waiting.shift()!;
			size += call.items.length;
			batch.push(call);
		}
		return batch;
	}
}
