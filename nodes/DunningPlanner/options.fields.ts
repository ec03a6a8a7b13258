/** Charges, and what most ladders leave alone. What is not added has the default it shows. */
import type { INodeProperties } from 'n8n-workflow';

export const chargesFields: INodeProperties[] = [
	{
		displayName: 'Fine (%)',
		name: 'finePercent',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 0,
		description:
			'Once, on the amount of an overdue invoice. Only what your contract says; consumers owe 2% at most (CDC art. 52 §1). An item may bring its own.',
	},
	{
		displayName: 'Interest (% per Month)',
		name: 'interestPercent',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 0,
		description:
			'Simple, by the day, from the original due date. Only what your contract says, often 1%. An item may bring its own.',
	},
];

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Catch Up Days',
			name: 'catchUpDays',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 5,
			description: 'A step that could not be told within so many days is left out, e.g. while the workflow was off',
		},
		{
			displayName: 'Creditor Key',
			name: 'creditorKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. filial-2',
			description:
				'What invoice numbers are unique within; by default the document. Changing it forgets what was told under the old one.',
		},
		{
			displayName: 'First Overdue Bank Day',
			name: 'firstOverdueBankDay',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 2,
			description:
				'Nobody is told of an overdue invoice before this bank day after it was due: banks report payments a day later',
		},
		{
			displayName: 'Human From Amount',
			name: 'humanFromAmount',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: 0,
			placeholder: 'e.g. 10000',
			description: 'Invoices from this amount on (in reais) leave by Human; 0 means none',
		},
		{
			displayName: 'Max Promises',
			name: 'maxPromises',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 2,
			description: 'An invoice that was promised more often and not paid leaves by Human',
		},
		{
			displayName: 'Max Reminders per Week',
			name: 'maxPerWeek',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 2,
			description: 'About overdue invoices, per payer in seven days. Never more than one message per payer and day.',
		},
		{
			displayName: 'Max Years',
			name: 'maxYears',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 5,
			description: 'Older debts are not charged any more, because they are time-barred (CC art. 206 §5 I).',
		},
		{
			displayName: 'Reference Time',
			name: 'referenceTime',
			type: 'dateTime',
			default: '',
			description:
				'For rehearsals: plans as if it were this moment. What is sent is judged by the real clock all the same, so leave it empty in production.',
		},
		{
			displayName: 'Reply Pause (Hours)',
			name: 'replyPauseHours',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 24,
			description: 'Nothing is sent for so long after the payer wrote: somebody may be talking to them',
		},
	],
};
