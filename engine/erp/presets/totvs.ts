/**
 * TOTVS EAI (Protheus, RM, Datasul): `{ Header: { UUID, Transaction, Type, SubType, GeneratedOn, CompanyId, BranchId },
 * Content }` as JSON. Each installation sets its own access, usually Basic. Only business messages are read; the answers
 * to messages (receipts, responses) are acknowledged. Source: tdn.totvs.com pageId=312151792, mensagem única
 */
import { objectAt, readJson, readOf, unreadable, valueAt, type JsonObject } from '../body';
import { checkBasic } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored } from '../facts';
import { kindOfPayment } from '../part-payment';
import type { ErpKind, ErpPreset } from '../types';
import { boletoOf, centsOf, dateOf, idOf, instantOf, taxIdOf, textOf } from '../values';

/** Transaction (lower case) → what an upsert and a delete of it mean. */
const TRANSACTIONS: Readonly<Record<string, { upsert: ErpKind; delete: ErpKind }>> = {
	accountreceivabledocument: { upsert: 'charge.created', delete: 'charge.cancelled' },
	accountreceivabledocumentdischarge: { upsert: 'payment.received', delete: 'payment.reversed' },
	reversalofaccountreceivabledocumentdischarge: { upsert: 'payment.reversed', delete: 'payment.reversed' },
	order: { upsert: 'order.status_changed', delete: 'order.cancelled' },
	invoice: { upsert: 'invoice.issued', delete: 'invoice.cancelled' },
};

export const totvs: ErpPreset = {
	system: 'totvs',
	acknowledge: 200,
	check: checkBasic,
	read: (request) =>
		readJson(request, (body) => {
			const header = objectAt(body, 'Header');
			const uuid = idOf(header['UUID']);
			if (uuid === null) return unreadable('Header.UUID is missing or is not an id');
			const transaction = textOf(header['Transaction'], 120);
			if (transaction === null) return unreadable('Header.Transaction is missing or is not a text');
			const name = transaction.toLowerCase();
			const type = textOf(header['Type'], 60);
			const known = Object.hasOwn(TRANSACTIONS, name) ? TRANSACTIONS[name]! : null;
			if (known === null || (type !== null && type.toLowerCase() !== 'businessmessage')) {
				const why = `A transação ${transaction} do TOTVS não vira aviso a clientes.`;
				return readOf(uuid, ignored(transaction, why));
			}
			const content = contentOf(body);
			if (isPayable(content)) {
				const why = `A transação ${transaction} do TOTVS é de compras ou contas a pagar: não é assunto do cliente.`;
				return readOf(uuid, ignored(transaction, why));
			}
			const id = idOf(content['AccountReceivableDocumentInternalId']) ?? idOf(content['InternalId']);
			if (id === null) return unreadable('Content.InternalId is missing or is not an id');
			const event = textOf(valueAt(body, 'Content.BusinessEvent.Event') ?? header['Event'], 60);
			const told = known[event?.toLowerCase() === 'delete' ? 'delete' : 'upsert'];
			const kind = told === 'payment.received' ? kindOfDischarge(content) : told;
			return readOf(
				uuid,
				eventFact(
					makeEvent('totvs', {
						kind,
						sourceId: id,
						occurredAt: instantOf(header['GeneratedOn']),
						customer: {
							id: idOf(content['CustomerInternalId']) ?? idOf(content['CustomerCode']),
							name: textOf(content['CustomerName']),
							document: taxIdOf(content['CustomerGovernmentalInformation']),
						},
						amountCents:
							centsOf(content['PaymentValue']) ??
							centsOf(content['NetValue']) ??
							centsOf(content['GrossValue']) ??
							centsOf(content['TotalAmount']),
						dueDate: dateOf(content['RealDueDate']) ?? dateOf(content['DueDate']),
						number:
							textOf(content['DocumentNumber'], 200) ??
							textOf(content['InvoiceNumber'], 200) ??
							textOf(content['Number'], 200) ??
							textOf(content['Code'], 200),
						status: textOf(content['Status'], 120) ?? textOf(content['Situation'], 120),
						description: textOf(content['Observation']),
						boleto: boletoOf(content['DigitableLine']),
						related: { order: idOf(content['OrderInternalId']) },
					}),
					// A title may be paid in parts: each discharge has an id of its own.
					{ occurrence: kind.startsWith('payment.') ? idOf(content['InternalId']) : null },
				),
			);
		}),
};

/**
 * Adapters that add the amount of the title to its discharge show a part payment; Protheus itself sends only what came, with
 * discounts and charges within OtherValues.
 */
function kindOfDischarge(content: JsonObject): ErpKind {
	const owed = centsOf(content['NetValue']) ?? centsOf(content['GrossValue']);
	const valueOf = (name: string) => valueAt(content, `OtherValues.${name}`) ?? content[name];
	return kindOfPayment(owed, {
		paid: content['PaymentValue'],
		waived: ['DiscountValue', 'AbatementValue'].map(valueOf),
		charged: ['InterestValue', 'FineValue', 'ExpensesValue', 'NotaryCostsValue'].map(valueOf),
	});
}

/** JSON adapters put the fields into Content itself or, like the XML ones, into BusinessContent. */
function contentOf(body: JsonObject): JsonObject {
	const content = objectAt(body, 'Content');
	const business = objectAt(content, 'BusinessContent');
	return Object.keys(business).length > 0 ? business : content;
}

/** Orders and invoices of both directions share a transaction: those of a vendor are purchases. */
function isPayable(content: JsonObject): boolean {
	return (
		idOf(content['VendorInternalId']) !== null ||
		/^(vendor|fornecedor|2)$/i.test(textOf(content['CustomerVendorType'], 30) ?? '')
	);
}
