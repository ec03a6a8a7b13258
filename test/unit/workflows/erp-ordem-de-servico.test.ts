import { DateTime } from 'luxon';
import { erpItem } from '../../../engine/erp-inbox/erp-item';
import type { ErpKind, ErpSystem } from '../../../engine/erp/types';
import workflow from '../../../workflows/20-erp-ordem-de-servico.json';
import { BLANK_EVENT, eventsOf, readErp } from '../../support/erp';

type Json = Record<string, any>;

const node = (name: string) => workflow.nodes.find((each) => each.name === name)!.parameters as Json;
const passos = JSON.parse(
	node('Configuração').assignments.assignments.find((row: Json) => row.name === 'config.passos').value,
);
const CONFIG = { empresa: 'Oficina', equipe: '', linkAcompanhar: 'o.example/', linkPesquisa: 'p.example/', passos };

/** What the Code node makes of the items. @param others items of other nodes by name */
function code(name: string, items: Json[], others: Record<string, Json[]> = {}): Json[] {
	const input = { all: () => items.map((json) => ({ json })), first: () => ({ json: items[0] }) };
	const $ = (other: string) => ({
		itemMatching: (at: number) => ({ json: others[other]![at] }),
		first: () => ({ json: others[other]![0] }),
	});
	const run = new Function('$input', '$', 'DateTime', node(name).jsCode) as (
		...given: unknown[]
	) => Array<{ json: Json }>;
	return run(input, $, DateTime).map(({ json }) => json);
}

/** An item of the trigger, as the workflow has it after "Configuração". */
function news(event: Json, config: Json = CONFIG): Json {
	const full: Json = { ...BLANK_EVENT, system: 'generic', sourceId: '100', ...event };
	const row = { seq: 1, id: 'erp_1', source: 'w/n', system: full.system, delivery_key: 'd', business_key: 'b' };
	const stored = { ...row, kind: full.kind, outcome: 'event', reason: null, event: JSON.stringify(full), test: 0 };
	return { ...erpItem({ ...stored, received_at: 0 }), config };
}

const step = (event: Json, config?: Json) => code('Que passo é este?', [news(event, config)])[0]!;

/** Who is told what, and why nobody is. */
function told(event: Json, config?: Json): Json[] {
	const evento = step(event, config);
	const chamado = { id: 'tkt_1', contact: { name: 'Ana', phone: '+5511988880001' } };
	return code('Montar os avisos', [chamado], { 'Que passo é este?': [evento] });
}

const sent = (system: ErpSystem, body: Json) => eventsOf(readErp(system, body))[0]!;

