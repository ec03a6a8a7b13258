import { BLANK_EVENT, erpSample, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const overdue = () => JSON.parse(erpSample('asaas-payment-overdue').toString());
const received = () => JSON.parse(erpSample('asaas-payment-received').toString());

describe('payments', () => {
	it('reads an overdue charge', () => {
		expect(readErp('asaas', erpSample('asaas-payment-overdue'))).toEqual({
			type: 'read',
			deliveryKey: expect.stringMatching(/^sha256-[0-9a-f]{40}$/),
			facts: [
				{
					type: 'event',
					entity: 'charge:pay_0000000000000195',
					businessKey: 'charge:pay_0000000000000195/charge.overdue/2021-07-18',
					rank: 40,
					event: {
						...BLANK_EVENT,
						system: 'asaas',
						kind: 'charge.overdue',
						sourceId: 'pay_0000000000000195',
						customer: { ...BLANK_EVENT.customer, id: 'cus_000000000001' },
						amountCents: 28000,
						dueDate: '2021-07-18',
						number: '00000195',
						status: 'OVERDUE',
						description: 'Consulta Online - Modalidade A',
						links: {
							invoice: 'https://www.asaas.com/i/0000000000000195',
							boleto: 'https://www.asaas.com/b/pdf/0000000000000195',
							tracking: null,
						},
					},
				},
			],
		});
	});

	it('reads a payment', () => {
		expect(readErp('asaas', erpSample('asaas-payment-received'))).toEqual({
			type: 'read',
			deliveryKey: expect.stringMatching(/^sha256-[0-9a-f]{40}$/),
			facts: [
				{
					type: 'event',
					entity: 'charge:pay_0000000000004721',
					businessKey: 'charge:pay_0000000000004721/payment.received',
					rank: 90,
					event: {
						...BLANK_EVENT,
						system: 'asaas',
						kind: 'payment.received',
						sourceId: 'pay_0000000000004721',
						customer: { ...BLANK_EVENT.customer, id: 'cus_000000000002' },
						amountCents: 36000,
						dueDate: '2021-06-15',
						number: '00004721',
						status: 'RECEIVED',
						description: 'Consulta Presencial - Modalidade A',
						links: {
							invoice: 'https://www.asaas.com/i/0000000000004721',
							boleto: 'https://www.asaas.com/b/pdf/0000000000004721',
							tracking: null,
						},
					},
				},
			],
		});
	});

	it('thanks once: confirmed and received are two deliveries of one fact', () => {
		const confirmed = received();
		confirmed.event = 'PAYMENT_CONFIRMED';
		confirmed.payment.status = 'CONFIRMED';
		const [one, two] = [readErp('asaas', confirmed), readErp('asaas', received())];
		expect(onlyEvent(one).businessKey).toBe(onlyEvent(two).businessKey);
		expect(one.type === 'read' && one.deliveryKey).not.toBe(two.type === 'read' && two.deliveryKey);
	});

	it('names the delivery by its own id and takes its clock, where the body has them', () => {
		const body = { id: 'evt_1', dateCreated: '2024-06-12 16:45:03', ...overdue() };
		expect(readErp('asaas', body)).toMatchObject({ deliveryKey: 'evt_1' });
		expect(onlyEvent(readErp('asaas', body)).event.occurredAt).toBe(Date.parse('2024-06-12T16:45:03-03:00'));
	});

	it('gives an old body without an id the same key again, and another one when the due date moved', () => {
		const moved = overdue();
		moved.payment.dueDate = '2021-08-18';
		const keys = [overdue(), overdue(), moved].map((body) => {
			const reading = readErp('asaas', body);
			return reading.type === 'read' ? reading.deliveryKey : null;
		});
		expect(keys[0]).toBe(keys[1]);
		expect(keys[0]).not.toBe(keys[2]);
	});

	it.each([
		['PAYMENT_CREATED', 'charge.issued'],
		['PAYMENT_UPDATED', 'charge.changed'],
		['PAYMENT_DELETED', 'charge.cancelled'],
		['PAYMENT_RECEIVED_IN_CASH_UNDONE', 'payment.reversed'],
	])('reads %s as %s', (event, kind) => {
		expect(onlyEvent(readErp('asaas', { ...overdue(), event })).event.kind).toBe(kind);
	});

	it('reads a restored charge as owed again, each time anew', () => {
		const restored = { ...overdue(), id: 'evt_9', event: 'PAYMENT_RESTORED' };
		expect(onlyEvent(readErp('asaas', restored))).toMatchObject({
			entity: expect.stringMatching(/^charge:pay_/),
			businessKey: expect.stringMatching(/charge\.reopened\/evt_9$/),
			event: { kind: 'charge.reopened' },
		});
	});

	it('names the plan that instalments belong to', () => {
		const body = overdue();
		body.payment.installment = 'ins_000000000777';
		expect(onlyEvent(readErp('asaas', body)).event.related.installment).toBe('ins_000000000777');
	});

	it('calls a new charge issued only when there is a way to pay it', () => {
		const body = { ...overdue(), event: 'PAYMENT_CREATED' };
		body.payment.bankSlipUrl = null;
		expect(onlyEvent(readErp('asaas', body)).event.kind).toBe('charge.issued');
		body.payment.invoiceUrl = null;
		expect(onlyEvent(readErp('asaas', body)).event.kind).toBe('charge.created');
	});

	it('knows the payment after an undone one in cash as another', () => {
		const cash = received();
		cash.payment.status = 'RECEIVED_IN_CASH';
		expect(onlyEvent(readErp('asaas', cash)).businessKey).toBe('charge:pay_0000000000004721/payment.received/cash');
	});
});

it('reads an authorised invoice', () => {
	const body = {
		id: 'evt_2',
		event: 'INVOICE_AUTHORIZED',
		dateCreated: '2024-06-12 16:45:03',
		invoice: {
			id: 'inv_000000000232',
			status: 'AUTHORIZED',
			customer: 'cus_000000002750',
			serviceDescription: 'Manutenção',
			pdfUrl: 'https://www.asaas.com/nf/232.pdf',
			number: '101',
			value: 300,
		},
	};
	expect(readErp('asaas', body)).toEqual({
		type: 'read',
		deliveryKey: 'evt_2',
		facts: [
			{
				type: 'event',
				entity: 'invoice:inv_000000000232',
				businessKey: 'invoice:inv_000000000232/invoice.issued',
				rank: 20,
				event: {
					...BLANK_EVENT,
					system: 'asaas',
					kind: 'invoice.issued',
					sourceId: 'inv_000000000232',
					occurredAt: Date.parse('2024-06-12T16:45:03-03:00'),
					customer: { ...BLANK_EVENT.customer, id: 'cus_000000002750' },
					amountCents: 30000,
					number: '101',
					status: 'AUTHORIZED',
					description: 'Manutenção',
					links: { ...BLANK_EVENT.links, invoice: 'https://www.asaas.com/nf/232.pdf' },
				},
			},
		],
	});
});

it.each([
	[
		'PAYMENT_REFUNDED',
		'O Asaas avisou de um estorno ou contestação (PAYMENT_REFUNDED): isso é assunto da equipe, o cliente não recebe mensagem.',
	],
	[
		'BILL_PAID',
		'O Asaas avisou de uma conta a pagar ou transferência da empresa (BILL_PAID): não é assunto do cliente.',
	],
	['PAYMENT_BANK_SLIP_VIEWED', 'O evento PAYMENT_BANK_SLIP_VIEWED do Asaas não vira aviso a clientes.'],
	['toString', 'O evento toString do Asaas não vira aviso a clientes.'],
])('ignores %s', (event, reason) => {
	expect(factsOf(readErp('asaas', { ...overdue(), event }))).toEqual([{ type: 'ignored', kind: event, reason }]);
});

it.each([
	[{}, 'event is missing or is not a text'],
	[{ event: ['x'] }, 'event is missing or is not a text'],
	[{ event: 'PAYMENT_OVERDUE' }, 'payment.id is missing or is not an id'],
	[{ event: 'PAYMENT_OVERDUE', payment: 'pay_1' }, 'payment.id is missing or is not an id'],
	[{ event: 'INVOICE_CANCELED', invoice: {} }, 'invoice.id is missing or is not an id'],
])('says what %j lacks', (body, reason) => {
	expect(readErp('asaas', body)).toEqual({ type: 'unreadable', reason });
});
