import { BLANK_EVENT, erpSample, eventsOf, factsOf, onlyEvent, readErp } from '../../../../support/erp';

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
				newestWins: true,
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
	expect(eventsOf(readErp('odoo', given))[0]).toMatchObject({
		occurredAt: Date.parse('2026-11-03T12:00:00Z'),
		customer: { id: '14', name: 'Ana' },
	});
});

it('names a delivery by its moment too: not paid, paid and not paid again are three', () => {
	const keyOf = (payment_state: string, write_date: string) => {
		const reading = readErp('odoo', { ...body(), payment_state, write_date });
		return reading.type === 'read' && reading.deliveryKey;
	};
	expect(keyOf('not_paid', '2026-11-10 12:00:00')).toBe('account.move:87:posted:not_paid:2026-11-10 12:00:00');
	expect(keyOf('not_paid', '2026-11-12 12:00:00')).toBe('account.move:87:posted:not_paid:2026-11-12 12:00:00');
});

it.each([
	['not_paid', 'invoice.issued'],
	['partial', 'charge.changed'],
])('tells with %s that a payment or a cancellation was undone, if there was one', (payment_state, kind) => {
	const given = { ...body(), payment_state, write_date: '2026-11-12 12:00:00' };
	const at = Date.parse('2026-11-12T12:00:00Z');
	expect(
		factsOf(readErp('odoo', given)).map((fact) =>
			fact.type === 'event' ? [fact.event.kind, fact.entity, fact.after, fact.newestWins] : fact,
		),
	).toEqual([
		[kind, 'invoice:87', undefined, true],
		['payment.reversed', 'invoice:87', ['payment.received'], true],
		['charge.reopened', 'invoice:87', ['invoice.cancelled'], true],
	]);
	expect(factsOf(readErp('odoo', given))[1]).toMatchObject({ businessKey: `invoice:87/payment.reversed/${at}` });
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
