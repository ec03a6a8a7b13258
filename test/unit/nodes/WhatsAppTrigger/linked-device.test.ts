import type { Desk } from '../../../../engine';
import { storeArrivals } from '../../../../engine/receive';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { WhatsAppTrigger } from '../../../../nodes/WhatsAppTrigger/WhatsAppTrigger.node';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { LINKED_CHANNEL, LINKED_CREDENTIALS, linkedMessage } from '../../../support/fake-linked-channel';
import { startTrigger, type StartedTrigger } from '../../../support/start-trigger';

const ANA = '5511987654321';

let store: TestStore;
let desk: Desk;
let trigger: StartedTrigger | undefined;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	desk = await getDesk();
});

afterEach(async () => {
	await trigger?.close();
	trigger = undefined;
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await store.drop();
});

const start = (mode: 'trigger' | 'manual' = 'trigger', credentials: object = LINKED_CREDENTIALS) =>
	startTrigger({
		node: new WhatsAppTrigger(),
		parameters: { connectThrough: 'linkedDevice' },
		credentials: { whatsAppLinkedDevice: { ...credentials } as never },
		mode,
	});
const says = (text: string) =>
	storeArrivals(desk.store, [{ channelId: LINKED_CHANNEL, event: linkedMessage(ANA, text) }], desk.clock.now());

describe('WhatsApp Desk Trigger on a linked device', () => {
	it('runs the workflow with the same item as on the Cloud API (X-01)', async () => {
		trigger = await start();
		await says('Oi');
		const { items } = await trigger.emission(1);
		expect(items[0]!.json).toMatchObject({
			...{ event: 'message', text: 'Oi', type: 'text', origin: 'customer', late: false },
			contact: { phone: '+5511987654321', address: `${ANA}@s.whatsapp.net` },
			channel: { id: LINKED_CHANNEL, kind: 'linkedDevice' },
		});
	});

	it('holds the session while it is published, and starts although no phone answers (D9)', async () => {
		const held: string[] = [];
		const hold = desk.linkedDevices.hold.bind(desk.linkedDevices);
		desk.linkedDevices.hold = async (credentials) => {
			held.push(`hold ${credentials.sessionName}`);
			const release = await hold(credentials);
			return async () => {
				held.push('release');
				await release();
			};
		};
		trigger = await start();
		expect(await desk.linkedDevices.get(LINKED_CHANNEL)).toMatchObject({ state: 'inactive', problem: null });
		expect(held).toEqual(['hold atendimento']);
		await trigger.close();
		trigger = undefined;
		expect(held).toEqual(['hold atendimento', 'release']);
	});

	it('a run by hand takes one message and never holds the session (D9)', async () => {
		desk.linkedDevices.hold = () => Promise.reject(new Error('held by a run by hand'));
		const started = start('manual');
		await eventually(async () => (await desk.store.db.selectFrom('test_listener').selectAll().execute()).length > 0);
		await says('teste');
		trigger = await started;
		expect(trigger.emitted.map(({ items }) => items[0]!.json.text)).toEqual(['teste']);
		expect(await desk.linkedDevices.get(LINKED_CHANNEL)).toBeNull();
	});

	it('names the field of a credential that cannot be used, and listens to nothing then', async () => {
		await expect(start('trigger', { sessionName: 'atendimento', sessionKey: 'curta' })).rejects.toMatchObject({
			message: expect.stringContaining('"Session Key" is too weak.'),
		});
		expect(await desk.store.db.selectFrom('consumer').selectAll().execute()).toEqual([]);
	});

	it('stops listening when the session cannot be held', async () => {
		desk.linkedDevices.hold = () => Promise.reject(new Error('no store'));
		await expect(start()).rejects.toThrow('no store');
		const [consumer] = await desk.store.db.selectFrom('consumer').select('closed_at').execute();
		expect(consumer!.closed_at).not.toBeNull();
	});
});
