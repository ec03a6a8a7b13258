import { openDesk, type Desk } from '../../../../engine';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { sentRow, storeOutbox } from '../../../support/outbox-rows';
import { seededRandom } from '../../../support/seeded-random';
import { webhook, type Value } from '../../../support/webhook-body';

const COUNT = 1_000;
const UTILITY = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' };

const report = (id: string, status: string): Value => ({
	statuses: [
		{
			id: `wamid.${id}`,
			status,
			timestamp: String(Math.floor(Date.now() / 1_000)),
			recipient_id: '5511987654321',
			biz_opaque_callback_data: id,
			...(status === 'sent' || status === 'delivered' ? { pricing: UTILITY } : {}),
			...(status === 'failed' ? { errors: [{ code: 131049, title: 'Not delivered' }] } : {}),
		},
	],
});

describe.each(STORES)('a storm of reports on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	let ids: string[];

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings });
		const rows = Array.from({ length: COUNT }, () => sentRow({ category: 'utility', label: 'os' }));
		ids = rows.map((row) => row.id);
		await storeOutbox(desk.store, rows);
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const take = (values: Value[]) => desk.receiveCloudApi(webhook(...values), demoCredentials());
	const states = async () => {
		const rows = await desk.store.db
			.selectFrom('outbox')
			.select((e) => ['status', 'delivery', 'cost_micros', e.fn.countAll<number>().as('count')])
			.groupBy(['status', 'delivery', 'cost_micros'])
			.orderBy('delivery')
			.execute();
		return rows.map((row) => [row.status, row.delivery, row.cost_micros, Number(row.count)]);
	};
	const counted = async () => {
		const rows = await desk.store.db.selectFrom('usage_day').selectAll().orderBy('kind').execute();
		return Object.fromEntries(rows.map((row) => [row.kind, [row.count, row.cost_micros]]));
	};

	it('is taken whole from one body of 1,000, and again, and changes each message once', async () => {
		const body = ids.map((id) => report(id, 'delivered'));
		await take(body);
		await take(body);
		expect(await states()).toEqual([['sent', 'delivered', 6_800, COUNT]]);
		expect(await counted()).toEqual({ 'cost:utility': [COUNT, 6_800 * COUNT], delivered: [COUNT, 0] });
		const rows = await desk.store.db.selectFrom('inbound').select('id').execute();
		expect(rows).toEqual([]);
	});

	it('ends right in whatever order and however often it comes, from two processes (D-32)', async () => {
		const random = seededRandom(20261122);
		const failed = new Set(ids.slice(0, 200));
		const all = ids.flatMap((id) =>
			(failed.has(id) ? ['sent', 'failed'] : ['sent', 'delivered', 'read']).map((s) => report(id, s)),
		);
		const shuffled = [...all, ...all.slice(0, 500)]
			.map((value) => ({ value, at: random() }))
			.sort((a, b) => a.at - b.at);
		const values = shuffled.map(({ value }) => value);
		const other = await openDesk({ store: store.settings });
		const third = Math.ceil(values.length / 3);
		await Promise.all([
			take(values.slice(0, third)),
			other.receiveCloudApi(webhook(...values.slice(third, 2 * third)), demoCredentials()),
			take(values.slice(2 * third)),
		]);
		await other.close();
		expect(await states()).toEqual([
			['refused', 'failed', null, 200],
			['sent', 'read', 6_800, 800],
		]);
		expect(await counted()).toEqual({
			'cost:utility': [800, 6_800 * 800],
			delivered: [800, 0],
			failed: [200, 0],
			read: [800, 0],
		});
		const lines = await desk.store.db.selectFrom('timeline').select(['event', 'data']).execute();
		expect(lines).toHaveLength(200);
		expect(JSON.parse(lines[0]!.data)).toMatchObject({ code: '131049', label: 'os' });
	});
});
