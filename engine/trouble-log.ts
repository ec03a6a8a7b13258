import type { Clock } from './clock';
import type { Instant } from './model';

type Log = (message: string, details: Record<string, unknown>) => void;

export interface Trouble {
	at: Instant;
	message: string;
	cause: string;
}

/** Passes on what the desk complains about and remembers the last of it, for Diagnose. */
export class TroubleLog {
	last: Trouble | null = null;

	constructor(
		private readonly clock: Clock,
		private readonly next: Log,
	) {}

	readonly log: Log = (message, details) => {
		this.last = { at: this.clock.now(), message, cause: String(details.cause ?? '') };
		this.next(message, details);
	};
}
