/**
 * Arithmetic on calendar dates written `YYYY-MM-DD`: no clocks, no zones. `new Date('2026-11-20')` is still
 * the 19th in São Paulo, which is why dates stay text here.
 */

/** `YYYY-MM-DD`. */
export type DateText = string;

const DAY_MS = 86_400_000;

/** Whether it is written `YYYY-MM-DD` and exists: 2026-02-30 does not. */
export function isDateText(text: string): boolean {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
	const month = Number(text.slice(5, 7));
	const day = Number(text.slice(8));
	return day >= 1 && day <= (month === 2 && isLeap(Number(text.slice(0, 4))) ? 29 : (DAYS_OF_MONTHS[month - 1] ?? 0));
}

export function addDays(date: DateText, days: number): DateText {
	return dateOfDay(dayNumber(date) + days);
}

/** 1 = Monday … 7 = Sunday, as in ISO 8601. */
export function weekdayOf(date: DateText): number {
	// 1970-01-01 was a Thursday.
	return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

export function daysBetween(from: DateText, to: DateText): number {
	return dayNumber(to) - dayNumber(from);
}

/** Days since 1970-01-01: for those who count with many dates. */
export function dayNumber(date: DateText): number {
	// Date.UTC takes years below 100 for 19xx; 400 years are always as long. Parsing the text would take five times as long.
	const later = Date.UTC(Number(date.slice(0, 4)) + 400, Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
	return later / DAY_MS - DAYS_OF_400_YEARS;
}

export function dateOfDay(day: number): DateText {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

const DAYS_OF_400_YEARS = 146_097;
const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
	return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
