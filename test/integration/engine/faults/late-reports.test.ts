import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';
import { sentRow, storeOutbox } from '../../../support/outbox-rows';
import { status, webhook } from '../../../support/webhook-body';

const MINUTE = 60_000;

describe.each(STORES)('reports that come in late after an outage on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, { listen: false, clock, reconcileMs: MINUTE });
		const unconfirmed = { provider_message_id: null, finished_at: null, claimed_by: 'gone', claimed_at: clock.now() };
		await storeOutbox(rig.desk.store, [
			sentRow({ id: 'unconfirmed', status: 'unknown', ...unconfirmed }),
			sentRow({ id: 'other', address: '5511911112222' }),
		]);
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	const stands = async () => {
		const row = rig.desk.store.db.selectFrom('outbox').select('status').where('id', '=', 'unconfirmed');
		return (await row.executeTakeFirstOrThrow()).status;
	};
	/** The dispatcher has looked at least once more at what is on its way. */
	const looked = async () => {
		for (let i = 0; i < 3; i++) {
			clock.advance(2_001);
			await new Promise((resolve) => setTimeout(resolve, 1_100));
		}
	};
	const report = (at: number) =>
		rig.desk.receiveCloudApi(webhook(status({ id: 'wamid.other', status: 'delivered' }, at)), rig.credentials);

	it('keep an unconfirmed message waiting: its own report may be the next (D4)', async () => {
		await report(clock.now());
		clock.advance(MINUTE - 5_000);
		// About something from before this process started: the provider is still catching up.
		await report(clock.now() - 2 * MINUTE);
		await looked();
		expect(await stands()).toBe('unknown');
		clock.advance(MINUTE);
		await eventually(async () => (await stands()) !== 'unknown');
	});

	it('while reports of today prove that nothing is late', async () => {
		await report(clock.now());
		clock.advance(MINUTE - 5_000);
		await report(clock.now());
		await looked();
		expect(await stands()).not.toBe('unknown');
	});

	it('are waited for three times as long until anything came in: the way in may not be open yet (D4)', async () => {
		clock.advance(MINUTE);
		await looked();
		expect(await stands()).toBe('unknown');
		clock.advance(2 * MINUTE);
		await eventually(async () => (await stands()) !== 'unknown');
	});

	it('are waited for anew after this process stood still (D4)', async () => {
		await report(clock.now());
		await looked();
		// Starved of CPU for longer than looks are apart: reports would have waited at the door.
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5_100);
		clock.advance(MINUTE - 10_000);
		await looked();
		expect(await stands()).toBe('unknown');
		clock.advance(MINUTE);
		await eventually(async () => (await stands()) !== 'unknown');
	});
});
