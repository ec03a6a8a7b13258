/** Which instant or date does a field of this node mean? */
import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { ConfigurationError } from '../../engine';
import { instantOf } from '../shared/instant-of';

export function momentField(operations: string[]): INodeProperties {
	return {
		displayName: 'Date and Time',
		name: 'dateTime',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { operation: operations } },
		description: 'The moment to judge. Empty means now; without an offset it is read in the time zone below.',
	};
}

/**
 * @param value nothing, an ISO or SQL text, "24/12/2026 18:00", a Date or Luxon DateTime, or seconds or milliseconds since 1970
 * @returns epoch milliseconds; `now` when there is no value
 * @throws ConfigurationError
 */
export function readMoment(value: unknown, zone: string, now: number): number {
	if (value === undefined || value === null || value === '') return now;
	const instant = instantOf(value, zone);
	if (Number.isFinite(instant)) return instant;
	throw new ConfigurationError(
		`"Date and Time" is not a moment: ${shown(value)}.`,
		'Use an ISO date and time such as 2026-12-24T18:00, or leave it empty for now.',
		'dateTime',
	);
}

/** The calendar date of a moment in the zone, `YYYY-MM-DD`; a plain date is that date anywhere. */
export function readDate(value: unknown, zone: string, now: number): string {
	if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value.trim())) return value.trim();
	return DateTime.fromMillis(readMoment(value, zone, now), { zone }).toISODate()!;
}

function shown(value: unknown): string {
	return typeof value === 'object' ? 'it is an object' : `"${String(value)}"`;
}
