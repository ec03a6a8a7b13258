import { BLANK_EVENT, factsOf, onlyEvent, readErp } from '../../../../support/erp';

const message = (Transaction: string, Content: object, header: object = {}) => ({
	Header: {
		UUID: '0d2c1d3a-5f3b-4a55-9d3f-6f1f3b2d1c0a',
		Type: 'BusinessMessage',
		SubType: 'event',
		Transaction,
		Version: '2.000',
		CompanyId: 'T1',
		BranchId: 'D MG 01',
		GeneratedOn: '2026-11-03T10:20:30-03:00',
		...header,
	},
	Content,
});
const title = {
	InternalId: 'T1|D MG 01|FAT|000087|1|DP',
	DocumentNumber: '000087',
	DueDate: '2026-11-20',
	NetValue: 1030.5,
	CustomerCode: '000014',
};

it('reads a new receivable', () => {
	expect(readErp('totvs', message('AccountReceivableDocument', title))).toEqual({
		type: 'read',
		deliveryKey: '0d2c1d3a-5f3b-4a55-9d3f-6f1f3b2d1c0a',
		facts: [
			{
				type: 'event',
				entity: 'charge:T1|D MG 01|FAT|000087|1|DP',
				businessKey: 'charge:T1|D MG 01|FAT|000087|1|DP/charge.created',
				rank: 10,
				event: {
					...BLANK_EVENT,
					system: 'totvs',
					kind: 'charge.created',
					sourceId: 'T1|D MG 01|FAT|000087|1|DP',
					occurredAt: Date.parse('2026-11-03T13:20:30Z'),
					customer: { ...BLANK_EVENT.customer, id: '000014' },
					amountCents: 103050,
					dueDate: '2026-11-20',
					number: '000087',
				},
			},
		],
	});
});

it('reads its discharge as a payment of the same charge, and the reversal of it', () => {
	const discharge = {
		InternalId: 'T1|D MG 01|FAT|000087|1|DP|01',
		AccountReceivableDocumentInternalId: title.InternalId,
		PaymentValue: 1030.5,
	};
	expect(onlyEvent(readErp('totvs', message('AccountReceivableDocumentDischarge', discharge)))).toMatchObject({
		entity: 'charge:T1|D MG 01|FAT|000087|1|DP',
		businessKey: 'charge:T1|D MG 01|FAT|000087|1|DP/payment.received/T1|D MG 01|FAT|000087|1|DP|01',
		event: { kind: 'payment.received', amountCents: 103050 },
	});
	const reversal = message('ReversalOfAccountReceivableDocumentDischarge', discharge);
	expect(onlyEvent(readErp('totvs', reversal)).event.kind).toBe('payment.reversed');
});

it('reads a discharge of less than the title as a part payment, where the body names both', () => {
	const discharge = (given: object) => ({ AccountReceivableDocumentInternalId: title.InternalId, ...given });
	const kindOf = (given: object) =>
		onlyEvent(readErp('totvs', message('AccountReceivableDocumentDischarge', discharge(given)))).event.kind;
	expect(kindOf({ PaymentValue: 1000, NetValue: 3000 })).toBe('payment.partial');
	expect(kindOf({ PaymentValue: 3000, NetValue: 3000 })).toBe('payment.received');
	expect(kindOf({ PaymentValue: 2900, NetValue: 3000, OtherValues: { DiscountValue: 100 } })).toBe('payment.received');
	// Interest pays nothing off.
	const late = { DiscountValue: 0, InterestValue: 60, FineValue: 40 };
	expect(kindOf({ PaymentValue: 3000, GrossValue: 3000, OtherValues: late })).toBe('payment.partial');
	expect(kindOf({ PaymentValue: 1000 })).toBe('payment.received');
	const reversal = message('ReversalOfAccountReceivableDocumentDischarge', discharge({ PaymentValue: 1, NetValue: 2 }));
	expect(onlyEvent(readErp('totvs', reversal)).event.kind).toBe('payment.reversed');
});

it('reads a deletion, and the fields within BusinessContent', () => {
	const deleted = { BusinessEvent: { Event: 'delete' }, BusinessContent: title };
	expect(onlyEvent(readErp('totvs', message('AccountReceivableDocument', deleted))).event).toMatchObject({
		kind: 'charge.cancelled',
		number: '000087',
	});
	expect(onlyEvent(readErp('totvs', message('Order', { InternalId: '9', Status: 'Faturado' }))).businessKey).toBe(
		'order:9/order.status_changed/Faturado',
	);
});

it('ignores answers, other transactions and purchases', () => {
	expect(factsOf(readErp('totvs', message('AccountReceivableDocument', title, { Type: 'Response' })))).toEqual([
		{
			type: 'ignored',
			kind: 'AccountReceivableDocument',
			reason: 'A transação AccountReceivableDocument do TOTVS não vira aviso a clientes.',
		},
	]);
	expect(factsOf(readErp('totvs', message('Item', {})))).toEqual([
		{ type: 'ignored', kind: 'Item', reason: 'A transação Item do TOTVS não vira aviso a clientes.' },
	]);
	expect(factsOf(readErp('totvs', message('Invoice', { InternalId: '5', VendorInternalId: 'F1' })))).toEqual([
		{
			type: 'ignored',
			kind: 'Invoice',
			reason: 'A transação Invoice do TOTVS é de compras ou contas a pagar: não é assunto do cliente.',
		},
	]);
});

it.each([
	[{}, 'Header.UUID is missing or is not an id'],
	[{ Header: { UUID: 'u1' } }, 'Header.Transaction is missing or is not a text'],
	[message('Order', {}), 'Content.InternalId is missing or is not an id'],
	['<TOTVSMessage/>', 'the body is not valid JSON (it looks like XML: set the sender to JSON)'],
])('says what %j lacks', (given, reason) => {
	expect(readErp('totvs', given)).toEqual({ type: 'unreadable', reason });
});
