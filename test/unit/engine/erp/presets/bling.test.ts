import { BLANK_EVENT, erpSample, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const body = () => JSON.parse(erpSample('bling-order-created').toString());

it('reads a new order', () => {
	expect(readErp('bling', erpSample('bling-order-created'))).toEqual({
		type: 'read',
		deliveryKey: '01945027-150e-72b4-e7cf-4943a042cd9c',
		facts: [
			{
				type: 'event',
				entity: 'order:12345678',
				businessKey: 'order:12345678/order.created',
				rank: 10,
				event: {
					...BLANK_EVENT,
					system: 'bling',
					kind: 'order.created',
					sourceId: '12345678',
					occurredAt: Date.parse('2025-01-10T12:18:46Z'),
					customer: { ...BLANK_EVENT.customer, id: '12345678' },
					amountCents: 12345,
					number: '123',
					status: '12345678',
					related: { ...BLANK_EVENT.related, order: 'Loja_123' },
				},
			},
		],
	});
});

it('reads a change with the situation the order went to', () => {
	const changed = { ...body(), event: 'order.updated' };
	expect(onlyEvent(readErp('bling', changed)).businessKey).toBe('order:12345678/order.status_changed/12345678');
});

it("reads Bling's own cancelled situation, or those the company names, as cancelled", () => {
	const cancelled = body();
	cancelled.event = 'order.updated';
	cancelled.data.situacao.id = 12;
	expect(onlyEvent(readErp('bling', cancelled)).event.kind).toBe('order.cancelled');
	expect(onlyEvent(readErp('bling', cancelled, { cancelledStages: ['99'] })).event.kind).toBe('order.status_changed');
	expect(onlyEvent(readErp('bling', { ...body(), event: 'order.deleted' })).event.kind).toBe('order.cancelled');
});

it.each([
	[5, 'invoice.issued'],
	[6, 'invoice.issued'],
	[2, 'invoice.cancelled'],
])('reads an invoice in situation %d as %s', (situacao, kind) => {
	const invoice = { ...body(), event: 'invoice.updated', data: { id: 7, numero: '0101', situacao } };
	expect(onlyEvent(readErp('bling', invoice))).toMatchObject({ entity: 'invoice:7', event: { kind, number: '0101' } });
});

it.each([
	['stock.updated', { id: 1 }],
	['invoice.created', { id: 1, situacao: 1 }],
	['order.eaten', { id: 1 }],
])('ignores %s', (event, data) => {
	expect(factsOf(readErp('bling', { ...body(), event, data }))).toEqual([
		{ type: 'ignored', kind: event, reason: `O evento ${event} do Bling não vira aviso a clientes.` },
	]);
});

it.each([
	[{}, 'event is missing or is not a text'],
	[{ event: 'order.created' }, 'eventId is missing or is not an id'],
	[{ event: 'order.created', eventId: 'e1', data: [] }, 'data.id is missing or is not an id'],
])('says what %j lacks', (given, reason) => {
	expect(readErp('bling', given)).toEqual({ type: 'unreadable', reason });
});
