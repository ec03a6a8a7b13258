import { DateTime } from 'luxon';
import { erpItem } from '../../../engine/erp-inbox/erp-item';
import { ERP_KINDS } from '../../../engine/erp/types';
import workflow from '../../../workflows/21-erp-cobranca-eventos.json';
import { BLANK_EVENT } from '../../support/erp';

type Json = Record<string, any>;

const node = (name: string) => workflow.nodes.find((each) => each.name === name)!.parameters as Json;
const passos = JSON.parse(
	node('Configuração').assignments.assignments.find((row: Json) => row.name === 'config.passos').value,
);
const CONFIG = { credor: 'Oficina', cnpj: '1', endereco: 'Rua A', equipe: '11 90000-0001', comoPagar: 'fale', passos };

/** What the Code node makes of the items. @param others items of other nodes by name */
function code(name: string, items: Json[], others: Record<string, Json[]> = {}): Json[] {
	const input = { all: () => items.map((json) => ({ json })), first: () => ({ json: items[0] }) };
	const $ = (other: string) => ({ itemMatching: (at: number) => ({ json: others[other]![at] }) });
	const run = new Function('$input', '$', 'DateTime', node(name).jsCode) as (
		...given: unknown[]
	) => Array<{ json: Json }>;
	return run(input, $, DateTime).map(({ json }) => json);
}

/** Items of the trigger, as the workflow has them after "Configuração". */
const steps = (events: Json[]) =>
	code(
		'Que passo é este?',
		events.map((event, i) => {
			const full: Json = { ...BLANK_EVENT, kind: 'charge.created', system: 'asaas', sourceId: `pay_${i}`, ...event };
			const row = { seq: i, id: `erp_${i}`, source: 'w/n', system: full.system, delivery_key: `d${i}`, test: 0 };
			const stored = { ...row, business_key: `b${i}`, kind: full.kind, outcome: 'event', reason: null };
			return { ...erpItem({ ...stored, event: JSON.stringify(full), received_at: AT }), config: CONFIG };
		}),
	);
const AT = Date.parse('2026-03-10T13:00:00Z');

/** Who is told what, and why nobody is. */
function told(...events: Json[]): Json[] {
	const people = events.map(() => ({ name: 'Ana', phone: '+5511988880001' }));
	return code('Montar os avisos', people, { 'Que passo é este?': steps(events) });
}

const toCustomer = (...events: Json[]) => told(...events).filter(({ para }) => para === 'cliente');

