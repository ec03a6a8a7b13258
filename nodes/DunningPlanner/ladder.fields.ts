/** The ladder (régua): which step is told when, and how. */
import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_LADDER } from '../../engine';

const values: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Lembrete, 3 dias antes',
		description: 'For people: shown in items and reports',
	},
	{
		displayName: 'Key',
		name: 'key',
		type: 'string',
		default: '',
		placeholder: 'e.g. d-3',
		description:
			'The identity of the step: each invoice is told each key once, so a new key sends again. Empty means made of the offset, such as d-3, d0, d+7 or d+2u.',
	},
	{
		displayName: 'Offset',
		name: 'offset',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		default: 0,
		description: 'Days before (negative), on (0) or after the due date',
	},
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'options',
		default: 'calendarDays',
		options: [
			{ name: 'Bank Days', value: 'bankDays', description: 'Monday to Friday, without the holidays of banks' },
			{ name: 'Calendar Days', value: 'calendarDays' },
		],
	},
	{
		displayName: 'Action',
		name: 'action',
		type: 'options',
		default: 'template',
		// Not an operation of the node.
		/* eslint-disable n8n-nodes-base/node-param-operation-option-without-action */
		options: [
			{ name: 'Hand to a Person', value: 'human', description: 'Leaves by Human; nothing is written' },
			{ name: 'Template', value: 'template', description: 'For Send Template: reaches people at any time' },
			{ name: 'Text', value: 'text', description: 'For Send Message: only within 24 hours of their last message' },
		],
		/* eslint-enable n8n-nodes-base/node-param-operation-option-without-action */
	},
	{
		displayName: 'Template Name',
		name: 'template',
		type: 'string',
		default: '',
		placeholder: 'e.g. regua_lembrete',
		displayOptions: { show: { action: ['template'] } },
		description: 'As in WhatsApp Manager. The item carries the name as "template", and what goes into it as "values".',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Olá, [nome]. A fatura [fatura] vence em [vencimento]. [rodape]',
		displayOptions: { show: { action: ['template', 'text'] } },
		description:
			'With the values of the reminder in brackets. The item carries it filled, as "text"; beside a template it is for reading along, and for numbers without templates.',
	},
	{
		displayName: 'Segments',
		name: 'segments',
		type: 'string',
		default: '',
		placeholder: 'e.g. novo, recorrente',
		description: 'Only payers of these segments, separated by commas; empty means all',
	},
	{
		displayName: 'If the Day Is Closed',
		name: 'shift',
		type: 'options',
		default: 'next',
		options: [
			{ name: 'Next Open Day', value: 'next' },
			{ name: 'Previous Open Day', value: 'previous', description: 'What is told on the due date only moves forward' },
		],
	},
];

export const ladderFields: INodeProperties[] = [
	{
		displayName: 'Ladder From',
		name: 'ladderFrom',
		type: 'options',
		noDataExpression: true,
		default: 'node',
		options: [
			{ name: 'JSON', value: 'json', description: 'A list of steps, e.g. from the settings node of the workflow' },
			{ name: 'This Node', value: 'node' },
		],
	},
	{
		displayName: 'Ladder',
		name: 'ladder',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Step',
		default: { step: DEFAULT_LADDER.map(({ segments, ...step }) => ({ ...step, segments: segments.join(', ') })) },
		displayOptions: { show: { ladderFrom: ['node'] } },
		description: 'What is told when. The order of the rows does not matter: the due date does.',
		options: [
			{
				displayName: 'Step',
				name: 'step',
				values,
			},
		],
	},
	{
		displayName: 'Ladder (JSON)',
		name: 'ladderJson',
		type: 'json',
		default: '[]',
		displayOptions: { show: { ladderFrom: ['json'] } },
		placeholder:
			'e.g. [{ "offset": -3, "template": "regua_lembrete" }, { "offset": 7, "template": "regua_combinar_data" }]',
		description:
			'A list of steps with the fields of the rows: name, key, offset, unit (calendarDays, bankDays), action (template, text, human), template, text, segments, shift (next, previous). In Portuguese too: nome, passo, dias, unidade (corridos, úteis), acao (modelo, texto, pessoa), modelo, texto, segmento. Read once per run, from the first item.',
	},
];
