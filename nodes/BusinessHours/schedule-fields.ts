/** The fields that describe a schedule and its holidays, in screen order. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { DEFAULT_ZONE, SCHEDULE_PRESETS } from '../../engine';
import { shownFor } from '../shared/operation';
import { timeZoneOptions } from '../shared/time-zone-options';

const judging = { operation: ['check', 'nextOpening'] };
const custom = { ...judging, schedule: ['custom'] };

/** The usual ones first, as supervisors look for them. */
const scheduleOptions: INodePropertyOptions[] = [
	...SCHEDULE_PRESETS.map(({ value, label }) => ({ name: label, value })),
	{ name: 'Custom', value: 'custom', description: 'Your own weekly hours' },
];

const timeZone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'options',
	default: DEFAULT_ZONE,
	description: 'The clocks of the business, whatever the server is set to. An expression may give any IANA name.',
	options: timeZoneOptions,
};

export const scheduleFields: INodeProperties[] = [
	{
		displayName: 'Schedule',
		name: 'schedule',
		type: 'options',
		default: 'commercial',
		displayOptions: { show: judging },
		description: 'The opening hours. Use an expression to choose by number, e.g. from the channel of the message.',
		options: scheduleOptions,
	},
	{
		displayName: 'Weekly Hours',
		name: 'weeklyHours',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Hours',
		default: {},
		displayOptions: { show: custom },
		description: 'Several rows may share a day, e.g. to close for lunch',
		options: [
			{
				displayName: 'Hours',
				name: 'row',
				values: [
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
						default: '08:00',
						placeholder: 'e.g. 08:00',
					},
					{
						displayName: 'To',
						name: 'to',
						type: 'string',
						default: '18:00',
						placeholder: 'e.g. 18:00',
						description: 'Up to 24:00. Not later than From means on the next day.',
					},
				],
			},
		],
	},
	{
		displayName: 'Outside These Hours',
		name: 'outsideHours',
		type: 'boolean',
		default: false,
		displayOptions: { show: custom },
		description: 'Whether to turn the hours around: open when they are closed, holidays included',
	},
	timeZone,
];

const chosenHolidays: INodeProperties[] = [
	{
		displayName: 'Brazilian Holidays',
		name: 'brazilianHolidays',
		type: 'boolean',
		default: true,
		description: 'Whether to close on national holidays, with Good Friday and 20 November',
	},
	{
		displayName: 'State',
		name: 'state',
		type: 'options',
		default: '',
		displayOptions: { show: { brazilianHolidays: [true] } },
		description: 'Adds the holidays of this state. Add municipal ones as own dates.',
		options: [
			{ name: 'None', value: '' },
			...Object.entries({
				AC: 'Acre',
				AL: 'Alagoas',
				AP: 'Amapá',
				AM: 'Amazonas',
				BA: 'Bahia',
				CE: 'Ceará',
				DF: 'Distrito Federal',
				ES: 'Espírito Santo',
				GO: 'Goiás',
				MA: 'Maranhão',
				MT: 'Mato Grosso',
				MS: 'Mato Grosso do Sul',
				MG: 'Minas Gerais',
				PA: 'Pará',
				PB: 'Paraíba',
				PR: 'Paraná',
				PE: 'Pernambuco',
				PI: 'Piauí',
				RJ: 'Rio de Janeiro',
				RN: 'Rio Grande do Norte',
				RS: 'Rio Grande do Sul',
				RO: 'Rondônia',
				RR: 'Roraima',
				SC: 'Santa Catarina',
				SP: 'São Paulo',
				SE: 'Sergipe',
				TO: 'Tocantins',
			}).map(([value, name]) => ({ name, value })),
		],
	},
	{
		displayName: 'Optional Holidays',
		name: 'optionalHolidays',
		type: 'multiOptions',
		default: [],
		displayOptions: { show: { brazilianHolidays: [true] } },
		description: 'Days that many businesses keep although the law leaves it to them',
		options: [
			{ name: 'Ash Wednesday Until Noon', value: 'ashWednesday' },
			{ name: 'Carnival Monday and Tuesday', value: 'carnival' },
			{ name: 'Corpus Christi', value: 'corpusChristi' },
		],
	},
];

/** Not for bank days, which have their own holidays. n8n's `hide` means "any of", so each case is a field of its own. */
export const holidayFields: INodeProperties[] = [
	judging,
	{ operation: ['addBusinessDays'], calendar: ['holidays'] },
].flatMap((show: Record<string, string[]>) => chosenHolidays.map((field) => shownFor(field, show)));

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
