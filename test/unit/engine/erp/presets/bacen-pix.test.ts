import { BLANK_EVENT, erpSample, eventsOf, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const item = { endToEndId: 'E1', txid: 'T1', valor: '110.00', horario: '2020-09-09T20:15:00.358Z' };
const payment = {
	...BLANK_EVENT,
	system: 'bacenPix',
	kind: 'payment.received',
	occurredAt: Date.parse('2020-09-09T20:15:00.358Z'),
	amountCents: 11000,
	description: '0123456789',
};

it('reads every Pix of a batch; a refund under way is told, not messaged', () => {
	expect(readErp('bacenPix', erpSample('bacen-pix-recebido-lote'))).toEqual({
		type: 'read',
		deliveryKey: expect.stringMatching(/^sha256-[0-9a-f]{40}$/),
		facts: [
			{
				type: 'event',
				entity: 'charge:c3e0e7a4e7f1469a9f782d3d4999343c',
				businessKey: 'charge:c3e0e7a4e7f1469a9f782d3d4999343c/payment.received/E12345678202009091221kkkkkkkkkkk',
				rank: 90,
				event: {
					...payment,
					sourceId: 'c3e0e7a4e7f1469a9f782d3d4999343c',
					related: { ...BLANK_EVENT.related, txid: 'c3e0e7a4e7f1469a9f782d3d4999343c' },
				},
			},
			{
				type: 'ignored',
				kind: 'pix.devolucao',
				reason: 'Devolução de Pix (EM_PROCESSAMENTO): é assunto da equipe, o cliente não recebe mensagem.',
			},
			{
				type: 'event',
				entity: 'charge:971122d8f37211eaadc10242ac120002',
				businessKey: 'charge:971122d8f37211eaadc10242ac120002/payment.received/E87654321202009091221dfghi123456',
				rank: 90,
				event: {
					...payment,
					sourceId: '971122d8f37211eaadc10242ac120002',
					related: { ...BLANK_EVENT.related, txid: '971122d8f37211eaadc10242ac120002' },
				},
			},
		],
	});
});

it('names the delivery of a single Pix by its endToEndId, and with a refund otherwise', () => {
	expect(readErp('bacenPix', { pix: [item] })).toMatchObject({ deliveryKey: 'E1' });
	const refund = { id: 'D1', valor: '10.00', status: 'DEVOLVIDO' };
	expect(readErp('bacenPix', { pix: [{ ...item, devolucoes: [refund] }] })).not.toMatchObject({ deliveryKey: 'E1' });
});

it('keeps the fact of a Pix that comes again in another batch the same', () => {
	const [first] = factsOf(readErp('bacenPix', { pix: [item] }));
	const [, again] = factsOf(readErp('bacenPix', { pix: [{ ...item, endToEndId: 'E0' }, item] }));
	expect(again).toEqual(first);
});

it('gives no thanks for a Pix that went back whole', () => {
	const body = { pix: [{ ...item, devolucoes: [{ id: 'D1', valor: '110.00', status: 'DEVOLVIDO' }] }] };
	expect(eventsOf(readErp('bacenPix', body))).toEqual([]);
	expect(factsOf(readErp('bacenPix', body))).toHaveLength(1);
});

it('takes a Pix without a txid for a thing of its own, and its payer where the bank names one', () => {
	const body = { pix: [{ ...item, txid: '', pagador: { nome: 'Ana', cpf: '52998224725' } }] };
	expect(onlyEvent(readErp('bacenPix', body))).toMatchObject({
		entity: 'pix:E1',
		event: { sourceId: 'E1', customer: { name: 'Ana', document: '52998224725' }, related: { txid: null } },
	});
});

it('answers the test of a bank', () => {
	expect(readErp('bacenPix', { evento: 'teste_webhook' })).toEqual({
		type: 'read',
		deliveryKey: 'teste_webhook',
		facts: [{ type: 'ignored', kind: 'teste_webhook', reason: 'Teste de endereço do banco: chegou bem.' }],
	});
});

it('settles the good payments of a batch and tells of the bad one beside them', () => {
	const bad = { endToEndId: 'E2', txid: 'T2' };
	const body = { pix: [item, bad, { ...item, endToEndId: 'E3', txid: 'T3' }] };
	const facts = factsOf(readErp('bacenPix', body));
	expect(facts.map((fact) => (fact.type === 'event' ? fact.event.sourceId : fact))).toEqual([
		'T1',
		{
			type: 'ignored',
			kind: 'pix (ilegível)',
			reason:
				'Um item deste aviso não pôde ser lido e ficou de fora; os outros valem: pix[1].valor is missing or is not an amount.',
		},
		'T3',
	]);
	// The bank mends the item: that is another delivery, and only its fact is new.
	const mended = { pix: [item, { ...bad, valor: '5.00' }, body.pix[2]] };
	const [before, after] = [body, mended].map((each) => readErp('bacenPix', each));
	expect(before!.type === 'read' && before!.deliveryKey).not.toBe(after!.type === 'read' && after!.deliveryKey);
	expect(factsOf(after!)[0]).toEqual(facts[0]);
});

it.each([
	[{}, 'pix is missing or is not a list'],
	[{ pix: [] }, 'pix is missing or is not a list'],
	[{ pix: {} }, 'pix is missing or is not a list'],
	[{ pix: [7] }, 'pix[0].endToEndId is missing or is not an id'],
	[{ pix: [{ valor: '1.00' }, { ...item, valor: 'x' }] }, 'pix[0].endToEndId is missing or is not an id'],
	[{ pix: [{ ...item, valor: 'x' }] }, 'pix[0].valor is missing or is not an amount'],
])('says what %j lacks', (given, reason) => {
	expect(readErp('bacenPix', given)).toEqual({ type: 'unreadable', reason });
});
