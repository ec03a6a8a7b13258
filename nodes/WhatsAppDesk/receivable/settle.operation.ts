import { changeOperation } from './change-operation';
import { paidOf, paidOptions } from './paid.fields';

export const settleOperation = changeOperation({
	value: 'settle',
	name: 'Settle',
	action: 'Settle a receivable',
	description: 'Write down that it was paid: reminders that still wait are taken back, a promise counts as kept',
	options: paidOptions,
	news: (call) => ({ type: 'settle', ...paidOf(call) }),
});
