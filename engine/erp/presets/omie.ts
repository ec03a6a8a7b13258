/**
 * Omie: `{ messageId, topic, event, author, appKey, appHash, origin }`; a test of the address is `{ ping: "omie" }`. It
 * signs nothing, so the address holds the secret and appKey or appHash names the account. Deliveries come in order, one
 * by one: a failed one holds up the rest. Source: ajuda.omie.com.br/pt-BR/articles/9565655, github OmieSharp/OmieSharp
 */
import { isObject, listAt, objectAt, readJson, readOf, unreadable, type JsonObject } from '../body';
import { all, checkAccount, checkToken } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored } from '../facts';
import type { ErpFact, ErpKind, ErpPreset, ErpReadOptions } from '../types';
import { boletoLineOf, centsOf, dateOf, idOf, instantOf, linkOf, textOf } from '../values';

/** One fact of a topic, or the name of the field that is missing. */
type Reader = (event: JsonObject, kind: ErpKind, options: ErpReadOptions) => ErpFact[] | string;

const TOPIC_LIST: Readonly<Record<string, { kind: ErpKind; read: Reader }>> = {
	'OrdemServico.Incluida': { kind: 'service_order.opened', read: serviceOrder },
	'OrdemServico.EtapaAlterada': { kind: 'service_order.stage_changed', read: serviceOrder },
	'OrdemServico.Faturada': { kind: 'service_order.closed', read: serviceOrder },
	'OrdemServico.Cancelada': { kind: 'service_order.cancelled', read: serviceOrder },
	'OrdemServico.Excluida': { kind: 'service_order.cancelled', read: serviceOrder },
	'VendaProduto.Incluida': { kind: 'order.created', read: order },
	'VendaProduto.EtapaAlterada': { kind: 'order.status_changed', read: order },
	'VendaProduto.Faturada': { kind: 'order.status_changed', read: order },
	'VendaProduto.Cancelada': { kind: 'order.cancelled', read: order },
	'VendaProduto.Excluida': { kind: 'order.cancelled', read: order },
	'NFSe.NotaAutorizada': { kind: 'invoice.issued', read: invoice },
	'NFSe.NotaCancelada': { kind: 'invoice.cancelled', read: invoice },
	'NFe.NotaAutorizada': { kind: 'invoice.issued', read: invoice },
	'NFe.NotaCancelada': { kind: 'invoice.cancelled', read: invoice },
	'Financas.ContaReceber.Incluido': { kind: 'charge.created', read: receivable },
	'Financas.ContaReceber.Alterado': { kind: 'charge.changed', read: receivable },
	'Financas.ContaReceber.BoletoGerado': { kind: 'charge.issued', read: receivable },
	'Financas.ContaReceber.Excluido': { kind: 'charge.cancelled', read: receivable },
	'Financas.ContaReceber.BaixaRealizada': { kind: 'payment.received', read: settlement },
	'Financas.ContaReceber.BaixaCancelada': { kind: 'payment.reversed', read: settlement },
};

/** Old and new versions of Omie's webhooks differ in capitals. */
const TOPICS = new Map(Object.entries(TOPIC_LIST).map(([topic, entry]) => [topic.toLowerCase(), entry]));

export const omie: ErpPreset = {
	system: 'omie',
	acknowledge: 200,
	check: (request, secrets) =>
		all(
			() => checkToken(request, secrets),
			() =>
				checkAccount(request, secrets, 'appKey/appHash', (body) =>
					isPing(body) ? null : [body['appKey'], body['appHash']],
				),
		),
	read: (request, options) =>
		readJson(request, (body) => {
			if (isPing(body)) return readOf('ping', ignored('ping', 'Teste de endereço da Omie: chegou bem.'));
			const topic = textOf(body['topic'], 120);
			if (topic === null) return unreadable('topic is missing or is not a text');
			const messageId = idOf(body['messageId']);
			if (messageId === null) return unreadable('messageId is missing or is not an id');
			const known = TOPICS.get(topic.toLowerCase());
			if (known === undefined) return readOf(messageId, ignored(topic, whyIgnored(topic)));

			const events = listAt(body, 'event');
			if (events.length === 0) return unreadable('event is missing or is neither an object nor a list');
			const facts: ErpFact[] = [];
			for (const event of events) {
				if (!isObject(event)) return unreadable('event holds something that is not an object');
				const read = known.read(event, known.kind, options);
				if (typeof read === 'string') return unreadable(`${read} is missing or is not an id`);
				facts.push(...read);
			}
			return readOf(messageId, ...facts);
		}),
};

function serviceOrder(event: JsonObject, kind: ErpKind, options: ErpReadOptions): ErpFact[] | string {
	const id = idOf(event['idOrdemServico']);
	if (id === null) return 'event.idOrdemServico';
	const stage = textOf(event['etapa'], 120);
	return [
		eventFact(
			makeEvent('omie', {
				kind: kindOfStage(kind, stage, options),
				sourceId: id,
				occurredAt: clockOf(event, kind),
				customer: { id: idOf(event['idCliente']) },
				amountCents: centsOf(event['valorOrdemServico']),
				dueDate: dateOf(event['dataPrevisao']),
				number: textOf(event['numeroOrdemServico'], 200),
				status: stage,
			}),
		),
	];
}

