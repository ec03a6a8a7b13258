import { BLANK_EVENT, erpSample, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const body = () => JSON.parse(erpSample('kobana-bank-billet-paid').toString());

it('reads a paid boleto', () => {
	const headers = { 'x-boletosimples-delivery-id': '2397f7fb-cb15-4bfc-8296-0a973e93e551' };
	expect(readErp('kobana', erpSample('kobana-bank-billet-paid'), {}, headers)).toEqual({
		type: 'read',
		deliveryKey: '2397f7fb-cb15-4bfc-8296-0a973e93e551',
		facts: [
			{
				type: 'event',
				entity: 'charge:1',
				businessKey: 'charge:1/payment.received',
				rank: 90,
				event: {
					...BLANK_EVENT,
					system: 'kobana',
					kind: 'payment.received',
					sourceId: '1',
					occurredAt: Date.parse('2017-04-18T09:18:13-03:00'),
					customer: {
						id: null,
						name: 'Boleto Simples Cobranças Ltda.',
						document: '05813794000126',
						phone: null,
						email: 'suporte@boletosimples.com.br',
					},
					amountCents: 21760,
					dueDate: '2017-04-24',
					number: '00002957',
					status: 'paid',
					description: 'Recarga de benefícios',
					links: { invoice: null, boleto: 'https://bole.to/6/qzoavp', tracking: null },
					boleto: '03399123475670000000500033701012171190000003223',
				},
			},
		],
	});
});

it('gives a delivery without the header the same key again', () => {
	const [one, two] = [readErp('kobana', body()), readErp('kobana', body())];
	expect(one).toEqual(two);
	expect(one).toMatchObject({ deliveryKey: expect.stringMatching(/^sha256-[0-9a-f]{40}$/) });
});

it('tells what was paid, not what was asked', () => {
	const late = body();
	late.object.paid_amount = 220.01;
	expect(onlyEvent(readErp('kobana', late)).event.amountCents).toBe(22001);
});

it.each([
	['bank_billet.created', 'charge.created'],
	['bank_billet.generated', 'charge.issued'],
	['bank_billet.overdue', 'charge.overdue'],
	['bank_billet.canceled', 'charge.cancelled'],
])('reads %s as %s', (event_code, kind) => {
	expect(onlyEvent(readErp('kobana', { ...body(), event_code })).event.kind).toBe(kind);
});

it('tells of an update only when the amount or the due date changed', () => {
	const event_code = 'bank_billet.updated';
	expect(factsOf(readErp('kobana', { ...body(), event_code }))).toEqual([
		{
			type: 'ignored',
			kind: 'bank_billet.updated',
			reason: 'O boleto mudou na Kobana, mas não o valor nem o vencimento: o cliente não precisa saber.',
		},
	]);
	const moved = { ...body(), event_code, changes: { expire_at: ['2017-04-20', '2017-04-24'] } };
	expect(onlyEvent(readErp('kobana', moved)).businessKey).toBe('charge:1/charge.changed/2017-04-24/21760');
});

it('ignores what is not for customers', () => {
	expect(factsOf(readErp('kobana', { ...body(), event_code: 'customer.created' }))).toEqual([
		{
			type: 'ignored',
			kind: 'customer.created',
			reason: 'O evento customer.created da Kobana não vira aviso a clientes.',
		},
	]);
});

it.each([
	[{}, 'event_code is missing or is not a text'],
	[{ event_code: 'bank_billet.paid', object: { id: null } }, 'object.id is missing or is not an id'],
])('says what %j lacks', (given, reason) => {
	expect(readErp('kobana', given)).toEqual({ type: 'unreadable', reason });
});
