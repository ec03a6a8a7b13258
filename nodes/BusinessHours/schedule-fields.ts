/** The fields that describe a schedule and its holidays, in screen order. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { DEFAULT_ZONE, SCHEDULE_PRESETS } from '../../engine';
import { shownFor } from '../shared/operation';
import { weeklyHoursValues } from '../shared/schedule-rows';
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
				values: weeklyHoursValues('08:00', '18:00'),
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
