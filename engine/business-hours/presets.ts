import type { Schedule, Weekday, WeeklyHours } from './schedule';

/** The schedules that exist beforehand: the usual hours, and the time outside each of them (P-16). */

const MONDAY_TO_FRIDAY: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const EVERY_DAY: Weekday[] = [...MONDAY_TO_FRIDAY, 'sat', 'sun'];

const commercial: WeeklyHours[] = [{ days: MONDAY_TO_FRIDAY, from: '08:00', to: '18:00' }];
const withLunch: WeeklyHours[] = [
	{ days: MONDAY_TO_FRIDAY, from: '08:00', to: '12:00' },
	{ days: MONDAY_TO_FRIDAY, from: '13:00', to: '18:00' },
];
const allDay: WeeklyHours[] = [{ days: EVERY_DAY, from: '00:00', to: '24:00' }];

export interface SchedulePreset {
	/** Stable: stored in workflows. */
	value: string;
	label: string;
	schedule: Pick<Schedule, 'weekly' | 'outside'>;
}

export const PRESETS: SchedulePreset[] = [
	{ value: 'commercial', label: 'Comercial (seg–sex 8–18)', schedule: { weekly: commercial } },
	{ value: 'withLunch', label: 'Com almoço (8–12, 13–18)', schedule: { weekly: withLunch } },
	{ value: 'allDay', label: '24 h', schedule: { weekly: allDay } },
	{
		value: 'outsideCommercial',
		label: 'Fora do comercial (seg–sex 8–18)',
		schedule: { weekly: commercial, outside: true },
	},
	{
		value: 'outsideWithLunch',
		label: 'Fora do horário com almoço (8–12, 13–18)',
		schedule: { weekly: withLunch, outside: true },
	},
	{ value: 'outsideAllDay', label: 'Fora das 24 h (só feriados)', schedule: { weekly: allDay, outside: true } },
];
