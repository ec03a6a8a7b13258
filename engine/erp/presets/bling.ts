/**
 * Bling v3: `{ eventId, date, version, event: "resource.action", companyId, data }`, signed with the client secret of the
 * app. Deliveries come unordered and twice. It tells neither receivables nor service orders: those are polled.
 * Source: developer.bling.com.br/webhooks
 */
import { objectAt, readJson, readOf, unreadable, valueAt, type JsonObject } from '../body';
import { all, checkAccount, checkHmac } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored } from '../facts';
import type { ErpKind, ErpPreset, ErpReadOptions } from '../types';
import { centsOf, idOf, instantOf, textOf } from '../values';

/** Bling's own "Cancelado" of sales orders. */
const CANCELLED_ORDER = '12';
/** Of a nota fiscal: 2 cancelled, 5 authorised, 6 its DANFE printed. */
const INVOICE_KINDS: Readonly<Record<string, ErpKind>> = {
	2: 'invoice.cancelled',
	5: 'invoice.issued',
	6: 'invoice.issued',
};

export const bling: ErpPreset = {
	system: 'bling',
	acknowledge: 200,
	check: (request, secrets) =>
		all(
			() =>
				checkHmac(
					request,
					{ header: 'x-bling-signature-256', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' },
					secrets,
				),
			() => checkAccount(request, secrets, 'companyId', (body) => [body['companyId']]),
		),
	read: (request, options) =>
		readJson(request, (body) => {
			const topic = textOf(body['event'], 120);
			if (topic === null) return unreadable('event is missing or is not a text');
			const eventId = idOf(body['eventId']);
			if (eventId === null) return unreadable('eventId is missing or is not an id');
			const data = objectAt(body, 'data');
			const kind = kindOf(topic, data, options);
			if (kind === null) {
				return readOf(eventId, ignored(topic, `O evento ${topic} do Bling não vira aviso a clientes.`));
			}
			const id = idOf(data['id']);
			if (id === null) return unreadable('data.id is missing or is not an id');
			return readOf(
				eventId,
				eventFact(
					makeEvent('bling', {
						kind,
						sourceId: id,
						occurredAt: instantOf(body['date']),
						customer: { id: idOf(valueAt(data, 'contato.id')) },
						amountCents: centsOf(data['total'] ?? data['valorNota']),
						number: textOf(data['numero'], 200),
						status: statusOf(data),
						related: { order: idOf(data['numeroLoja']) },
					}),
				),
			);
		}),
};

function kindOf(topic: string, data: JsonObject, options: ErpReadOptions): ErpKind | null {
	const [resource, action] = topic.split('.');
	const status = statusOf(data);
	if (resource === 'order') {
		if (action === 'deleted') return 'order.cancelled';
		if (action !== 'created' && action !== 'updated') return null;
		const cancelled = options.cancelledStages ?? [CANCELLED_ORDER];
		if (status !== null && cancelled.includes(status.toLowerCase())) return 'order.cancelled';
		return action === 'created' ? 'order.created' : 'order.status_changed';
	}
	if (resource === 'invoice' || resource === 'consumer_invoice') {
		if (action === 'deleted') return 'invoice.cancelled';
		return status !== null && Object.hasOwn(INVOICE_KINDS, status) ? INVOICE_KINDS[status]! : null;
	}
	return null;
}

function statusOf(data: JsonObject): string | null {
	return textOf(valueAt(data, 'situacao.id'), 120) ?? textOf(data['situacao'], 120);
}
