import { BLANK_EVENT, erpSample, eventsOf, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const sample = (name: string) => JSON.parse(erpSample(name).toString());
const baixa = () => sample('omie-contareceber-baixarealizada');

const order = {
	...BLANK_EVENT,
	system: 'omie',
	customer: { ...BLANK_EVENT.customer, id: '6289226831' },
};

describe('service orders (V-01, V-03)', () => {
	it('reads one that was opened, when and until when (V-06)', () => {
		expect(readErp('omie', erpSample('omie-ordemservico-incluida'))).toEqual({
			type: 'read',
			deliveryKey: '303b5b0d-4b7b-5ed3-a5ab-076641191b97',
			facts: [
				{
					type: 'event',
					entity: 'service_order:6301382458',
					businessKey: 'service_order:6301382458/service_order.opened',
					rank: 10,
					event: {
						...order,
						kind: 'service_order.opened',
						sourceId: '6301382458',
						occurredAt: Date.parse('2023-02-18T14:17:20-03:00'),
						amountCents: 0,
						dueDate: '2023-02-18',
						number: '55',
						status: '20',
					},
				},
			],
		});
	});

	it('reads the stage it went to; the same order keeps its entity (V-04)', () => {
		expect(readErp('omie', erpSample('omie-ordemservico-etapaalterada'))).toEqual({
			type: 'read',
			deliveryKey: '6341c81f-379d-576c-8c7d-94743cf578c6',
			facts: [
				{
					type: 'event',
					entity: 'service_order:6301382458',
					businessKey: 'service_order:6301382458/service_order.stage_changed/30',
					rank: 40,
					event: {
						...order,
						kind: 'service_order.stage_changed',
						sourceId: '6301382458',
						amountCents: 1050,
						dueDate: '2023-02-18',
						number: '55',
						status: '30',
					},
				},
			],
		});
	});

	it('reads one that was billed as closed (V-07)', () => {
		expect(readErp('omie', erpSample('omie-ordemservico-faturada'))).toEqual({
			type: 'read',
			deliveryKey: 'f5e2d3e0-e13d-5250-bf15-8f890ca5b55c',
			facts: [
				{
					type: 'event',
					entity: 'service_order:6301351446',
					businessKey: 'service_order:6301351446/service_order.closed',
					rank: 80,
					event: {
						...order,
						kind: 'service_order.closed',
						sourceId: '6301351446',
						occurredAt: Date.parse('2023-02-17T18:02:13-03:00'),
						amountCents: 1050,
						dueDate: '2023-02-17',
						number: '53',
						status: '20',
					},
				},
			],
		});
	});

	it('closes or cancels at the stages the company names', () => {
		const body = erpSample('omie-ordemservico-etapaalterada');
		expect(onlyEvent(readErp('omie', body, { closedStages: ['30'] }))).toMatchObject({
			businessKey: 'service_order:6301382458/service_order.closed',
			rank: 80,
		});
		expect(onlyEvent(readErp('omie', body, { cancelledStages: ['30'] })).event.kind).toBe('service_order.cancelled');
	});

	it('reads a cancelled one, in whatever capitals the topic comes', () => {
		const body = { ...sample('omie-ordemservico-faturada'), topic: 'ordemservico.cancelada' };
		expect(onlyEvent(readErp('omie', body))).toMatchObject({
			rank: 90,
			event: { kind: 'service_order.cancelled', occurredAt: null },
		});
	});
});

describe('receivables', () => {
	it('reads a new one', () => {
		expect(readErp('omie', erpSample('omie-contareceber-incluido'))).toEqual({
			type: 'read',
			deliveryKey: 'c1550d48-8394-5381-a2ac-5123942e23c4',
			facts: [
				{
					type: 'event',
					entity: 'charge:6301384346',
					businessKey: 'charge:6301384346/charge.created',
					rank: 10,
					event: {
						...order,
						kind: 'charge.created',
						sourceId: '6301384346',
						amountCents: 175,
						dueDate: '2023-04-05',
						number: 'RPS 9',
						status: 'A vencer',
						description: 'Parcela 001/002',
						related: { serviceOrder: null, order: '55', txid: null, installment: null },
					},
				},
			],
		});
	});

	it('reads its payment as news of the same charge, with the service order it belongs to', () => {
		expect(readErp('omie', erpSample('omie-contareceber-baixarealizada'))).toEqual({
			type: 'read',
			deliveryKey: '7b1f6f0e-6f1f-5a0b-9a51-0d6f4f1f2a10',
			facts: [
				{
					type: 'event',
					entity: 'charge:6301384346',
					businessKey: 'charge:6301384346/payment.received/6301400001',
					rank: 90,
					event: {
						...order,
						kind: 'payment.received',
						sourceId: '6301384346',
						amountCents: 175,
						dueDate: '2023-04-05',
						number: 'RPS 9',
						description: 'Parcela 001/002',
						related: { serviceOrder: '6301382458', order: null, txid: null, installment: null },
					},
				},
			],
		});
	});

	it('tells every receivable of a settlement, and every settlement of a delivery', () => {
		const body = baixa();
		const [first] = body.event;
		const second = { ...first.conta_a_receber[0], codigo_lancamento_omie: 2, valor_documento: 3 };
		body.event = [
			{ ...first, valor: 4.75, conta_a_receber: [...first.conta_a_receber, second] },
			{ ...first, codigo_baixa: 7, valor: 0.5 },
		];
		const facts = factsOf(readErp('omie', body));
		expect(facts.map((fact) => (fact.type === 'event' ? [fact.businessKey, fact.event.amountCents] : fact))).toEqual([
			['charge:6301384346/payment.received/6301400001', 175],
			['charge:2/payment.received/6301400001', 300],
			['charge:6301384346/payment.partial/7', 50],
		]);
	});

	describe('paid in part', () => {
		const settled = (event: object, title: object = {}) => {
			const body = baixa();
			const [first] = body.event;
			body.event = [{ ...first, ...event, conta_a_receber: [{ ...first.conta_a_receber[0], ...title }] }];
			return onlyEvent(readErp('omie', body));
		};

		it('is no payment of the whole, and leaves the charge open', () => {
			expect(settled({ valor: 1000 }, { valor_documento: 3000 })).toMatchObject({
				entity: 'charge:6301384346',
				businessKey: 'charge:6301384346/payment.partial/6301400001',
				rank: 40,
				event: { kind: 'payment.partial', amountCents: 100_000 },
			});
		});

		it.each([
			['a discount', { valor: 2900, desconto: 100 }, {}, 'payment.received'],
			['interest and fine on the whole', { valor: 3100, juros: 60, multa: 40 }, {}, 'payment.received'],
			['interest within what came', { valor: 3000, juros: 60 }, {}, 'payment.partial'],
			['withheld taxes', { valor: 2850 }, { retem_iss: 'S', valor_iss: 150, retem_ir: 'N' }, 'payment.received'],
			['no amount', { valor: null }, {}, 'payment.received'],
		])('reckons with %s', (_what, event, title, kind) => {
			expect(settled(event, { valor_documento: 3000, ...title }).event.kind).toBe(kind);
		});

		it('counts none of several receivables as paid when their settlement does not cover them', () => {
			const body = baixa();
			const [first] = body.event;
			const second = { ...first.conta_a_receber[0], codigo_lancamento_omie: 2, valor_documento: 3 };
			body.event = [{ ...first, valor: 4, conta_a_receber: [...first.conta_a_receber, second] }];
			const told = eventsOf(readErp('omie', body)).map(({ kind, amountCents }) => [kind, amountCents]);
			expect(told).toEqual([
				['payment.partial', null],
				['payment.partial', null],
			]);
		});
	});

	it('tells what it can read of a list, and what it cannot', () => {
		const body = baixa();
		const [first] = body.event;
		body.event = [{ ...first, conta_a_receber: [{ valor_documento: 1 }] }, 7, first];
		const facts = factsOf(readErp('omie', body));
		expect(facts.map((fact) => (fact.type === 'event' ? fact.event.sourceId : [fact.kind, fact.reason]))).toEqual([
			[
				'Financas.ContaReceber.BaixaRealizada (ilegível)',
				'Um item deste aviso não pôde ser lido e ficou de fora; os outros valem: event.conta_a_receber.codigo_lancamento_omie is missing or is not an id.',
			],
			[
				'Financas.ContaReceber.BaixaRealizada (ilegível)',
				'Um item deste aviso não pôde ser lido e ficou de fora; os outros valem: event holds something that is not an object.',
			],
			'6301384346',
		]);
		body.event = [{ ...first, conta_a_receber: [{}, ...first.conta_a_receber] }];
		expect(factsOf(readErp('omie', body)).map(({ type }) => type)).toEqual(['ignored', 'event']);
	});

	it('takes a settlement that is no list as a list of one', () => {
		const body = baixa();
		expect(readErp('omie', { ...body, event: body.event[0] })).toEqual(readErp('omie', body));
	});

	it('opens the charge again when a settlement is cancelled', () => {
		const body = { ...baixa(), topic: 'Financas.ContaReceber.BaixaCancelada' };
		expect(onlyEvent(readErp('omie', body))).toMatchObject({
			businessKey: 'charge:6301384346/payment.reversed/6301400001',
			rank: 40,
			event: { kind: 'payment.reversed', occurredAt: null },
		});
	});

	it.each([
		['Alterado', 'charge.changed', 'charge:6301384346/charge.changed/2023-04-05/175'],
		['BoletoGerado', 'charge.issued', 'charge:6301384346/charge.issued/2023-04-05'],
		['Excluido', 'charge.cancelled', 'charge:6301384346/charge.cancelled'],
	])('reads ContaReceber.%s as %s', (topic, kind, businessKey) => {
		const body = { ...sample('omie-contareceber-incluido'), topic: `Financas.ContaReceber.${topic}` };
		expect(onlyEvent(readErp('omie', body))).toMatchObject({ businessKey, event: { kind } });
	});
});

describe('the boleto of a receivable', () => {
	const LINE = '10492006506100010004200997263900989810000021403';
	const issued = (code: unknown) => {
		const body = sample('omie-contareceber-incluido');
		const event = { ...body.event, boleto_gerado: 'S', boleto_numero: '42', codigo_barras_ficha_compensacao: code };
		return onlyEvent(readErp('omie', { ...body, topic: 'Financas.ContaReceber.BoletoGerado', event })).event;
	};

	it.each([
		['as a line', LINE],
		['as it is printed', '10492.00650 61000.100042 00997.263900 9 89810000021403'],
		['as a bar code', '10499898100000214032006561000100040099726390'],
	])('is read %s', (_how, code) => {
		expect(issued(code)).toMatchObject({ kind: 'charge.issued', boleto: LINE });
	});

	it.each([
		['with a digit mistyped', LINE.replace('2140', '2141')],
		['cut short', LINE.slice(0, -1)],
		['that is a Pix key', 'financeiro@empresa.example'],
		['that is empty', ''],
		['that is missing', undefined],
		['that is no text', { code: LINE }],
	])('is left out %s, and the charge is told all the same', (_what, code) => {
		expect(issued(code)).toMatchObject({ kind: 'charge.issued', sourceId: '6301384346', boleto: null });
	});
});

describe('orders and invoices', () => {
	const body = (topic: string, event: object) => ({ messageId: 'm1', topic, event });

	it.each([
		['VendaProduto.Incluida', 'order.created', 'order:9/order.created'],
		['VendaProduto.EtapaAlterada', 'order.status_changed', 'order:9/order.status_changed/Separar'],
		['VendaProduto.Cancelada', 'order.cancelled', 'order:9/order.cancelled'],
	])('reads %s as %s', (topic, kind, businessKey) => {
		const event = { idPedido: 9, numeroPedido: '77', etapa: '20', etapaDescr: 'Separar', valorPedido: 10 };
		expect(onlyEvent(readErp('omie', body(topic, event)))).toMatchObject({
			businessKey,
			event: { kind, number: '77', amountCents: 1000 },
		});
	});

	it('reads a service invoice with its service order', () => {
		const event = { id_nf: 5, numero_nf: '101', codigo_os: 6301382458 };
		const { id_nf: codigo_nf, ...rest } = event;
		const renamed = onlyEvent(readErp('omie', body('NFSe.NotaAutorizada', { ...rest, codigo_nf })));
		expect(renamed).toEqual(onlyEvent(readErp('omie', body('NFSe.NotaAutorizada', event))));
		expect(renamed).toMatchObject({
			entity: 'invoice:5',
			rank: 20,
			event: { kind: 'invoice.issued', number: '101', related: { serviceOrder: '6301382458' } },
		});
	});

	it.each([
		['https://app.omie.example/danfe/5.pdf', 'https://app.omie.example/danfe/5.pdf'],
		['javascript:alert(1)', null],
		['', null],
		[undefined, null],
	])('reads the DANFE of an invoice at %s', (nfe_danfe, invoice) => {
		const event = { id_nf: 5, numero_nf: '101', id_pedido: 9, nfe_xml: 'https://app.omie.example/5.xml', nfe_danfe };
		expect(onlyEvent(readErp('omie', body('NFe.NotaAutorizada', event))).event).toMatchObject({
			kind: 'invoice.issued',
			links: { invoice, boleto: null, tracking: null },
			related: { order: '9' },
		});
	});
});

describe('what no customer is told', () => {
	it('answers a test of the address', () => {
		expect(readErp('omie', { ping: 'omie' })).toEqual({
			type: 'read',
			deliveryKey: 'ping',
			facts: [{ type: 'ignored', kind: 'ping', reason: 'Teste de endereço da Omie: chegou bem.' }],
		});
	});

	it.each([
		[
			'Financas.ContaPagar.BaixaRealizada',
			'O tópico Financas.ContaPagar.BaixaRealizada da Omie é de compras ou contas a pagar: não é assunto do cliente.',
		],
		[
			'VendaProduto.Devolvida',
			'O tópico VendaProduto.Devolvida da Omie é uma devolução: isso é assunto da equipe, o cliente não recebe mensagem.',
		],
		['Produto.Alterado', 'O tópico Produto.Alterado da Omie não vira aviso a clientes.'],
		['OrdemServico.Alterada', 'O tópico OrdemServico.Alterada da Omie não vira aviso a clientes.'],
		['constructor', 'O tópico constructor da Omie não vira aviso a clientes.'],
	])('ignores %s', (topic, reason) => {
		expect(readErp('omie', { messageId: 'm1', topic, event: {} })).toEqual({
			type: 'read',
			deliveryKey: 'm1',
			facts: [{ type: 'ignored', kind: topic, reason }],
		});
	});
});

describe('bodies that are not of Omie', () => {
	const known = { messageId: 'm1', topic: 'OrdemServico.Incluida' };
	it.each([
		[{}, 'topic is missing or is not a text'],
		[{ topic: {} }, 'topic is missing or is not a text'],
		[{ topic: 'x' }, 'messageId is missing or is not an id'],
		[known, 'event is missing or is neither an object nor a list'],
		[{ ...known, event: 'x' }, 'event is missing or is neither an object nor a list'],
		[{ ...known, event: [] }, 'event is missing or is neither an object nor a list'],
		[{ ...known, event: [1] }, 'event holds something that is not an object'],
		[{ ...known, event: {} }, 'event.idOrdemServico is missing or is not an id'],
		[{ ...known, event: { idOrdemServico: 'x'.repeat(300) } }, 'event.idOrdemServico is missing or is not an id'],
		[
			{ ...known, topic: 'Financas.ContaReceber.BaixaRealizada', event: [{ conta_a_receber: [] }] },
			'event.conta_a_receber is missing or is not an id',
		],
		[
			{ ...known, topic: 'Financas.ContaReceber.BaixaRealizada', event: [{ conta_a_receber: [{}] }] },
			'event.conta_a_receber.codigo_lancamento_omie is missing or is not an id',
		],
	])('says what %j lacks', (body, reason) => {
		expect(readErp('omie', body)).toEqual({ type: 'unreadable', reason });
	});
});