/** The stages are the company's own: it says which of them end a service order. */
function kindOfStage(kind: ErpKind, stage: string | null, options: ErpReadOptions): ErpKind {
	if (kind !== 'service_order.stage_changed' || stage === null) return kind;
	if (options.cancelledStages?.includes(stage.toLowerCase())) return 'service_order.cancelled';
	return options.closedStages?.includes(stage.toLowerCase()) ? 'service_order.closed' : kind;
}

function clockOf(event: JsonObject, kind: ErpKind) {
	const [date, hour] =
		kind === 'service_order.closed' ? ['dataFaturado', 'horaFaturado'] : ['dataInclusao', 'horaInclusao'];
	const text = [textOf(event[date]), textOf(event[hour])];
	return text.includes(null) ? null : instantOf(text.join(' '));
}

function order(event: JsonObject, kind: ErpKind): ErpFact[] | string {
	const id = idOf(event['idPedido']);
	if (id === null) return 'event.idPedido';
	return [
		eventFact(
			makeEvent('omie', {
				kind,
				sourceId: id,
				customer: { id: idOf(event['idCliente']) },
				amountCents: centsOf(event['valorPedido']),
				number: textOf(event['numeroPedido'], 200),
				status: textOf(event['etapaDescr'], 120) ?? textOf(event['etapa'], 120),
			}),
		),
	];
}

function invoice(event: JsonObject, kind: ErpKind): ErpFact[] | string {
	const id = idOf(event['id_nf']) ?? idOf(event['idNf']);
	if (id === null) return 'event.id_nf';
	return [
		eventFact(
			makeEvent('omie', {
				kind,
				sourceId: id,
				number: textOf(event['numero_nf'], 200) ?? textOf(event['numero_nfse'], 200),
				links: { invoice: linkOf(event['nfe_danfe']) },
				related: { serviceOrder: idOf(event['codigo_os']), order: idOf(event['id_pedido']) },
			}),
		),
	];
}

function receivable(event: JsonObject, kind: ErpKind): ErpFact[] | string {
	const id = idOf(event['codigo_lancamento_omie']);
	if (id === null) return 'event.codigo_lancamento_omie';
	// Some companies keep a Pix key in that field, or the code of a bill of their own: only a valid boleto is one.
	const boleto = boletoLineOf(event['codigo_barras_ficha_compensacao']);
	return [eventFact(makeEvent('omie', { ...titleOf(event, event), kind, sourceId: id, boleto }))];
}

/** What a receivable is, whether told by itself or within its settlement. */
function titleOf(title: JsonObject, settled: JsonObject) {
	const parcel = textOf(title['numero_parcela'], 60);
	return {
		customer: { id: idOf(title['codigo_cliente_fornecedor']) ?? idOf(settled['codigo_cliente_fornecedor']) },
		amountCents: centsOf(title['valor_documento']),
		dueDate: dateOf(title['data_vencimento']),
		number: textOf(title['numero_documento'], 200) ?? textOf(title['numero_documento_fiscal'], 200),
		status: textOf(title['situacao'], 120),
		description: textOf(title['observacao']) ?? (parcel === null ? null : `Parcela ${parcel}`),
		related: { serviceOrder: idOf(title['codigo_ordem_servico']), order: idOf(title['numero_pedido']) },
	};
}

/** One settlement pays one receivable or several; each of them is news of its own, told apart by the settlement's id. */
function settlement(event: JsonObject, kind: ErpKind): ErpFact[] | string {
	const occurrence = idOf(event['codigo_baixa']);
	const titles = listAt(event, 'conta_a_receber');
	if (titles.length === 0) return 'event.conta_a_receber';
	const facts: ErpFact[] = [];
	for (const title of titles) {
		if (!isObject(title)) return 'event.conta_a_receber';
		const id = idOf(title['codigo_lancamento_omie']);
		if (id === null) return 'event.conta_a_receber.codigo_lancamento_omie';
		const known = titleOf(title, event);
		// The amount of the settlement is that of all its receivables together.
		const paid = titles.length === 1 ? (centsOf(event['valor']) ?? known.amountCents) : known.amountCents;
		const made = makeEvent('omie', {
			...known,
			kind,
			sourceId: id,
			amountCents: paid,
			occurredAt: paidAt(event, kind),
		});
		facts.push(eventFact(made, { occurrence }));
	}
	return facts;
}

/** `data` is the day of the payment; of a reversal no clock is told. */
function paidAt(event: JsonObject, kind: ErpKind) {
	return kind === 'payment.received' ? instantOf(event['data']) : null;
}

function isPing(body: JsonObject): boolean {
	return 'ping' in body && !('topic' in body) && Object.keys(objectAt(body, 'event')).length === 0;
}

function whyIgnored(topic: string): string {
	if (/ContaPagar|Compra|RecebimentoProduto/i.test(topic)) {
		return `O tópico ${topic} da Omie é de compras ou contas a pagar: não é assunto do cliente.`;
	}
	if (/Devol/i.test(topic)) {
		return `O tópico ${topic} da Omie é uma devolução: isso é assunto da equipe, o cliente não recebe mensagem.`;
	}
	return `O tópico ${topic} da Omie não vira aviso a clientes.`;
}
