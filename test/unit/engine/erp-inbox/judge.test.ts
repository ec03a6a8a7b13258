import fc from 'fast-check';
import { ERP_PRESETS } from '../../../../engine';
import { candidatesOf, type Candidate } from '../../../../engine/erp-inbox/delivery';
import { judge, keyOf, type EntityState, type Known, type Verdict } from '../../../../engine/erp-inbox/judge';
import { asaasBody, erpCall, SOURCE, type Charge } from '../../../support/erp-calls';

const NOW = Date.parse('2026-03-10T13:00:00Z');

const candidates = (charge: Charge, wanted: 'all' | 'overdue' = 'all'): Candidate[] => {
	const { request } = erpCall(asaasBody(charge));
	const reading = ERP_PRESETS.asaas.read(request, {}, NOW);
	const kinds = wanted === 'all' ? null : new Set(['charge.overdue'] as const);
	const delivery = { source: SOURCE, system: 'asaas' as const, reading, body: request.body, receivedAt: NOW };
	return candidatesOf({ ...delivery, kinds, test: false }, () => 'digest');
};

/** A store of nothing but what a judgement needs. */
function memory() {
	const deliveries = new Set<string>();
	const facts = new Set<string>();
	const entities = new Map<string, EntityState>();
	const told: Array<Pick<Verdict, 'outcome'> & { key: string }> = [];
	return {
		told,
		take(batch: readonly Candidate[]) {
			const { verdicts, moved } = judge(batch, { deliveries, facts, entities } satisfies Known);
			for (const { candidate, outcome } of verdicts) {
				deliveries.add(keyOf(candidate.source, candidate.deliveryKey));
				if (outcome === 'event' && candidate.fact?.type === 'event')
					facts.add(keyOf(candidate.source, candidate.fact.businessKey));
				told.push({ key: candidate.deliveryKey, outcome });
			}
			for (const [key, state] of moved) entities.set(key, state);
			return verdicts;
		},
	};
}

const charges = fc.array(
	fc.record({
		id: fc.integer({ min: 1, max: 12 }).map((n) => `evt_${n}`),
		event: fc.constantFrom(
			'PAYMENT_CREATED',
			'PAYMENT_UPDATED',
			'PAYMENT_OVERDUE',
			'PAYMENT_CONFIRMED',
			'PAYMENT_RECEIVED',
			'PAYMENT_DELETED',
			'PAYMENT_REFUNDED',
		),
		payment: fc.constantFrom('pay_1', 'pay_2'),
	}),
	{ maxLength: 25 },
);

describe('judging what an ERP delivers', () => {
	it('comes to the same whether notices come one by one or many at once', () => {
		fc.assert(
			fc.property(charges, fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1 }), (list, sizes) => {
				const [one, many] = [memory(), memory()];
				const all = list.map((charge) => candidates(charge));
				for (const each of all) one.take(each);
				for (let at = 0, i = 0; at < all.length; i++) {
					const size = sizes[i % sizes.length]!;
					many.take(all.slice(at, at + size).flat());
					at += size;
				}
				expect(many.told).toEqual(one.told);
			}),
		);
	});

	it('thanks for a payment once and never reminds of it afterwards, in whatever order and however often notices come (D-34)', () => {
		fc.assert(
			fc.property(charges, (list) => {
				const store = memory();
				const paid = new Set<string>();
				for (const charge of list) {
					for (const { outcome, candidate } of store.take(candidates(charge))) {
						if (outcome !== 'event' || candidate.fact?.type !== 'event') continue;
						const { kind, sourceId } = candidate.fact.event;
						expect(paid.has(sourceId)).toBe(false);
						if (kind === 'payment.received') paid.add(sourceId);
					}
				}
			}),
		);
	});

	it('lets news of an unwanted kind move its thing all the same', () => {
		const store = memory();
		const [payment] = store.take(candidates({ id: 'evt_1', event: 'PAYMENT_RECEIVED' }, 'overdue'));
		const [overdue] = store.take(candidates({ id: 'evt_2', event: 'PAYMENT_OVERDUE' }, 'overdue'));
		expect([payment!.outcome, overdue!.outcome]).toEqual(['ignored', 'stale']);
	});
});
