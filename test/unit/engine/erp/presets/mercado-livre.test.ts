import { BLANK_EVENT, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const body = {
	resource: '/orders/2000003508419013',
	user_id: 468424240,
	topic: 'orders_v2',
	application_id: 5503910054141466,
	attempts: 1,
	sent: '2026-10-30T16:19:20.129Z',
	received: '2026-10-30T16:19:20.106Z',
};

it('tells that an order changed, with nothing but its id', () => {
	expect(readErp('mercadoLivre', body)).toEqual({
		type: 'read',
		deliveryKey: expect.stringMatching(/^sha256-[0-9a-f]{40}$/),
		facts: [
			{
				type: 'event',
				entity: 'order:2000003508419013',
				businessKey: 'order:2000003508419013/order.status_changed/2026-10-30T16:19:20.129Z',
				rank: 40,
				event: {
					...BLANK_EVENT,
					system: 'mercadoLivre',
					kind: 'order.status_changed',
					sourceId: '2000003508419013',
					occurredAt: Date.parse('2026-10-30T16:19:20.129Z'),
				},
			},
		],
	});
});

it('gives another try of the same notification the same key', () => {
	const again = { ...body, attempts: 3, received: '2026-10-30T16:30:00.000Z' };
	expect(readErp('mercadoLivre', again)).toEqual(readErp('mercadoLivre', body));
	const later = { ...body, sent: '2026-10-30T17:00:00.000Z' };
	expect(onlyEvent(readErp('mercadoLivre', later)).businessKey).not.toBe(
		onlyEvent(readErp('mercadoLivre', body)).businessKey,
	);
});

it('ignores payments and questions', () => {
	expect(factsOf(readErp('mercadoLivre', { ...body, topic: 'payments', resource: '/collections/1' }))).toEqual([
		{ type: 'ignored', kind: 'payments', reason: 'O tópico payments do Mercado Livre não vira aviso a clientes.' },
	]);
});

it.each([
	[{}, 'topic is missing or is not a text'],
	[{ topic: 'orders_v2' }, 'resource is missing or is not a text'],
	[{ topic: 'orders_v2', resource: '/orders/1/x' }, 'resource does not name an order (/orders/<id>)'],
])('says what %j lacks', (given, reason) => {
	expect(readErp('mercadoLivre', given)).toEqual({ type: 'unreadable', reason });
});
