/** What a payment was: fields of the operations that write one down. */
import type { INodeProperties } from 'n8n-workflow';
import type { DeskCall } from '../desk-operation';
import { momentOf } from './change-operation';

interface Options {
	paidAt: unknown;
	paidCents: number;
}

export const paidOptions: INodeProperties[] = [
	{
		displayName: 'Paid Amount in Cents',
		name: 'paidCents',
		type: 'number',
		default: 0,
		description: 'What was paid; 0 = not known',
	},
	{
		displayName: 'Paid At',
		name: 'paidAt',
		type: 'dateTime',
		default: '',
		description: 'When it was paid; now when empty',
	},
];

export function paidOf(call: DeskCall): { paidAt: number | null; paidCents: number | null } {
	const { paidAt, paidCents } = call.params.collection<Options>('options');
	return {
		paidAt: momentOf(call, 'Paid At', paidAt),
		paidCents: paidCents ? Math.round(Number(paidCents)) : null,
	};
}
