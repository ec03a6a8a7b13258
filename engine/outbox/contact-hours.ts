/** In which hours may a stored message leave? Schedules travel as JSON; each is read once, because reading one costs more than using it. */
import { evaluate } from '../business-hours/evaluate';
import type { Schedule } from '../business-hours/schedule';
import type { Instant } from '../model';

/** `unreadable`: hours that make no sense, which no message may leave by. */
export type ContactHours = Schedule | 'unreadable';

// One per state and set of own dates: a desk has a few dozen.
const MOST_KEPT = 500;
const known = new Map<string, ContactHours>();

export function readContactHours(json: string): ContactHours {
	let hours = known.get(json);
	if (hours === undefined) {
		if (known.size >= MOST_KEPT) known.clear();
		known.set(json, (hours = read(json)));
	}
	return hours;
}

/**
 * Makes sure of a schedule before a message is stored with it.
 * @throws ConfigurationError naming the row or field at fault
 */
export function checkContactHours(schedule: Schedule, now: Instant): void {
	if (readContactHours(JSON.stringify(schedule)) === 'unreadable') evaluate(schedule, now);
}

function read(json: string): ContactHours {
	try {
		const schedule = JSON.parse(json) as Schedule;
		evaluate(schedule, 0);
		return schedule;
	} catch {
		return 'unreadable';
	}
}
