import type { INodeProperties } from 'n8n-workflow';
import { formatReais, splitInInstalments } from '../../../engine';
import { inReais } from '../money-json';
import { invalid } from '../payments-operation';
import type { PaymentsOperation } from '../payments-operation';
import { readAmount, readPercent, readRequiredAmount, readRequiredDay } from '../read-values';
import { optionsWithResultField } from '../result-field';

const RESULT_FIELD = 'instalments';

const options: INodeProperties[] = [
	{
		displayName: 'Down Payment',
		name: 'downPayment',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100,00',
		description: 'In reais, due on the first due date; the instalments follow a month later',
	},
	{
		displayName: 'Interest per Month (%)',
		name: 'monthlyRatePercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 4 },
		default: 0,
		description: 'By the Price table, as if the first instalment were due a month after the agreement',
	},
	{
		displayName: 'Smallest Instalment',
		name: 'minimum',
		type: 'string',
		default: '',
		placeholder: 'e.g. 50,00',
		description: 'In reais. With smaller ones the result is not valid and says how many instalments there can be.',
	},
];

export const instalmentsOperation: PaymentsOperation = {
	value: 'instalments',
	name: 'Split in Instalments',
	action: 'Split an amount in instalments',
	description: 'Equal monthly instalments to the cent, the remainder on the last one',
	resultField: RESULT_FIELD,
	properties: [
		{
			displayName: 'Amount',
			name: 'amount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 459,90',
			description: 'The whole amount, in reais',
		},
		{
			displayName: 'Instalments',
			name: 'count',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 120, numberPrecision: 0 },
			default: 3,
			description: 'How many, besides a down payment',
		},
		{
			displayName: 'First Due Date',
			name: 'firstDueDate',
			type: 'dateTime',
			default: '',
			description: 'The following ones are on the same day of each month',
		},
		optionsWithResultField(RESULT_FIELD, options),
	],
	run: ({ params }) => {
		const errors: string[] = [];
		const given = params.collection<Record<'downPayment' | 'monthlyRatePercent' | 'minimum', unknown>>('options');
		const amountCents = readRequiredAmount(params.value('amount'), 'O valor', errors);
		const firstDueDate = readRequiredDay(params.value('firstDueDate'), 'A data do primeiro vencimento', errors);
		const downPaymentCents = readAmount(given.downPayment, 'A entrada', errors) ?? 0;
		const minimumCents = readAmount(given.minimum, 'A parcela mínima', errors) ?? 1;
		const monthlyRatePercent = readPercent(given.monthlyRatePercent, 'O percentual de juros ao mês', errors);
		if (amountCents === null || firstDueDate === null || errors.length > 0) return invalid(...errors);

		const plan = splitInInstalments({
			amountCents,
			count: params.number('count'),
			firstDueDate,
			downPaymentCents,
			monthlyRatePercent,
			minimumCents,
		});
		if (!plan.ok) {
			const { result } = invalid(plan.reason);
			return { result: { ...result, mostInstalments: plan.mostInstalments } };
		}
		return {
			result: {
				valid: true,
				errors: [],
				warnings: [],
				list: plan.instalments.map((each) => ({
					...each,
					amount: inReais(each.amountCents),
					amountText: formatReais(each.amountCents),
				})),
				interestCents: plan.interestCents,
				totalCents: plan.totalCents,
				total: inReais(plan.totalCents),
				totalText: formatReais(plan.totalCents),
			},
		};
	},
};
