import {
	addTestListener,
	openDesk,
	takenTestMessage,
	type Desk,
	type EmitLoopOptions,
	type MessageItem,
} from '../../../../engine';
import type { InboundRow } from '../../../../engine/inbound/inbound-row';
import { takeTestMessages } from '../../../../engine/inbound/test-listeners';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { status, text, webhook, type Value } from '../../../support/webhook-body';

const ANA = { waId: '5511987654321' };
const BRUNO = { waId: '5521976543210' };

/** A run somebody started, which ends when the test says so. */
interface Run {
	items: MessageItem[];
	texts: string[];
	end(outcome?: 'succeeded' | 'failed'): void;
}

describe.each(STORES)('running workflows for what arrived, on $name', ({ create }) => {
	let store: TestStore;
	const desks: Desk[] = [];
	let desk: Desk;
	let channelId: string;

	const open = async () => {
		const opened = await openDesk({ store: store.settings });
		desks.push(opened);
		return opened;
	};
	beforeEach(async () => {
		store = await create();
		desk = await open();
		channelId = (await desk.useCloudApi(demoCredentials())).id;
	});
	afterEach(async () => {
		await Promise.all(desks.splice(0).map((each) => each.close()));
		await store.drop();
	});

	const receive = (...values: Value[]) => desk.receiveCloudApi(webhook(...values), demoCredentials());
	const consumer = (id: string, events = ['message']) => ({
		...{ id: `${id}/gatilho`, workflowId: id, events },
		...{ source: 'inbound' as const, channelId },
	});
	/** A trigger whose runs are ended by hand. */
	const listen = async (options: Partial<EmitLoopOptions> = {}, at = desk) => {
		const runs: Run[] = [];
		const failed: string[] = [];
		const stop = await at.listen({
			...{ consumer: consumer('fluxo'), channelId, events: new Set(['message']), batchSize: 50, mergeWindowMs: 0 },
			raw: false,
			emit: (items) =>
				new Promise((resolve) =>
					runs.push({ items, texts: items.map((item) => item.text), end: (outcome = 'succeeded') => resolve(outcome) }),
				),
			onFailed: async (item) => void failed.push(item.text),
			...options,
		});
		return { runs, failed, stop, run: (n: number) => eventually(() => runs[n]) };
	};
	const cursor = async (id = 'fluxo/gatilho') =>
		(await desk.store.db.selectFrom('consumer').select('cursor').where('id', '=', id).executeTakeFirstOrThrow()).cursor;
	const lastSeq = async () =>
		(
			await desk.store.db
				.selectFrom('inbound')
				.select((e) => e.fn.max('seq').as('seq'))
				.executeTakeFirstOrThrow()
		).seq;
	const allDone = async (id = 'fluxo/gatilho') =>
		eventually(async () => Number(await cursor(id)) === Number(await lastSeq()));
	const quiet = () => new Promise((resolve) => setTimeout(resolve, 150));

	it('runs one message of a contact at a time, in order, and contacts in parallel (D3)', async () => {
		const { run, runs } = await listen();
		await receive(text(ANA, 'a1'), text(ANA, 'a2'), text(BRUNO, 'b1'));
		expect((await run(0)).texts).toEqual(['a1', 'b1']);
		await receive(text(BRUNO, 'b2'));
		await quiet();
		expect(runs).toHaveLength(1);
		runs[0]!.end();
		expect((await run(1)).texts).toEqual(['a2', 'b2']);
		runs[1]!.end();
		await allDone();
		expect(runs).toHaveLength(2);
	});

	it('carries at most a batch of contacts in one run (D3)', async () => {
		const { run } = await listen({ batchSize: 3 });
		await receive(...Array.from({ length: 5 }, (_, i) => text({ waId: `55119${80_000_000 + i}` }, String(i))));
		const sizes = [(await run(0)).items.length, (await run(1)).items.length];
		expect(sizes).toEqual([3, 2]);
	});

	it('repeats a failed run of many one by one and tells only of those that fail again', async () => {
		const { run, runs, failed } = await listen();
		await receive(text(ANA, 'boa'), text(BRUNO, 'ruim'));
		(await run(0)).end('failed');
		expect((await run(1)).texts).toEqual(['boa']);
		runs[1]!.end();
		expect((await run(2)).texts).toEqual(['ruim']);
		runs[2]!.end('failed');
		await allDone();
		expect(failed).toEqual(['ruim']);
		expect(runs).toHaveLength(3);
	});

	it('never answers the past when it listens for the first time', async () => {
		await receive(text(ANA, 'antes'));
		const { run } = await listen();
		await receive(text(ANA, 'depois'));
		expect((await run(0)).texts).toEqual(['depois']);
	});

	it('resumes with what had not ended when the process died, and with nothing else (D3)', async () => {
		const first = await listen();
		await receive(text(ANA, 'a1'), text(BRUNO, 'b1'));
		await first.run(0);
		await receive(text({ waId: '5531965432109' }, 'c1'));
		(await first.run(1)).end();
		await eventually(async () => (await desk.store.db.selectFrom('consumer_done').selectAll().execute()).length === 1);
		// The process dies: another one opens the same trigger.
		const second = await listen({}, await open());
		expect((await second.run(0)).texts).toEqual(['a1', 'b1']);
		second.runs[0]!.end();
		await allDone();
		await quiet();
		expect(second.runs).toHaveLength(1);
		expect(await desk.store.db.selectFrom('consumer_done').selectAll().execute()).toEqual([]);
	});

	it('takes up after a stop where it was, with what came meanwhile', async () => {
		const first = await listen();
		await receive(text(ANA, 'a1'));
		(await first.run(0)).end();
		await allDone();
		await first.stop();
		await receive(text(ANA, 'a2'));
		const second = await listen();
		expect((await second.run(0)).texts).toEqual(['a2']);
		expect(first.runs).toHaveLength(1);
	});

	it('does not repeat runs under way when a workflow is published again, and keeps their order', async () => {
		const first = await listen();
		await receive(text(ANA, 'a1'), text(BRUNO, 'b1'));
		const running = await first.run(0);
		await receive(text(ANA, 'a2'));
		await first.stop();
		const second = await listen();
		await second.stop();
		const third = await listen();
		await quiet();
		// Published three times while the first run still goes on: its contacts wait for it.
		expect([second.runs.length, third.runs.length]).toEqual([0, 0]);
		running.end();
		expect((await third.run(0)).texts).toEqual(['a2']);
		third.runs[0]!.end();
		await allDone();
	});

	it('leaves the rest of a failed run to the workflow that was published meanwhile', async () => {
		const first = await listen();
		await receive(text(ANA, 'a1'), text(BRUNO, 'b1'));
		const running = await first.run(0);
		await first.stop();
		const second = await listen();
		running.end('failed');
		expect((await second.run(0)).texts).toEqual(['a1', 'b1']);
		second.runs[0]!.end();
		await allDone();
		expect(first.runs).toHaveLength(1);
	});

	it('lets any number of workflows listen to one number, each in its own time', async () => {
		const slow = await listen({ consumer: consumer('lento') });
		const quick = await listen({ consumer: consumer('rapido') });
		await receive(text(ANA, 'a1'));
		(await quick.run(0)).end();
		await allDone('rapido/gatilho');
		expect((await slow.run(0)).texts).toEqual(['a1']);
		expect(Number(await cursor('lento/gatilho'))).toBe(0);
	});

	it('gives delivery reports only to triggers that ask for them (D-01)', async () => {
		const messages = await listen();
		await receive(status({ id: 'wamid.X', status: 'delivered' }));
		expect(await desk.store.db.selectFrom('inbound').selectAll().execute()).toEqual([]);
		const reports = await listen({
			...{ consumer: consumer('relatorio', ['status']), events: new Set(['status']) },
		});
		await receive(status({ id: 'wamid.Y', status: 'read' }), text(ANA, 'Oi'));
		const { items } = await reports.run(0);
		expect(items).toMatchObject([{ event: 'status', providerMessageId: 'wamid.Y', status: { status: 'read' } }]);
		expect((await messages.run(0)).texts).toEqual(['Oi']);
	});

	it('gives a test by hand exactly one message, which production skips (D-29)', async () => {
		const production = await listen();
		const id = await addTestListener(desk.store, channelId, ['+55 21 97654-3210'], desk.clock.now());
		const options = { raw: true, now: desk.clock.now(), lateAfterMs: 60_000 };
		expect(await takenTestMessage(desk.store, id, options)).toBeNull();
		await receive(text(ANA, 'a1'), text(BRUNO, 'teste'), text(BRUNO, 'b2'));
		expect(await takenTestMessage(desk.store, id, options)).toMatchObject({ text: 'teste', test: true });
		expect((await production.run(0)).texts).toEqual(['a1', 'b2']);
		production.runs[0]!.end();
		await receive(text(BRUNO, 'b3'));
		expect((await production.run(1)).texts).toEqual(['b3']);
	});

	it('gives two processes that receive at once one message for a test, not two (D-29)', async () => {
		const other = await open();
		await addTestListener(desk.store, channelId, [], desk.clock.now());
		const message = (id: string) => ({ id, kind: 'message', channel_id: channelId, test_listener: null }) as InboundRow;
		const [first, second] = [message('msg_1'), message('msg_2')];
		let commit!: () => void;
		const gate = new Promise<void>((resolve) => (commit = resolve));
		let taken!: () => void;
		const firstTook = new Promise<void>((resolve) => (taken = resolve));
		const take = (at: Desk, row: InboundRow, then: () => Promise<void> | void) =>
			at.store.transaction(async (tx) => {
				await takeTestMessages(tx, [row], new Map(), desk.clock.now());
				await then();
			});
		const one = take(desk, first, () => (taken(), gate));
		await firstTook;
		// The other one looks while the first has not committed yet: the test still seems to wait.
		const two = take(other, second, () => undefined);
		await quiet();
		commit();
		await Promise.all([one, two]);
		expect([first.test_listener, second.test_listener]).toEqual([expect.stringMatching(/^tst_/), null]);
	});

	it('joins quick messages of one contact into one item (D-14)', async () => {
		const { run, runs } = await listen({ mergeWindowMs: 400 });
		await receive(text(ANA, 'Oi'));
		await receive(text(ANA, 'preciso de ajuda'), text(BRUNO, '2'));
		// A digit answers a menu: it never waits.
		expect((await run(0)).texts).toEqual(['2']);
		const { items } = await run(1);
		expect(items).toMatchObject([{ text: 'Oi\npreciso de ajuda' }]);
		expect(items[0]!.mergedMessageIds).toHaveLength(2);
		for (const each of runs) each.end();
		await allDone();
	});

	it('shows contact and conversation as they are when the run starts', async () => {
		const { run, runs } = await listen();
		await receive(text({ bsuid: 'BR.1', name: 'Ana' }, 'a1'), text({ bsuid: 'BR.1', name: 'Ana' }, 'a2'));
		expect((await run(0)).items[0]).toMatchObject({ contact: { name: 'Ana', phone: null, address: 'BR.1' } });
		// Meanwhile the phone becomes known, and the conversation a person's.
		await receive(text({ bsuid: 'BR.1', waId: ANA.waId, name: 'Ana Souza' }, 'a3'));
		await desk.store.db.updateTable('conversation').set({ state: 'attending', agent: 'bia' }).execute();
		runs[0]!.end();
		expect((await run(1)).items[0]).toMatchObject({
			text: 'a2',
			contact: { name: 'Ana Souza', phone: '+5511987654321' },
			conversation: { state: 'attending', agent: 'bia' },
			channel: { id: channelId, kind: 'cloudApi', phone: '+551130000000' },
		});
	});

	it('names the joined contact on messages that wait while two contacts are joined (X-07)', async () => {
		const { run, runs } = await listen();
		await receive(text({ waId: ANA.waId }, 'a1'), text({ bsuid: 'BR.1' }, 'x1'), text({ bsuid: 'BR.1' }, 'x2'));
		const [ana] = (await run(0)).items;
		await receive(text({ waId: ANA.waId, bsuid: 'BR.1' }, 'a2'));
		runs[0]!.end();
		const waiting = (await run(1)).items.find((item) => item.text === 'x2');
		expect(waiting!.contact!.id).toBe(ana!.contact!.id);
	});

	it('marks a message found late, so that the bot leaves it to people (D3)', async () => {
		const { run } = await listen({ lateAfterMs: 60_000 });
		await receive(text(ANA, 'velha', { at: Date.now() - 120_000 }), text(BRUNO, 'nova'));
		expect((await run(0)).items.map(({ text: t, late }) => [t, late])).toEqual([
			['velha', true],
			['nova', false],
		]);
	});

	it('passes rows of others without keeping them, and remembers how far it was', async () => {
		await listen({ consumer: consumer('relatorio', ['status']), events: new Set(['status']) });
		const people = Array.from({ length: 1_100 }, (_, i) => text({ waId: `55119${80_000_000 + i}` }, 'Oi'));
		await receive(...people.slice(0, 600));
		await receive(...people.slice(600));
		await eventually(async () => Number(await cursor('relatorio/gatilho')) > 1_000);
	});
});
