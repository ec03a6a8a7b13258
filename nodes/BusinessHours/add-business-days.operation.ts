import { addBusinessDays, bankCalendar, ConfigurationError, holidayCalendar } from '../../engine';
import { readDate } from './moment';
import type { HoursOperation } from './operations';
import { readHolidayRules, readOwnDates, readZone } from './read-schedule';

const show = { operation: ['addBusinessDays'] };

export const addBusinessDaysOperation: HoursOperation = {
	value: 'addBusinessDays',
	name: 'Add Business Days',
	action: 'Add business days to a date',
	description: 'Count Monday to Friday without holidays, from a date on or back',
	outputs: [''],
	properties: [
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			default: '',
			displayOptions: { show },
			description: 'The date to count from; it is not counted itself. Empty means today.',
		},
		{
			displayName: 'Days',
			name: 'days',
			type: 'number',
			typeOptions: { numberPrecision: 0 },
			default: 1,
			displayOptions: { show },
			description: 'How many business days to add; negative to go back. 0 moves a closed date to the next open one.',
		},
		{
			displayName: 'Calendar',
			name: 'calendar',
			type: 'options',
			default: 'holidays',
			displayOptions: { show },
			options: [
				{
					name: 'Bank Days',
					value: 'bank',
					description: 'When banks settle: national holidays, Carnival and Corpus Christi are closed',
				},
				{ name: 'Holidays Chosen Below', value: 'holidays', description: 'When the business works' },
			],
		},
	],
	run: ({ params, now }) => {
		const start = readDate(params.value('startDate'), readZone(params), now);
		const days = params.number('days');
		const date = addBusinessDays(start, days, calendarOf(params));
		return { output: 0, fields: { businessDays: { start, days, date, calendar: params.text('calendar') } } };
	},
};

function calendarOf(params: Parameters<HoursOperation['run']>[0]['params']) {
	const calendar = params.text('calendar');
	if (calendar === 'bank') return bankCalendar(readOwnDates(params));
	if (calendar === 'holidays') return holidayCalendar(readHolidayRules(params));
	throw new ConfigurationError(`"Calendar" has no option "${calendar}".`, 'Use "bank" or "holidays".', 'calendar');
}
