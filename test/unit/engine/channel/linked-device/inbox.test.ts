import { eventually } from '../../../../support/eventually';
import { Inbox } from '../../../../../engine/channel/linked-device/inbox';

describe('what was heard and is not durable yet', () => {
	it('is stored in order, and together where it came together', async () => {
		const stored: number[][] = [];
		const inbox = new Inbox<number>({
			store: (heard) => {
				stored.push([...heard]);
				return Promise.resolve();
			},
			log: () => undefined,
		});
		inbox.push([1]);
		inbox.push([2, 3]);
		inbox.push([]);
		await inbox.idle();
		expect(stored).toEqual([[1], [2, 3]]);
	});

	it('waits a little for more to come along when the store is busy, and not when it is quiet', async () => {
		const stored: number[][] = [];
		let done: () => void = () => undefined;
		const inbox = new Inbox<number>({
			store: (heard) => {
				stored.push([...heard]);
				return new Promise((resolve) => (done = resolve));
			},
			log: () => undefined,
			restMs: 1_000,
		});
		inbox.push([1]);
		expect(stored).toEqual([[1]]);
		inbox.push([2]);
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
		done();
		await new Promise((resolve) => setImmediate(resolve));
		inbox.push([3]);
		await eventually(() => Promise.resolve(stored.length === 2));
		expect(stored).toEqual([[1], [2, 3]]);
		done();
		await inbox.idle();
	});

	it('is tried again until it is stored, and nothing overtakes it', async () => {
		const stored: number[] = [];
		let failures = 2;
		const logged: unknown[] = [];
		const inbox = new Inbox<number>({
			store: (heard) => {
				if (failures-- > 0) return Promise.reject(new Error('away'));
				stored.push(...heard);
				return Promise.resolve();
			},
			log: (_, details) => logged.push(details),
			retryMs: 1,
		});
		inbox.push([1]);
		inbox.push([2]);
		await inbox.idle();
		expect(stored).toEqual([1, 2]);
		expect(logged).toEqual([
			{ cause: 'Error: away', waiting: 2 },
			{ cause: 'Error: away', waiting: 2 },
		]);
	});

	it('is given up after one more try when the store closes', async () => {
		let tries = 0;
		const inbox = new Inbox<number>({
			store: () => Promise.reject(new Error(`away ${++tries}`)),
			log: () => undefined,
			retryMs: 1,
		});
		inbox.push([1]);
		await inbox.stop();
		expect(tries).toBeGreaterThan(0);
	});
});
