import { ConfigurationError } from '../errors';

/** Times of day as people write them ("8h30", "08:30", "24:00"), counted in minutes from midnight. */

/** `to` > 1440 reaches into the next day. The range belongs to the day it begins on. */
export interface ClockRange {
	from: number;
	to: number;
}

export const MINUTES_A_DAY = 1440;

/**
 * A range ends the next day when `to` is not after `from`. 23:59 means "until the end of the day", as people who write
 * it do, and 00:00–00:00 the whole day.
 * @param where names the row in errors, e.g. `Weekly hours, row 2`
 * @throws ConfigurationError
 */
export function readRange(from: string, to: string, where: string, field: string): ClockRange {
	const start = minuteOf(from, `${where}, "From"`, field);
	const end = minuteOf(to, `${where}, "To"`, field);
	if (start === MINUTES_A_DAY) {
		throw new ConfigurationError(`${where}: a range cannot begin at 24:00.`, 'Use 00:00 of the next day.', field);
	}
	if (start === end && start !== 0) {
		throw new ConfigurationError(
			`${where}: "From" and "To" are both ${clockText(start)}.`,
			'For the whole day use 00:00 to 24:00.',
			field,
		);
	}
	if (end === MINUTES_A_DAY - 1) return { from: start, to: MINUTES_A_DAY };
	return { from: start, to: end > start ? end : end + MINUTES_A_DAY };
}

/** Sorted, with overlapping and touching ranges joined. */
export function joinRanges(ranges: ClockRange[]): ClockRange[] {
	const joined: ClockRange[] = [];
	for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
		const last = joined.at(-1);
		if (last && from <= last.to) last.to = Math.max(last.to, to);
		else joined.push({ from, to });
	}
	return joined;
}

/** 510 → "08:30"; 1440 → "24:00"; 1500 → "01:00" of the next day. */
export function clockText(minute: number): string {
	const inDay = minute > MINUTES_A_DAY ? minute - MINUTES_A_DAY : minute;
	return `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`;
}

function minuteOf(text: string, where: string, field: string): number {
	const match = /^(\d{1,2})(?:\s*[:hH]\s*(\d\d)?(?::00(?:\.0+)?)?)?\s*(?:min)?$/.exec(text.trim());
	const minute = match ? Number(match[1]) * 60 + Number(match[2] ?? 0) : NaN;
	if (match && Number(match[2] ?? 0) < 60 && minute <= MINUTES_A_DAY) return minute;
	throw new ConfigurationError(`${where}: "${text}" is not a time of day.`, 'Write it as 08:00, up to 24:00.', field);
}
