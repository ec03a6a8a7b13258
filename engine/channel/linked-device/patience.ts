/** How often did a session fail, when is it tried again, and since when is it down? In memory, by a clock that nobody sets. */
import { backOffMs } from './back-off';

export interface PatienceOptions {
	/** In [0, 1). */
	random(): number;
	/** How long the line may be down before people are told. */
	alarmMs: number;
	/** The line was good when it was open for so long: then pauses begin anew. */
	goodMs: number;
}

/** Restarts that WhatsApp asks for, one right after the other; more are trouble. */
const RESTARTS_AT_MOST = 3;

const TURNED_AWAY_MS = 3_600_000;

export class Patience {
	#attempts = 0;
	#restarts = 0;
	#retryAt = 0;
	#downSince: number | null = null;
	#isTold = false;

	constructor(private readonly options: PatienceOptions) {}

	get isOver(): boolean {
		return performance.now() >= this.#retryAt;
	}

	/** Failures since the line was good. */
	get attempts(): number {
		return this.#attempts;
	}

	/** It was down for so long that people are to be told; true once. */
	get isAlarming(): boolean {
		if (this.#isTold || this.#downSince === null) return false;
		this.#isTold = performance.now() - this.#downSince > this.options.alarmMs;
		return this.#isTold;
	}

	/** Connected. */
	succeeded(): void {
		this.#restarts = 0;
		this.#downSince = null;
		this.#isTold = false;
	}

	/** The line was open for so long when it closed. */
	wasOpen(ms: number): void {
		if (ms > this.options.goodMs) this.#attempts = 0;
	}

	/** A code is shown: WhatsApp answers. */
	answered(): void {
		this.#attempts = 0;
	}

	/** Counts a failure and says how long to wait. */
	failed(): number {
		const pause = backOffMs(this.#attempts++, this.options.random());
		this.#downSince ??= performance.now();
		this.rest(pause);
		return pause;
	}

	/** Turned away for a reason that only a person can mend: not before about an hour, and not later for earlier failures. */
	turnedAway(): number {
		const pause = Math.round(TURNED_AWAY_MS * (1 + this.options.random() / 4));
		this.#retryAt = 0;
		this.rest(pause);
		return pause;
	}

	/** A restart that was asked for: at once, unless they follow each other. False: it counts as a failure. */
	restarts(): boolean {
		if (++this.#restarts > RESTARTS_AT_MOST) return false;
		this.#retryAt = 0;
		return true;
	}

	/** Not before so long from now. */
	rest(ms: number): void {
		this.#retryAt = Math.max(this.#retryAt, performance.now() + ms);
	}

	/** At once. */
	hurry(): void {
		this.#retryAt = 0;
	}

	reset(): void {
		this.succeeded();
		this.#attempts = 0;
		this.#retryAt = 0;
	}
}
