import { openDesk, type Desk } from '../../../../engine';
import { saveChannelSettings, type ChannelSettings } from '../../../../engine/settings/channel-settings';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';
import { sentRow, storeOutbox, type OutboxRow } from '../../../support/outbox-rows';
import { text, webhook, type Value } from '../../../support/webhook-body';

const CHANNEL = `cloudApi:${DEMO_NUMBER.phoneNumberId}`;
// 22:00 in São Paulo on the 22nd, the 23rd in UTC.
const NOW = Date.parse('2026-11-23T01:00:00Z');
const MINUTE = 60_000;

const REGULAR = { billable: true, pricing_model: 'PMP', type: 'regular' };

/** A report as Meta posts it. */
const report = (id: string, status: string, category: string | null = null, more: Value = {}, at = NOW): Value => ({
	statuses: [
		{
			id: `wamid.${id}`,
			status,
			timestamp: String(Math.floor(at / 1_000)),
			recipient_id: '5511987654321',
			biz_opaque_callback_data: id,
			...(category === null ? {} : { pricing: { ...REGULAR, category, ...more } }),
		},
	],
});

describe.each(STORES)('costs and counts on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	let clock: StandingClock;

	beforeEach(async () => {
		store = await create();
		clock = new StandingClock(NOW);
		desk = await openDesk({ store: store.settings, clock });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const given = (...rows: Array<Partial<OutboxRow>>) =>
		storeOutbox(
			desk.store,
			rows.map((row) => sentRow(row, NOW)),
		);
	const take = (...values: Value[]) => desk.receiveCloudApi(webhook(...values), demoCredentials('http://127.0.0.1:9'));
	const settings = (patch: Partial<ChannelSettings>) =>
		desk.store.transaction((tx) => saveChannelSettings(tx, CHANNEL, patch, NOW));
	const costs = async () => {
		const rows = await desk.store.db.selectFrom('outbox').selectAll().orderBy('id').execute();
		return rows.map((row) => [row.delivery, row.price_category, row.price_type, row.cost_micros, row.currency]);
	};
	/** kind → count, or [count, micros, currency] where there is money. */
	const counted = async (day = '2026-11-22') => {
		const rows = await desk.store.db
			.selectFrom('usage_day')
			.selectAll()
			.where('day', '=', day)
			.where('kind', '<>', 'quota:service')
			.orderBy('kind')
			.execute();
		return Object.fromEntries(
			rows.map((row) => [row.kind, row.currency ? [row.count, row.cost_micros, row.currency] : row.count]),
		);
	};

	it('count a message once, on delivery, however often its price is told (M-27)', async () => {
		await given({ id: 'a', category: 'utility' });
		await take(report('a', 'sent', 'utility'));
		expect(await costs()).toEqual([['sent', 'utility', 'regular', null, null]]);
		expect(await counted()).toEqual({});
		await take(report('a', 'delivered', 'utility'));
		await take(report('a', 'delivered', 'utility'), report('a', 'sent', 'utility'));
		await take(report('a', 'read', 'utility'));
		expect(await costs()).toEqual([['read', 'utility', 'regular', 6_800, 'USD']]);
		expect(await counted()).toEqual({ 'cost:utility': [1, 6_800, 'USD'], delivered: 1, read: 1 });
	});

	it('count it on reading when delivery was never told, and by the price that came with sent', async () => {
		await given({ id: 'a' }, { id: 'b' });
		await take(report('a', 'sent', 'marketing'), report('a', 'read'));
		await take(report('b', 'read', 'marketing'));
		expect(await costs()).toEqual([
			['read', 'marketing', 'regular', 62_500, 'USD'],
			['read', 'marketing', 'regular', 62_500, 'USD'],
		]);
		expect(await counted()).toEqual({ 'cost:marketing': [2, 125_000, 'USD'], delivered: 2, read: 2 });
	});

	it('count it when the price comes last, after the delivery', async () => {
		await given({ id: 'a' });
		await take(report('a', 'delivered'));
		expect(await costs()).toEqual([['delivered', null, null, null, null]]);
		await take(report('a', 'sent', 'utility'));
		expect(await costs()).toEqual([['delivered', 'utility', 'regular', 6_800, 'USD']]);
		expect(await counted()).toEqual({ 'cost:utility': [1, 6_800, 'USD'], delivered: 1 });
	});

	it('charge nothing for what failed and for what the provider calls free', async () => {
		await given({ id: 'a' }, { id: 'b' }, { id: 'c' });
		await take(report('a', 'sent', 'marketing'), report('a', 'failed'));
		await take(report('b', 'delivered', 'utility', { type: 'free_customer_service', billable: false }));
		await take(report('c', 'delivered', 'marketing', { type: 'free_entry_point', billable: false }));
		expect(await costs()).toEqual([
			['failed', 'marketing', 'regular', null, null],
			['delivered', 'utility', 'free_customer_service', 0, 'USD'],
			['delivered', 'marketing', 'free_entry_point', 0, 'USD'],
		]);
		expect(await counted()).toEqual({
			delivered: 2,
			failed: 1,
			'free:marketing': [1, 0, 'USD'],
			'free:utility': [1, 0, 'USD'],
		});
	});

	it('keep an unknown category by its name, without a cost', async () => {
		await given({ id: 'a' });
		await take(report('a', 'delivered', 'marketing_lite'), report('a', 'read', 'marketing_lite'));
		expect(await costs()).toEqual([['read', 'marketing_lite', 'regular', null, 'USD']]);
		expect(await counted()).toEqual({ delivered: 1, read: 1, 'unpriced:marketing_lite': [1, 0, 'USD'] });
	});

	it('give the free service messages of each month to the first delivered, across days', async () => {
		await settings({
			prices: { currency: 'BRL', marketing: 1, utility: 1, authentication: 1, service: 0.05, freeServicePerMonth: 3 },
		});
		await given(...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id })));
		await take(report('a', 'delivered', 'service'), report('b', 'delivered', 'service'));
		clock.advance(24 * 60 * MINUTE);
		await take(
			report('c', 'delivered', 'service', {}, clock.now()),
			report('d', 'delivered', 'service', {}, clock.now()),
			// Part of an answered ad: it does not use up the allowance.
			report('e', 'delivered', 'service', { type: 'free_entry_point' }, clock.now()),
		);
		expect((await costs()).map(([, , , micros]) => micros)).toEqual([0, 0, 0, 50_000, 0, null]);
		expect(await counted()).toEqual({ delivered: 2, 'free:service': [2, 0, 'BRL'] });
		expect(await counted('2026-11-23')).toEqual({
			'cost:service': [1, 50_000, 'BRL'],
			delivered: 3,
			'free:service': [2, 0, 'BRL'],
		});
		const december = Date.parse('2026-12-01T03:00:00Z');
		clock.advance(december - clock.now());
		await take(report('f', 'delivered', 'service', {}, december));
		expect((await costs()).at(-1)![3]).toBe(0);
	});

	it('give no free service message twice though two processes are told at the same time', async () => {
		await settings({
			prices: { currency: 'USD', marketing: 1, utility: 1, authentication: 1, service: 1, freeServicePerMonth: 25 },
		});
		const other = await openDesk({ store: store.settings, clock });
		const ids = Array.from({ length: 40 }, (_, i) => `m${10 + i}`);
		await given(...ids.map((id) => ({ id })));
		const bodies = ids.map((id) => webhook(report(id, 'delivered', 'service')));
		await Promise.all(
			bodies.map((body, i) => [desk, other][i % 2]!.receiveCloudApi(body, demoCredentials('http://127.0.0.1:9'))),
		);
		await other.close();
		expect(await counted()).toEqual({
			'cost:service': [15, 15_000_000, 'USD'],
			delivered: 40,
			'free:service': [25, 0, 'USD'],
		});
	});

	it('count what customers write, once, on the day of the number (M-26)', async () => {
		await settings({ zone: 'America/Noronha' });
		const written = text({ waId: '5511987654321' }, 'Oi', { at: NOW });
		// In Fernando de Noronha it is 23:00 on the 22nd, and an hour later the 23rd.
		await take(written, text({ waId: '5521976543210' }, 'Oi', { at: NOW }));
		clock.advance(60 * MINUTE);
		await take(written, text({ waId: '5511987654321' }, 'Oi de novo', { at: clock.now() }));
		expect(await counted('2026-11-22')).toEqual({ received: 2 });
		expect(await counted('2026-11-23')).toEqual({ received: 1 });
	});

	it('leave the news of other systems on the number alone', async () => {
		await take(report('elsewhere', 'delivered', 'utility'), report('elsewhere', 'failed'));
		expect(await counted()).toEqual({});
		const lines = await desk.store.db.selectFrom('timeline').selectAll().execute();
		const arrived = await desk.store.db.selectFrom('inbound').selectAll().execute();
		expect([lines, arrived]).toEqual([[], []]);
	});

	it('start no run, store no row and tell no line for ordinary news', async () => {
		await given({ id: 'a' });
		await take(report('a', 'sent', 'utility'), report('a', 'delivered', 'utility'), report('a', 'read'));
		const lines = await desk.store.db.selectFrom('timeline').selectAll().execute();
		const arrived = await desk.store.db.selectFrom('inbound').selectAll().execute();
		expect([lines, arrived]).toEqual([[], []]);
	});
});
