import { BLANK_EVENT, erpSample, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const delivery = (tipo: string, dados: object) => ({ cnpj: '12.345.678/0001-99', tipo, versao: '2', dados });

it('reads the situation of an order', () => {
	expect(readErp('tiny', erpSample('tiny-situacao-pedido'))).toEqual({
		type: 'read',
		deliveryKey: 'situacao_pedido:987654:Aprovada',
		facts: [
			{
				type: 'event',
				entity: 'order:987654',
				businessKey: 'order:987654/order.status_changed/Aprovado',
				rank: 40,
				event: {
					...BLANK_EVENT,
					system: 'tiny',
					kind: 'order.status_changed',
					sourceId: '987654',
					status: 'Aprovado',
					related: { ...BLANK_EVENT.related, order: 'ORDER-001' },
				},
			},
		],
	});
});

it('reads a cancelled order, in the words of Tiny or of the company', () => {
	const cancelled = delivery('situacao_pedido', { idVendaTiny: 1, situacao: 'Cancelada' });
	expect(onlyEvent(readErp('tiny', cancelled)).event.kind).toBe('order.cancelled');
	const own = delivery('situacao_pedido', { idVendaTiny: 1, situacao: 'Devolvida' });
	expect(onlyEvent(readErp('tiny', own, { cancelledStages: ['devolvida'] })).event.kind).toBe('order.cancelled');
});

it('reads a parcel on its way, with the link to follow it', () => {
	const body = delivery('rastreio', {
		idVendaTiny: 987654,
		codigoRastreio: 'BR123',
		urlRastreio: 'https://rastreio.example/BR123',
		transportadora: 'Correios',
	});
	expect(readErp('tiny', body)).toMatchObject({ deliveryKey: 'rastreio:987654:BR123' });
	expect(onlyEvent(readErp('tiny', body))).toMatchObject({
		entity: 'shipment:987654',
		businessKey: 'shipment:987654/shipment.updated/Correios/BR123',
		event: { kind: 'shipment.updated', links: { tracking: 'https://rastreio.example/BR123' } },
	});
});

it('reads an invoice', () => {
	const body = delivery('nota_fiscal', {
		idNotaFiscalTiny: 5,
		numero: 101,
		valorNota: 45.9,
		urlDanfe: 'https://tiny.example/5',
		idPedidoEcommerce: 'ORDER-001',
	});
	expect(onlyEvent(readErp('tiny', body))).toMatchObject({
		entity: 'invoice:5',
		event: {
			kind: 'invoice.issued',
			number: '101',
			amountCents: 4590,
			links: { invoice: 'https://tiny.example/5' },
			related: { order: 'ORDER-001' },
		},
	});
});

it('reads a new order with its customer', () => {
	const body = delivery('inclusao_pedido', {
		id: 3,
		numero: '77',
		codigoSituacao: 'aberto',
		cliente: { nome: 'Ana', cpfCnpj: '529.982.247-25', fone: '(11) 98765-4321' },
	});
	expect(onlyEvent(readErp('tiny', body)).event).toMatchObject({
		kind: 'order.created',
		status: 'aberto',
		customer: { name: 'Ana', document: '52998224725', phone: '(11) 98765-4321' },
	});
});

it('ignores stock', () => {
	expect(factsOf(readErp('tiny', delivery('estoque', { saldo: 1 })))).toEqual([
		{ type: 'ignored', kind: 'estoque', reason: 'O aviso "estoque" do Tiny não vira mensagem a clientes.' },
	]);
});

it.each([
	[{}, 'tipo is missing or is not a text'],
	[{ tipo: 'situacao_pedido', dados: {} }, 'dados.idVendaTiny is missing or is not an id'],
	[{ tipo: 'rastreio' }, 'dados.idVendaTiny is missing or is not an id'],
	[{ tipo: 'nota_fiscal', dados: [] }, 'dados.idNotaFiscalTiny is missing or is not an id'],
	[{ tipo: 'inclusao_pedido', dados: {} }, 'dados.id is missing or is not an id'],
])('says what %j lacks', (given, reason) => {
	expect(readErp('tiny', given)).toEqual({ type: 'unreadable', reason });
});
