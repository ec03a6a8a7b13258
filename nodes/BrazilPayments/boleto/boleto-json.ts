/** What does an item learn about a boleto, and what may it tell about it beforehand? */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { formatReais } from '../../../engine';
import type { Boleto, BoletoContext } from '../../../engine';
import { inReais } from '../money-json';
import type { PaymentsCall } from '../payments-operation';
import { readAmount, readDay, today } from '../read-values';

export function boletoJson({ ok: valid, amountCents, ...rest }: Boleto): IDataObject {
	const amountText = amountCents === null ? null : formatReais(amountCents);
	return { valid, ...rest, amountCents, amount: inReais(amountCents), amountText };
}

/** Options, in screen order. */
export const contextOptions: INodeProperties[] = [
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 459,90',
		description: 'The amount by your books, in reais. A boleto that says another gets a warning.',
	},
	{
		displayName: 'Date Near the Due Date',
		name: 'reference',
		type: 'dateTime',
		default: '',
		description:
			'A code means two dates, 9000 days (almost 25 years) apart; the one nearer to this date is taken. Empty means today. Use the date of issue for old boletos.',
	},
	{
		displayName: 'Due Date',
		name: 'dueDate',
		type: 'dateTime',
		default: '',
		description: 'The due date by your books: it wins, and a boleto that says another gets a warning',
	},
];

/** `errors` is told which option cannot be read. */
export function readContext({ params, now }: PaymentsCall, errors: string[]): BoletoContext {
	const { amount, reference, dueDate } =
		params.collection<Record<'amount' | 'reference' | 'dueDate', unknown>>('options');
	return {
		reference: readDay(reference, 'A data de referência', errors) ?? today(now),
		dueDate: readDay(dueDate, 'A data de vencimento', errors),
		amountCents: readAmount(amount, 'O valor', errors),
	};
}
