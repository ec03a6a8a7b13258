import { dateOfDay, type DateText } from '../business-hours/dates';
import { ConfigurationError } from '../errors';
import { kept } from './kept';

/**
 * Counting open days by day number (days since 1970-01-01), because a ladder counts the same few hundred dates for a hundred
 * thousand invoices: each date is judged once.
 */
export interface DayCalendar {
	isOpen(day: number): boolean;
	/** The day itself when it is open, else the first open one after it. */
	next(day: number): number;
	/** The day itself when it is open, else the last open one before it. */
	previous(day: number): number;
	/** The n-th open day after the day, before it when negative; 0 is `next`. */
	add(day: number, days: number): number;
}

/** More closed days in a row than this are a mistake in the configuration, not a holiday. */
const LONGEST_CLOSURE = 800;

export function dayCalendar(isOpenOn: (date: DateText) => boolean): DayCalendar {
	const isOpen = kept((day: number) => isOpenOn(dateOfDay(day)));
	const seek = (from: number, step: 1 | -1): number => {
		for (let day = from, tried = 0; tried < LONGEST_CLOSURE; tried++, day += step) if (isOpen(day)) return day;
		throw new ConfigurationError(
			`No open day found near ${dateOfDay(from)}.`,
			'Check the own dates and the contact hours: they close every day.',
			'ownDates',
		);
	};
	return {
		isOpen,
		next: (day) => seek(day, 1),
		previous: (day) => seek(day, -1),
		add: (day, days) => {
			if (days === 0) return seek(day, 1);
			const step = days > 0 ? 1 : -1;
			let at = day;
			for (let left = Math.abs(days); left > 0; left--) at = seek(at + step, step);
			return at;
		},
	};
}
