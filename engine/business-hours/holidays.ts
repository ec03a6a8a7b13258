import type { Uf } from '../phone-ddd';
import type { ClockRange } from './clock-time';
import { addDays, isDateText, weekdayOf, type DateText } from './dates';
import { readOwnDates, type OwnDate } from './own-dates';
import { STATE_HOLIDAYS } from './state-holidays';

/**
 * Is this date a holiday here, and is it closed all day? Brazilian tables of our own, because public calendars lose
 * 20 November in several states. It knows no opening hours and no bank rules.
 */

export interface HolidayRules {
	/** The national ones, with Good Friday and, since 2024, 20 November. Default true. */
	national?: boolean;
	/** Adds the state's own dates. */
	state?: Uf | null;
	/** Carnival Monday and Tuesday: not holidays by law in most places, but usually kept. */
	carnival?: boolean;
	/** Ash Wednesday until noon. */
	ashWednesday?: boolean;
	corpusChristi?: boolean;
	/** The last Monday to Friday of the year, on which banks do not settle. */
	lastWeekday?: boolean;
	/** Win over every table, so that special hours can open a holiday. */
	own?: OwnDate[];
}

export interface Holiday {
	date: DateText;
	/** pt-BR */
	name: string;
	kind: 'national' | 'state' | 'optional' | 'own';
	/** `closedUntil`: the usual hours count from that minute of the day on. */
	hours: { type: 'closed' } | { type: 'special'; ranges: ClockRange[] } | { type: 'closedUntil'; minute: number };
}

/** Lei 662/1949, Lei 6.802/1980, Lei 10.607/2002 and, from 2024, Lei 14.759/2023. */
const NATIONAL: Array<{ on: string; name: string; since?: number }> = [
	{ on: '01-01', name: 'Confraternização Universal' },
	{ on: '04-21', name: 'Tiradentes' },
	{ on: '05-01', name: 'Dia do Trabalho' },
	{ on: '09-07', name: 'Independência do Brasil' },
	{ on: '10-12', name: 'Nossa Senhora Aparecida' },
	{ on: '11-02', name: 'Finados' },
	{ on: '11-15', name: 'Proclamação da República' },
	{ on: '11-20', name: 'Consciência Negra', since: 2024 },
	{ on: '12-25', name: 'Natal' },
];

const NOON = 12 * 60;

/** The holidays of a year in date order, one per date. Public shape for lists; lookups go through `holidayCalendar`. */
export function holidaysOfYear(year: number, rules: HolidayRules): Holiday[] {
	return holidayCalendar(rules).ofYear(year);
}

export interface HolidayCalendar {
	on(date: DateText): Holiday | null;
	ofYear(year: number): Holiday[];
}

/** @throws ConfigurationError naming the row of a wrong own date */
export function holidayCalendar(rules: HolidayRules): HolidayCalendar {
	const own = readOwnDates(rules.own ?? []);
	const years = new Map<number, Map<DateText, Holiday>>();
	const tableOf = (year: number) => {
		let table = years.get(year);
		if (!table) years.set(year, (table = tableOfYear(year, rules, own)));
		return table;
	};
	return {
		on: (date) => tableOf(Number(date.slice(0, 4))).get(date) ?? null,
		ofYear: (year) => [...tableOf(year).values()].toSorted((a, b) => (a.date < b.date ? -1 : 1)),
	};
}

/** Gregorian Easter Sunday by Meeus (Astronomical Algorithms, chapter 8). */
export function easterSunday(year: number): DateText {
	const a = year % 19;
	const b = Math.floor(year / 100);
	const c = year % 100;
	const d = Math.floor(b / 4);
	const e = b % 4;
	const f = Math.floor((b + 8) / 25);
	const g = Math.floor((b - f + 1) / 3);
	const h = (19 * a + b - d - g + 15) % 30;
	const i = Math.floor(c / 4);
	const k = c % 4;
	const l = (32 + 2 * e + 2 * i - h - k) % 7;
	const m = Math.floor((a + 11 * h + 22 * l) / 451);
	const n = h + l - 7 * m + 114;
	return dateOf(year, `${pad(Math.floor(n / 31))}-${pad((n % 31) + 1)}`);
}

// ---------------------------------------------------------------- helpers

/** Later entries win: optional, state, national, own. */
function tableOfYear(year: number, rules: HolidayRules, own: ReturnType<typeof readOwnDates>): Map<DateText, Holiday> {
	const table = new Map<DateText, Holiday>();
	const add = (kind: Holiday['kind'], date: DateText, name: string, hours: Holiday['hours'] = { type: 'closed' }) =>
		table.set(date, { date, name, kind, hours });
	const easter = easterSunday(year);

	if (rules.carnival) {
		add('optional', addDays(easter, -48), 'Carnaval');
		add('optional', addDays(easter, -47), 'Carnaval');
	}
	if (rules.ashWednesday) {
		add('optional', addDays(easter, -46), 'Quarta-feira de Cinzas', { type: 'closedUntil', minute: NOON });
	}
	if (rules.corpusChristi) add('optional', addDays(easter, 60), 'Corpus Christi');
	if (rules.lastWeekday) {
		const last = dateOf(year, '12-31');
		add('optional', addDays(last, -Math.max(0, weekdayOf(last) - 5)), 'Fim de ano sem expediente bancário');
	}
	for (const day of rules.state ? STATE_HOLIDAYS[rules.state] : []) {
		add('state', 'on' in day ? dateOf(year, day.on) : addDays(easter, day.easter), day.name);
	}
	if (rules.national ?? true) {
		for (const { on, name, since = 0 } of NATIONAL) if (year >= since) add('national', dateOf(year, on), name);
		add('national', addDays(easter, -2), 'Sexta-feira Santa');
	}
	for (const [key, { name, ranges }] of own) {
		const date = key.length === 5 ? dateOf(year, key) : key;
		// Of another year, or 29/02 in a common one.
		if (!date.startsWith(dateOf(year, '')) || !isDateText(date)) continue;
		// A one-off row is more precise than one for every year.
		if (key.length === 5 && own.has(date)) continue;
		add('own', date, name, ranges.length > 0 ? { type: 'special', ranges } : { type: 'closed' });
	}
	return table;
}

function dateOf(year: number, monthAndDay: string): DateText {
	return `${String(year).padStart(4, '0')}-${monthAndDay}`;
}

function pad(value: number): string {
	return String(value).padStart(2, '0');
}
