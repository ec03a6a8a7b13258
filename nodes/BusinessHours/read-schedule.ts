/** Which schedule do the fields of this item describe? */
import { ConfigurationError, DEFAULT_ZONE, SCHEDULE_PRESETS } from '../../engine';
import type { HolidayRules, OwnDate, Schedule, WeeklyHours } from '../../engine';
import type { ItemParameters } from '../shared/item-parameters';
import { readOwnDates as readRows, readWeeklyHours as readWeekly } from '../shared/schedule-rows';

/**
 * The engine remembers what it derives from a schedule object, so equal fields give the same object,
 * over items and runs.
 */
const schedules = new Map<string, Schedule>();
const MOST_SCHEDULES = 200;

export function readItemSchedule(params: ItemParameters): { schedule: Schedule; zone: string } {
	const zone = readZone(params);
	const fresh: Schedule = { ...readHours(params), zone, holidays: readHolidayRules(params) };
	const key = JSON.stringify(fresh);
	let schedule = schedules.get(key);
	if (!schedule) {
		if (schedules.size >= MOST_SCHEDULES) schedules.clear();
		schedules.set(key, (schedule = fresh));
	}
	return { schedule, zone };
}

export function readZone(params: ItemParameters): string {
	return params.text('timeZone') || DEFAULT_ZONE;
}

/** Without Brazilian holidays, the own dates still count. */
export function readHolidayRules(params: ItemParameters): HolidayRules {
	const own = readOwnDates(params);
	if (!params.flag('brazilianHolidays')) return { national: false, own };
	const optional = params.value('optionalHolidays');
	const chosen = new Set(Array.isArray(optional) ? optional : []);
	return {
		national: true,
		state: (params.text('state').toUpperCase() || null) as HolidayRules['state'],
		carnival: chosen.has('carnival'),
		ashWednesday: chosen.has('ashWednesday'),
		corpusChristi: chosen.has('corpusChristi'),
		own,
	};
}

export function readOwnDates(params: ItemParameters): OwnDate[] {
	return readRows(params.rows('ownDates', 'date'));
}

function readHours(params: ItemParameters): Pick<Schedule, 'weekly' | 'outside'> {
	const chosen = params.text('schedule');
	if (chosen === 'custom') {
		return { weekly: readWeeklyHours(params), outside: params.flag('outsideHours') };
	}
	const preset = SCHEDULE_PRESETS.find(({ value }) => value === chosen);
	if (preset) return preset.schedule;
	const values = [...SCHEDULE_PRESETS.map(({ value }) => value), 'custom'].join(', ');
	throw new ConfigurationError(
		`"Schedule" has no option "${chosen}".`,
		`An expression may give: ${values}.`,
		'schedule',
	);
}

function readWeeklyHours(params: ItemParameters): WeeklyHours[] {
	const rows = params.rows('weeklyHours', 'row');
	if (rows.length === 0) {
		throw new ConfigurationError('"Weekly Hours" is empty.', 'Add a row with days, from and to.', 'weeklyHours');
	}
	return readWeekly(rows);
}
