import { recentEvents, sendMessages } from '../../../../engine';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';

const ANA = '5511987654321';

describe.each(STORES)('a number whose token dies on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;
	beforeAll(async () => {
		store = await create();
		rig = await startRig(store.settings, { run: async () => 'succeeded' });
	});
	afterAll(async () => {
		await rig?.close();
		await store?.drop();
	});

	const told = async () =>
		(await recentEvents(rig.desk, ['channelDown', 'channelUp'], 10)).map(({ event, text }) => [event, text]);
	/** How often the message was tried and answered. */
	const attempts = async () => {
		const { attempts, status } = await rig.desk.store.db
			.selectFrom('outbox')
			.select(['attempts', 'status'])
			.executeTakeFirstOrThrow();
		return status === 'queued' ? attempts : null;
	};
	const send = (waId: string, text: string) => ({
		channelId: rig.channelId,
		recipient: { type: 'phone', phone: `+${waId}` } as const,
		content: { type: 'text', text } as const,
		origin: 'agent' as const,
	});

	it('is told once, and again when a message leaves with the new token', async () => {
		await rig.simulator.admin.say(ANA, 'Oi');
		await eventually(() => rig.desk.store.db.selectFrom('contact').selectAll().executeTakeFirst());
		await rig.simulator.admin.setToken(DEMO_NUMBER.phoneNumberId, { expired: true });
		void sendMessages(rig.desk, [send(ANA, 'Olá')], 0);
		const [down] = await eventually(async () => {
			const lines = await told();
			return lines.length > 0 && lines;
		});
		expect(down).toEqual([
			'channelDown',
			'O número parou de enviar: O token expirou ou foi revogado. Gere um novo token de usuário do sistema e atualize a credencial.',
		]);

		// Somebody tries again before it is mended.
		await rig.desk.dispatcher.resume(rig.channelId);
		await eventually(async () => (await attempts()) === 2);
		expect(await told()).toHaveLength(1);

		await rig.simulator.admin.setNumber({ phoneNumberId: DEMO_NUMBER.phoneNumberId, token: 'outro-token' });
		await rig.desk.useCloudApi({ ...rig.credentials, accessToken: 'outro-token' });
		await rig.simulator.admin.waitForReplies(ANA, 1);
		await eventually(async () => (await told()).length > 1);
		expect((await told()).map(([event]) => event)).toEqual(['channelUp', 'channelDown']);
	});
});
