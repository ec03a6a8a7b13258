import type { Arrival, Fate } from '../../../../engine/inbound/ingest';
import { Receiver } from '../../../../engine/inbound/receiver';
import type { InboundEvent } from '../../../../engine/model';

const arrival = (id: string): Arrival => ({
	channelId: 'c1',
	event: { type: 'message', providerMessageId: id } as InboundEvent,
});
const idOf = ({ event }: Arrival) => (event as { providerMessageId: string }).providerMessageId;
const many = (count: number, prefix = 'm') => Array.from({ length: count }, (_, i) => arrival(`${prefix}${i}`));

/** A store that keeps transactions apart and fails where it is told to. */
function memory(fails: (ids: string[]) => Error | null = () => null) {
	const transactions: string[][] = [];
	const known = new Set<string>();
	const refused: string[] = [];
	const receiver = new Receiver({
		store: async (arrivals) => {
			const ids = arrivals.map(idOf);
			const error = fails(ids);
			if (error) throw error;
			transactions.push(ids);
			return ids.map((id): Fate => {
				if (known.has(id)) return 'duplicate';
				known.add(id);
				return 'stored';
			});
		},
		isBadData: (error) => (error as Error).message === 'bad data',
		refuse: async (each) => void refused.push(idOf(each)),
	});
	return { receiver, transactions, refused };
}

describe('receiving webhooks', () => {
	it('puts what arrives together into one transaction and counts for each caller (D3)', async () => {
		const { receiver, transactions } = memory();
		const results = await Promise.all([
			receiver.receive([arrival('a'), arrival('b')]),
			receiver.receive([arrival('a')]),
			receiver.receive([arrival('c')]),
		]);
		expect(transactions).toEqual([['a', 'b', 'a', 'c']]);
		expect(results).toEqual([
			{ stored: 2, duplicates: 0, unusable: 0 },
			{ stored: 0, duplicates: 1, unusable: 0 },
			{ stored: 1, duplicates: 0, unusable: 0 },
		]);
	});

	it('puts what arrives meanwhile into the next one', async () => {
		const { receiver, transactions } = memory();
		const first = receiver.receive([arrival('a')]);
		await new Promise((resolve) => setImmediate(resolve));
		const second = receiver.receive([arrival('b')]);
		await Promise.all([first, second]);
		expect(transactions).toEqual([['a'], ['b']]);
	});

	it('keeps transactions small: whole calls together, a large call in parts', async () => {
		const { receiver, transactions } = memory();
		await Promise.all([
			receiver.receive(many(200, 'a')),
			receiver.receive(many(100, 'b')),
			receiver.receive(many(600, 'c')),
		]);
		expect(transactions.map((ids) => ids.length)).toEqual([200, 100, 250, 250, 100]);
	});

	it('answers at once when there is nothing to store', async () => {
		const { receiver, transactions } = memory();
		expect(await receiver.receive([])).toEqual({ stored: 0, duplicates: 0, unusable: 0 });
		expect(transactions).toEqual([]);
	});

	it('tells everybody concerned when the store is away, and nobody else', async () => {
		let away = true;
		const { receiver } = memory(() => (away ? new Error('away') : null));
		const failed = Promise.allSettled([receiver.receive([arrival('a')]), receiver.receive([arrival('b')])]);
		expect((await failed).map((each) => each.status)).toEqual(['rejected', 'rejected']);
		away = false;
		expect(await receiver.receive([arrival('a')])).toMatchObject({ stored: 1 });
	});

	it('stores the neighbours of what cannot be stored, in order, and tells which it was', async () => {
		const { receiver, transactions, refused } = memory((ids) =>
			ids.some((id) => /bad/.test(id)) ? new Error('bad data') : null,
		);
		const results = await Promise.all([
			receiver.receive([...many(5, 'a'), arrival('bad1'), ...many(5, 'b')]),
			receiver.receive([arrival('bad2'), arrival('z')]),
		]);
		expect(results).toEqual([
			{ stored: 10, duplicates: 0, unusable: 1 },
			{ stored: 1, duplicates: 0, unusable: 1 },
		]);
		expect(refused).toEqual(['bad1', 'bad2']);
		expect(transactions.flat()).toEqual([...many(5, 'a'), ...many(5, 'b')].map(idOf).concat('z'));
	});

	it('takes nothing for stored whose refusal could not be told', async () => {
		const { receiver } = memory(() => new Error('bad data'));
		const silent = new Receiver({
			store: () => Promise.reject(new Error('bad data')),
			isBadData: () => true,
			refuse: () => Promise.reject(new Error('away')),
		});
		expect(await receiver.receive([arrival('a')])).toMatchObject({ unusable: 1 });
		await expect(silent.receive([arrival('a')])).rejects.toThrow('away');
	});

	it('is idle once everything is answered', async () => {
		const { receiver, transactions } = memory();
		void receiver.receive([arrival('a')]);
		await receiver.idle();
		expect(transactions).toEqual([['a']]);
	});
});
