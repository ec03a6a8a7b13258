import { IANAZone } from 'luxon';
import { ConfigurationError } from '../errors';
import { UF_OF_DDD } from '../phone-ddd';
import { joinRanges, readRange, type ClockRange } from './clock-time';
import { weekdayOf, type DateText } from './dates';
import { describeWeek } from './describe';
import { holidayCalendar, type Holiday, type HolidayCalendar, type HolidayRules } from './holidays';

/** What opening hours are, and whether they make sense. Which of them apply at an instant is `evaluate`'s question. */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const DEFAULT_ZONE = 'America/Sao_Paulo';

export interface WeeklyHours {
	days: Weekday[];
	/** "08:00"; a `to` that is not after `from` is on the next day. Several rows may share a day (D-26). */
	from: string;
	to: string;
}

/** Plain data, not to be changed once evaluated: what is derived from it is kept per object. */
export interface Schedule {
	weekly: WeeklyHours[];
	/** IANA name; default America/Sao_Paulo. Never the server's own zone (D-27). */
	zone?: string;
	/** Without rules no date is special. */
	holidays?: HolidayRules | null;
	/** Turns it around: open exactly when the hours are closed, holidays included (P-16). */
	outside?: boolean;
}

/** A schedule made sure of. */
export interface ReadSchedule {
	zone: string;
	outside: boolean;
	/** pt-BR: "seg. a sex. das 08:00 às 18:00" */
	description: string;
	holidayOn(date: DateText): Holiday | null;
	/** The ranges that begin on this date, holidays applied, sorted and joined. */
	rangesOn(date: DateText): ClockRange[];
}

/** @throws ConfigurationError naming the row or field at fault */
export function readSchedule({ weekly, zone = DEFAULT_ZONE, holidays, outside = false }: Schedule): ReadSchedule {
	if (!IANAZone.isValidZone(zone)) {
		throw new ConfigurationError(
			`Time zone "${zone}" does not exist.`,
			'Use an IANA name, e.g. America/Sao_Paulo.',
			'zone',
		);
	}
	if (holidays?.state && ![...UF_OF_DDD.values()].includes(holidays.state)) {
		throw new ConfigurationError(
			`State "${holidays.state}" does not exist in Brazil.`,
			'Use its two letters, e.g. SP.',
			'state',
		);
	}
	const week = readWeek(weekly);
	const calendar: HolidayCalendar | null = holidays ? holidayCalendar(holidays) : null;
	const holidayOn = (date: DateText) => calendar?.on(date) ?? null;
	return {
		zone,
		outside,
		description: describeWeek(week, outside),
		holidayOn,
		rangesOn: (date) => rangesOn(week[weekdayOf(date) - 1]!, holidayOn(date)),
	};
}

/** The ranges of Monday to Sunday. */
function readWeek(rows: WeeklyHours[]): ClockRange[][] {
	const week: ClockRange[][] = WEEKDAYS.map(() => []);
	rows.forEach(({ days, from, to }, index) => {
		const where = `Weekly hours, row ${index + 1}`;
		if (days.length === 0) {
			throw new ConfigurationError(
				`${where}: no day is chosen.`,
				'Choose at least one day, or remove the row.',
				'weekly',
			);
		}
		const range = readRange(from, to, where, 'weekly');
		for (const day of days) {
			const ranges = week[WEEKDAYS.indexOf(day)];
			if (!ranges)
				throw new ConfigurationError(`${where}: "${day}" is not a day.`, `Use ${WEEKDAYS.join(', ')}.`, 'weekly');
			ranges.push(range);
		}
	});
	return week.map(joinRanges);
}

function rangesOn(usual: ClockRange[], holiday: Holiday | null): ClockRange[] {
	if (!holiday) return usual;
	const { hours } = holiday;
	if (hours.type === 'closed') return [];
	if (hours.type === 'special') return joinRanges(hours.ranges);

	const from = hours.minute;
	return usual.filter(({ to }) => to > from).map((range) => ({ from: Math.max(range.from, from), to: range.to }));
}
