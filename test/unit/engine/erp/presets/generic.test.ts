import { BLANK_EVENT, erpSample, factsOf, onlyEvent, readErp } from '../../../../support/erp';
import type { ErpReadOptions } from '../../../../../engine/erp/types';

const OPTIONS: ErpReadOptions = {
	paths: {
		kind: 'evento.tipo',
		sourceId: 'titulos[0].id',
		deliveryId: 'evento.id',
		occurredAt: 'evento.quando',
		'customer.id': 'cliente.codigo',
		'customer.name': 'cliente.nome',
		'customer.document': 'cliente.cnpj',
		'customer.phone': 'cliente.fones[1]',
		'customer.email': 'cliente.email',
		amount: 'titulos[0].valor',
		dueDate: 'titulos[0].vencimento',
		number: 'titulos[0].numero',
		status: 'titulos[0].situacao',
		description: 'titulos[0].historico',
		'links.boleto': 'titulos[0].link',
		boleto: 'titulos[0].linha',
		pix: 'titulos[0].pix',
		'related.order': 'pedido',
	},
	kinds: { 'Titulo Vencido': 'charge.overdue', baixa: 'payment.received' },
};

const BODY = {
	evento: { id: 'ev-1', tipo: 'titulo vencido', quando: '03/11/2026 10:20:30' },
	cliente: {
		codigo: 14,
		nome: 'Fundição São José',
		cnpj: '12.ABC.345/01DE-35',
		fones: ['', '(11) 98765-4321'],
		email: '',
	},
	pedido: 'P-9',
	titulos: [
		{
			id: 87,
			valor: '1.030,50',
			vencimento: '20/11/2026',
			numero: 'FAT 87',
			situacao: 'Vencido',
			historico: 'Manutenção',
			link: 'https://erp.example/b/87',
			linha: '03399.12347 56700.000005 00033.701012 1 71190000003223',
			pix: '00020126580014br.gov.bcb.pix',
		},
	],
};

it('maps any body by paths and words', () => {
	expect(readErp('generic', BODY, OPTIONS)).toEqual({
		type: 'read',
		deliveryKey: 'ev-1',
		facts: [
			{
				type: 'event',
				entity: 'charge:87',
				businessKey: 'charge:87/charge.overdue/2026-11-20',
				rank: 40,
				event: {
					...BLANK_EVENT,
					system: 'generic',
					kind: 'charge.overdue',
					sourceId: '87',
					occurredAt: Date.parse('2026-11-03T10:20:30-03:00'),
					customer: {
						id: '14',
						name: 'Fundição São José',
						document: '12ABC34501DE35',
						phone: '(11) 98765-4321',
						email: null,
					},
					amountCents: 103050,
					dueDate: '2026-11-20',
					number: 'FAT 87',
					status: 'Vencido',
					description: 'Manutenção',
					links: { invoice: null, boleto: 'https://erp.example/b/87', tracking: null },
					boleto: '03399123475670000000500033701012171190000003223',
					pix: '00020126580014br.gov.bcb.pix',
					related: { serviceOrder: null, order: 'P-9', txid: null, installment: null },
				},
			},
		],
	});
});

it('takes a body with the canonical names without any paths', () => {
	const body = {
		kind: 'service_order.closed',
		sourceId: 'OS-9',
		occurredAt: '2026-11-03T13:00:00Z',
		customer: { name: 'Ana', phone: '+5511987654321' },
		amountCents: 1050,
		links: { tracking: 'https://erp.example/os/9' },
	};
	expect(onlyEvent(readErp('generic', body))).toMatchObject({
		entity: 'service_order:OS-9',
		rank: 80,
		event: { kind: 'service_order.closed', customer: { name: 'Ana' }, amountCents: 1050 },
	});
});

it('names a delivery without an id by its bytes', () => {
	const body = { kind: 'charge.created', sourceId: '1' };
	const keyOf = (given: object) => {
		const reading = readErp('generic', given);
		return reading.type === 'read' ? reading.deliveryKey : null;
	};
	expect(keyOf(body)).toBe(keyOf({ ...body }));
	expect(keyOf(body)).not.toBe(keyOf({ ...body, sourceId: '2' }));
});

it('takes any word for the kind of *', () => {
	const options: ErpReadOptions = { kinds: { '*': 'service_order.opened', pago: 'payment.received' } };
	expect(onlyEvent(readErp('generic', { sourceId: 1 }, options)).event.kind).toBe('service_order.opened');
	expect(onlyEvent(readErp('generic', { sourceId: 1, kind: 'x' }, options)).event.kind).toBe('service_order.opened');
	expect(onlyEvent(readErp('generic', { sourceId: 1, kind: 'PAGO' }, options)).event.kind).toBe('payment.received');
});

it('ignores words that are not in the table', () => {
	expect(factsOf(readErp('generic', { ...BODY, evento: { tipo: 'estorno' } }, OPTIONS))).toEqual([
		{ type: 'ignored', kind: 'estorno', reason: 'O evento "estorno" não está na tabela de tipos desta fonte.' },
	]);
});

it('names the path at fault', () => {
	expect(readErp('generic', {}, OPTIONS)).toEqual({
		type: 'unreadable',
		reason: 'evento.tipo is missing or is not a text',
	});
	expect(readErp('generic', { evento: { tipo: 'baixa' } }, OPTIONS)).toEqual({
		type: 'unreadable',
		reason: 'titulos[0].id is missing or is not an id',
	});
});

it('can read the body of a known ERP too', () => {
	const options: ErpReadOptions = {
		paths: { kind: 'event', sourceId: 'payment.id', amount: 'payment.value', dueDate: 'payment.dueDate' },
		kinds: { PAYMENT_OVERDUE: 'charge.overdue' },
	};
	expect(onlyEvent(readErp('generic', erpSample('asaas-payment-overdue'), options)).businessKey).toBe(
		onlyEvent(readErp('asaas', erpSample('asaas-payment-overdue'))).businessKey,
	);
});
