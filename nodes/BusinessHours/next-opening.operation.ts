import { readMoment } from './moment';
import type { HoursOperation } from './operations';
import { readItemSchedule } from './read-schedule';
import { statusFields } from './status-fields';

export const nextOpeningOperation: HoursOperation = {
	value: 'nextOpening',
	name: 'Get Next Opening',
	action: 'Get the next opening',
	description: 'Add the next opening to the items, on one output',
	outputs: [''],
	properties: [],
	run: ({ params, now }) => {
		const { schedule, zone } = readItemSchedule(params);
		const { fields } = statusFields(schedule, zone, readMoment(params.value('dateTime'), zone, now));
		return { output: 0, fields };
	},
};
