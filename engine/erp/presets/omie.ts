/**
 * Omie: `{ messageId, topic, event, author, appKey, appHash, origin }`; a test of the address is `{ ping: "omie" }`. It
 * signs nothing, so the address holds the secret and appKey or appHash names the account. Deliveries come in order, one
 * by one: a failed one holds up the rest. Source: ajuda.omie.com.br/pt-BR/articles/9565655, github OmieSharp/OmieSharp
 */
import { isObject, listAt, objectAt, readJson, readOf, unreadable, valueAt, type JsonObject } from '../body';
import { all, checkAccount, checkToken } from '../checks';
import { makeEvent } from '../event';
import { eventFact, ignored, unreadableItem } from '../facts';
import { kindOfPayment } from '../part-payment';
import type { ErpFact, ErpKind, ErpPreset, ErpReading, ErpReadOptions } from '../types';
import { boletoLineOf, centsOf, dateOf, idOf, instantOf, linkOf, textOf } from '../values';

/** The facts of one event, or why it cannot be read. */
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
			const read = events.map((event) =>
				isObject(event) ? known.read(event, known.kind, options) : 'event holds something that is not an object',
			);
			return readAll(messageId, topic, read);
		}),
};

/** What can be read counts although something beside it cannot; nothing at all is not a body of Omie. */
function readAll(messageId: string, topic: string, read: ReadonlyArray<ErpFact[] | string>): ErpReading {
	const [problem] = read.filter((each) => typeof each === 'string');
	if (problem !== undefined && read.every((each) => typeof each === 'string')) return unreadable(problem);
	return readOf(messageId, ...read.flatMap((each) => (typeof each === 'string' ? unreadableItem(topic, each) : each)));
}

function lacks(field: string): string {
	return `${field} is missing or is not an id`;
}

function serviceOrder(event: JsonObject, kind: ErpKind, options: ErpReadOptions): ErpFact[] | string {
	const id = idOf(event['idOrdemServico']);
	if (id === null) return lacks('event.idOrdemServico');
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
	if (id === null) return lacks('event.idPedido');
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
	const id = idOf(event['id_nf']) ?? idOf(event['idNf']) ?? idOf(event['codigo_nf']);
	if (id === null) return lacks('event.id_nf');
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
	if (id === null) return lacks('event.codigo_lancamento_omie');
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
	const titles = listAt(event, 'conta_a_receber');
	if (titles.length === 0) return lacks('event.conta_a_receber');
	const ids = titles.map((title) => idOf(valueAt(title, 'codigo_lancamento_omie')));
	const missing = lacks('event.conta_a_receber.codigo_lancamento_omie');
	if (ids.every((id) => id === null)) return missing;
	const settled = kind === 'payment.received' ? kindOfSettlement(event, titles) : kind;
	return titles.map((title, i) => {
		const sourceId = ids[i] ?? null;
		if (!isObject(title) || sourceId === null) return unreadableItem('Financas.ContaReceber', missing);
		const known = titleOf(title, event);
		const made = makeEvent('omie', {
			...known,
			kind: settled,
			sourceId,
			amountCents: amountOf(event, settled, titles.length, known.amountCents),
			occurredAt: paidAt(event, kind),
		});
		return eventFact(made, { occurrence: idOf(event['codigo_baixa']) });
	});
}

/** Of several receivables that were not paid off together, nobody can say which one was: none of them counts as paid. */
function kindOfSettlement(event: JsonObject, titles: unknown[]): ErpKind {
	const owed = titles.map((title) => (isObject(title) ? owedOf(title) : null));
	const sum = owed.every((cents) => cents !== null) ? owed.reduce((all, cents) => all + cents, 0) : null;
	const { valor, desconto, juros, multa } = event;
	return kindOfPayment(sum, { paid: valor, waived: [desconto], charged: [juros, multa] });
}

/** Taxes that the customer withholds are not owed to the company. */
function owedOf(title: JsonObject): number | null {
	const whole = centsOf(title['valor_documento']);
	if (whole === null) return null;
	const withheld = TAXES.filter((tax) => title[`retem_${tax}`] === 'S').map(
		(tax) => centsOf(title[`valor_${tax}`]) ?? 0,
	);
	return withheld.reduce((rest, cents) => rest - cents, whole);
}

const TAXES = ['cofins', 'csll', 'inss', 'ir', 'iss', 'pis'] as const;

/** The amount of the settlement is that of all its receivables together. */
function amountOf(event: JsonObject, kind: ErpKind, titles: number, whole: number | null): number | null {
	if (titles === 1) return centsOf(event['valor']) ?? whole;
	return kind === 'payment.partial' ? null : whole;
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
