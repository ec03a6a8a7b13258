import type { SendFault } from '../../../../simulator/faults';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { manyContacts, type ManyContacts } from '../../../support/many-contacts';
import { MovingClock } from '../../../support/moving-clock';

describe.each(STORES)('a provider in trouble on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;
	let campaign: ManyContacts;

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, { listen: false, clock, reconcileMs: 60_000 });
		campaign = await manyContacts(rig.desk, rig.simulator.admin, rig.channelId, 10);
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	/** The waits are minutes in part: time passes more quickly here. */
	const quickly = async (work: () => Promise<unknown>) => {
		const ticking = setInterval(() => clock.advance(5_000), 20);
		await work().finally(() => clearInterval(ticking));
	};

	it.each<[string, SendFault]>([
		['a failure Meta admits to (500, code 131000)', { kind: 'error', code: 131000, status: 500, count: 8 }],
		['a service that is not available (500, code 131016)', { kind: 'error', code: 131016, status: 500, count: 3 }],
		['an overloaded server (503, code 133004)', { kind: 'error', code: 133004, status: 503, count: 3 }],
		['a gateway that gave up (502 without a word of Graph)', { kind: 'httpStatus', status: 502, count: 8 }],
		['connections that drop', { kind: 'reset', count: 8 }],
	])('every message leaves once, in order, through %s', async (_, fault) => {
		await rig.simulator.admin.failSends(fault);
		await campaign.send('1', '2');
		await quickly(() => campaign.untilAll('sent'));
		await rig.simulator.admin.waitForIdleWebhooks();
		expect(await campaign.heard()).toEqual([['1', '2']]);
		expect(await campaign.counted()).toMatchObject({ sent: 20, delivered: 20 });
	});

	it('what was accepted without an answer is proven by its reports, never sent again (D4)', async () => {
		const { admin } = rig.simulator;
		await admin.setWebhookFaults({ hold: true });
		await admin.failSends({ kind: 'noAnswer', count: 10 });
		await campaign.send('1', '2');
		await eventually(async () =>
			(await Promise.all(campaign.people.map((waId) => admin.messages(waId)))).every((all) => all.length === 2),
		);
		// Nothing more leaves while nobody knows: the second of each lane waits.
		expect(new Set((await campaign.rows()).map((row) => row.status))).toEqual(new Set(['sending', 'queued']));
		await admin.setWebhookFaults({ hold: false });
		await campaign.untilAll('sent');
		await admin.waitForIdleWebhooks();
		expect(await campaign.heard()).toEqual([['1', '2']]);
		expect((await campaign.rows()).map((row) => row.attempts)).toEqual(Array(20).fill(1));
		expect(await campaign.counted()).toMatchObject({ sent: 20, delivered: 20, read: 20 });
	});
});
