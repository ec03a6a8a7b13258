/**
 * Arithmetic on calendar dates written `YYYY-MM-DD`: no clocks, no zones. `new Date('2026-11-20')` is still
 * the 19th in São Paulo, which is why dates stay text here.
 */

/** `YYYY-MM-DD`. */
export type DateText = string;

const DAY_MS = 86_400_000;

/** Whether it is written `YYYY-MM-DD` and exists: 2026-02-30 does not. */
export function isDateText(text: string): boolean {
	return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayNumber(text)) && dateOfDay(dayNumber(text)) === text;
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
	return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOfDay(day: number): DateText {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
