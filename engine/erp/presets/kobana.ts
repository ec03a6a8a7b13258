/**
 * Kobana (Boleto Simples): `{ event_code, webhook, object, changes }`, signed with HMAC-SHA1.
 * Source: github BoletoSimples/boletosimples-docs, webhooks
 */
import { digestOf, objectAt, readJson, readOf, unreadable, valueAt, type JsonObject } from '../body';
import { checkHmac } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored } from '../facts';
import type { ErpKind, ErpPreset } from '../types';
import { boletoOf, centsOf, dateOf, idOf, instantOf, linkOf, taxIdOf, textOf } from '../values';

const KINDS: Readonly<Record<string, ErpKind>> = {
	'bank_billet.created': 'charge.created',
	'bank_billet.generated': 'charge.issued',
	'bank_billet.updated': 'charge.changed',
	'bank_billet.overdue': 'charge.overdue',
	'bank_billet.canceled': 'charge.cancelled',
	'bank_billet.paid': 'payment.received',
};

export const kobana: ErpPreset = {
	system: 'kobana',
	acknowledge: 200,
	check: (request, secrets) =>
		checkHmac(request, { header: 'x-hub-signature', algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' }, secrets),
	read: (request) =>
		readJson(request, (body) => {
			const topic = textOf(body['event_code'], 120);
			if (topic === null) return unreadable('event_code is missing or is not a text');
			const billet = objectAt(body, 'object');
			const id = idOf(billet['id']);
			const kind = Object.hasOwn(KINDS, topic) ? KINDS[topic]! : null;
			if (kind !== null && id === null) return unreadable('object.id is missing or is not an id');
			const deliveryKey =
				idOf(request.headers['x-boletosimples-delivery-id']) ??
				idOf(request.headers['x-kobana-delivery-id']) ??
				digestOf(topic, id ?? request.body, billet['status'], billet['updated_at'], billet['expire_at']);
			if (kind === null || id === null) {
				return readOf(deliveryKey, ignored(topic, `O evento ${topic} da Kobana não vira aviso a clientes.`));
			}
			if (kind === 'charge.changed' && !changesTerms(body)) {
				const why = 'O boleto mudou na Kobana, mas não o valor nem o vencimento: o cliente não precisa saber.';
				return readOf(deliveryKey, ignored(topic, why));
			}
			return readOf(
				deliveryKey,
				eventFact(
					makeEvent('kobana', {
						kind,
						sourceId: id,
						occurredAt: instantOf(valueAt(body, 'changes.updated_at[1]')) ?? instantOf(billet['updated_at']),
						customer: {
							id: idOf(billet['customer_id']),
							name: textOf(billet['customer_person_name']),
							document: taxIdOf(billet['customer_cnpj_cpf']),
							phone: textOf(billet['customer_phone_number'], 100),
							email: textOf(billet['customer_email'], 320),
						},
						amountCents:
							(kind === 'payment.received' ? centsOf(billet['paid_amount']) : null) ?? centsOf(billet['amount']),
						dueDate: dateOf(billet['expire_at']),
						number: textOf(billet['document_number'], 200) ?? textOf(billet['our_number'], 200),
						status: textOf(billet['status'], 120),
						description: textOf(billet['description']),
						links: { boleto: linkOf(billet['url']) ?? linkOf(valueAt(billet, 'formats.pdf')) },
						boleto: boletoOf(billet['line']),
						related: { installment: idOf(billet['installment_id']) },
					}),
				),
			);
		}),
};

/** Every save counts as an update there; `changes` names the fields. */
function changesTerms(body: JsonObject): boolean {
	const changes = Object.keys(objectAt(body, 'changes'));
	return changes.length === 0 || changes.some((field) => /^(amount(_cents)?|expire_at)$/.test(field));
}
