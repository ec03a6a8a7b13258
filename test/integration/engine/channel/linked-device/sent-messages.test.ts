import {
	areOurs,
	forgetSent,
	loadSent,
	openLedger,
	outboxIdsOf,
	messageIdOf,
	rememberSent,
} from '../../../../../engine/channel/linked-device/sent-messages';
import { systemClock } from '../../../../../engine/clock';
import { openStore, type Store } from '../../../../../engine/store/open-store';
import { STORES, type TestStore } from '../../../../support/each-store';
import { DEVICE } from '../../../../support/linked-session';

const NOON = Date.parse('2027-03-16T15:00:00Z');
const DAY = 86_400_000;
const OTHER = 'linkedDevice:vendas';

describe.each(STORES)('what left by a linked device, on $name', ({ create }) => {
	let place: TestStore;
	let store: Store;

	beforeEach(async () => {
		place = await create();
		store = await openStore(place.settings, systemClock);
	});
	afterEach(async () => {
		await store.close();
		await place.drop();
	});

	const sent = (id: string, message: Uint8Array | null = Buffer.from(id), at = NOON) =>
		store.transaction((tx) => rememberSent(tx, DEVICE, [{ id, outboxId: `out_${id}`, message }], at));

	it('is told from what a human typed at the phone (D-07)', async () => {
		await sent('A');
		await sent('B', null);
		await store.transaction((tx) => rememberSent(tx, OTHER, [{ id: 'C', outboxId: null, message: null }], NOON));
		expect(await areOurs(store.db, DEVICE, ['A', 'B', 'C', 'D'])).toEqual(new Set(['A', 'B']));
		expect(await areOurs(store.db, DEVICE, [])).toEqual(new Set());
	});

	it('can be sent again as it was, for receivers that ask for it', async () => {
		const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
		await sent('A', bytes);
		expect(Buffer.from((await loadSent(store.db, DEVICE, 'A'))!)).toEqual(Buffer.from(bytes));
		expect(await loadSent(store.db, OTHER, 'A')).toBeNull();
		expect(await loadSent(store.db, DEVICE, 'B')).toBeNull();
	});

	it('is one message however often it is sent', async () => {
		const id = messageIdOf('out_1');
		await sent(id, Buffer.from('first'));
		await sent(id, Buffer.from('second'), NOON + 1);
		expect(Buffer.from((await loadSent(store.db, DEVICE, id))!).toString()).toBe('second');
		expect(await store.db.selectFrom('linked_message').select(['id', 'outbox_id']).execute()).toEqual([
			{ id, outbox_id: `out_${id}` },
		]);
	});

	it('is written down together with what leaves at the same time, in one transaction', async () => {
		let transactions = 0;
		const counted: Store = Object.assign(Object.create(store) as Store, {
			transaction: (work: Parameters<Store['transaction']>[0]) => (transactions++, store.transaction(work)),
		});
		const ledger = openLedger({ store: counted, clock: { now: () => NOON }, channelId: DEVICE });
		const all = Array.from({ length: 70 }, (_, i) => ({
			id: `M${i}`,
			outboxId: `out_${i}`,
			message: Buffer.of(i, 0, 255),
		}));
		await Promise.all([...all, all[0]!].map((each) => ledger.remember(each)));
		expect(transactions).toBe(1);
		expect(
			(
				await outboxIdsOf(
					store.db,
					DEVICE,
					all.map(({ id }) => id),
				)
			).size,
		).toBe(70);
		expect([...(await loadSent(store.db, DEVICE, 'M69'))!]).toEqual([69, 0, 255]);
	});

	it('is written in the transaction of whoever sends, or not at all', async () => {
		const failed = store.transaction(async (tx) => {
			await rememberSent(tx, DEVICE, [{ id: 'A', outboxId: 'out_1', message: null }], NOON);
			throw new Error('not sent');
		});
		await expect(failed).rejects.toThrow('not sent');
		expect(await areOurs(store.db, DEVICE, ['A'])).toEqual(new Set());
	});

	it('is forgotten after a while, and is known to be ours for two months more', async () => {
		await sent('new', Buffer.from('new'), NOON);
		await sent('old', Buffer.from('old'), NOON - 1);
		await sent('ancient', Buffer.from('ancient'), NOON - 60 * DAY - 1);
		await forgetSent(store, NOON);
		const contents = await Promise.all(['new', 'old', 'ancient'].map((id) => loadSent(store.db, DEVICE, id)));
		expect(contents.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual(['new', null, null]);
		expect(await areOurs(store.db, DEVICE, ['new', 'old', 'ancient'])).toEqual(new Set(['new', 'old']));
	});

	it('is forgotten entirely, even when there is more than fits into one transaction', async () => {
		const rows = Array.from({ length: 1_201 }, (_, i) => ({
			channel_id: DEVICE,
			id: `m${i}`,
			outbox_id: null,
			message: i % 3 === 0 ? null : Buffer.of(1),
			at: i % 2 === 0 ? NOON : NOON - 61 * DAY,
		}));
		for (let i = 0; i < rows.length; i += 100) {
			await store.db
				.insertInto('linked_message')
				.values(rows.slice(i, i + 100))
				.execute();
		}
		await forgetSent(store, NOON + 1);
		const left = await store.db.selectFrom('linked_message').select(['message', 'at']).execute();
		expect(left).toHaveLength(601);
		expect(left.every(({ message, at }) => message === null && at === NOON)).toBe(true);
	});
});
