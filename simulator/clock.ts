/**
 * What time is it in the rehearsal? Real time plus an offset, so that "24 hours later" takes a click.
 * Windows, pair limits and media links are judged on this clock; network gaps and timers stay real.
 */
export class VirtualClock {
	#offsetMs = 0;

	now(): number {
		return Date.now() + this.#offsetMs;
	}

	get offsetMs(): number {
		return this.#offsetMs;
	}

	/** Negative values step backwards, which tests of late messages need. */
	advance(ms: number): void {
		this.#offsetMs += ms;
	}

	set(instant: number): void {
		this.#offsetMs = instant - Date.now();
	}

	reset(): void {
		this.#offsetMs = 0;
	}
}
