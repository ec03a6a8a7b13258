import { clockText, joinRanges, MINUTES_A_DAY, readRange, type ClockRange } from '../business-hours/clock-time';
import { WEEKDAYS, type WeeklyHours } from '../business-hours/schedule';
import { ConfigurationError } from '../errors';

/** Weekly contact hours as minutes, to be compared and cut. Nobody is written to around midnight, so every range ends on its day. */

/** Ranges of Monday to Sunday, sorted and joined, within 0 and 1440. */
export type Week = ClockRange[][];

/**
 * @param where names the table in errors, e.g. "Hours by State, SP"
 * @throws ConfigurationError naming the row
 */
export function readWeek(rows: readonly WeeklyHours[], where: string): Week {
	const week: Week = WEEKDAYS.map(() => []);
	rows.forEach(({ days, from, to }, index) => {
		const row = `${where}, row ${index + 1}`;
		const range = readRange(from, to, row, 'hours');
		if (range.to > MINUTES_A_DAY) {
			throw new ConfigurationError(
				`${row}: the hours pass midnight.`,
				'Nobody may be reminded at night: let them end on the same day.',
				'hours',
			);
		}
		if (days.length === 0) {
			throw new ConfigurationError(`${row}: no day is chosen.`, 'Choose at least one, or remove the row.', 'hours');
		}
		for (const day of days) {
			const ranges = week[WEEKDAYS.indexOf(day)];
			if (ranges) ranges.push(range);
			else throw new ConfigurationError(`${row}: "${day}" is not a day.`, `Use ${WEEKDAYS.join(', ')}.`, 'hours');
		}
	});
	if (week.every((ranges) => ranges.length === 0)) {
		throw new ConfigurationError(`${where}: there are no hours.`, 'Add a row; nobody could ever be reminded.', 'hours');
	}
	return week.map(joinRanges);
}

/** The hours that are in both weeks when the clocks of `other` are `behind` minutes behind those of `week`. */
export function commonHours(week: Week, other: Week, behind: number): Week {
	return week.map((ranges, day) =>
		ranges.flatMap((one) =>
			other[day]!.map((two) => ({
				from: Math.max(one.from, two.from + behind),
				to: Math.min(one.to, two.to + behind),
			})).filter(({ from, to }) => from < to),
		),
	);
}

export function isWithin(week: Week, limits: Week): boolean {
	return week.every((ranges, day) =>
		ranges.every(({ from, to }) => limits[day]!.some((limit) => limit.from <= from && to <= limit.to)),
	);
}

export function rowsOfWeek(week: Week): WeeklyHours[] {
	const rows = new Map<string, WeeklyHours>();
	week.forEach((ranges, day) => {
		for (const { from, to } of ranges) {
			const [opens, closes] = [clockText(from), clockText(to)];
			const row = rows.get(`${opens}${closes}`);
			if (row) row.days.push(WEEKDAYS[day]!);
			else rows.set(`${opens}${closes}`, { days: [WEEKDAYS[day]!], from: opens, to: closes });
		}
	});
	return [...rows.values()];
}
