import type { Clock } from '../../engine/clock';

/** The machine's time, moved ahead on demand; the simulator's clock is moved the same way by its admin API. */
export class MovingClock implements Clock {
	#offset = 0;

	now(): number {
		return Date.now() + this.#offset;
	}

	advance(ms: number): void {
		this.#offset += ms;
	}

	/** It is this moment now, and time goes on. */
	set(instant: number): void {
		this.#offset = instant - Date.now();
	}
}

/** Stands still until it is moved. */
export class StandingClock implements Clock {
	constructor(private at: number) {}

	now(): number {
		return this.at;
	}

	advance(ms: number): void {
		this.at += ms;
	}
}
