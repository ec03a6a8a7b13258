/**
 * Mercado Livre: only names what changed, `{ resource: "/orders/123", user_id, topic, application_id, sent }`; what it
 * is now has to be asked for. It signs nothing and wants 200 within half a second.
 * Source: developers.mercadolivre.com.br/en_us/products-receive-notifications
 */
import { digestOf, readJson, readOf, unreadable } from '../body';
import { all, checkAccount, checkToken } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored } from '../facts';
import type { ErpPreset } from '../types';
import { idOf, instantOf, textOf } from '../values';

export const mercadoLivre: ErpPreset = {
	system: 'mercadoLivre',
	acknowledge: 200,
	check: (request, secrets) =>
		all(
			() => checkToken(request, secrets),
			() =>
				checkAccount(request, secrets, 'user_id/application_id', (body) => [body['user_id'], body['application_id']]),
		),
	read: (request) =>
		readJson(request, (body) => {
			const topic = textOf(body['topic'], 120);
			if (topic === null) return unreadable('topic is missing or is not a text');
			const resource = textOf(body['resource'], 300);
			if (resource === null) return unreadable('resource is missing or is not a text');
			const sent = textOf(body['sent'], 60);
			const deliveryKey = digestOf(topic, resource, sent);
			if (topic !== 'orders_v2') {
				return readOf(deliveryKey, ignored(topic, `O tópico ${topic} do Mercado Livre não vira aviso a clientes.`));
			}
			const id = idOf(/^\/orders\/(\w+)$/.exec(resource)?.[1]);
			if (id === null) return unreadable('resource does not name an order (/orders/<id>)');
			const event = makeEvent('mercadoLivre', {
				kind: 'order.status_changed',
				sourceId: id,
				occurredAt: instantOf(body['sent']),
			});
			// The body says no status, so every notification may be a new one.
			return readOf(deliveryKey, eventFact(event, { occurrence: sent }));
		}),
};
