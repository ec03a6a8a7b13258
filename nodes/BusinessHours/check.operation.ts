import { momentField, readMoment } from './moment';
import type { HoursOperation } from './operations';
import { readItemSchedule } from './read-schedule';
import { statusFields } from './status-fields';

const OUTPUT = { open: 0, closed: 1, holiday: 2 };

export const checkOperation: HoursOperation = {
	value: 'check',
	name: 'Check',
	action: 'Check business hours',
	description: 'Send items to Open, Closed or Holiday',
	outputs: ['Open', 'Closed', 'Holiday'],
	properties: [],
	lastProperties: [
		momentField(['check', 'nextOpening']),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions: { show: { operation: ['check'] } },
			options: [
				{
					displayName: 'Treat Holiday as Closed',
					name: 'holidayAsClosed',
					type: 'boolean',
					default: false,
					description: 'Whether items on holidays go to the Closed output; their state still says holiday',
				},
			],
		},
	],
	run: ({ params, now }) => {
		const { schedule, zone } = readItemSchedule(params);
		const { holidayAsClosed } = params.collection<{ holidayAsClosed: boolean }>('options');
		const { fields, state } = statusFields(schedule, zone, readMoment(params.value('dateTime'), zone, now));
		return { output: state === 'holiday' && holidayAsClosed ? OUTPUT.closed : OUTPUT[state], fields };
	},
};