describe('21 · ERP: cobranças e pagamentos', () => {
	it.each([
		['payment.partial', 'parcial', 'Paga em parte', 'Anotar a parte', 'recordPartPayment'],
		['payment.received', 'paga', 'Paga', 'Dar baixa', 'settle'],
		['charge.cancelled', 'cancelada', 'Cancelada', 'Cancelar a cobrança', 'cancel'],
		['payment.reversed', 'estornada', 'Estornada', 'Reabrir', 'reopen'],
		['charge.reopened', 'reaberta', 'Reaberta', 'Voltar a lembrar', 'reopen'],
	])('leads %s by its own way, to the operation that fits', (kind, caminho, output, next, operation) => {
		expect(steps([{ kind }])[0]!.caminho).toBe(caminho);
		const at = node('O que aconteceu?').rules.values.findIndex((rule: Json) => rule.outputKey === output);
		expect(node('O que aconteceu?').rules.values[at].conditions.conditions[0].rightValue).toBe(caminho);
		expect(workflow.connections['O que aconteceu?'].main[at]!.map((wire) => wire.node)).toEqual([next]);
		expect(node(next).operation).toBe(operation);
	});

	it('asks every system for every kind of charge and payment', () => {
		const wanted = ERP_KINDS.filter((kind) => /^(charge|payment|invoice)\./.test(kind)).sort();
		for (const { type, parameters } of workflow.nodes) {
			if (type !== 'n8n-nodes-whatsapp-desk.erpEventTrigger') continue;
			expect([...(parameters as Json).events].sort()).toEqual(wanted);
		}
	});

	it('thanks for a part with what came, never for the invoice, and tells the team', () => {
		const [customer, team, ...others] = told({ kind: 'payment.partial', amountCents: 100_000, number: 'NF 1' });
		expect(customer).toMatchObject({
			...{ para: 'cliente', valor: 'R$ 1.000,00', fatura: 'NF 1' },
			envio: { modelo: 'pagamento_parcial', chave: 'w/n|b0|cliente' },
		});
		expect(team).toMatchObject({ para: 'equipe', assunto: 'entrou uma parte da fatura NF 1; confira o que falta' });
		expect(others).toEqual([]);
	});

	it('tells the team alone when nobody knows how much of it came', () => {
		expect(told({ kind: 'payment.partial' }).map(({ para }) => para)).toEqual(['equipe']);
	});

	it('says nothing of a charge that was restored', () => {
		expect(told({ kind: 'charge.reopened' })).toMatchObject([
			{ para: 'ninguem', motivo: 'A linha deste passo não avisa ninguém.' },
		]);
		const [restored] = steps([
			{ kind: 'charge.reopened', sourceId: 'x' },
			{ kind: 'charge.cancelled', sourceId: 'x' },
		]);
		expect(restored).toMatchObject({ caminho: 'emitida', passo: null });
	});

	describe('the instalments of one sale', () => {
		const related = { ...BLANK_EVENT.related, installment: 'ins_7' };
		const parcels = (event: Json) => Array.from({ length: 12 }, (_, i) => ({ related, number: `${i + 1}`, ...event }));

		it('are told of once, whether created or issued, in one run or in several', () => {
			const sent = toCustomer(...parcels({ kind: 'charge.issued' }));
			expect(sent).toMatchObject([{ fatura: '1 (parcelada)', envio: { chave: 'w/n|parcelas:ins_7|emitida|cliente' } }]);
			const [later] = toCustomer({ kind: 'charge.created', related, number: '12' });
			expect(later!.envio.chave).toBe(sent[0]!.envio.chave);
			expect(told(...parcels({}))[1]).toMatchObject({ motivo: 'Outra parcela da mesma venda já avisa.' });
		});

		it('are thanked for once a day when they are confirmed together, and each on a day of its own', () => {
			const keys = (...events: Json[]) => toCustomer(...events).map(({ envio }) => envio.chave);
			const paid = (day: string) => ({ kind: 'payment.received', related, occurredAt: Date.parse(`${day}T15:00:00Z`) });
			expect(keys(...parcels(paid('2026-03-10')))).toEqual(['w/n|parcelas:ins_7|paga|10/03/2026|cliente']);
			expect(keys(paid('2026-04-10'))).toEqual(['w/n|parcelas:ins_7|paga|10/04/2026|cliente']);
			expect(keys({ kind: 'payment.received', related })).toEqual(['w/n|parcelas:ins_7|paga|10/03/2026|cliente']);
		});

		it('are apart from other sales, and from what belongs to none', () => {
			const other = { ...related, installment: 'ins_8' };
			const sent = toCustomer({ related }, { related: other }, { number: 'a' }, { number: 'b' });
			expect(sent.map(({ fatura }) => fatura)).toEqual(['pay_0 (parcelada)', 'pay_1 (parcelada)', 'a', 'b']);
		});
	});

	it.each([
		['kobana', 'charge.created', []],
		['kobana', 'charge.issued', ['fatura_emitida']],
		['omie', 'charge.created', ['fatura_emitida']],
		['omie', 'charge.issued', []],
		['asaas', 'charge.created', ['fatura_emitida']],
		['asaas', 'charge.issued', ['fatura_emitida']],
	])('tells of %s %s with %j: who tells twice is heard once', (system, kind, models) => {
		expect(toCustomer({ system, kind }).map(({ envio }) => envio.modelo)).toEqual(models);
	});
});
