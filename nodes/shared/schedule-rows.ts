/** Rows of weekly hours and of a company's own dates: their fields, and how they are read. Shared by nodes that know hours. */
import type { INodeProperties } from 'n8n-workflow';
import type { OwnDate, WeeklyHours } from '../../engine';

/** What one row of weekly hours asks for. */
export function weeklyHoursValues(from: string, to: string): INodeProperties[] {
	return [
		{
			displayName: 'Days',
			name: 'days',
			type: 'multiOptions',
			default: ['mon', 'tue', 'wed', 'thu', 'fri'],
			// In the order of the week.
			// eslint-disable-next-line n8n-nodes-base/node-param-multi-options-type-unsorted-items
			options: [
				{ name: 'Monday', value: 'mon' },
				{ name: 'Tuesday', value: 'tue' },
				{ name: 'Wednesday', value: 'wed' },
				{ name: 'Thursday', value: 'thu' },
				{ name: 'Friday', value: 'fri' },
				{ name: 'Saturday', value: 'sat' },
				{ name: 'Sunday', value: 'sun' },
			],
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: from,
			placeholder: 'e.g. 08:00',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: to,
			placeholder: 'e.g. 18:00',
			description: 'Up to 24:00. Not later than From means on the next day.',
		},
	];
}

export const ownDatesField: INodeProperties = {
	displayName: 'Own Dates',
	name: 'ownDates',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Date',
	default: {},
	description: 'Municipal holidays, closures and special hours; they win over the holidays above',
	options: [
		{
			displayName: 'Date',
			name: 'date',
			values: [
				{
					displayName: 'Date',
					name: 'date',
					type: 'string',
					default: '',
					placeholder: 'e.g. 24/12 or 2026-12-24',
					description: 'With the year once, without it every year',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Aniversário da cidade',
				},
				{
					displayName: 'From',
					name: 'from',
					type: 'string',
					default: '',
					placeholder: 'e.g. 08:00',
					description: 'Special hours of this date; empty means closed all day',
				},
				{
					displayName: 'To',
					name: 'to',
					type: 'string',
					default: '',
					placeholder: 'e.g. 12:00',
				},
			],
		},
	],
};

export function readWeeklyHours(rows: Array<Partial<Record<keyof WeeklyHours, unknown>>>): WeeklyHours[] {
	return rows.map(({ days, from, to }) => ({
		days: (Array.isArray(days) ? days : []) as WeeklyHours['days'],
		from: text(from),
		to: text(to),
	}));
}

export function readOwnDates(rows: Array<Partial<Record<keyof OwnDate, unknown>>>): OwnDate[] {
	return rows.map(({ date, name, from, to }) => ({
		date: text(date),
		name: text(name),
		from: text(from),
		to: text(to),
	}));
}

/** Expressions may give null, numbers ("8") or dates; the engine explains what it cannot read. */
function text(value: unknown): string {
	return value === undefined || value === null ? '' : String(value).trim();
}
