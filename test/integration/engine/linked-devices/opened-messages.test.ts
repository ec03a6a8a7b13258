import type { Simulator } from '../../../../simulator/server';
import { ANA, CREDENTIALS, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

describe.each(STORES)('a message that WhatsApp believes to have arrived, on $name', ({ create }) => {
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

	it('is stored by the next process when the one that opened it died before it could (D3)', async () => {
		const { web } = simulator.admin;
		rig = await startDeviceRig(store.settings, simulator, { hold: false });
		const { db } = rig.desk.store;
		const first = await rig.openDesk();
		await first.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		await web.say(PHONE, ANA, 'Um');
		await eventually(async () => (await rig.stored()).length === 1);

		await db.schema.alterTable('inbound').renameColumn('sent_at', 'away').execute();
		await web.say(PHONE, ANA, 'Dois');
		// WhatsApp has its receipt and forgets the message.
		await web.waitFor(({ companies }) => companies[0]!.devices[0]!.waiting === 0);
		await first.close();
		await db.schema.alterTable('inbound').renameColumn('away', 'sent_at').execute();
		expect((await rig.stored()).map(({ text }) => text)).toEqual(['Um']);

		await rig.desk.linkedDevices.hold(CREDENTIALS);
		await rig.until('connected');
		await web.say(PHONE, ANA, 'Três');
		await eventually(async () => (await rig.stored()).length >= 3);
		expect((await rig.stored()).map(({ text }) => text)).toEqual(['Um', 'Dois', 'Três']);
	});
});
