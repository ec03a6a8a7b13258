/**
 * Keeps the bytes in memory within bounds: whoever takes some waits until there is room, first come, first served.
 * What is larger than the whole room is let in alone.
 */
export class ByteRoom {
	#taken = 0;
	#line: Array<{ bytes: number; enter: () => void }> = [];

	constructor(private readonly most: number) {}

	get taken(): number {
		return this.#taken;
	}

	/** Resolves once there is room for them. */
	take(bytes: number): Promise<void> {
		return new Promise((resolve) => {
			this.#line.push({ bytes, enter: resolve });
			this.#letIn();
		});
	}

	give(bytes: number): void {
		this.#taken -= bytes;
		this.#letIn();
	}

	#letIn(): void {
		for (let next = this.#line[0]; next; next = this.#line[0]) {
			if (this.#taken > 0 && this.#taken + next.bytes > this.most) return;
			this.#line.shift();
			this.#taken += next.bytes;
			next.enter();
		}
	}
}
