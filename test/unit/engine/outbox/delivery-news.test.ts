import type { DeliveryStatus } from '../../../../engine/model';
import { isNews } from '../../../../engine/outbox/delivery-news';

const ORDER: DeliveryStatus[] = ['sent', 'failed', 'delivered', 'read', 'played'];

describe('delivery news (D-32)', () => {
	it('are always news when nothing is known', () => {
		expect(ORDER.map((next) => isNews(null, next))).toEqual([true, true, true, true, true]);
	});

	it.each(ORDER.map((known, i) => [known, ORDER.slice(i + 1)] as const))('after %s only %j are', (known, later) => {
		expect(ORDER.filter((next) => isNews(known, next))).toEqual(later);
	});

	it('fail a message only before it was delivered', () => {
		expect(isNews('sent', 'failed')).toBe(true);
		expect(isNews('delivered', 'failed')).toBe(false);
		expect(isNews('read', 'failed')).toBe(false);
	});
});
