import { addDays, daysBetween, type DateText } from '../business-hours/dates';

/**
 * Which date does the four-digit factor of a bank boleto mean? It counts days since 1997-10-07; after 9999 (2025-02-21)
 * it started again at 1000 (2025-02-22), and that cycle ends in 2049. So each factor means two dates 9000 days apart, and
 * nothing in the code tells them apart: the caller names a date near which it must be.
 */

/** Factor 1000 for the first time. */
const FIRST_DATE = '2000-07-03';
const FIRST_FACTOR = 1000;
const CYCLE_DAYS = 9000;

export interface FactorDates {
	/** The one nearest to the reference; null = the code carries no date. */
	dueDate: DateText | null;
	/** The one farther away. */
	otherDueDate: DateText | null;
}

/** A factor below 1000 carries no date. */
export function datesOfFactor(factor: string, reference: DateText): FactorDates {
	const days = Number(factor) - FIRST_FACTOR;
	if (days < 0) return { dueDate: null, otherDueDate: null };
	const [first, second] = cyclesOf(days);
	const firstIsNearer = Math.abs(daysBetween(first, reference)) <= Math.abs(daysBetween(second, reference));
	return firstIsNearer ? { dueDate: first, otherDueDate: second } : { dueDate: second, otherDueDate: first };
}

/** Whether the factor may mean this date, in either cycle. */
export function factorMeans(factor: string, date: DateText): boolean {
	const days = Number(factor) - FIRST_FACTOR;
	return days >= 0 && cyclesOf(days).includes(date);
}

function cyclesOf(days: number): [DateText, DateText] {
	return [addDays(FIRST_DATE, days), addDays(FIRST_DATE, days + CYCLE_DAYS)];
}
