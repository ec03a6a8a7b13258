import type { Instant } from './model';

/** Time is an argument (D10): rules take an instant, the engine takes a Clock. */
export interface Clock {
	now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };
