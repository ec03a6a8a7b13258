import * as fc from 'fast-check';
import { erpEventSchema } from '../../../../engine/erp/event';
import { RANKS } from '../../../../engine/erp/facts';
import { PRESETS } from '../../../../engine/erp/presets';
import { ERP_KINDS, type ErpReading, type ErpSystem } from '../../../../engine/erp/types';
import { erpSample, erpSampleNames, readErp, systemOfSample } from '../../../support/erp';

const SYSTEMS = Object.keys(PRESETS) as ErpSystem[];
/** Every topic a preset knows, and some it does not, so that made-up bodies get past the first question. */
const TOPICS = [
	'OrdemServico.EtapaAlterada',
	'Financas.ContaReceber.BaixaRealizada',
	'VendaProduto.Incluida',
	'NFSe.NotaAutorizada',
	'order.updated',
	'invoice.created',
	'PAYMENT_RECEIVED',
	'INVOICE_AUTHORIZED',
	'bank_billet.updated',
	'situacao_pedido',
	'rastreio',
	'nota_fiscal',
	'inclusao_pedido',
	'OPENPIX:CHARGE_COMPLETED',
	'orders_v2',
	'account.move',
	'AccountReceivableDocument',
	'charge.overdue',
	'__proto__',
];
const TOPIC_FIELDS = ['event', 'topic', 'tipo', 'event_code', '_model', 'kind'];

/** A reading as everybody who builds on it relies on: whole events, names that are there and not endless. */
function expectSound(reading: ErpReading): void {
	if (reading.type === 'unreadable') return expect(reading.reason).toMatch(/./);
	expect(reading.deliveryKey.length).toBeGreaterThan(0);
	expect(reading.deliveryKey.length).toBeLessThanOrEqual(500);
	expect(reading.facts.length).toBeGreaterThan(0);
	for (const fact of reading.facts) {
		if (fact.type === 'ignored') {
			expect(fact.kind).not.toBe('');
			expect(fact.reason).toMatch(/\.$/);
			continue;
		}
		expect(erpEventSchema.parse(fact.event)).toEqual(fact.event);
		expect(fact.businessKey.startsWith(`${fact.entity}/${fact.event.kind}`)).toBe(true);
		expect(fact.businessKey.length).toBeLessThanOrEqual(1000);
		expect(fact.rank).toBe(RANKS[fact.event.kind]);
	}
}

describe.each(erpSampleNames())('%s', (name) => {
	const system = systemOfSample(name);
	const body = erpSample(name);
	const whole = readErp(system, body);

	it('becomes at least one whole event', () => {
		expectSound(whole);
		expect(whole.type === 'read' && whole.facts.some((fact) => fact.type === 'event')).toBe(true);
	});

	it('gives the same keys and the same facts again (V-13)', () => {
		expect(readErp(system, Buffer.from(body))).toEqual(whole);
	});

	it('is unreadable when cut at any byte before its end', () => {
		const end = body.lastIndexOf('}');
		for (let length = 0; length <= end; length++) {
			expect(readErp(system, body.subarray(0, length)).type).toBe('unreadable');
		}
		expect(readErp(system, body.subarray(0, end + 1))).toEqual(whole);
	});

	it('is no event of any other system by accident', () => {
		for (const other of SYSTEMS.filter((each) => each !== system && each !== 'generic')) {
			const reading = readErp(other, body);
			expect(reading.type === 'read' ? reading.facts.map((fact) => fact.type) : []).not.toContain('event');
		}
	});

	it('never throws and never tells half an event when something within it is not what it should be', () => {
		const parsed = JSON.parse(body.toString()) as unknown;
		const places = pathsOf(parsed);
		fc.assert(
			fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), (path, value) => {
				expectSound(readErp(system, JSON.stringify(replaced(parsed, path, value))));
			}),
			{ numRuns: 200 },
		);
	});

	it('never throws when bytes of it are others', () => {
		const bytes = fc.array(fc.tuple(fc.nat(body.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(bytes, (changes) => {
				const damaged = Buffer.from(body);
				for (const [at, byte] of changes) damaged[at] = byte;
				expectSound(readErp(system, damaged));
			}),
			{ numRuns: 200 },
		);
	});
});

describe.each(SYSTEMS)('%s', (system) => {
	it('never throws, whatever comes', () => {
		const topic = fc.constantFrom(...TOPICS);
		const made = fc
			.record({ id: fc.jsonValue(), topic, rest: fc.dictionary(fc.string(), fc.jsonValue()) })
			.map(({ id, topic: name, rest }) => ({
				...rest,
				...Object.fromEntries(TOPIC_FIELDS.map((field) => [field, name])),
				...Object.fromEntries(
					['messageId', 'eventId', '_id', 'id', 'sourceId', 'resource'].map((field) => [field, id]),
				),
				Header: { UUID: 'u1', Transaction: name, ...rest },
			}));
		fc.assert(
			fc.property(fc.oneof(made, fc.jsonValue()), (body) => {
				expectSound(readErp(system, JSON.stringify(body)));
			}),
			{ numRuns: 300 },
		);
	});

	it('survives a body nested beyond reason', () => {
		const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
		for (const name of ['PAYMENT_RECEIVED', 'OPENPIX:CHARGE_COMPLETED', 'nobody knows this']) {
			const fields = TOPIC_FIELDS.map((field) => `"${field}":"${name}"`).join(',');
			const rest = `"status":${deep},"payment":{"id":"1","status":${deep}},"charge":{"status":${deep}},"data":${deep}`;
			expectSound(readErp(system, `{${fields},"messageId":"m","eventId":"e","_id":1,"resource":"/orders/1",${rest}}`));
		}
	});

	it('says why it cannot read what is no JSON object', () => {
		for (const body of ['', 'ping=omie', '[]', 'null', '"texto"', '<xml/>']) {
			expect(readErp(system, body).type).toBe('unreadable');
		}
	});
});

it('knows a rank for every kind: paid beats overdue, closed beats stages', () => {
	expect(Object.keys(RANKS).sort()).toEqual([...ERP_KINDS].sort());
	expect(RANKS['payment.received']).toBeGreaterThan(RANKS['charge.overdue']);
	expect(RANKS['payment.received']).toBeGreaterThan(RANKS['charge.cancelled']);
	expect(RANKS['service_order.closed']).toBeGreaterThan(RANKS['service_order.stage_changed']);
});

type Path = ReadonlyArray<string | number>;

/** Where the values of a body are, from the root down. */
function pathsOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const entries: Array<[string | number, unknown]> = Array.isArray(value)
		? value.map((each, i) => [i, each])
		: Object.entries(value);
	return [path, ...entries.flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
	if (key === undefined) return by;
	if (Array.isArray(value)) return value.map((each, i) => (i === key ? replaced(each, rest, by) : each));
	return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}
