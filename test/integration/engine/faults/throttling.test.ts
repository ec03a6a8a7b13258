import type { SendFault } from '../../../../simulator/faults';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { manyContacts, type ManyContacts } from '../../../support/many-contacts';
import { MovingClock } from '../../../support/moving-clock';

describe.each(STORES)('a provider that asks to slow down on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;
	let campaign: ManyContacts;
	let ticking: NodeJS.Timeout;

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, { listen: false, clock });
		campaign = await manyContacts(rig.desk, rig.simulator.admin, rig.channelId, 12);
		// The waits are minutes in part: time passes more quickly here.
		ticking = setInterval(() => clock.advance(5_000), 20);
	});
	afterEach(async () => {
		clearInterval(ticking);
		await rig.close();
		await store.drop();
	});

	it.each<[string, SendFault]>([
		['the number is over its throughput (130429, as HTTP 400)', { kind: 'error', code: 130429, count: 15 }],
		['a contact got too many at once (131056, as HTTP 400)', { kind: 'error', code: 131056, count: 15 }],
		['the app is over its calls per hour (4, as HTTP 400)', { kind: 'error', code: 4, count: 2 }],
		['the account is over its calls per hour (80007, as HTTP 400)', { kind: 'error', code: 80007, count: 2 }],
		['the number is being upgraded (131057)', { kind: 'error', code: 131057, count: 2 }],
	])('loses and repeats nothing while %s', async (_, fault) => {
		await rig.simulator.admin.failSends(fault);
		await campaign.send('1', '2');
		await campaign.untilAll('sent');
		await rig.simulator.admin.waitForIdleWebhooks();
		expect(await campaign.heard()).toEqual([['1', '2']]);
		const attempts = (await campaign.rows()).reduce((sum, row) => sum + row.attempts, 0);
		expect(attempts).toBe(24 + fault.count!);
		expect(await campaign.counted()).toMatchObject({ received: 12, sent: 24, delivered: 24, read: 24 });
	});

	it('tries again what was accepted and came back as throttled later (130429 in a status)', async () => {
		await rig.simulator.admin.failSends({ kind: 'failLater', code: 130429, count: 5 });
		// All five fail before any is tried again: which attempt a failure meets is not left to chance.
		clearInterval(ticking);
		await campaign.send('1');
		await eventually(async () => (await told()).length === 5);
		ticking = setInterval(() => clock.advance(5_000), 20);
		await campaign.untilDelivery('read');
		// The simulator shows a message that failed as well: five phones have the failed one and the one that came.
		const arrived = await Promise.all(
			campaign.people.map(async (waId) => {
				const all = await rig.simulator.admin.messages(waId, { from: 'business' });
				return all.filter((each) => each.statuses.delivered !== undefined).map((each) => each.text);
			}),
		);
		expect(arrived).toEqual(Array(12).fill(['1']));
		const rows = await campaign.rows();
		expect(rows.map((row) => row.attempts).sort()).toEqual([...Array(7).fill(1), ...Array(5).fill(2)]);
		expect(new Set(rows.map((row) => [row.error_code, row.delivery].join()))).toEqual(new Set([',read']));
		expect(await campaign.counted()).toMatchObject({ sent: 12, delivered: 12, read: 12 });
		expect(await told()).toEqual(Array(5).fill('messagePostponed'));
	});

	const told = async () => {
		const lines = await rig.desk.store.db.selectFrom('timeline').select('event').execute();
		return lines.map((line) => line.event);
	};
});
