import { changeOperation, momentOf } from './change-operation';

interface Options {
	paidAt: unknown;
	paidCents: number;
}

export const settleOperation = changeOperation({
	value: 'settle',
	name: 'Settle',
	action: 'Settle a receivable',
	description: 'Write down that it was paid: reminders that still wait are taken back, a promise counts as kept',
	options: [
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
	],
	news: (call) => {
		const { paidAt, paidCents } = call.params.collection<Options>('options');
		return {
			type: 'settle',
			paidAt: momentOf(call, 'Paid At', paidAt),
			paidCents: paidCents ? Math.round(Number(paidCents)) : null,
		};
	},
});
