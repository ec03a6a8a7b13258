import { listConversations, operateConversation } from '../../../../engine';
import { enqueue, type OutboxRequest } from '../../../../engine/outbox/enqueue';
import { startRig, THREE_QUEUES, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { MovingClock } from '../../../support/moving-clock';
import { echo, webhook } from '../../../support/webhook-body';

const ANA = '5511987654321';
const MINUTE = 60_000;

describe.each(STORES)('a person who takes over, on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	let clock: MovingClock;

	beforeEach(async () => {
		store = await create();
		clock = new MovingClock();
		rig = await startRig(store.settings, {
			clock,
			config: { ...THREE_QUEUES, botPauseMinutes: 30, botPauseCapMinutes: 120 },
		});
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	const advance = async (ms: number) => {
		clock.advance(ms);
		await rig.simulator.admin.advanceClock(ms);
	};
	const heard = async () => (await rig.simulator.admin.messages(ANA, { from: 'business' })).map((each) => each.text);
	const conversation = async () => (await listConversations(rig.desk, { limit: 1 }))[0]!;
	const told = async () =>
		(await rig.desk.store.db.selectFrom('timeline').select(['event', 'text']).orderBy('seq').execute()).map(
			(l) => l.event,
		);
	const says = async (text: string) => {
		const before = rig.routed.length;
		await rig.simulator.admin.say(ANA, text);
		return eventually(() => rig.routed[before]);
	};

	it('from the company phone: what the bot had waiting is withdrawn, and it keeps silent (D-07, X-06)', async () => {
		const { admin } = rig.simulator;
		await admin.say(ANA, 'Oi');
		const [menu] = await admin.waitForReplies(ANA, 1);
		// The invalid answer's texts are held up by Meta while the person types.
		await admin.failSends({ kind: 'error', code: 131056, to: ANA });
		await says('9');
		await eventually(async () => (await told()).includes('messagePostponed'));
		await admin.typeOnCompanyPhone(ANA, 'Oi Ana, é a Bia. Já te ajudo.');
		await eventually(async () => (await told()).includes('humanTookOver'));
		const { result } = await says('obrigada');
		expect(result.output).toEqual({ type: 'withHuman' });
		await advance(10_000);
		await admin.waitForIdleWebhooks();
		await eventually(() => rig.desk.dispatcher.idle);
		expect(await heard()).toEqual([menu!.text]);
		const rows = await rig.desk.store.db.selectFrom('outbox').select(['status', 'error_code', 'explanation']).execute();
		expect(rows.filter((row) => row.status !== 'sent')).toEqual(
			rows.slice(1).map(() => ({
				status: 'refused',
				error_code: 'cancelled',
				explanation: 'Cancelada antes do envio: uma pessoa assumiu a conversa.',
			})),
		);
	});

	it('for a while that is counted from the last message but has an end, and says so once (D-08)', async () => {
		const { admin } = rig.simulator;
		await admin.say(ANA, 'Oi');
		await admin.waitForReplies(ANA, 1);
		for (let i = 0; i < 5; i++) {
			await admin.typeOnCompanyPhone(ANA, `mensagem ${i}`);
			await admin.waitForIdleWebhooks();
			await advance(25 * MINUTE);
		}
		expect((await told()).filter((event) => event === 'humanTookOver')).toHaveLength(1);
		// 125 minutes after the first message the cap of two hours has passed: the bot answers again.
		await says('tem alguém?');
		await admin.waitForReplies(ANA, 2);
		expect(await told()).toContain('botResumed');
	});

	it('is not confused with messages of our own that come back as echoes', async () => {
		const { admin } = rig.simulator;
		await admin.say(ANA, 'Oi');
		const [menu] = await admin.waitForReplies(ANA, 1);
		await eventually(
			async () => (await rig.desk.store.db.selectFrom('outbox').select('delivery').execute())[0]?.delivery,
		);
		await rig.desk.receiveCloudApi(webhook(echo({ waId: ANA }, menu!.text, { id: menu!.id })), rig.credentials);
		expect(await told()).not.toContain('humanTookOver');
		expect((await conversation()).botPausedUntil).toBeNull();
	});

	it('from the desk: the bot stops although its message was already enqueued (B-66, B-72, D-07)', async () => {
		const { admin } = rig.simulator;
		await admin.say(ANA, 'Oi');
		await admin.waitForReplies(ANA, 1);
		await operateConversation(rig.desk, (await conversation()).id, {
			type: 'assign',
			agent: 'bia',
			agentName: 'Bia',
			silent: true,
		});
		await says('2');
		const { id, contact } = await conversation();
		const request: OutboxRequest = {
			...{ channelId: rig.channelId, contactId: contact.id, conversationId: id, address: ANA },
			...{ content: { type: 'text', text: 'do bot' }, origin: 'bot' },
		};
		await rig.desk.store.transaction((tx) => enqueue(tx, [request], clock.now()));
		rig.desk.nudge();
		const refused = await eventually(async () =>
			rig.desk.store.db.selectFrom('outbox').selectAll().where('status', '=', 'refused').executeTakeFirst(),
		);
		expect(refused).toMatchObject({ error_code: 'humanAttending' });
		expect(await heard()).toHaveLength(1);
	});
});
