import * as fc from 'fast-check';
import { RANKS } from '../../../../engine/erp/facts';
import { orderOfNews } from '../../../../engine/erp/order-of-news';
import { ERP_KINDS, type ErpKind } from '../../../../engine/erp/types';

const TEN = Date.parse('2026-11-03T13:00:00Z');
const ELEVEN = Date.parse('2026-11-03T14:00:00Z');
const news = (kind: ErpKind, occurredAt: number | null = null) => ({ kind, rank: RANKS[kind], occurredAt });

describe('orderOfNews (V-04, D-34)', () => {
	it('takes the first news of anything', () => {
		expect(orderOfNews(null, news('charge.overdue'))).toEqual({ type: 'forward' });
	});

	it('lets no overdue notice undo a payment, whatever its clock says', () => {
		expect(orderOfNews(news('payment.received', TEN), news('charge.overdue', ELEVEN))).toEqual({
			type: 'stale',
			reason: 'Aviso fora de ordem, sem efeito: já se sabe de algo mais adiantado (payment.received).',
		});
	});

	it('takes a payment after overdue and after a cancellation', () => {
		expect(orderOfNews(news('charge.overdue'), news('payment.received'))).toEqual({ type: 'forward' });
		expect(orderOfNews(news('charge.cancelled'), news('payment.received'))).toEqual({ type: 'forward' });
	});

	it('lets no stage change open a closed service order', () => {
		expect(orderOfNews(news('service_order.closed'), news('service_order.stage_changed')).type).toBe('stale');
	});

	it('orders stage changes by the clocks of the source when both are known', () => {
		const stage = (at: number | null) => news('service_order.stage_changed', at);
		expect(orderOfNews(stage(ELEVEN), stage(TEN))).toEqual({
			type: 'stale',
			reason: 'Aviso fora de ordem, sem efeito: aconteceu antes do que já se sabe (service_order.stage_changed).',
		});
		expect(orderOfNews(stage(TEN), stage(ELEVEN))).toEqual({ type: 'forward' });
		expect(orderOfNews(stage(ELEVEN), stage(null))).toEqual({ type: 'forward' });
		expect(orderOfNews(stage(null), stage(TEN))).toEqual({ type: 'forward' });
	});

	it('takes a boleto, a change and an overdue notice in any order', () => {
		expect(orderOfNews(news('charge.changed'), news('charge.issued'))).toEqual({ type: 'forward' });
		expect(orderOfNews(news('charge.overdue'), news('charge.changed'))).toEqual({ type: 'forward' });
	});

	it('goes back only by a reversal, and forward again by a new payment', () => {
		expect(orderOfNews(news('payment.received', TEN), news('payment.reversed', ELEVEN))).toEqual({ type: 'forward' });
		expect(orderOfNews(news('payment.reversed', TEN), news('payment.received', ELEVEN))).toEqual({ type: 'forward' });
		expect(orderOfNews(news('payment.reversed'), news('charge.overdue'))).toEqual({ type: 'forward' });
	});

	it('knows the payment that was reversed from the one that came after', () => {
		expect(orderOfNews(news('payment.reversed', ELEVEN), news('payment.received', TEN)).type).toBe('stale');
		expect(orderOfNews(news('payment.received', ELEVEN), news('payment.reversed', TEN)).type).toBe('stale');
	});

	it('takes every part of a debt that is paid in parts, whatever their dates', () => {
		expect(orderOfNews(news('payment.received', ELEVEN), news('payment.received', TEN))).toEqual({ type: 'forward' });
	});

	it('takes parts of a payment whatever came in between, and lets everything come after them', () => {
		const part = (at: number) => news('payment.partial', at);
		expect(orderOfNews(part(ELEVEN), part(TEN))).toEqual({ type: 'forward' });
		expect(orderOfNews(news('charge.changed', ELEVEN), part(TEN))).toEqual({ type: 'forward' });
		for (const kind of ['charge.overdue', 'charge.cancelled', 'payment.received', 'payment.reversed'] as const) {
			expect(orderOfNews(part(TEN), news(kind, ELEVEN))).toEqual({ type: 'forward' });
		}
		expect(orderOfNews(news('payment.received', TEN), part(ELEVEN)).type).toBe('stale');
		expect(orderOfNews(news('payment.reversed', ELEVEN), part(TEN)).type).toBe('stale');
	});

	it('opens what was cancelled again, and what comes before that is old', () => {
		const reopened = (at: number) => news('charge.reopened', at);
		expect(orderOfNews(news('charge.cancelled', TEN), reopened(ELEVEN))).toEqual({ type: 'forward' });
		expect(orderOfNews(reopened(TEN), news('charge.overdue', ELEVEN))).toEqual({ type: 'forward' });
		expect(orderOfNews(reopened(TEN), news('charge.cancelled', ELEVEN))).toEqual({ type: 'forward' });
		expect(orderOfNews(reopened(ELEVEN), news('charge.cancelled', TEN)).type).toBe('stale');
		expect(orderOfNews(news('charge.cancelled', ELEVEN), reopened(TEN)).type).toBe('stale');
		expect(orderOfNews(news('payment.received', TEN), reopened(ELEVEN)).type).toBe('stale');
	});

	it('believes the clock alone of who tells how a thing stands as a whole', () => {
		const paid = { ...news('payment.received', TEN), newestWins: true } as const;
		expect(orderOfNews(news('invoice.issued', ELEVEN), paid).type).toBe('stale');
		expect(orderOfNews(news('invoice.issued', TEN), paid)).toEqual({ type: 'forward' });
	});

	it('never lowers a rank but by a reversal or a reopening', () => {
		const any = fc.record({
			kind: fc.constantFrom(...ERP_KINDS),
			occurredAt: fc.option(fc.integer({ min: TEN, max: ELEVEN }), { nil: null }),
		});
		fc.assert(
			fc.property(any, any, (known, next) => {
				const before = news(known.kind, known.occurredAt);
				const after = news(next.kind, next.occurredAt);
				if (orderOfNews(before, after).type === 'forward' && after.rank < before.rank) {
					expect(['payment.reversed', 'charge.reopened']).toContain(after.kind);
				}
			}),
		);
	});
});
