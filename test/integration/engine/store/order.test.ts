import { systemClock } from '../../../../engine/clock';
import { openStore, type Store } from '../../../../engine/store/open-store';
import { lockOrder } from '../../../../engine/store/sql';
import { appendTimeline, timelineAfter } from '../../../../engine/timeline/timeline';
import { STORES, type TestStore } from '../../../support/each-store';

describe.each(STORES)('the order of rows on $name', ({ create }) => {
	let test: TestStore;
	let stores: Store[];

	beforeEach(async () => {
		test = await create();
		stores = [];
		for (let i = 0; i < 3; i++) stores.push(await openStore(test.settings, systemClock));
	});
	afterEach(async () => {
		await Promise.all(stores.map((store) => store.close()));
		await test.drop();
	});

	/** A transaction that appends a line and stays open until it is told to end. */
	const append = (store: Store, event: string) => {
		let end!: () => void;
		const gate = new Promise<void>((resolve) => (end = resolve));
		let wrote!: () => void;
		const written = new Promise<void>((resolve) => (wrote = resolve));
		const done = store.transaction(async (tx) => {
			await appendTimeline(tx, store.dialect, [{ event, text: event, at: 0 }]);
			wrote();
			await gate;
		});
		return { written, end, done };
	};

	it('never lets a reader skip a line whose transaction ended later (D6)', async () => {
		const [one, two, reader] = stores as [Store, Store, Store];
		const seen: string[] = [];
		let cursor = 0;
		const read = async () => {
			for (const entry of await timelineAfter(reader, cursor, 100)) {
				seen.push(entry.event);
				cursor = entry.seq;
			}
		};
		// "first" takes its number before "second", which is ready to commit long before it.
		const first = append(one, 'first');
		await first.written;
		const second = append(two, 'second');
		second.end();
		await read();
		await read();
		expect(seen).toEqual([]);
		first.end();
		await Promise.all([first.done, second.done]);
		await read();
		expect(seen).toEqual(['first', 'second']);
	});

	it('shows every line to a reader that tails while many processes write (D6)', async () => {
		const [one, two, reader] = stores as [Store, Store, Store];
		const seen: string[] = [];
		let cursor = 0;
		let writing = true;
		const tail = (async () => {
			for (let last = false; ;) {
				for (const entry of await timelineAfter(reader, cursor, 7)) {
					seen.push(entry.event);
					cursor = entry.seq;
				}
				if (last) return;
				last = !writing;
				await new Promise((resolve) => setImmediate(resolve));
			}
		})();
		await Promise.all(
			Array.from({ length: 60 }, (_, i) =>
				(i % 2 === 0 ? one : two).transaction(async (tx) => {
					await tx.selectFrom('step').selectAll().execute();
					await appendTimeline(tx, one.dialect, [
						{ event: `${i}a`, text: '', at: 0 },
						{ event: `${i}b`, text: '', at: 0 },
					]);
					await tx.selectFrom('step').selectAll().execute();
				}),
			),
		);
		writing = false;
		await tail;
		// The last look may have begun before the last commit: one more page makes it complete.
		for (const entry of await timelineAfter(reader, cursor, 200)) seen.push(entry.event);
		expect(seen).toHaveLength(120);
		expect(new Set(seen).size).toBe(120);
	});

	it('gives the two tables locks of their own', async () => {
		const [one, two] = stores as [Store, Store, Store];
		if (one.dialect === 'sqlite') return expect(one.dialect).toBe('sqlite');
		let end!: () => void;
		const gate = new Promise<void>((resolve) => (end = resolve));
		const holding = one.transaction(async (tx) => {
			await lockOrder(tx, one.dialect, 'inbound');
			await gate;
		});
		await two.transaction((tx) => lockOrder(tx, two.dialect, 'timeline'));
		end();
		await holding;
	});
});
