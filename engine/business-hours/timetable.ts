import { DateTime } from 'luxon';
import type { Instant } from '../model';
import { addDays, type DateText } from './dates';
import type { ReadSchedule } from './schedule';

/**
 * Where on the time line do opening hours begin and end? Ranges on wall clocks become instants here, and nowhere else;
 * days of 23 or 25 hours and week, month and year borders need no care of their own (D-26, D-27).
 */

/** An uninterrupted time of being open or not. null = no edge within the horizon. */
export interface Stretch {
	open: boolean;
	from: Instant | null;
	until: Instant | null;
}

export interface Timetable {
	dateAt(now: Instant): DateText;
	startOf(date: DateText): Instant;
	instantOf(date: DateText, minute: number): Instant;
	stretchAt(now: Instant, today: DateText): Stretch;
	/** First opening after an instant that is closed or a closing. */
	openingFrom(at: Instant): Instant | null;
	/** First closing at or after an instant that is open or an opening. */
	closingFrom(at: Instant): Instant | null;
}

/** How far to look for an edge: a year of closure and some. */
const HORIZON_DAYS = 400;

interface Opening {
	from: Instant;
	until: Instant;
}

export function newTimetable({ zone, rangesOn }: Pick<ReadSchedule, 'zone' | 'rangesOn'>): Timetable {
	const openings = new Map<DateText, Opening[]>();

	const dateAt = (now: Instant) => DateTime.fromMillis(now, { zone }).toISODate()!;
	const startOf = (date: DateText) => DateTime.fromISO(date, { zone }).startOf('day').toMillis();
	const instantOf = (date: DateText, minute: number): Instant => {
		if (minute >= 1440) return minute === 1440 ? startOf(addDays(date, 1)) : instantOf(addDays(date, 1), minute - 1440);
		const [year, month, day] = date.split('-').map(Number);
		// A wall time the zone skips is read with the clocks already forward.
		return DateTime.fromObject(
			{ year, month, day, hour: Math.floor(minute / 60), minute: minute % 60 },
			{ zone },
		).toMillis();
	};

	/** The stretches that begin on a date; a skipped hour may swallow one. */
	const openingsOn = (date: DateText): Opening[] => {
		let found = openings.get(date);
		if (!found) {
			found = rangesOn(date)
				.map(({ from, to }) => ({ from: instantOf(date, from), until: instantOf(date, to) }))
				.filter(({ from, until }) => from < until);
			if (openings.size > 2000) openings.clear();
			openings.set(date, found);
		}
		return found;
	};
	/** What begins on this date or the day before reaches at most to the end of this date. */
	const around = (date: DateText) => [...openingsOn(addDays(date, -1)), ...openingsOn(date)];

	/** First instant ≥ at that is not open. `at` is open or an edge; null = none in sight. */
	const closingFrom = (at: Instant): Instant | null => {
		let end = at;
		let date = dateAt(at);
		for (let day = 0; day <= HORIZON_DAYS; day++, date = addDays(date, 1)) {
			const before = end;
			for (const { from, until } of around(date)) if (from <= end && until > end) end = until;
			if (end === before && startOf(addDays(date, 1)) > end) return end;
		}
		return null;
	};

	/** The instant the open stretch around `at` began; null = none in sight. */
	const beginOf = (at: Instant): Instant | null => {
		let begin = at;
		let date = dateAt(at);
		for (let day = 0; day <= HORIZON_DAYS; day++, date = addDays(date, -1)) {
			const before = begin;
			for (const { from, until } of around(date).toReversed()) if (until >= begin && from < begin) begin = from;
			if (begin === before && day > 0) return begin;
		}
		return null;
	};

	const openingFrom = (at: Instant): Instant | null => {
		let date = dateAt(at);
		for (let day = 0; day <= HORIZON_DAYS; day++, date = addDays(date, 1)) {
			for (const { from } of openingsOn(date)) if (from > at) return from;
		}
		return null;
	};

	const closingBefore = (at: Instant): Instant | null => {
		let date = dateAt(at);
		for (let day = 0; day <= HORIZON_DAYS; day++, date = addDays(date, -1)) {
			if (!openingsOn(date).some(({ until }) => until <= at)) continue;
			// What began the day before may have ended later.
			const ended = around(date).filter(({ until }) => until <= at);
			return Math.max(...ended.map(({ until }) => until));
		}
		return null;
	};

	return {
		dateAt,
		startOf,
		instantOf,
		stretchAt: (now, today) => {
			const open = around(today).some(({ from, until }) => from <= now && now < until);
			return open
				? { open, from: beginOf(now), until: closingFrom(now) }
				: { open, from: closingBefore(now), until: openingFrom(now) };
		},
		openingFrom,
		closingFrom,
	};
}
