import type { Simulator } from '../../../../simulator/server';
import { type BaileysClient, baileysClient } from '../../../support/baileys-client';
import { startWhatsAppWeb } from '../../../support/whatsapp-web';

const PHONE = '551130000001';

describe('scanning without a camera', () => {
	let simulator: Simulator;
	let client: BaileysClient;

	beforeAll(async () => {
		simulator = await startWhatsAppWeb();
		client = await baileysClient();
	});
	afterAll(async () => {
		client.end();
		await simulator.close();
	});

	it('shows a phone before it has linked anything', async () => {
		await simulator.admin.web.addPhone(PHONE, 'Padaria da Ana');
		expect(await simulator.admin.web.company(PHONE)).toMatchObject({ name: 'Padaria da Ana', devices: [] });
		const { numbers, web } = await simulator.admin.state();
		expect(numbers.map(({ linked }) => linked)).toEqual([false, true]);
		expect(Object.keys(web!)).toEqual(['unlinked', 'companies', 'faults']);
	});

	it('links a waiting client by one click, since the preload tells what its screen shows', async () => {
		client.connect({ browser: ['Desk', 'Chrome', '1.0'] });
		const { unlinked } = await simulator.admin.web.waitFor((state) => state.unlinked.some(({ visible }) => visible));
		expect(unlinked).toMatchObject([{ platform: 'Desk', visible: true, askedCodeFor: null }]);
		const linked = await simulator.admin.web.scanScreen(unlinked[0]!.client, PHONE);
		expect(linked).toMatchObject({ phone: PHONE, device: 1 });
		await client.waitForOpen();
		await simulator.admin.web.waitForLive(PHONE);
		expect((await simulator.admin.web.state()).unlinked).toEqual([]);
	});

	it('refuses a click on a client that is gone', async () => {
		await expect(simulator.admin.web.scanScreen('bm9ib2R5', PHONE)).rejects.toThrow(
			'This client shows no code that can be seen from here.',
		);
	});
});
