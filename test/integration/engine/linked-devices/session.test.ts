import type { Simulator } from '../../../../simulator/server';
import { ANA, CHANNEL, chatsOf, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

const OTHER_PHONE = '5511940000002';

describe.each(STORES)('a linked device on $name', ({ create }) => {
	let store: TestStore;
	let simulator: Simulator;
	let rig: DeviceRig;

	beforeEach(async () => {
		store = await create();
		simulator = await startWhatsAppWeb();
	});
	afterEach(async () => {
		await rig.close();
		await simulator.close();
		await store.drop();
	});

	it('is linked by a code, receives, and sends (B-21…B-29)', async () => {
		rig = await startDeviceRig(store.settings, simulator);
		expect(await rig.desk.linkedDevices.get(CHANNEL)).toMatchObject({ state: 'inactive', explanation: null });
		const view = await rig.link(PHONE);
		expect(view).toMatchObject({ phone: PHONE, name: 'Oficina Aurora', problem: null, qr: null, ageDays: 0 });
		await simulator.admin.web.say(PHONE, ANA, 'Bom dia');
		await eventually(async () => (await rig.stored()).length === 1);
		expect(await rig.stored()).toMatchObject([{ text: 'Bom dia', offline: false }]);
		const outcome = await rig.send('Olá, Ana');
		expect(outcome).toMatchObject({ status: 'sent', explanation: null });
		const [received] = await simulator.admin.waitForReplies(ANA, 1, { phoneNumberId: chatsOf(PHONE) });
		expect(received!.text).toBe('Olá, Ana');
		expect((await rig.told('linkedDeviceActivated', 'linkedDeviceLinked', 'channelUp')).map((l) => l.event)).toEqual([
			'linkedDeviceActivated',
			'linkedDeviceLinked',
		]);
	});

	it('tells a person at the phone from what was sent from here (D-07)', async () => {
		rig = await startDeviceRig(store.settings, simulator);
		await rig.link(PHONE);
		await rig.send('Do robô');
		await simulator.admin.web.phoneSays(PHONE, ANA, 'Aqui é a Maria');
		await eventually(async () => (await rig.stored('echo')).length > 0);
		expect((await rig.stored('echo')).map(({ text }) => text)).toEqual(['Aqui é a Maria']);
	});

	it('refuses a phone with another number, and names both (B-17)', async () => {
		rig = await startDeviceRig(store.settings, simulator);
		await rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null });
		const { qr } = await rig.until('scan');
		await simulator.admin.web.scan(qr!.code, OTHER_PHONE);
		const view = await rig.until('stopped');
		expect(view.problem).toBe('otherNumber');
		expect(view.explanation).toContain('+55 11 94000-0002');
		expect(view.explanation).toContain('+55 11 3000-0001');
		await simulator.admin.web.waitFor(({ companies }) => companies.every(({ devices }) => devices.length === 0));
	});

	it('is unlinked when it is deactivated, and can be activated again (B-22, B-33)', async () => {
		rig = await startDeviceRig(store.settings, simulator);
		await rig.link(PHONE);
		const view = await rig.desk.linkedDevices.deactivate(CHANNEL, { by: 'Maria' });
		expect(view).toMatchObject({ state: 'inactive', problem: null, explanation: null, linkedAt: null, name: null });
		await simulator.admin.web.waitFor(({ companies }) => companies.every(({ devices }) => devices.length === 0));
		expect(await rig.desk.store.db.selectFrom('linked_secret').select('id').execute()).toEqual([]);
		await rig.link(PHONE);
	});

	it('is linked by a code that is typed (pairing code)', async () => {
		rig = await startDeviceRig(store.settings, simulator);
		await rig.desk.linkedDevices.activate(CHANNEL, { phone: `+${PHONE}`, by: null });
		await rig.until('scan');
		await rig.desk.linkedDevices.requestPairingCode(CHANNEL);
		const { pairingCode } = await rig.until('scan', (view) => view.pairingCode !== null);
		expect(pairingCode).toMatch(/^[A-Z0-9]{8}$/);
		await simulator.admin.web.enterCode(PHONE, pairingCode!);
		await rig.until('connected');
	});
});
