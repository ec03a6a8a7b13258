/**
 * How far has a trigger got? Every row up to the cursor is done; what ended beyond it is remembered one by one until the
 * cursor passes. Memory only: the caller stores it.
 */
export class Progress {
	/** Rows that are to be run, in order; what lies before #head has ended. */
	#open: number[] = [];
	#head = 0;
	#openCount = 0;
	#seen: number;
	/** Ended, and beyond the cursor. */
	readonly #done: Set<number>;

	/** @param done rows beyond `cursor` that ended before */
	constructor(cursor: number, done: ReadonlySet<number>) {
		this.#seen = cursor;
		this.#done = new Set(done);
	}

	/** The last row that was looked at. */
	get seen(): number {
		return this.#seen;
	}

	/** How many rows wait or run. */
	get openCount(): number {
		return this.#openCount;
	}

	/** Every row up to this one is done. */
	get cursor(): number {
		return this.#head < this.#open.length ? this.#open[this.#head]! - 1 : this.#seen;
	}

	/** Notes the next row of the table. False: it is not to be run, because it is another's or has ended before. */
	look(seq: number, isMine: boolean): boolean {
		this.#seen = seq;
		if (this.#done.delete(seq) || !isMine) return false;
		this.#open.push(seq);
		this.#openCount++;
		return true;
	}

	/** These rows have ended. Rows that were not looked at yet are remembered until they are. */
	end(seqs: readonly number[]): void {
		for (const seq of seqs) {
			if (seq <= this.cursor || this.#done.has(seq)) continue;
			this.#done.add(seq);
			if (seq <= this.#seen) this.#openCount--;
		}
		while (this.#head < this.#open.length && this.#done.has(this.#open[this.#head]!)) {
			this.#done.delete(this.#open[this.#head]!);
			this.#head++;
		}
		if (this.#head > 10_000) {
			this.#open = this.#open.slice(this.#head);
			this.#head = 0;
		}
	}
}