describe('20 · ERP: ordens de serviço e pedidos', () => {
	describe('the ticket', () => {
		it.each<[ErpKind, string]>([
			['service_order.opened', 'os-100'],
			['service_order.closed', 'os-100'],
			['order.created', 'pedido-100'],
			['order.cancelled', 'pedido-100'],
			['shipment.updated', 'pedido-100'],
		])('of %s is %s: a service order and an order may have the same code (V-03)', (kind, codigo) => {
			expect(step({ kind }).chamado.codigo).toBe(codigo);
			expect(node('Espelhar o chamado').code).toBe("={{ $('Que passo é este?').item.json.chamado.codigo }}");
		});

		it('of a shipment is that of its order, and keeps the number people call it by', () => {
			const related = { ...BLANK_EVENT.related, order: '77' };
			const { chamado, numero } = step({ kind: 'shipment.updated', number: 'QB123456789BR', related });
			expect(chamado).toMatchObject({ codigo: 'pedido-77', numero: '' });
			expect(numero).toBe('77');
			expect(step({ kind: 'order.created', number: '123' }).chamado).toMatchObject({
				codigo: 'pedido-100',
				numero: '123',
			});
		});

		it('of a shipment of Tiny is that of its order, whose number in the shop the customer reads', () => {
			const dados = { idVendaTiny: 555, idPedidoEcommerce: 'LOJA-9', codigoRastreio: 'QB123456789BR' };
			const shipped = sent('tiny', { tipo: 'rastreio', dados });
			const order = sent('tiny', { tipo: 'situacao_pedido', dados: { ...dados, situacao: 'aprovado' } });
			expect(step(order).chamado.codigo).toBe('pedido-555');
			expect(step(shipped).chamado.codigo).toBe('pedido-555');
			expect(told(shipped)).toMatchObject([
				{
					para: 'cliente',
					pedido: 'LOJA-9',
					rastreio: 'QB123456789BR',
					situacao: 'A caminho',
					link: 'o.example/LOJA-9',
				},
			]);
		});

		it.each([
			['100', 'pedido'],
			['os-100', 'os'],
			['GENERIC/os-100', 'os'],
			['generic/pedido-100', 'pedido'],
			['555', 'tiny'],
			['tiny/555', 'tiny'],
			['9', undefined],
		])('is found by %s', (codigo, id) => {
			const chamados = [
				{ id: 'os', source: 'generic', code: 'os-100', number: 'OS 1' },
				{ id: 'pedido', source: 'generic', code: 'pedido-100', number: '100' },
				{ id: 'tiny', source: 'tiny', code: 'pedido-555', number: null },
			];
			expect(code('Achar o chamado', chamados, { 'Ver um chamado': [{ codigo }] })[0]!.id).toBe(id);
		});
	});

	describe('the status of an order of Bling', () => {
		const order = (id: number) =>
			sent('bling', { eventId: `e${id}`, event: 'order.updated', data: { id: 1, numero: 123, situacao: { id } } });

		it.each([
			[9, 'Atendido'],
			[15, 'Em andamento'],
			[24, 'Verificado'],
		])('%d is told as "%s"', (id, situacao) => {
			expect(told(order(id))).toMatchObject([{ para: 'cliente', pedido: '123', situacao }]);
		});

		it.each([
			[6, 'Em aberto'],
			[18, 'Venda agenciada'],
			[21, 'Em digitação'],
		])('%d, "%s", is the company’s own affair', (id, situacao) => {
			expect(step(order(id)).chamado.situacao).toBe(situacao);
			expect(told(order(id))).toMatchObject([{ para: 'ninguem', motivo: 'A linha deste passo não avisa ninguém.' }]);
		});

		it('12 cancels it', () => {
			expect(order(12).kind).toBe('order.cancelled');
		});
	});

	describe('a status that is only a code', () => {
		const changed = { kind: 'order.status_changed', status: '716906' };

		it('goes to the ticket and to no customer', () => {
			expect(step(changed).chamado.situacao).toBe('716906');
			expect(told(changed)).toMatchObject([
				{
					para: 'ninguem',
					motivo:
						'A etapa 716906 não tem nomeEtapa na tabela: o chamado foi espelhado, o cliente não recebe um código.',
				},
			]);
		});

		it('still goes to the team when the step asks for it', () => {
			const row = { evento: changed.kind, modeloCliente: 'pedido_situacao', avisarEquipe: 'sim' };
			const config = { ...CONFIG, equipe: '(11) 90000-0001', passos: [row] };
			expect(told(changed, config)).toMatchObject([{ para: 'equipe', assunto: 'Pedido 100: 716906' }]);
		});

		it('is told once the table names it', () => {
			const row = { evento: changed.kind, etapa: '716906', nomeEtapa: 'Logística', modeloCliente: 'pedido_situacao' };
			expect(told(changed, { ...CONFIG, passos: [row] })).toMatchObject([{ para: 'cliente', situacao: 'Logística' }]);
		});

		it('keeps nobody from hearing that an order was opened, nor of a status in words', () => {
			const row = { evento: 'service_order.opened', modeloCliente: 'os_aberta' };
			const opened = told({ kind: 'service_order.opened', status: '20' }, { ...CONFIG, passos: [row] });
			expect(opened).toMatchObject([{ para: 'cliente', os: '100' }]);
			expect(told({ ...changed, status: 'Aprovado' })).toMatchObject([{ para: 'cliente', situacao: 'Aprovado' }]);
		});
	});
});
