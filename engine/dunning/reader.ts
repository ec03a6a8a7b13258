import type { Holiday } from '../business-hours/holidays';
import { dateOfDay, dayNumber, type DateText } from '../business-hours/dates';
import { readSchedule, type Schedule } from '../business-hours/schedule';
import { newTimetable } from '../business-hours/timetable';
import type { Instant } from '../model';
import { clockOf } from './clock-names';
import { dayCalendar, type DayCalendar } from './day-calendar';
import { kept } from './kept';

/**
 * The clocks and days of everybody with the same contact hours: which date is it there, when may they be written to next? Asked once
 * per receivable, so every answer is kept; one reader serves all payers of a state.
 */
export interface Reader {
	schedule: Schedule;
	/** pt-BR: "seg. a sex. das 09:00 às 18:00" */
	hours: string;
	/** pt-BR, behind a time of day: " (hora do Acre)"; '' on the clocks of Brasília. */
	clock: string;
	/** Days with lawful hours. */
	days: DayCalendar;
	/** The day number of the reader's own date. */
	dayAt(now: Instant): number;
	dateOf(day: number): DateText;
	/** The first lawful moment from now on that is not before this day. */
	firstLawful(now: Instant, fromDay: number): LawfulMoment;
	/** When the last lawful hours of an open day end. */
	closingOf(day: number): Instant;
	/** The holiday that closes this day; null on open and on merely closed ones. */
	holidayOn(day: number): Holiday | null;
}

export interface LawfulMoment {
	at: Instant;
	day: number;
	/** Since the reader's midnight, when it is an opening; null when it is `now` itself. */
	minute: number | null;
}

interface Opening {
	from: Instant;
	until: Instant;
	minute: number;
}

/** Midnight of every zone of today falls on a quarter of an hour. */
const QUARTER_MS = 900_000;

/** @throws ConfigurationError when the schedule is wrong */
export function newReader(schedule: Schedule): Reader {
	const read = readSchedule(schedule);
	const timetable = newTimetable(read);
	const days = dayCalendar((date) => read.rangesOn(date).length > 0);

	const dayOfQuarter = kept((quarter: number) => dayNumber(timetable.dateAt(quarter * QUARTER_MS)));
	const openingsOf = kept((day: number): Opening[] => {
		const date: DateText = dateOfDay(day);
		return read
			.rangesOn(date)
			.map(({ from, to }) => ({
				from: timetable.instantOf(date, from),
				until: timetable.instantOf(date, to),
				minute: from,
			}))
			.filter(({ from, until }) => from < until);
	});
	const dateOf = kept(dateOfDay);
	const dayAt = (now: Instant) => dayOfQuarter(Math.floor(now / QUARTER_MS));

	return {
		schedule,
		hours: read.description,
		clock: clockOf(schedule.zone),
		days,
		dayAt,
		dateOf,
		firstLawful: (now, fromDay) => {
			for (let day = days.next(Math.max(dayAt(now), fromDay)); ; day = days.next(day + 1)) {
				const opening = openingsOf(day).find(({ until }) => until > now);
				if (!opening) continue;
				return opening.from > now ? { at: opening.from, day, minute: opening.minute } : { at: now, day, minute: null };
			}
		},
		closingOf: (day) => Math.max(...openingsOf(day).map(({ until }) => until)),
		holidayOn: (day) => {
			const holiday = read.holidayOn(dateOfDay(day));
			return holiday?.hours.type === 'closed' ? holiday : null;
		},
	};
}
