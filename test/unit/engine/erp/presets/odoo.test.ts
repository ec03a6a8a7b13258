import { BLANK_EVENT, erpSample, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const body = () => JSON.parse(erpSample('odoo-account-move-posted').toString());

it('reads a posted invoice', () => {
	expect(readErp('odoo', erpSample('odoo-account-move-posted'))).toEqual({
		type: 'read',
		deliveryKey: 'account.move:87:posted:not_paid',
		facts: [
			{
				type: 'event',
				entity: 'invoice:87',
				businessKey: 'invoice:87/invoice.issued',
				rank: 20,
				event: {
					...BLANK_EVENT,
					system: 'odoo',
					kind: 'invoice.issued',
					sourceId: '87',
					customer: { ...BLANK_EVENT.customer, id: '14' },
					amountCents: 103050,
					dueDate: '2026-11-20',
					number: 'FAT/2026/00087',
					status: 'not_paid',
				},
			},
		],
	});
});

it.each([
	[{ payment_state: 'paid' }, 'payment.received', 90, 103050],
	[{ payment_state: 'in_payment' }, 'payment.received', 90, 103050],
	[{ payment_state: 'partial', amount_residual: 30.5 }, 'charge.changed', 40, 3050],
	[{ payment_state: 'reversed' }, 'invoice.cancelled', 95, 103050],
	[{ state: 'cancel' }, 'invoice.cancelled', 95, 103050],
])('reads %j as %s of the same invoice', (change, kind, rank, amountCents) => {
	expect(onlyEvent(readErp('odoo', { ...body(), ...change }))).toMatchObject({
		entity: 'invoice:87',
		rank,
		event: { kind, amountCents },
	});
});

it('reads the clock of Odoo as UTC and a partner with its name', () => {
	const given = { ...body(), write_date: '2026-11-03 12:00:00', partner_id: [14, 'Ana'] };
	expect(onlyEvent(readErp('odoo', given)).event).toMatchObject({
		occurredAt: Date.parse('2026-11-03T12:00:00Z'),
		customer: { id: '14', name: 'Ana' },
	});
});

it.each([[{ move_type: 'in_invoice' }], [{ move_type: 'out_refund' }], [{ state: 'draft' }]])(
	'ignores %j: vendor bills, refunds and drafts are no news for customers',
	(change) => {
		expect(factsOf(readErp('odoo', { ...body(), ...change }))).toEqual([
			{
				type: 'ignored',
				kind: expect.stringMatching(/^account\.move (posted|draft)$/),
				reason: 'Lançamento do Odoo que não é fatura de cliente emitida, paga ou estornada.',
			},
		]);
	},
);

it('ignores other models', () => {
	expect(factsOf(readErp('odoo', { _model: 'sale.order', _id: 1 }))).toEqual([
		{
			type: 'ignored',
			kind: 'sale.order',
			reason: 'O modelo sale.order do Odoo não vira aviso a clientes; use a fonte genérica para ele.',
		},
	]);
});

it.each([
	[{}, '_model is missing or is not a text'],
	[{ _model: 'account.move' }, '_id is missing or is not an id'],
	[{ _model: 'account.move', _id: 1 }, 'state is missing: choose it among the fields of the webhook action'],
])('says what %j lacks', (given, reason) => {
	expect(readErp('odoo', given)).toEqual({ type: 'unreadable', reason });
});
