/** What does an item learn about a moment? The same fields whichever operation asked. */
import type { IDataObject } from 'n8n-workflow';
import { describeNextOpening, evaluateBusinessHours } from '../../engine';
import type { BusinessHoursStatus, Schedule } from '../../engine';

export function statusFields(
	schedule: Schedule,
	zone: string,
	at: number,
): { state: BusinessHoursStatus['state']; fields: { businessHours: IDataObject } } {
	const { state, holiday, period, nextOpening, closesAt, description } = evaluateBusinessHours(schedule, at);
	return {
		state,
		fields: {
			businessHours: {
				open: state === 'open',
				state,
				holiday: holiday && { ...holiday },
				period,
				nextOpening: isoOrNull(nextOpening),
				closesAt: isoOrNull(closesAt),
				nextOpeningText: describeNextOpening(nextOpening, at, zone),
				description,
				zone,
			},
		},
	};
}

function isoOrNull(instant: number | null): string | null {
	return instant === null ? null : new Date(instant).toISOString();
}
