import { IANAZone } from 'luxon';
import type { OwnDate } from '../business-hours/own-dates';
import { DEFAULT_ZONE, type Schedule, type Weekday, type WeeklyHours } from '../business-hours/schedule';
import { normalizePhone } from '../phone';
import { UF_OF_DDD, zonesOfDdd, type Uf } from '../phone-ddd';
import type { ContactHoursTable } from './types';
import { commonHours, readWeek, rowsOfWeek } from './week-hours';

/**
 * When may this debtor be written to? The hours of their state on their own clocks, not on a holiday of the nation or the state,
 * at Carnival or Corpus Christi. Hours are the user's to set; those of the state laws are here as data.
 */

const MONDAY_TO_FRIDAY: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

const weekdays = (from: string, to: string): WeeklyHours => ({ days: MONDAY_TO_FRIDAY, from, to });
const saturday = (from: string, to: string): WeeklyHours => ({ days: ['sat'], from, to });

/** Mon–Fri 09:00–18:00 everywhere: within the law of every state below. */
export const DEFAULT_CONTACT_HOURS: ContactHoursTable = { default: [weekdays('09:00', '18:00')], states: {} };

/**
 * The widest hours the laws of the states allow, as far as they are known; the default elsewhere. Most laws speak of telephone
 * calls and are kept to all the same. To be confirmed with a lawyer before anybody relies on them.
 */
export const STATE_LAW_HOURS: ContactHoursTable = {
	default: DEFAULT_CONTACT_HOURS.default,
	states: {
		// Lei 7.782/2016; covers text messages.
		AL: [weekdays('08:00', '20:00'), saturday('08:00', '14:00')],
		// Sources differ (to 19:00, or 08:00–18:00 and Saturday morning): what both allow.
		AM: [weekdays('08:00', '18:00')],
		// Lei 16.836/2019; names SMS and WhatsApp.
		CE: [weekdays('08:00', '18:00')],
		// Lei 10.626/2017.
		ES: [weekdays('08:00', '19:00')],
		// Lei 7.868/2018.
		RJ: [weekdays('09:00', '19:00')],
		// Lei 15.426/2014.
		SP: [weekdays('08:00', '20:00'), saturday('08:00', '14:00')],
	},
};

/** Where somebody is to be reached; the state of the register wins over the one of the area code. */
export interface Whereabouts {
	uf: Uf | null;
	/** As written or E.164. */
	phone: string | null;
}

const NO_DATES: OwnDate[] = [];

/** Schedules by table and own dates, so that the same case is the same object: `evaluate` remembers by object. */
const schedules = new WeakMap<ContactHoursTable, WeakMap<OwnDate[], Map<string, Schedule>>>();

/**
 * The hours in which this debtor may be written to. The same object for the same table, own dates, state and area code.
 * Where a state has two clocks (the west of Amazonas), only what is lawful on both. Without a Brazilian state: the default hours
 * of São Paulo's clock. Fernando de Noronha shares Pernambuco's state and area code, and so its clock.
 * @param ownDates closed dates besides the holidays
 * @throws ConfigurationError when the hours of a state with two clocks are wrong; others are judged when they are used
 */
export function contactHoursOf(table: ContactHoursTable, where: Whereabouts, ownDates: OwnDate[] = NO_DATES): Schedule {
	const ddd = where.phone === null ? '' : dddOf(where.phone);
	const uf = where.uf ?? UF_OF_DDD.get(ddd) ?? null;
	// The area code narrows a state down to a clock only when it is one of that state.
	const area = UF_OF_DDD.get(ddd) === uf ? ddd : '';
	const key = `${uf ?? ''}${area}`;

	let byDates = schedules.get(table);
	if (!byDates) schedules.set(table, (byDates = new WeakMap()));
	let byCase = byDates.get(ownDates);
	if (!byCase) byDates.set(ownDates, (byCase = new Map()));
	let schedule = byCase.get(key);
	if (!schedule) byCase.set(key, (schedule = scheduleOf(table, uf, area, ownDates, byCase)));
	return schedule;
}

function scheduleOf(
	table: ContactHoursTable,
	uf: Uf | null,
	area: string,
	ownDates: OwnDate[],
	known: Map<string, Schedule>,
): Schedule {
	const [zone = DEFAULT_ZONE, ...others] = uf === null ? [] : area === '' ? zonesOfUf(uf) : zonesOfDdd(area);
	// All area codes of a state with the same clocks share one schedule.
	const shared = `${uf ?? ''}@${[zone, ...others].join()}`;
	let schedule = known.get(shared);
	if (!schedule) {
		const rows = (uf && table.states[uf]) ?? table.default;
		schedule = {
			weekly: others.length === 0 ? rows : onAllClocks(rows, zone, others, `Hours by State, ${uf}`),
			zone,
			holidays: { ...(table.openOnHolidays ? { national: false } : { ...HOLIDAYS, state: uf }), own: ownDates },
		};
		known.set(shared, schedule);
	}
	return schedule;
}

const HOLIDAYS = { national: true, carnival: true, corpusChristi: true };

/** Brazil has had no daylight saving since 2019; should it come back, the clocks of one state will move together. */
const ANY_DAY = Date.UTC(2026, 0, 1);

/** Hours on the clocks of `zone` that are within the rows on every clock. */
function onAllClocks(rows: WeeklyHours[], zone: string, others: string[], where: string): WeeklyHours[] {
	const week = readWeek(rows, where);
	const offset = (name: string) => IANAZone.create(name).offset(ANY_DAY);
	return rowsOfWeek(others.reduce((common, other) => commonHours(common, week, offset(zone) - offset(other)), week));
}

/** Every clock of a state, the most common first. */
function zonesOfUf(uf: Uf): string[] {
	const ddds = [...UF_OF_DDD].filter(([, state]) => state === uf).map(([ddd]) => ddd);
	return [...new Set(ddds.flatMap(zonesOfDdd))];
}

function dddOf(phone: string): string {
	if (/^\+55\d{10,11}$/.test(phone)) return phone.slice(3, 5);
	const read = normalizePhone(phone, { source: 'register' });
	return read.ok ? (read.ddd ?? '') : '';
}
