/** The fields of Charges › Calculate Late Charges, in screen order. */
import type { INodeProperties } from 'n8n-workflow';

const whenCustom = { show: { rates: ['custom'] } };

export const lateChargesFields: INodeProperties[] = [
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 459,90',
		description: 'The original amount, in reais',
	},
	{
		displayName: 'Due Date',
		name: 'dueDate',
		type: 'dateTime',
		default: '',
		description: 'The original due date: interest counts from it',
	},
	{
		displayName: 'Rates',
		name: 'rates',
		type: 'options',
		default: 'none',
		description: 'What your contract with the customer says. Without a contract, charge none.',
		options: [
			{ name: 'Custom', value: 'custom' },
			{ name: 'None', value: 'none' },
			{
				name: 'Usual: 2% Fine, 1% a Month',
				value: 'usual',
				description: 'What consumer contracts usually say; 2% is the most a consumer may be fined',
			},
		],
	},
	{
		displayName: 'Fine (%)',
		name: 'finePercent',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 2,
		displayOptions: whenCustom,
		description: 'Charged once, as soon as it is late',
	},
	{
		displayName: 'Interest per Month (%)',
		name: 'monthlyInterestPercent',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 1,
		displayOptions: whenCustom,
		description: 'Simple interest; a day is a thirtieth of it',
	},
];

export const lateChargesOptions: INodeProperties[] = [
	{
		displayName: 'Charge From the Bank Day',
		name: 'bankDays',
		type: 'boolean',
		default: true,
		description:
			'Whether an amount due on a weekend or bank holiday can be paid on the next bank day without charges, as the law says',
	},
	{
		displayName: 'Discount (%)',
		name: 'discountPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 4 },
		default: 0,
		description: 'Percentage taken off',
	},
	{
		displayName: 'Discount Amount',
		name: 'discountAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 10,00',
		description: 'Taken off, in reais; counts before a percentage',
	},
	{
		displayName: 'Discount For',
		name: 'discountKind',
		type: 'options',
		default: 'settlement',
		description: 'When the discount counts',
		options: [
			{ name: 'Paying on Time', value: 'punctuality', description: 'Off the amount, until it is late' },
			{
				name: 'Settling',
				value: 'settlement',
				description: 'Off everything owed: interest first, then the fine, then the amount',
			},
		],
	},
	{
		displayName: 'Payment Date',
		name: 'asOf',
		type: 'dateTime',
		default: '',
		description: 'The date to work it out for. Empty means today in Brasília.',
	},
];
