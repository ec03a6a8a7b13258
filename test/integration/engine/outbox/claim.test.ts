import { CompiledQuery, sql } from 'kysely';
import { systemClock } from '../../../../engine/clock';
import { claimDue, type ClaimRequest } from '../../../../engine/outbox/claim';
import { enqueue, type OutboxRequest } from '../../../../engine/outbox/enqueue';
import { openStore, type Store } from '../../../../engine/store/open-store';
import { tableOf } from '../../../../engine/store/sql';
import { STORES, type TestStore } from '../../../support/each-store';

const FINISHED = 20_000;
const WAITING = 2_000;

describe.each(STORES)('claiming messages on $name', ({ name, create }) => {
	let test: TestStore;
	let store: Store;

	beforeEach(async () => {
		test = await create();
		store = await openStore(test.settings, systemClock);
	});
	afterEach(async () => {
		await store.close();
		await test.drop();
	});

	const request = (contactId: string, more: Partial<OutboxRequest> = {}): OutboxRequest => ({
		...{ channelId: 'c1', contactId, conversationId: null, address: contactId, origin: 'bot' },
		content: { type: 'text', text: contactId },
		...more,
	});
	const put = (...requests: OutboxRequest[]) => store.transaction((tx) => enqueue(tx, requests, 1));
	const asking = (limit: number, now: number, channels = ['c1']): ClaimRequest => ({
		channels: channels.map((id) => ({ id, serviceWindowHours: null, templates: false })),
		claimedBy: 'me',
		limit,
		now,
		random: () => 0,
		lookAtWaiting: true,
	});
	const claim = async (limit = 10, now = 100, channels = ['c1']) => {
		const { claimed } = await store.transaction((tx) => claimDue(tx, store.dialect, asking(limit, now, channels)));
		return claimed.map((each) => each.contactId);
	};
	const finish = (contactId: string, values: { status: string; not_before?: number }) =>
		store.db
			.updateTable('outbox')
			.set(values)
			.where('contact_id', '=', contactId)
			.where('status', '=', 'sending')
			.execute();

	it('claims the first of each lane, oldest first', async () => {
		await put(request('a'), request('a'), request('b'), request('c'), request('b'));
		expect(await claim()).toEqual(['a', 'b', 'c']);
		expect(await claim()).toEqual([]);
		await finish('b', { status: 'sent' });
		expect(await claim()).toEqual(['b']);
	});

	it.each(['unknown', 'queued'])('lets nobody overtake a message that is %s again', async (status) => {
		await put(request('a'), request('a'));
		await claim();
		await finish('a', { status, not_before: 1_000 });
		expect(await claim()).toEqual([]);
	});

	it('lets others pass a message that is planned for later', async () => {
		await put(request('a', { notBefore: 1_000 }), request('a', { dedupeKey: 'now' }));
		expect(await claim()).toEqual(['a']);
		expect(await claim(10, 2_000)).toEqual([]);
		await finish('a', { status: 'sent' });
		expect(await claim(10, 2_000)).toEqual(['a']);
	});

	it('claims only what this process can reach, each channel in its own lane', async () => {
		await put(request('a', { channelId: 'c2' }), request('a'), request('b', { channelId: 'c3' }));
		expect(await claim(10, 100, ['c1'])).toEqual(['a']);
		expect(await claim(10, 100, ['c2', 'c3'])).toEqual(['a', 'b']);
		expect(await claim(10, 100, [])).toEqual([]);
	});

	it('claims no more than asked for', async () => {
		await put(...'abcdef'.split('').map((contactId) => request(contactId)));
		expect(await claim(4)).toEqual(['a', 'b', 'c', 'd']);
		expect(await claim(4)).toEqual(['e', 'f']);
	});

	it('gives each message to one of two that claim at the same time', async () => {
		const other = await openStore(test.settings, systemClock);
		await put(...Array.from({ length: 40 }, (_, i) => request(`k${i}`)));
		const claims = await Promise.all(
			[store, other, store, other].map((from) => from.transaction((tx) => claimDue(tx, from.dialect, asking(15, 100)))),
		);
		const ids = claims.flatMap(({ claimed }) => claimed).map((claimed) => claimed.id);
		expect(new Set(ids).size).toBe(ids.length);
		await other.close();
	});

	it('finds its rows by the partial indexes, however many finished ones there are', async () => {
		const outbox = tableOf(store.db, 'outbox');
		const numbers = (count: number) =>
			name === 'postgres'
				? sql`select generate_series(1, ${sql.lit(count)}) as n`
				: sql`with recursive s (n) as (select 1 union all select n + 1 from s where n < ${sql.lit(count)}) select n from s`;
		const fill = (status: string, count: number) =>
			sql`insert into ${outbox} (id, channel_id, contact_id, address, content, origin, status, attempts, not_before, created_at)
				select ${sql.lit(status)} || n, 'c1', 'k' || (n % 500), 'a', '{}', 'bot', ${sql.lit(status)}, 0, 0, 1 from (${numbers(count)}) as q`.execute(
				store.db,
			);
		await fill('sent', FINISHED);
		await fill('queued', WAITING);
		const plans: string[] = [];
		for (const analyzed of [false, true]) {
			if (analyzed) await sql`analyze`.execute(store.db);
			plans.push(await planOfClaim());
		}
		for (const plan of plans) {
			expect(plan).toMatch(/outbox_queued/);
			expect(plan).toMatch(/outbox_lane/);
			expect(plan).toMatch(/outbox_flying/);
			expect(plan).not.toMatch(/SCAN|Seq Scan|Sort|TEMP B-TREE/);
			// Each row looks into its own lane: joining the line with itself costs the square of its length.
			expect(plan).not.toMatch(/Join/);
			if (name === 'postgres') expect(plan).toMatch(/outbox_lane.*\n.*Index Cond: .*contact_id = o\.contact_id/);
		}
	});

	/** The plan of the very statement that claims. */
	async function planOfClaim(): Promise<string> {
		const seen: CompiledQuery[] = [];
		await store.transaction(async (tx) => {
			const executor = tx.getExecutor();
			const execute = executor.executeQuery.bind(executor);
			executor.executeQuery = (query) => {
				seen.push(query);
				return execute(query);
			};
			await claimDue(tx, store.dialect, asking(64, 10));
		});
		const claiming = seen.find((query) => /"outbox" as "o"/.test(query.sql))!;
		const explain = name === 'postgres' ? 'explain ' : 'explain query plan ';
		const { rows } = await store.db.executeQuery<Record<string, string>>(
			CompiledQuery.raw(explain + claiming.sql, [...claiming.parameters]),
		);
		return rows.map((row) => row['QUERY PLAN'] ?? row.detail).join('\n');
	}
});
