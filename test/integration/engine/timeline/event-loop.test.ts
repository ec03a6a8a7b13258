import { openDesk, type Desk, type EventLoopOptions } from '../../../../engine';
import type { TimelineEntry } from '../../../../engine';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';

interface Run {
	events: string[];
	entries: TimelineEntry[];
	end(outcome?: 'succeeded' | 'failed'): void;
}

describe.each(STORES)('running workflows for desk events, on $name', ({ create }) => {
	let store: TestStore;
	const desks: Desk[] = [];
	let desk: Desk;

	const open = async () => {
		const opened = await openDesk({ store: store.settings });
		desks.push(opened);
		return opened;
	};
	beforeEach(async () => {
		store = await create();
		desk = await open();
	});
	afterEach(async () => {
		await Promise.all(desks.splice(0).map((each) => each.close()));
		await store.drop();
	});

	const tell = (...events: string[]) =>
		desk.tell(events.map((event) => ({ event, text: `Aconteceu: ${event}.`, at: 1, channelId: 'c1' })));
	const listen = async (options: Partial<EventLoopOptions> = {}, at = desk) => {
		const runs: Run[] = [];
		const stop = await at.listenToEvents({
			...{ id: 'fluxo/evento', workflowId: 'fluxo', events: new Set(['queued', 'assigned']), channelId: null },
			emit: (entries) =>
				new Promise((resolve) =>
					runs.push({ entries, events: entries.map((e) => e.event), end: (outcome = 'succeeded') => resolve(outcome) }),
				),
			...options,
		});
		return { runs, stop, run: (n: number) => eventually(() => runs[n]) };
	};
	const cursor = async () =>
		Number((await desk.store.db.selectFrom('consumer').select('cursor').executeTakeFirstOrThrow()).cursor);

	it('gives what was asked for, in order, one run at a time (D6)', async () => {
		await tell('queued');
		const { run, runs } = await listen();
		await tell('queued', 'menuSent', 'assigned');
		expect((await run(0)).events).toEqual(['queued', 'assigned']);
		await tell('queued');
		expect(runs).toHaveLength(1);
		runs[0]!.end('failed');
		expect((await run(1)).events).toEqual(['queued']);
		expect(runs[1]!.entries[0]).toMatchObject({ text: 'Aconteceu: queued.', channelId: 'c1' });
	});

	it('gives again what was under way when the process died: at least once (D6)', async () => {
		const first = await listen();
		await tell('queued');
		await first.run(0);
		const second = await listen({}, await open());
		expect((await second.run(0)).events).toEqual(['queued']);
		second.runs[0]!.end();
		await eventually(async () => (await cursor()) > 0);
	});

	it('does not start again what is under way when the workflow is published again', async () => {
		const first = await listen();
		await tell('queued');
		const running = await first.run(0);
		await first.stop();
		const second = await listen();
		await tell('assigned');
		expect((await second.run(0)).events).toEqual(['assigned']);
		running.end();
		second.runs[0]!.end();
		await eventually(async () => (await cursor()) === 2);
	});

	it('leaves other channels alone when it is about one', async () => {
		const { run } = await listen({ channelId: 'c2' });
		await desk.tell([
			{ event: 'queued', text: '', at: 1, channelId: 'c1' },
			{ event: 'queued', text: '', at: 1, channelId: null },
			{ event: 'queued', text: '', at: 1, channelId: 'c2' },
		]);
		expect((await run(0)).entries.map((entry) => entry.channelId)).toEqual([null, 'c2']);
	});

	it('remembers how far it was although nothing was asked for', async () => {
		await listen();
		for (let i = 0; i < 11; i++) await tell(...Array.from({ length: 100 }, () => 'menuSent'));
		await eventually(async () => (await cursor()) > 1_000);
	});

	it('tells the same fact once (D6)', async () => {
		const line = { event: 'queued', text: '', at: 1, key: 'one' };
		await desk.tell([line, { ...line, key: 'two' }, line]);
		await desk.tell([line]);
		expect(await desk.store.db.selectFrom('timeline').selectAll().execute()).toHaveLength(2);
	});
});
