/**
 * Tiny (Olist): `{ cnpj, idEcommerce, tipo, versao, dados }`; which fields `dados` has depends on the integration. It signs
 * nothing: the address holds the secret, the CNPJ names the account. Only 200 counts.
 */
import { digestOf, objectAt, readJson, readOf, unreadable, type JsonObject } from '../body';
import { all, checkAccount, checkToken } from '../checks';
import { makeEvent, type GivenEvent } from '../event';
import { eventFact, ignored } from '../facts';
import type { ErpPreset, ErpReadOptions } from '../types';
import { centsOf, idOf, linkOf, taxIdOf, textOf } from '../values';

export const tiny: ErpPreset = {
	system: 'tiny',
	acknowledge: 200,
	check: (request, secrets) =>
		all(
			() => checkToken(request, secrets),
			() => checkAccount(request, secrets, 'cnpj', (body) => [body['cnpj']]),
		),
	read: (request, options) =>
		readJson(request, (body) => {
			const topic = textOf(body['tipo'], 120);
			if (topic === null) return unreadable('tipo is missing or is not a text');
			const data = objectAt(body, 'dados');
			const read = readTopic(topic, data, options);
			if (read === null) {
				return readOf(
					digestOf(topic, request.body),
					ignored(topic, `O aviso "${topic}" do Tiny não vira mensagem a clientes.`),
				);
			}
			if (typeof read === 'string') return unreadable(`${read} is missing or is not an id`);
			const what = ['situacao', 'codigoSituacao', 'codigoRastreio', 'numero'].map((field) => textOf(data[field], 120));
			const key = `${topic}:${read.sourceId}:${what.find((each) => each !== null) ?? ''}`;
			return readOf(key, eventFact(makeEvent('tiny', read)));
		}),
};

/** null = not for customers; a text names the field that is missing. */
function readTopic(topic: string, data: JsonObject, options: ErpReadOptions): GivenEvent | string | null {
	const order = idOf(data['idVendaTiny']) ?? idOf(data['idPedidoEcommerce']);
	const related = { order: idOf(data['idPedidoEcommerce']) };
	switch (topic) {
		case 'inclusao_pedido':
		case 'atualizacao_pedido': {
			const id = idOf(data['id']) ?? order;
			if (id === null) return 'dados.id';
			const code = textOf(data['codigoSituacao'], 120);
			const customer = objectAt(data, 'cliente');
			const changed = topic === 'inclusao_pedido' ? 'order.created' : 'order.status_changed';
			return {
				kind: isCancelled(code, options) ? 'order.cancelled' : changed,
				sourceId: id,
				customer: {
					id: idOf(customer['id']),
					name: textOf(customer['nome']),
					document: taxIdOf(customer['cpfCnpj']),
					phone: textOf(customer['fone'], 100),
					email: textOf(customer['email'], 320),
				},
				number: textOf(data['numero'], 200),
				status: textOf(data['descricaoSituacao'], 120) ?? code,
				related,
			};
		}
		case 'situacao_pedido': {
			if (order === null) return 'dados.idVendaTiny';
			const code = textOf(data['situacao'], 120);
			return {
				kind: isCancelled(code, options) ? 'order.cancelled' : 'order.status_changed',
				sourceId: order,
				number: textOf(data['numero'], 200),
				status: textOf(data['descricaoSituacao'], 120) ?? code,
				related,
			};
		}
		case 'rastreio': {
			if (order === null) return 'dados.idVendaTiny';
			return {
				kind: 'shipment.updated',
				sourceId: order,
				number: textOf(data['codigoRastreio'], 200),
				status: textOf(data['transportadora'], 120),
				links: { tracking: linkOf(data['urlRastreio']) },
				related,
			};
		}
		case 'nota_fiscal': {
			const id = idOf(data['idNotaFiscalTiny']);
			if (id === null) return 'dados.idNotaFiscalTiny';
			return {
				kind: 'invoice.issued',
				sourceId: id,
				amountCents: centsOf(data['valorNota']),
				number: textOf(data['numero'], 200),
				links: { invoice: linkOf(data['urlDanfe']) },
				related,
			};
		}
		default:
			return null;
	}
}

function isCancelled(code: string | null, options: ErpReadOptions): boolean {
	return code !== null && (options.cancelledStages ?? ['cancelada', 'cancelado']).includes(code.toLowerCase());
}
