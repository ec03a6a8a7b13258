import { ConfigurationError } from '../errors';
import { addDays, isDateText, weekdayOf, type DateText } from './dates';
import type { HolidayCalendar } from './holidays';

/**
 * Counting working days on a calendar: Monday to Friday without the dates closed all day. A half day (Ash Wednesday,
 * special hours) counts.
 */

/** More closed days in a row than this are a mistake in the configuration, not a holiday. */
const LONGEST_CLOSURE = 800;

export function isBusinessDay(date: DateText, calendar: HolidayCalendar): boolean {
	return weekdayOf(date) <= 5 && calendar.on(date)?.hours.type !== 'closed';
}

/** The date itself when it is a business day, else the first one after it. */
export function nextBusinessDay(date: DateText, calendar: HolidayCalendar): DateText {
	return seek(requireDate(date), 1, calendar);
}

/**
 * The n-th business day after the date (before it when negative); 0 moves off a closed date to the next open one.
 * From a Saturday, +1 is Monday.
 * @throws ConfigurationError when `date` is not a YYYY-MM-DD date or `days` is not a whole number up to 10000
 */
export function addBusinessDays(date: DateText, days: number, calendar: HolidayCalendar): DateText {
	if (!Number.isInteger(days) || Math.abs(days) > 10_000) {
		throw new ConfigurationError(`${days} is not a number of days.`, 'Use a whole number up to 10000.', 'days');
	}
	if (days === 0) return nextBusinessDay(date, calendar);
	const step = days > 0 ? 1 : -1;
	let day = requireDate(date);
	for (let left = Math.abs(days); left > 0; left--) day = seek(addDays(day, step), step, calendar);
	return day;
}

function seek(date: DateText, step: number, calendar: HolidayCalendar): DateText {
	let day = date;
	for (let tried = 0; tried < LONGEST_CLOSURE; tried++, day = addDays(day, step)) {
		if (isBusinessDay(day, calendar)) return day;
	}
	throw new ConfigurationError(
		`No business day found near ${date}.`,
		'Check the own dates: they close every day.',
		'ownDates',
	);
}

function requireDate(date: DateText): DateText {
	if (isDateText(date)) return date;
	throw new ConfigurationError(`"${date}" is not a date.`, 'Write it as 2026-11-20.', 'date');
}
