import type { Simulator } from '../../../../simulator/server';
import { messageIdOf } from '../../../../engine/channel/linked-device/sent-messages';
import { ANA, chatsOf, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

const phoneNumberId = chatsOf(PHONE);

describe.each(STORES)('sending by a linked device on $name', ({ create }) => {
	let store: TestStore;
	let simulator: Simulator;
	let rig: DeviceRig;
	const web = () => simulator.admin.web;

	beforeAll(async () => {
		store = await create();
		simulator = await startWhatsAppWeb();
		rig = await startDeviceRig(store.settings, simulator);
		await rig.link(PHONE);
	});
	afterEach(() => web().clearFaults());
	afterAll(async () => {
		await rig.close();
		await simulator.close();
		await store.drop();
	});

	const rowOf = async (id: string) =>
		await rig.desk.store.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
	const received = async (text: string) =>
		(await simulator.admin.messages(ANA, { from: 'business', phoneNumberId })).filter((one) => one.text === text);

	it('learns of delivery and reading', async () => {
		const { id, providerMessageId } = await rig.send('Chegou?');
		expect(providerMessageId).toBe(messageIdOf(id!));
		await eventually(async () => (await rowOf(id!)).delivery === 'read');
	});

	it('sends again what the line took with it before it arrived, once', async () => {
		await web().failSends({ kind: 'cutBefore' });
		const { id } = await rig.send('Cortada antes', { waitMs: 0 });
		await eventually(async () => (await rowOf(id!)).status === 'sent');
		await eventually(async () => (await received('Cortada antes')).length === 1);
	});

	it('does not send twice what arrived although the line broke before the answer', async () => {
		await web().failSends({ kind: 'cutAfter' });
		const { id } = await rig.send('Cortada depois', { waitMs: 0 });
		await eventually(async () => (await rowOf(id!)).status === 'sent');
		await rig.until('connected');
		expect((await received('Cortada depois')).length).toBe(1);
	});

	it('tells no success when nobody answered, and ends with one copy', async () => {
		await web().failSends({ kind: 'swallow' });
		const { id } = await rig.send('Engolida', { waitMs: 0 });
		await eventually(async () => (await rowOf(id!)).status === 'unknown');
		await eventually(async () => (await rowOf(id!)).status === 'sent');
		expect((await received('Engolida')).length).toBe(1);
	});

	it('sends again to a phone that could not open the message', async () => {
		await web().failSends({ kind: 'undecryptable' });
		await rig.send('Ilegível');
		await eventually(async () => (await received('Ilegível')).length === 1);
	});

	it('refuses a number that is not on WhatsApp (V-10)', async () => {
		await simulator.admin.addContact({ waId: '5511955550199', name: 'Sem WhatsApp', onWhatsApp: false });
		const outcome = await rig.send('Tem alguém?', { to: '5511955550199' });
		expect(outcome).toMatchObject({ status: 'refused', errorCode: 'notOnWhatsApp' });
		expect(outcome.explanation).toContain('não está no WhatsApp');
	});
});
