import { kindOfPayment } from '../../../../engine/erp/part-payment';

const nothing = { waived: [], charged: [] };

it.each([
	[300_000, { ...nothing, paid: 3000 }, 'payment.received'],
	[300_000, { ...nothing, paid: '2999,99' }, 'payment.partial'],
	[300_000, { ...nothing, paid: 3500 }, 'payment.received'],
	[300_000, { paid: 2900, waived: [60, null, '40.00'], charged: [0, undefined] }, 'payment.received'],
	[300_000, { paid: 3000, waived: [], charged: [0.01] }, 'payment.partial'],
	[null, { ...nothing, paid: 1 }, 'payment.received'],
	[300_000, { ...nothing, paid: 'x' }, 'payment.received'],
])('of a debt of %s cents, %j is %s', (owed, payment, kind) => {
	expect(kindOfPayment(owed, payment)).toBe(kind);
});
