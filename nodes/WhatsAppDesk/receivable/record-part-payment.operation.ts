import { changeOperation } from './change-operation';
import { paidOf, paidOptions } from './paid.fields';

export const recordPartPaymentOperation = changeOperation({
	value: 'recordPartPayment',
	name: 'Record Part Payment',
	action: 'Record a part payment',
	description:
		'Some of it was paid: it stays as it is, and reminders that still wait are taken back, for they name the old amount',
	options: paidOptions,
	news: (call) => ({ type: 'partPayment', ...paidOf(call) }),
});
