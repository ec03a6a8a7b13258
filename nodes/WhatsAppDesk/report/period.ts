/** Which days does a report cover? The same choice for every report, in the calendar of the workflow. */
import { DateTime } from 'luxon';
import { UserError } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { instantOf } from '../../shared/instant-of';
import type { DeskCall } from '../desk-operation';

export interface Period {
	/** `YYYY-MM-DD`, both included. */
	from: string;
	to: string;
	/** The same as epoch milliseconds; `until` is the end of the last day. */
	since: number;
	until: number;
}

export const periodFields: INodeProperties[] = [
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		options: [
			{ name: 'Between Two Dates', value: 'dates' },
			{ name: 'Last 30 Days', value: 'last30Days' },
			{ name: 'Last 7 Days', value: 'last7Days' },
			{ name: 'Last Month', value: 'lastMonth' },
			{ name: 'This Month', value: 'thisMonth' },
			{ name: 'Today', value: 'today' },
		],
		default: 'thisMonth',
		description: 'The days the report covers; today is part of all of them but Last Month',
	},
	dateField('From', 'from', 'First day of the report'),
	dateField('To', 'to', 'Last day of the report, included'),
];

function dateField(displayName: string, name: string, description: string): INodeProperties {
	const displayOptions = { show: { period: ['dates'] } };
	return { displayName, name, type: 'dateTime', required: true, default: '', description, displayOptions };
}

/** @throws UserError when a date cannot be read or the period ends before it begins */
export function periodOf({ params, desk, context }: DeskCall): Period {
	const zone = context.getTimezone();
	const today = DateTime.fromMillis(desk.clock.now(), { zone }).startOf('day');
	const [from, to] = daysOf(params.text('period'), today, (name) => {
		const at = instantOf(params.value(name), zone);
		if (!Number.isNaN(at)) return DateTime.fromMillis(at, { zone }).startOf('day');
		throw new UserError(`"${name === 'from' ? 'From' : 'To'}" is no date that can be read.`, {
			description: 'Pick a date, or enter one like 2026-11-30 or 30/11/2026.',
		});
	});
	if (to < from) {
		throw new UserError('"To" is before "From".', { description: 'Choose a period that ends after it begins.' });
	}
	return {
		from: from.toFormat('yyyy-MM-dd'),
		to: to.toFormat('yyyy-MM-dd'),
		since: from.toMillis(),
		until: to.plus({ days: 1 }).toMillis(),
	};
}

function daysOf(period: string, today: DateTime, read: (name: 'from' | 'to') => DateTime): [DateTime, DateTime] {
	switch (period) {
		case 'dates':
			return [read('from'), read('to')];
		case 'today':
			return [today, today];
		case 'last7Days':
			return [today.minus({ days: 6 }), today];
		case 'last30Days':
			return [today.minus({ days: 29 }), today];
		case 'lastMonth':
			return [today.minus({ months: 1 }).startOf('month'), today.startOf('month').minus({ days: 1 })];
		default:
			return [today.startOf('month'), today];
	}
}
