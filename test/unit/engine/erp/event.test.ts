import { ERP_SYSTEMS, erpEventSchema, makeEvent } from '../../../../engine/erp/event';
import { PRESETS } from '../../../../engine/erp/presets';

const event = makeEvent('asaas', { kind: 'charge.overdue', sourceId: 'pay_1' });

describe('erpEventSchema', () => {
	it('accepts an event in which everything optional is null', () => {
		expect(erpEventSchema.parse(event)).toEqual(event);
	});

	it.each([
		['an unknown kind', { kind: 'charge.eaten' }],
		['an empty id', { sourceId: '' }],
		['an amount with a fraction', { amountCents: 1.5 }],
		['a negative amount', { amountCents: -1 }],
		['a date that is none', { dueDate: '2026-02-30' }],
		['a document with punctuation', { customer: { ...event.customer, document: '529.982.247-25' } }],
		['a boleto line that is too short', { boleto: '123' }],
		['a field nobody knows', { extra: 1 }],
		['a missing field', { pix: undefined }],
	])('refuses %s', (_what, change) => {
		expect(erpEventSchema.safeParse({ ...event, ...change }).success).toBe(false);
	});
});

it('has one preset for each system, and each names itself', () => {
	expect(Object.keys(PRESETS).sort()).toEqual([...ERP_SYSTEMS].sort());
	expect(Object.entries(PRESETS).map(([name, preset]) => [name, preset.system])).toEqual(
		Object.keys(PRESETS).map((name) => [name, name]),
	);
});
