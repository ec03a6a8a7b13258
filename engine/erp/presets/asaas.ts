/**
 * Asaas: `{ id, event, dateCreated, payment }`, older bodies without `id` and `dateCreated`. The header `asaas-access-token`
 * holds the token of the webhook; anything but 200 counts as a failure. Source: docs.asaas.com/docs/webhook-para-cobrancas
 */
import { digestOf, objectAt, readJson, readOf, unreadable, type JsonObject } from '../body';
import { checkHeader } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored } from '../facts';
import type { ErpFact, ErpKind, ErpPreset, ErpReading } from '../types';
import { centsOf, dateOf, idOf, instantOf, linkOf, textOf } from '../values';

/** What became of a payment. Paid by card is paid when it is confirmed: the money comes later, the thanks do not. */
const KINDS: Readonly<Record<string, ErpKind>> = {
	PAYMENT_CREATED: 'charge.created',
	PAYMENT_UPDATED: 'charge.changed',
	PAYMENT_OVERDUE: 'charge.overdue',
	PAYMENT_DELETED: 'charge.cancelled',
	PAYMENT_RESTORED: 'charge.reopened',
	PAYMENT_CONFIRMED: 'payment.received',
	PAYMENT_RECEIVED: 'payment.received',
	PAYMENT_RECEIVED_IN_CASH_UNDONE: 'payment.reversed',
};

const INVOICE_KINDS: Readonly<Record<string, ErpKind>> = {
	INVOICE_AUTHORIZED: 'invoice.issued',
	INVOICE_CANCELED: 'invoice.cancelled',
};

export const asaas: ErpPreset = {
	system: 'asaas',
	acknowledge: 200,
	check: (request, secrets) => checkHeader(request, 'asaas-access-token', secrets),
	read: (request) =>
		readJson(request, (body) => {
			const topic = textOf(body['event'], 120);
			if (topic === null) return unreadable('event is missing or is not a text');
			if (Object.hasOwn(INVOICE_KINDS, topic)) return readInvoice(INVOICE_KINDS[topic]!, topic, body);
			const payment = objectAt(body, 'payment');
			const id = idOf(payment['id']);
			const kind = Object.hasOwn(KINDS, topic) ? KINDS[topic]! : null;
			if (kind !== null && id === null) return unreadable('payment.id is missing or is not an id');
			const deliveryKey =
				idOf(body['id']) ??
				digestOf(topic, id ?? request.body, payment['status'], payment['dueDate'], payment['value']);
			if (kind === null || id === null) return readOf(deliveryKey, ignored(topic, whyIgnored(topic)));
			return readOf(deliveryKey, paymentFact(kind, id, payment, body));
		}),
};

function paymentFact(kind: ErpKind, id: string, payment: JsonObject, body: JsonObject): ErpFact {
	const boleto = linkOf(payment['bankSlipUrl']);
	const invoice = linkOf(payment['invoiceUrl']);
	const event = makeEvent('asaas', {
		// A new charge that can be paid at once needs no second word: its boleto is there.
		kind: kind === 'charge.created' && (boleto ?? invoice) !== null ? 'charge.issued' : kind,
		sourceId: id,
		occurredAt: instantOf(body['dateCreated']),
		customer: { id: idOf(payment['customer']) },
		amountCents: centsOf(payment['value']),
		dueDate: dateOf(payment['dueDate']),
		number: textOf(payment['invoiceNumber'], 200),
		status: textOf(payment['status'], 120),
		description: textOf(payment['description']),
		links: { invoice, boleto },
		related: { order: idOf(payment['externalReference']), installment: idOf(payment['installment']) },
	});
	// Cash may be noted by mistake and undone, a charge deleted and restored, more than once: each time is another fact, told by the
	// event's own id.
	const isCash = event.status === 'RECEIVED_IN_CASH';
	if (!isCash && kind !== 'payment.reversed' && kind !== 'charge.reopened') return eventFact(event);
	const parts = [isCash ? 'cash' : null, idOf(body['id'])].filter((part) => part !== null);
	return eventFact(event, { occurrence: parts.join(':') || null });
}

function readInvoice(kind: ErpKind, topic: string, body: JsonObject): ErpReading {
	const invoice = objectAt(body, 'invoice');
	const id = idOf(invoice['id']);
	if (id === null) return unreadable('invoice.id is missing or is not an id');
	const event = makeEvent('asaas', {
		kind,
		sourceId: id,
		occurredAt: instantOf(body['dateCreated']),
		customer: { id: idOf(invoice['customer']) },
		amountCents: centsOf(invoice['value']),
		number: textOf(invoice['number'], 200),
		status: textOf(invoice['status'], 120),
		description: textOf(invoice['serviceDescription']),
		links: { invoice: linkOf(invoice['pdfUrl']) },
		related: { order: idOf(invoice['externalReference']) },
	});
	return readOf(idOf(body['id']) ?? digestOf(topic, id, invoice['status']), eventFact(event));
}

function whyIgnored(topic: string): string {
	if (/REFUND|CHARGEBACK/.test(topic)) {
		return `O Asaas avisou de um estorno ou contestação (${topic}): isso é assunto da equipe, o cliente não recebe mensagem.`;
	}
	if (/^(BILL|TRANSFER)_/.test(topic)) {
		return `O Asaas avisou de uma conta a pagar ou transferência da empresa (${topic}): não é assunto do cliente.`;
	}
	return `O evento ${topic} do Asaas não vira aviso a clientes.`;
}
