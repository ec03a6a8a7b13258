/** When a debtor may be written to, by the clocks of the state they live in. */
import type { INodeProperties } from 'n8n-workflow';
import { weeklyHoursValues, ownDatesField } from '../shared/schedule-rows';

const STATES = {
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
};

const custom = { contactHours: ['custom'] };

export const hoursFields: INodeProperties[] = [
	{
		displayName: 'Contact Hours',
		name: 'contactHours',
		type: 'options',
		default: 'default',
		description:
			'When debtors may be written to, in the time zone of their state (taken from the area code when the ERP gives none). National and state holidays are closed.',
		options: [
			{ name: 'Custom', value: 'custom', description: 'Your own hours, and other ones for some states' },
			{
				name: 'Mon–Fri 9–18 Everywhere',
				value: 'default',
				description: 'Within the law of every state known',
			},
			{
				name: 'State Laws',
				value: 'stateLaws',
				description: 'As wide as the law of each state allows; Mon–Fri 9–18 elsewhere. Confirm with your lawyer.',
			},
		],
	},
	{
		displayName: 'Hours',
		name: 'defaultHours',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Hours',
		default: { row: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }] },
		displayOptions: { show: custom },
		description: 'For every state that has no row of its own below',
		options: [{ displayName: 'Hours', name: 'row', values: weeklyHoursValues('09:00', '18:00') }],
	},
	{
		displayName: 'Hours by State',
		name: 'stateHours',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add State Hours',
		default: {},
		displayOptions: { show: custom },
		description: 'Several rows may name one state, e.g. one for Saturdays',
		options: [
			{
				displayName: 'State Hours',
				name: 'row',
				values: [
					{
						displayName: 'States',
						name: 'states',
						type: 'multiOptions',
						default: [],
						options: Object.entries(STATES).map(([value, name]) => ({ name, value })),
					},
					...weeklyHoursValues('09:00', '18:00'),
				],
			},
		],
	},
	{
		displayName: 'Write on Holidays Too',
		name: 'openOnHolidays',
		type: 'boolean',
		default: false,
		displayOptions: { show: custom },
		description:
			'Whether national and state holidays are days like any other, for rehearsals. The laws of several states forbid it.',
	},
	{
		...ownDatesField,
		description:
			'Dates on which nobody is written to and banks are closed, besides the Brazilian holidays. From and To stay empty here.',
	},
];
