import { ConfigurationError } from '../errors';
import { readRange, type ClockRange } from './clock-time';
import { isDateText } from './dates';

/** The dates a company adds itself: municipal holidays, collective holidays, special hours. */

export interface OwnDate {
	/** `2026-12-24` or `24/12/2026` once; `12-24` or `24/12` every year. */
	date: string;
	name: string;
	/** Special hours of that date; without them it is closed. Several rows of one date are several ranges. */
	from?: string;
	to?: string;
}

export interface OwnDay {
	name: string;
	/** Empty = closed all day. */
	ranges: ClockRange[];
}

/**
 * @returns days by `YYYY-MM-DD` or, for every year, `MM-DD`
 * @throws ConfigurationError naming the row
 */
export function readOwnDates(rows: OwnDate[]): Map<string, OwnDay> {
	const days = new Map<string, OwnDay>();
	rows.forEach((row, index) => {
		const where = `Own dates, row ${index + 1}`;
		const key = dateKey(row.date, where);
		const range = specialHours(row, where);
		const day = days.get(key);
		if (!day) {
			days.set(key, { name: row.name.trim() || 'Data especial', ranges: range ? [range] : [] });
		} else if (range && day.ranges.length > 0) {
			day.ranges.push(range);
		} else {
			throw new ConfigurationError(
				`${where}: ${row.date} is already in another row, as ${day.ranges.length > 0 ? 'open' : 'closed'}.`,
				'Keep one row for a closed date, or give every row of that date a time range.',
				'ownDates',
			);
		}
	});
	return days;
}

function specialHours({ from = '', to = '' }: OwnDate, where: string): ClockRange | null {
	if (from.trim() === '' && to.trim() === '') return null;
	if (from.trim() !== '' && to.trim() !== '') return readRange(from, to, where, 'ownDates');
	throw new ConfigurationError(
		`${where}: only one of "From" and "To" is filled in.`,
		'Fill in both for special hours, or neither for a closed date.',
		'ownDates',
	);
}

function dateKey(text: string, where: string): string {
	const written = text.trim();
	const iso = /^(?:(\d{4})-)?(\d\d)-(\d\d)$/.exec(written.replace(/T00:00(:00(\.0+)?)?$/, ''));
	const brazilian = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(written);
	const [year, month, day] = iso ? iso.slice(1) : brazilian ? [brazilian[3], brazilian[2], brazilian[1]] : [];
	const key = `${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
	// 2000 was a leap year: 29/02 every year means in leap years.
	if (isDateText(`${year ?? '2000'}-${key}`)) return year ? `${year}-${key}` : key;
	throw new ConfigurationError(
		`${where}: "${text}" is not a date.`,
		'Write it as 2026-12-24 or 24/12/2026, or as 24/12 for every year.',
		'ownDates',
	);
}
