import { CompiledQuery, sql } from 'kysely';
import { systemClock } from '../../../../engine/clock';
import { isAnythingDue } from '../../../../engine/outbox/candidates';
import { claimDue, type ClaimRequest } from '../../../../engine/outbox/claim';
import { enqueue, type OutboxRequest } from '../../../../engine/outbox/enqueue';
import { expiringBefore } from '../../../../engine/outbox/expire';
import { releaseHeld } from '../../../../engine/outbox/release';
import { openStore, type Store, type Tx } from '../../../../engine/store/open-store';
import { tableOf } from '../../../../engine/store/sql';
import { STORES, type TestStore } from '../../../support/each-store';

const FINISHED = 20_000;
const WAITING = 2_000;
/** Of statistics: none yet, then from coarse to PostgreSQL's own. */
const FINENESSES = [undefined, 1, 2, 3, 10, 100];

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

	const numbers = (count: number) =>
		name === 'postgres'
			? sql`select generate_series(1, ${sql.lit(count)}) as n`
			: sql`with recursive s (n) as (select 1 union all select n + 1 from s where n < ${sql.lit(count)}) select n from s`;
	/** Many messages at once; a tenth of those that wait are valid for a while. */
	const fill = (status: string, count: number, waits = 0) =>
		sql`insert into ${tableOf(store.db, 'outbox')} (id, channel_id, contact_id, address, content, origin, status, attempts, not_before, created_at, waits, valid_until)
			select ${sql.lit(`${status}${waits}`)} || n, 'c1', 'k' || (n % 500), 'a', '{"type":"text","text":"oi"}', 'bot', ${sql.lit(status)}, 0,
				${sql.lit(waits === 2 ? 1_000_000 : 0)}, 1, ${sql.lit(waits)}, case when ${sql.lit(waits)} > 0 and n % 10 = 0 then 900000 end
			from (${numbers(count)}) as q`.execute(store.db);

	it('finds its rows by the partial indexes, however many finished ones there are', async () => {
		await fill('sent', FINISHED);
		await fill('queued', WAITING);
		for (const fineness of FINENESSES) {
			if (fineness !== undefined) await analyze(fineness);
			const [plan] = await plansOf(
				(tx) => claimDue(tx, store.dialect, asking(64, 10)),
				(text) => /"outbox" as "o"/.test(text),
			);
			expect(plan).toMatch(/outbox_queued/);
			expect(plan).toMatch(/outbox_lane/);
			expect(plan).toMatch(/outbox_flying/);
			expect(plan).not.toMatch(/SCAN|Seq Scan|Sort|TEMP B-TREE/);
			// Each row looks into its own lane: joining the line with itself costs the square of its length.
			expect(plan).not.toMatch(/Join/);
			if (name === 'postgres') expect(plan).toMatch(/outbox_lane.*\n.*Index Cond: .*contact_id = o\.contact_id/);
		}
	});

	it('finds what waits, what is planned, held or expiring by an index too, and never looks through it all', async () => {
		await fill('sent', FINISHED);
		await fill('queued', WAITING, 1);
		await fill('queued', WAITING, 2);
		await fill('held', WAITING, 1);
		await sql`analyze`.execute(store.db);
		const aboutOutbox = (text: string) => /"outbox"/.test(text) && !/ as v where /.test(text);
		const plans = [
			...(await plansOf((tx) => claimDue(tx, store.dialect, asking(64, 10)), aboutOutbox)),
			...(await plansOf((tx) => isAnythingDue(tx, ['c1'], 10), aboutOutbox)),
			...(await plansOf((tx) => releaseHeld(tx, [{ contactId: 'k1', channelId: 'c1' }]), aboutOutbox)),
			...(await plansOf((tx) => expiringBefore(tx, 10).execute(), aboutOutbox)),
		];
		const all = plans.join('\n');
		for (const index of ['queued', 'lane', 'planned', 'waiting', 'expiring']) expect(all).toMatch(`outbox_${index}`);
		expect(plans.filter((plan) => /SCAN (o|p|outbox)\b|Seq Scan/.test(plan))).toEqual([]);
	});

	/** PostgreSQL looks at samples, by itself and at any moment: its plans must not hang on how they fall. */
	async function analyze(fineness: number): Promise<void> {
		await store.transaction(async (tx) => {
			if (name === 'postgres') await sql`set local default_statistics_target = ${sql.lit(fineness)}`.execute(tx);
			await sql`analyze`.execute(tx);
		});
	}

	/** The plans of the very statements that some work runs. */
	async function plansOf(work: (tx: Tx) => Promise<unknown>, wanted: (text: string) => boolean): Promise<string[]> {
		const seen: CompiledQuery[] = [];
		await store
			.transaction(async (tx) => {
				const executor = tx.getExecutor();
				const execute = executor.executeQuery.bind(executor);
				executor.executeQuery = (query) => {
					if (wanted(query.sql)) seen.push(query);
					return execute(query);
				};
				await work(tx);
				throw new Error('seen');
			})
			.catch((error: Error) => expect(error.message).toBe('seen'));
		const explain = name === 'postgres' ? 'explain ' : 'explain query plan ';
		const plans: string[] = [];
		for (const query of seen) {
			const { rows } = await store.db.executeQuery<Record<string, string>>(
				CompiledQuery.raw(explain + query.sql, [...query.parameters]),
			);
			plans.push(rows.map((row) => row['QUERY PLAN'] ?? row.detail).join('\n'));
		}
		return plans;
	}
});
