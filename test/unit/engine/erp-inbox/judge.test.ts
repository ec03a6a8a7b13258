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

/** An invoice of Odoo, written on a day of November. */
function ofOdoo(given: object, day: number): Candidate[] {
	const body = { _model: 'account.move', _id: 87, state: 'posted', payment_state: 'not_paid', ...given };
	const request = erpCall(JSON.stringify({ ...body, write_date: `2026-11-${day} 12:00:00` })).request;
	const reading = ERP_PRESETS.odoo.read(request, {}, NOW);
	const delivery = { source: SOURCE, system: 'odoo' as const, reading, body: request.body, receivedAt: NOW };
	return candidatesOf({ ...delivery, kinds: null, test: false }, () => 'digest');
}

const outcomesOf = (verdicts: readonly Verdict[]) =>
	verdicts.map(({ candidate: { fact }, outcome }) => `${fact?.type === 'event' ? fact.event.kind : ''} ${outcome}`);

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

	it('opens an invoice of Odoo again when its payment was undone, once, and never for what is older (D-34)', () => {
		const store = memory();
		const tell = (payment_state: string, day: number) => outcomesOf(store.take(ofOdoo({ payment_state }, day)));
		expect(tell('not_paid', 10)).toEqual(['invoice.issued event']);
		expect(tell('paid', 11)).toEqual(['payment.received event']);
		expect(tell('not_paid', 12)).toEqual(['invoice.issued duplicate', 'payment.reversed event']);
		expect(tell('not_paid', 13)).toEqual(['invoice.issued duplicate']);
		// Late and again: nothing of it is news.
		expect(tell('paid', 11)).toEqual([]);
		expect(tell('in_payment', 11)).toEqual(['payment.received duplicate']);
		expect(tell('paid', 14)).toEqual(['payment.received event']);
		expect(tell('not_paid', 13)).toEqual([]);
		expect(tell('partial', 13)).toEqual(['charge.changed stale']);
		expect(tell('partial', 15)).toEqual(['charge.changed stale', 'payment.reversed event']);
	});

	it('lets no older state of an Odoo invoice overtake a newer one, paid or not', () => {
		const store = memory();
		const tell = (given: object, day: number) => outcomesOf(store.take(ofOdoo(given, day)));
		tell({ payment_state: 'not_paid' }, 10);
		tell({ payment_state: 'not_paid' }, 12);
		expect(tell({ payment_state: 'paid' }, 11)).toEqual(['payment.received stale']);
		expect(tell({ state: 'cancel' }, 13)).toEqual(['invoice.cancelled event']);
		expect(tell({ payment_state: 'not_paid' }, 14)).toEqual(['invoice.issued duplicate', 'charge.reopened event']);
		expect(tell({ state: 'cancel' }, 15)).toEqual(['invoice.cancelled event']);
	});

	it('follows a charge of Asaas that is deleted and restored, more than once', () => {
		const store = memory();
		const tell = (event: string, day: number) =>
			outcomesOf(store.take(candidates({ id: `${event}_${day}`, event, dateCreated: `2026-03-${day} 10:00:00` })));
		expect(tell('PAYMENT_CREATED', 10)).toEqual(['charge.created event']);
		expect(tell('PAYMENT_DELETED', 11)).toEqual(['charge.cancelled event']);
		expect(tell('PAYMENT_OVERDUE', 12)).toEqual(['charge.overdue stale']);
		expect(tell('PAYMENT_RESTORED', 13)).toEqual(['charge.reopened event']);
		expect(tell('PAYMENT_OVERDUE', 14)).toEqual(['charge.overdue event']);
		expect(tell('PAYMENT_DELETED', 12)).toEqual(['charge.cancelled duplicate']);
		expect(tell('PAYMENT_RESTORED', 15)).toEqual(['charge.reopened event']);
		expect(tell('PAYMENT_DELETED', 16)).toEqual(['charge.cancelled event']);
		expect(tell('PAYMENT_RESTORED', 15)).toEqual([]);
		expect(tell('PAYMENT_RECEIVED', 17)).toEqual(['payment.received event']);
		expect(tell('PAYMENT_RESTORED', 18)).toEqual(['charge.reopened stale']);
	});

	it('knows the last fact of a thing after its event was tidied away', () => {
		const [first] = candidates({ id: 'evt_1', event: 'PAYMENT_CONFIRMED' });
		const later = candidates({ id: 'evt_2', event: 'PAYMENT_RECEIVED' });
		const nothing = { deliveries: new Set<string>(), facts: new Set<string>() };
		const { moved: entities } = judge([first!], { ...nothing, entities: new Map() });
		expect(judge(later, { ...nothing, entities }).verdicts.map(({ outcome }) => outcome)).toEqual(['duplicate']);
		// What nobody asked for was told to nobody.
		const unwanted = judge(candidates({ id: 'evt_1', event: 'PAYMENT_CONFIRMED' }, 'overdue'), {
			...{ ...nothing, entities: new Map() },
		});
		expect(judge(later, { ...nothing, entities: unwanted.moved }).verdicts.map(({ outcome }) => outcome)).toEqual([
			'event',
		]);
	});

	it('lets news of an unwanted kind move its thing all the same', () => {
		const store = memory();
		const [payment] = store.take(candidates({ id: 'evt_1', event: 'PAYMENT_RECEIVED' }, 'overdue'));
		const [overdue] = store.take(candidates({ id: 'evt_2', event: 'PAYMENT_OVERDUE' }, 'overdue'));
		expect([payment!.outcome, overdue!.outcome]).toEqual(['ignored', 'stale']);
	});
});
