import { ERP_PRESETS, openDesk, testErpItems, type Desk, type ErpItem } from '../../../../engine';
import type { ErpLoopOptions } from '../../../../engine/erp-inbox/erp-loop';
import { tidyErpEvents } from '../../../../engine/erp-inbox/tidy-erp-events';
import { STORES, type TestStore } from '../../../support/each-store';
import { asaasBody, erpCall, SOURCE, type Charge } from '../../../support/erp-calls';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';

interface Run {
	items: ErpItem[];
	charges: Array<string | null>;
	end(outcome?: 'succeeded' | 'failed'): void;
}

const DAY_MS = 24 * 3_600_000;

describe.each(STORES)('running workflows for what an ERP told, on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	let clock: MovingClock;
	const desks: Desk[] = [];

	const open = async () => {
		const opened = await openDesk({ store: store.settings, clock });
		desks.push(opened);
		return opened;
	};
	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		desk = await open();
	});
	afterEach(async () => {
		await Promise.all(desks.splice(0).map((each) => each.close()));
		await store.drop();
	});

	const deliver = async (n: number, charge: Charge = {}, changes = {}) => {
		const body = asaasBody({ id: `evt_${n}`, payment: `pay_${n}`, ...charge });
		expect((await desk.receiveErp(erpCall(body, changes))).type).toBe('taken');
	};
	const listen = async (options: Partial<ErpLoopOptions> = {}, at = desk) => {
		const runs: Run[] = [];
		const failed: string[][] = [];
		const stop = await at.listenToErp({
			source: SOURCE,
			workflowId: 'fluxoErp00000001',
			batchSize: 25,
			runForIgnored: true,
			raw: false,
			emit: (items) =>
				new Promise((resolve) =>
					runs.push({
						items,
						charges: items.map((item) => item.sourceId),
						end: (outcome = 'succeeded') => resolve(outcome),
					}),
				),
			onFailed: async (items) => void failed.push(items.map((item) => item.sourceId!)),
			...options,
		});
		return { runs, failed, stop, run: (n: number) => eventually(() => runs[n]) };
	};
	const cursor = async () =>
		Number((await desk.store.db.selectFrom('consumer').select('cursor').executeTakeFirstOrThrow()).cursor);

	it('gives the event flat, with amounts and instants for people, and a key for what is sent', async () => {
		const { run } = await listen();
		await deliver(1, { dateCreated: '2026-03-10 10:00:00', value: 1234.5 });
		const [item] = (await run(0)).items;
		expect(item).toEqual({
			kind: 'payment.received',
			system: 'asaas',
			systemName: 'Asaas',
			sourceId: 'pay_1',
			occurredAt: '2026-03-10T13:00:00.000Z',
			customer: { id: 'cus_1', name: null, document: null, phone: null, email: null },
			amountCents: 123_450,
			amount: 'R$ 1.234,50',
			dueDate: '2026-03-10',
			number: null,
			status: null,
			description: null,
			links: { invoice: null, boleto: null, tracking: null },
			boleto: null,
			pix: null,
			related: { serviceOrder: null, order: null, txid: null, installment: null },
			key: `${SOURCE}|charge:pay_1/payment.received`,
			outcome: 'event',
			reason: null,
			receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
			eventId: expect.stringMatching(/^erp_/),
			test: false,
		});
	});

	it('gives what came meanwhile in one run, in its order, one run at a time, at most so many at once', async () => {
		const { run, runs } = await listen({ batchSize: 3 });
		await deliver(1);
		await run(0);
		for (let n = 2; n <= 6; n++) await deliver(n);
		expect(runs).toHaveLength(1);
		runs[0]!.end();
		expect((await run(1)).charges).toEqual(['pay_2', 'pay_3', 'pay_4']);
		runs[1]!.end();
		expect((await run(2)).charges).toEqual(['pay_5', 'pay_6']);
		runs[2]!.end();
		await eventually(async () => (await cursor()) === 6);
	});

	it('gives what is ignored with the reason, or passes it when nobody wants it', async () => {
		const all = await listen();
		const some = await listen({ source: 'outro/no', runForIgnored: false });
		for (const source of [SOURCE, 'outro/no']) {
			await deliver(1, { id: 'evt_1', event: 'PAYMENT_REFUNDED' }, { source });
			await deliver(2, {}, { source });
			await deliver(2, { id: 'evt_3' }, { source });
		}
		const seen: ErpItem[] = [];
		for (let i = 0; seen.length < 3; i++) {
			const run = await all.run(i);
			seen.push(...run.items);
			run.end();
		}
		expect(seen.map(({ kind, outcome, reason, key }) => [kind, outcome, reason !== null, key])).toEqual([
			['PAYMENT_REFUNDED', 'ignored', true, `${SOURCE}|evt_1`],
			['payment.received', 'event', false, `${SOURCE}|charge:pay_2/payment.received`],
			['payment.received', 'duplicate', true, `${SOURCE}|charge:pay_2/payment.received`],
		]);
		expect((await some.run(0)).items.map(({ outcome }) => outcome)).toEqual(['event']);
	});

	it('gives again what was under way when the process died: at least once', async () => {
		const first = await listen();
		await deliver(1);
		await first.run(0);
		const second = await listen({}, await open());
		expect((await second.run(0)).charges).toEqual(['pay_1']);
		second.runs[0]!.end();
		await eventually(async () => (await cursor()) === 1);
	});

	it('gives what was stored before the trigger was there: nothing is lost while a workflow is being published', async () => {
		await deliver(1);
		expect((await (await listen()).run(0)).charges).toEqual(['pay_1']);
	});

	it('waits for the run under way when the workflow is published again, and does not start it anew', async () => {
		const first = await listen();
		await deliver(1);
		const running = await first.run(0);
		await first.stop();
		const second = await listen();
		await deliver(2);
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(second.runs).toEqual([]);
		running.end();
		expect((await second.run(0)).charges).toEqual(['pay_2']);
	});

	it('does not repeat a run that failed, but tells it', async () => {
		const { run, runs, failed } = await listen();
		await deliver(1);
		(await run(0)).end('failed');
		await deliver(2);
		expect((await run(1)).charges).toEqual(['pay_2']);
		expect(failed).toEqual([['pay_1']]);
		expect(runs).toHaveLength(2);
	});

	it('gives every fact of a batch the body it came with, when asked for', async () => {
		const { run } = await listen({ raw: true });
		const pix = ['E1', 'E2'].map((id) => ({ endToEndId: id, txid: `tx${id}`, valor: '10.00' }));
		const body = JSON.stringify({ pix });
		await desk.receiveErp(erpCall(body, { preset: ERP_PRESETS.bacenPix, secrets: null }));
		expect((await run(0)).items.map((item) => item.raw)).toEqual([{ pix }, { pix }]);
	});

	describe('the body that an item carries', () => {
		const order = (deliveryId: string, name: string) => {
			const body = { deliveryId, kind: 'order.created', sourceId: name, customer: { name }, prioridade: 'crítica' };
			return { body, text: JSON.stringify(body) };
		};
		const take = async (body: string | Buffer) => {
			const answer = await desk.receiveErp(erpCall(body, { preset: ERP_PRESETS.generic, secrets: null }));
			expect(answer.type).toBe('taken');
		};
		const rawByName = async (count: number) => {
			const { runs } = await listen({ raw: true, batchSize: 1 });
			for (let n = 0; n < count; n++) (await eventually(() => runs[n])).end();
			return Object.fromEntries(runs.flatMap(({ items }) => items.map((item) => [item.customer.name, item.raw])));
		};

		it('is its own, whatever the numbers of the sender look like', async () => {
			const all = ['aviso', 'aviso#1', 'aviso#2', 'aviso#10', 'aviso␟1', 'aviso␟2'].map((id) => order(id, `De ${id}`));
			for (const { text } of all) await take(text);
			expect(await rawByName(all.length)).toEqual(
				Object.fromEntries(all.map(({ body }) => [body.customer.name, body])),
			);
		});

		it('is found for facts that were numbered with a # before', async () => {
			const [ana, bruno] = [order('lote', 'Ana'), order('aviso#2', 'Bruno')];
			await take(ana.text);
			await take(order('segundo', 'Carla').text);
			await take(bruno.text);
			const renumber = (from: string, to: object) =>
				desk.store.db.updateTable('erp_event').set(to).where('delivery_key', '=', from).execute();
			await renumber('lote', { delivery_key: 'lote#1' });
			await renumber('segundo', { delivery_key: 'lote#2', raw: '' });
			expect(await rawByName(3)).toEqual({ Ana: ana.body, Carla: ana.body, Bruno: bruno.body });
		});

		it('keeps the accents of an ERP that writes Windows-1252', async () => {
			const { body, text } = order('aviso-1', 'João');
			await take(Buffer.from(text, 'latin1'));
			expect(await rawByName(1)).toEqual({ João: body });
		});
	});

	it('never runs production for a test; the test finds the newest delivery of the last two minutes', async () => {
		const { run } = await listen();
		await deliver(1, {}, { test: true });
		const pix = ['E1', 'E2'].map((id) => ({ endToEndId: id, txid: `tx${id}`, valor: '10.00' }));
		const batch = JSON.stringify({ pix });
		await desk.receiveErp(erpCall(batch, { preset: ERP_PRESETS.bacenPix, secrets: null, test: true }));
		await deliver(2);
		expect((await run(0)).charges).toEqual(['pay_2']);
		const items = await testErpItems(desk, SOURCE, true);
		expect(items.map(({ kind, outcome, test, raw }) => ({ kind, outcome, test, raw }))).toEqual([
			{ kind: 'payment.received', outcome: 'event', test: true, raw: { pix } },
			{ kind: 'payment.received', outcome: 'event', test: true, raw: { pix } },
		]);
		// What a test sends must not count as sent in production.
		expect(new Set(items.map((item) => item.key)).size).toBe(2);
		for (const { key } of items) expect(key).toMatch(/^fluxoErp00000001\/no-erp\|test:/);
		clock.advance(121_000);
		expect(await testErpItems(desk, SOURCE, false)).toEqual([]);
	});

	it('forgets events after 90 days, but none that a published workflow has yet to run', async () => {
		const { run, runs } = await listen({ batchSize: 1 });
		await deliver(1);
		await deliver(2);
		await deliver(3, {}, { test: true });
		(await run(0)).end();
		await run(1);
		const left = async () => {
			await tidyErpEvents(desk.store, () => false, clock.now());
			const rows = await desk.store.db.selectFrom('erp_event').select('delivery_key').orderBy('seq').execute();
			return rows.map((row) => row.delivery_key);
		};
		expect(await left()).toHaveLength(3);
		clock.advance(91 * DAY_MS);
		expect(await left()).toEqual(['evt_2']);
		runs[1]!.end();
		await eventually(async () => (await cursor()) >= 2);
		expect(await left()).toEqual([]);
	});
});
