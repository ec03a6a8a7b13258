import { Faults } from '../../../../simulator/faults';
import { DEFAULT_SETTINGS, type WebhookSettings } from '../../../../simulator/model';
import { CallbackLane } from '../../../../simulator/webhooks/lane';
import type { PostResult } from '../../../../simulator/webhooks/post';

/** A network that answers only when the test says so. */
function aLane(settings: Partial<WebhookSettings> = {}) {
	const posts: Array<{
		values: number[];
		headers: Record<string, string>;
		answer: (result: PostResult) => Promise<void>;
	}> = [];
	const faults = new Faults();
	const caller = {
		get: () => Promise.reject(new Error('not used')),
		post: (_url: string, body: string | Buffer, headers: Record<string, string>) =>
			new Promise<PostResult>((resolve) => {
				const { entry } = JSON.parse(String(body));
				posts.push({
					values: entry.flatMap((one: any) => one.changes.map((change: any) => change.value)),
					headers,
					answer: async (result) => {
						resolve(result);
						await settle();
					},
				});
			}),
		close: () => undefined,
	};
	const events = { posted: () => undefined, acknowledged: () => undefined, failed: () => undefined };
	const all = { ...DEFAULT_SETTINGS.webhooks, ...settings };
	const lane = new CallbackLane({ url: 'http://callback', appSecret: 's' }, () => all, faults, caller, events);
	const push = (value: number, orderKey = `contact-${value}`) =>
		lane.push({ orderKey, wabaId: 'W', json: JSON.stringify({ field: 'messages', value }) });
	return { lane, posts, faults, push };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const OK: PostResult = { type: 'answered', status: 200, body: '' };

describe('deliveries to one callback', () => {
	it('keeps four POSTs in flight and puts what waits meanwhile into the next one', async () => {
		const { posts, push } = aLane();
		for (let value = 1; value <= 9; value++) {
			push(value);
			await settle();
		}
		expect(posts.map((post) => post.values)).toEqual([[1], [2], [3], [4]]);
		await posts[2]!.answer(OK);
		expect(posts[4]!.values).toEqual([5, 6, 7, 8, 9]);
	});

	it('puts updates pushed together into one POST', async () => {
		const { posts, push } = aLane();
		for (let value = 1; value <= 50; value++) push(value);
		await settle();
		expect(posts.map((post) => post.values.length)).toEqual([50]);
	});

	it('never puts more than 1,000 updates or 3 MB into a POST', async () => {
		const byCount = aLane();
		for (let value = 1; value <= 1_500; value++) byCount.push(value);
		await settle();
		expect(byCount.posts.map((post) => post.values.length)).toEqual([1_000, 500]);

		const bySize = aLane({ maxBytes: 300 });
		for (let value = 1; value <= 5; value++) bySize.push(value);
		await settle();
		expect(bySize.posts.map((post) => post.values.length)).toEqual([3, 2]);
	});

	it('attempts the updates of one contact one after the other, others go on', async () => {
		const { posts, push } = aLane();
		push(1, 'ana');
		await settle();
		push(2, 'ana');
		push(3, 'bruno');
		await settle();
		push(4, 'ana');
		await settle();
		expect(posts.map((post) => post.values)).toEqual([[1], [3]]);
		await posts[0]!.answer(OK);
		expect(posts[2]!.values).toEqual([2, 4]);
	});

	it('tries again after anything but 200, with growing gaps, and drops nothing', async () => {
		const { lane, posts, push } = aLane({ retryScheduleMs: [1, 2] });
		push(1);
		await settle();
		const failures: PostResult[] = [
			{ type: 'answered', status: 500, body: '' },
			{ type: 'answered', status: 204, body: '' },
			{ type: 'noAnswer', reason: 'ECONNREFUSED' },
			{ type: 'answered', status: 302, body: '' },
		];
		for (const [index, failure] of failures.entries()) {
			await posts[index]!.answer(failure);
			while (posts.length <= index + 1) await settle();
		}
		await posts[4]!.answer(OK);
		expect(posts.map((post) => post.values)).toEqual([[1], [1], [1], [1], [1]]);
		expect(lane.state()).toEqual({ waiting: 0, inFlight: 0, retrying: 0 });
	});

	it('waits before a retry while other updates go through', async () => {
		const { lane, posts, push } = aLane({ retryScheduleMs: [60_000] });
		push(1);
		await settle();
		await posts[0]!.answer({ type: 'answered', status: 503, body: '' });
		push(2, 'contact-1');
		await settle();
		await posts[1]!.answer(OK);
		expect(lane.state()).toEqual({ waiting: 0, inFlight: 0, retrying: 1 });
		lane.close();
	});

	it('holds deliveries back and lets them go together', async () => {
		const { lane, posts, faults, push } = aLane();
		faults.webhooks.hold = true;
		push(1);
		push(2);
		await settle();
		expect(posts).toEqual([]);
		faults.webhooks.hold = false;
		lane.resume();
		await settle();
		expect(posts.map((post) => post.values)).toEqual([[1, 2]]);
	});

	it('sends each POST twice when told to, after the first or at the same time', async () => {
		const after = aLane();
		after.faults.webhooks.duplicate = 'after';
		after.push(1);
		await settle();
		expect(after.posts.length).toBe(1);
		await after.posts[0]!.answer(OK);
		expect(after.posts.map((post) => post.values)).toEqual([[1], [1]]);
		await after.posts[1]!.answer(OK);
		expect(after.posts.length).toBe(2);

		const concurrent = aLane();
		concurrent.faults.webhooks.duplicate = 'concurrent';
		concurrent.push(1);
		await settle();
		expect(concurrent.posts.map((post) => post.values)).toEqual([[1], [1]]);
	});

	it('shuffles what waits but loses none of it', async () => {
		const { posts, faults, push } = aLane();
		faults.webhooks.shuffle = true;
		const values = Array.from({ length: 200 }, (_, index) => index);
		for (const value of values) push(value, 'ana');
		await settle();
		const received = posts.flatMap((post) => post.values);
		expect(received).not.toEqual(values);
		expect([...received].sort((a, b) => a - b)).toEqual(values);
	});
});
