import { BLANK_EVENT, erpSample, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const body = () => JSON.parse(erpSample('woovi-charge-completed').toString());

it('reads a charge paid by Pix', () => {
	expect(readErp('woovi', erpSample('woovi-charge-completed'))).toEqual({
		type: 'read',
		deliveryKey: 'OPENPIX:CHARGE_COMPLETED:E231144472024031518218Xb59c4mq1x',
		facts: [
			{
				type: 'event',
				entity: 'charge:fatura-1042',
				businessKey: 'charge:fatura-1042/payment.received',
				rank: 90,
				event: {
					...BLANK_EVENT,
					system: 'woovi',
					kind: 'payment.received',
					sourceId: 'fatura-1042',
					occurredAt: Date.parse('2024-03-15T18:19:50.154Z'),
					customer: {
						...BLANK_EVENT.customer,
						id: 'cliente-77',
						name: 'CONTA DE PAGAMENTO DE PIX',
						document: '74866698000169',
					},
					amountCents: 1600,
					dueDate: '2024-03-16',
					number: 'a74f60ba44e54c67b2cb74243971a674',
					status: 'COMPLETED',
					description: 'from-script-api',
					related: { ...BLANK_EVENT.related, txid: 'a74f60ba44e54c67b2cb74243971a674' },
				},
			},
		],
	});
});

it('takes the charge and its transaction for the same payment', () => {
	const transaction = { ...body(), event: 'OPENPIX:TRANSACTION_RECEIVED' };
	expect(onlyEvent(readErp('woovi', transaction)).businessKey).toBe('charge:fatura-1042/payment.received');
	const { charge, pix, ...rest } = transaction;
	const nested = { ...rest, pix: { ...pix, charge } };
	expect(onlyEvent(readErp('woovi', nested)).businessKey).toBe('charge:fatura-1042/payment.received');
});

it('takes a Pix without a charge for a thing of its own', () => {
	const { pix } = body();
	expect(onlyEvent(readErp('woovi', { event: 'OPENPIX:TRANSACTION_RECEIVED', pix }))).toMatchObject({
		entity: 'pix:E231144472024031518218Xb59c4mq1x',
		event: { sourceId: 'E231144472024031518218Xb59c4mq1x', amountCents: 1600 },
	});
});

describe('boletos', () => {
	const boleto = {
		value: 10500,
		status: 'COMPLETED',
		boletoDigitable: '34191.79001 01043.510047 91020.150008 2 91070000026000',
	};
	const paid = () => {
		const { pix: _, ...rest } = body();
		return { ...rest, boleto };
	};

	it('stops the reminders when one was paid, days before the money is there', () => {
		expect(readErp('woovi', paid())).toMatchObject({
			deliveryKey: 'OPENPIX:CHARGE_COMPLETED:fatura-1042:COMPLETED',
		});
		expect(onlyEvent(readErp('woovi', paid()))).toMatchObject({
			businessKey: 'charge:fatura-1042/payment.received',
			event: {
				kind: 'payment.received',
				status: 'COMPLETED',
				amountCents: 10500,
				boleto: '34191790010104351004791020150008291070000026000',
			},
		});
	});

	it('thanks no second time when the money comes', () => {
		const settled = { ...paid(), event: 'BOLETO_SETTLED', boleto: { ...boleto, status: 'SETTLED' } };
		expect(onlyEvent(readErp('woovi', settled))).toMatchObject({
			businessKey: 'charge:fatura-1042/payment.received',
			event: { status: 'SETTLED' },
		});
	});
});

it('reads a new charge with its Pix code', () => {
	const created = body();
	created.event = 'OPENPIX:CHARGE_CREATED';
	created.charge.brCode = '00020126580014br.gov.bcb.pix';
	created.charge.paymentLinkUrl = 'https://woovi.com/pay/1';
	delete created.pix;
	expect(onlyEvent(readErp('woovi', created))).toMatchObject({
		businessKey: 'charge:fatura-1042/charge.issued/2024-03-16',
		event: {
			kind: 'charge.issued',
			occurredAt: Date.parse('2024-03-15T18:19:50.296Z'),
			pix: '00020126580014br.gov.bcb.pix',
			links: { invoice: 'https://woovi.com/pay/1' },
		},
	});
});

it.each([
	[
		'OPENPIX:TRANSACTION_REFUND_RECEIVED',
		'A Woovi avisou de uma devolução ou disputa (OPENPIX:TRANSACTION_REFUND_RECEIVED): isso é assunto da equipe, o cliente não recebe mensagem.',
	],
	[
		'OPENPIX:MOVEMENT_CONFIRMED',
		'A Woovi avisou de um pagamento feito pela empresa (OPENPIX:MOVEMENT_CONFIRMED): não é assunto do cliente.',
	],
	['OPENPIX:CHARGE_EXPIRED', 'O código Pix da Woovi expirou: a dívida continua, a régua de cobrança cuida dela.'],
	['ACCOUNT_REGISTER_APPROVED', 'O evento ACCOUNT_REGISTER_APPROVED da Woovi não vira aviso a clientes.'],
])('ignores %s', (event, reason) => {
	expect(factsOf(readErp('woovi', { ...body(), event }))).toEqual([{ type: 'ignored', kind: event, reason }]);
});

it('answers the test of the address, which is called a payment but has no charge', () => {
	const test = { data_criacao: '2021-08-10T20:32:14.429Z', evento: 'teste_webhook', event: 'OPENPIX:CHARGE_COMPLETED' };
	expect(factsOf(readErp('woovi', test))).toEqual([
		{ type: 'ignored', kind: 'OPENPIX:CHARGE_COMPLETED', reason: 'Teste de endereço da Woovi: chegou bem.' },
	]);
	expect(factsOf(readErp('woovi', { ...test, ...body() }))[0]).toMatchObject({ type: 'event' });
});

it.each([
	['with the event alone', { data_criacao: '2024-01-23T20:32:14.429Z', event: 'OPENPIX:CHARGE_COMPLETED' }],
	['without its date', { event: 'OPENPIX:CHARGE_COMPLETED' }],
	['of a charge to be', { event: 'OPENPIX:CHARGE_COMPLETED', evento: 'teste_webhook', charge: null, version: 1 }],
])('answers the test of the address %s', (_how, test) => {
	expect(factsOf(readErp('woovi', test))).toEqual([
		{ type: 'ignored', kind: 'OPENPIX:CHARGE_COMPLETED', reason: 'Teste de endereço da Woovi: chegou bem.' },
	]);
});

it('answers the older test of the address, which names no event', () => {
	const test = { data_criacao: '2021-08-10T20:32:14.429Z', evento: 'teste_webhook' };
	expect(factsOf(readErp('woovi', test))).toEqual([
		{ type: 'ignored', kind: 'teste_webhook', reason: 'Teste de endereço da Woovi: chegou bem.' },
	]);
});

it.each(['charge', 'pix', 'boleto', 'pixQrCode'])('takes no body with a %s for a test of the address', (field) => {
	const paid = { event: 'OPENPIX:CHARGE_COMPLETED', evento: 'teste_webhook', [field]: { correlationID: '' } };
	expect(readErp('woovi', paid).type).toBe('unreadable');
});

it.each([
	[{}, 'event is missing or is not a text'],
	[{ data_criacao: '2024-01-23T20:32:14.429Z' }, 'event is missing or is not a text'],
	[{ event: 'OPENPIX:CHARGE_COMPLETED', company: {} }, 'charge.correlationID is missing or is not an id'],
	[{ event: 'OPENPIX:CHARGE_CREATED', pix: { endToEndId: 'E1' } }, 'charge.correlationID is missing or is not an id'],
])('says what %j lacks', (given, reason) => {
	expect(readErp('woovi', given)).toEqual({ type: 'unreadable', reason });
});
