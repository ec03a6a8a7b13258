/** Which secrets were used last, as text, up to a weight? What is known to be missing is remembered too. */
export class RecentSecrets {
	readonly #texts = new Map<string, string | null>();
	#weight = 0;

	/** @param limit characters, each entry counting some more for what it costs to keep */
	constructor(private readonly limit: number) {}

	/** Undefined when it is not known, null when there is no such secret. */
	get(name: string): string | null | undefined {
		const text = this.#texts.get(name);
		if (text === undefined) return undefined;
		// Used last goes last: what is dropped first is what nobody needed for longest.
		this.#texts.delete(name);
		this.#texts.set(name, text);
		return text;
	}

	set(name: string, text: string | null): void {
		this.forget(name);
		this.#texts.set(name, text);
		this.#weight += weightOf(name, text);
		for (const oldest of this.#texts.keys()) {
			if (this.#weight <= this.limit) break;
			this.forget(oldest);
		}
	}

	forget(name: string): void {
		const text = this.#texts.get(name);
		if (text === undefined) return;
		this.#texts.delete(name);
		this.#weight -= weightOf(name, text);
	}

	clear(): void {
		this.#texts.clear();
		this.#weight = 0;
	}
}

const OVERHEAD = 120;

const weightOf = (name: string, text: string | null) => name.length + (text?.length ?? 0) + OVERHEAD;
