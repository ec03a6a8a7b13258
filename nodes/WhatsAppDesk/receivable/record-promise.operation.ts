import { UserError } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { instantOf } from '../../shared/instant-of';
import type { DeskCall } from '../desk-operation';
import { changeOperation } from './change-operation';

interface Options {
	maxDaysAhead: number;
	maxPromises: number;
}

export const recordPromiseOperation = changeOperation({
	value: 'recordPromise',
	name: 'Record Promise',
	action: 'Record a promise to pay',
	description: 'Write down the date on which the payer wants to pay; reminders rest until it has passed',
	properties: [
		{
			displayName: 'Promised Date',
			name: 'date',
			type: 'string',
			required: true,
			default: '={{ $json.reminder?.date }}',
			placeholder: 'e.g. 2026-12-24',
			description:
				'As 2026-12-24 or 24/12/2026. A date that has passed or is too far ahead is not recorded; "result" and "explanation" say so.',
		},
	],
	options: [
		{
			displayName: 'Max Days Ahead',
			name: 'maxDaysAhead',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description: 'A later date is a matter for a person',
		},
		{
			displayName: 'Max Promises',
			name: 'maxPromises',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 2,
			description: 'More promises than this for one receivable are a matter for a person',
		},
	],
	news: (call) => ({ type: 'promise', date: dateOf(call) }),
	promises: ({ params }) => {
		const { maxDaysAhead, maxPromises } = params.collection<Options>('options');
		return {
			...(maxDaysAhead === undefined ? {} : { maxDaysAhead: Number(maxDaysAhead) }),
			...(maxPromises === undefined ? {} : { max: Number(maxPromises) }),
		};
	},
});

/** An empty one is an answer of the desk: the payer named none. @throws UserError for what is no date */
function dateOf({ params, context }: DeskCall): string {
	const value = params.value('date');
	if (value === undefined || value === null || value === '') return '';
	const zone = context.getTimezone();
	const at = instantOf(value, zone);
	if (Number.isFinite(at)) return DateTime.fromMillis(at, { zone }).toISODate()!;
	throw new UserError(`"Promised Date" is no date: ${JSON.stringify(value)}.`, {
		description: 'Use 2026-12-24 or 24/12/2026.',
	});
}
