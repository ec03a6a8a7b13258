import { listConversations } from '../../../../engine';
import { startRig, THREE_QUEUES, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';

const ANA = '5511987654321';
const MINUTE = 60_000;
const CONFIG = { ...THREE_QUEUES, timeout: { giveUpAfterMinutes: 30, reminderAfterMinutes: 10 } };

describe.each(STORES)('timers on $name', ({ create }) => {
	let store: TestStore;
	let clock: MovingClock;
	let rigs: DeskRig[];

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		const first = await startRig(store.settings, { clock, config: CONFIG });
		const second = await startRig(store.settings, { clock, config: CONFIG, simulator: first.simulator, listen: false });
		rigs = [first, second];
	});
	afterEach(async () => {
		for (const rig of rigs.reverse()) await rig.close();
		await store.drop();
	});

	const timers = () => rigs[0]!.desk.store.db.selectFrom('timer').select(['kind', 'due_at']).execute();
	const told = async (event: string) =>
		rigs[0]!.desk.store.db.selectFrom('timeline').selectAll().where('event', '=', event).execute();

	it('ring once although two processes watch them: a reminder, then the end (D-25)', async () => {
		const { admin } = rigs[0]!.simulator;
		await admin.say(ANA, 'Oi');
		await admin.waitForReplies(ANA, 1);
		expect((await timers()).map((timer) => timer.kind).sort()).toEqual(['menuReminder', 'menuTimeout']);
		clock.advance(11 * MINUTE);
		await admin.waitForReplies(ANA, 2);
		clock.advance(20 * MINUTE);
		await admin.waitForReplies(ANA, 3);
		await eventually(async () => (await timers()).length === 0);
		expect(await told('menuReminder')).toHaveLength(1);
		expect(await told('timeout')).toHaveLength(1);
		expect(await admin.messages(ANA, { from: 'business' })).toHaveLength(3);
		expect(await listConversations(rigs[0]!.desk, { states: ['resolved'], limit: 5 })).toHaveLength(1);
	});

	it('leave the others ringing when one cannot ring', async () => {
		const { db } = rigs[0]!.desk.store;
		const timer = { channel_id: rigs[0]!.channelId, due_at: 1, workflow_id: null, payload: '{}' };
		await rigs[0]!.simulator.admin.say(ANA, 'Oi');
		await rigs[0]!.simulator.admin.waitForReplies(ANA, 1);
		const [conversation] = await db.selectFrom('conversation').selectAll().execute();
		// Triage memory nobody can read: the first timer that rings fails.
		await db
			.insertInto('conversation')
			.values({ ...conversation!, id: 'cnv_0', contact_id: 'cnt_none', protocol_number: 'X' })
			.execute();
		await db
			.insertInto('timer')
			.values({ ...timer, conversation_id: 'cnv_0', kind: 'menuTimeout' })
			.execute();
		clock.advance(11 * MINUTE);
		await rigs[0]!.simulator.admin.waitForReplies(ANA, 2);
	});
});
