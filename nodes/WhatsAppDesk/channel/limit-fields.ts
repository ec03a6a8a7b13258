/** The limits a supervisor may change, as fields; only those that are added are changed. */
import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_ZONE } from '../../../engine/index';

const number = (displayName: string, name: string, usual: number, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: usual,
	description,
});

const price = (displayName: string, name: string, usual: number): INodeProperties => ({
	...number(displayName, name, usual, 'Per delivered message, in the currency of the table'),
	typeOptions: { minValue: 0, numberPrecision: 6 },
});

/** Sorted by label, as n8n lists options. */
export const limitFields: INodeProperties[] = [
	{
		displayName: 'Answer First',
		name: 'answerFirst',
		type: 'boolean',
		default: true,
		description:
			'Whether campaigns go only to contacts who have written to this number before. On for linked devices: messages to strangers are what gets their numbers banned. Notifications and replies are not concerned.',
	},
	price('Authentication Price', 'authenticationPrice', 0.0068),
	number(
		'Brake Minutes',
		'brakeMinutes',
		60,
		'How long starts rest when too many are rejected or the quality of the number drops; 0 switches the brake off',
	),
	number(
		'Cooldown Hours',
		'cooldownHours',
		24,
		'A contact who did not answer a start gets no other campaign for so long; 0 switches this off',
	),
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'USD',
		placeholder: 'e.g. BRL',
		description: 'Of the prices, as three letters',
	},
	number(
		'Free Service Per Month',
		'freeServicePerMonth',
		1000,
		'How many service messages (free-form replies) of this number cost nothing in a calendar month',
	),
	price('Marketing Price', 'marketingPrice', 0.0625),
	number(
		'Max Seconds Between Starts',
		'maxSecondsBetweenStarts',
		90,
		'The pause between two starts is random between the minimum and this; 0 means no pause',
	),
	number(
		'Max Starts Per Batch',
		'maxStartsPerBatch',
		5,
		'Máx. Envio entrada agente: how many conversations may be started at a time (with 100 waiting and 5 here, 5 leave and the others wait for the next batch); 0 means no batches',
	),
	number(
		'Max Starts Per Day',
		'maxStartsPerDay',
		20,
		'Máx. Envio por Dia: how many conversations may be started per day, counted from midnight of the time zone; 0 means no limit of the desk',
	),
	number(
		'Min Seconds Between Starts',
		'minSecondsBetweenStarts',
		30,
		'The pause between two starts is random between this and the maximum',
	),
	number('Minutes Between Batches', 'minutesBetweenBatches', 10, 'After a batch of starts the next one waits so long'),
	{
		displayName: 'Opt-Out Words',
		name: 'optOutWords',
		type: 'boolean',
		default: true,
		description: 'Whether a contact who writes exactly SAIR, PARAR or a similar word is opted out, and VOLTAR opts in',
	},
	price('Service Price', 'servicePrice', 0.0068),
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: DEFAULT_ZONE,
		placeholder: 'e.g. America/Manaus',
		description: 'Where the days of this number begin and end',
	},
	price('Utility Price', 'utilityPrice', 0.0068),
	{
		displayName: 'Warm Up',
		name: 'warmUp',
		type: 'boolean',
		default: true,
		description: 'Whether a new number starts with few conversations a day and may start more as it ages',
	},
	number(
		'Window Margin Seconds',
		'windowMarginSeconds',
		60,
		'The desk treats the 24 h window as closed so long before Meta does, because clocks differ',
	),
];
