import type { DeliveryStatus, StatusEvent } from '../../../../engine/model';
import {
	isNews,
	isOfPastAttempt,
	isSurelyLastAttempt,
	usageOfChange,
	type Known,
} from '../../../../engine/outbox/delivery-news';

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

const known = (status: string, provider_message_id: string | null, attempts = 1): Known => ({
	status,
	delivery: null,
	provider_message_id,
	attempts,
});
const report = (status: DeliveryStatus, providerMessageId: string) => ({ status, providerMessageId }) as StatusEvent;

describe('reports about several attempts of one message', () => {
	it('repeat what is known of the one that failed while the next waits or is under way', () => {
		for (const status of ['queued', 'sending', 'unknown']) {
			expect(isOfPastAttempt(known(status, 'first'), report('failed', 'first'))).toBe(true);
			expect(isOfPastAttempt(known(status, 'first'), report('sent', 'first'))).toBe(true);
			expect(isOfPastAttempt(known(status, 'first'), report('failed', 'second'))).toBe(false);
		}
	});

	it('do not fail the one that was accepted since', () => {
		expect(isOfPastAttempt(known('sent', 'second'), report('failed', 'first'))).toBe(true);
		expect(isOfPastAttempt(known('sent', 'second'), report('failed', 'second'))).toBe(false);
	});

	it('always count when it arrived, and when no attempt has an id yet', () => {
		expect(isOfPastAttempt(known('sent', 'second'), report('delivered', 'first'))).toBe(false);
		expect(isOfPastAttempt(known('queued', 'first'), report('read', 'first'))).toBe(false);
		expect(isOfPastAttempt(known('sending', null), report('failed', 'first'))).toBe(false);
	});

	it('put a message back in the line only when no other attempt can be under way', () => {
		expect(isSurelyLastAttempt(known('sent', 'a', 3), report('failed', 'a'))).toBe(true);
		expect(isSurelyLastAttempt(known('sending', null, 1), report('failed', 'a'))).toBe(true);
		// The first attempt is the one whose id is known, so this is of the second.
		expect(isSurelyLastAttempt(known('sending', 'a', 2), report('failed', 'b'))).toBe(true);
		expect(isSurelyLastAttempt(known('sending', null, 2), report('failed', 'b'))).toBe(false);
		expect(isSurelyLastAttempt(known('sending', 'a', 3), report('failed', 'b'))).toBe(false);
		expect(isSurelyLastAttempt(known('refused', null, 1), report('failed', 'a'))).toBe(false);
	});
});

describe('the counts of a message (M-26)', () => {
	const change = (from: [string, string | null], to: [string, string | null], category: string | null = null) =>
		usageOfChange(
			{ status: from[0], delivery: from[1] },
			{ status: to[0], delivery: to[1] },
			{ channelId: 'c1', category, at: 5 },
		).map(({ kind, count }) => [kind, count]);

	it('know it as sent once, by the answer or by the first report', () => {
		expect(change(['sent', null], ['sent', 'sent'])).toEqual([]);
		expect(change(['sending', null], ['sent', 'sent'])).toEqual([['sent', 1]]);
		expect(change(['unknown', null], ['sent', 'delivered'], 'utility')).toEqual([
			['sent', 1],
			['sent:template:utility', 1],
			['delivered', 1],
		]);
	});

	it('know it as delivered when only reading was told', () => {
		expect(change(['sent', 'sent'], ['sent', 'read'])).toEqual([
			['delivered', 1],
			['read', 1],
		]);
		expect(change(['sent', 'read'], ['sent', 'played'])).toEqual([]);
	});

	it('take back what no longer holds', () => {
		expect(change(['sent', 'sent'], ['refused', 'failed'])).toEqual([['failed', 1]]);
		expect(change(['refused', 'failed'], ['sent', 'delivered'])).toEqual([
			['delivered', 1],
			['failed', -1],
		]);
		expect(change(['sent', 'sent'], ['queued', null], 'marketing')).toEqual([
			['sent', -1],
			['sent:template:marketing', -1],
		]);
		expect(change(['refused', null], ['sent', 'read'])).toEqual([
			['sent', 1],
			['delivered', 1],
			['read', 1],
			['refused', -1],
		]);
	});
});
