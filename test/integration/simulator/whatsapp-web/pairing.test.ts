import type { Simulator } from '../../../../simulator/server';
import { type BaileysClient, baileysClient } from '../../../support/baileys-client';
import { COMPANY_PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

let simulator: Simulator;
let client: BaileysClient;

beforeAll(async () => {
	simulator = await startWhatsAppWeb();
});
afterAll(() => simulator.close());
beforeEach(async () => {
	client = await baileysClient();
});
afterEach(() => client.end());

describe('pairing by QR code', () => {
	it('links the client that shows the scanned code, restarts it once and lets it log in', async () => {
		client.connect();
		const qr = await client.waitForQr();
		const linked = await simulator.admin.web.scan(qr, COMPANY_PHONE, 'Padaria da Ana');
		expect(linked).toEqual({ phone: COMPANY_PHONE, device: 1, jid: `${COMPANY_PHONE}:1@s.whatsapp.net` });
		await client.waitForOpen();
		expect(client.closed).toEqual([515]);
		expect(client.socket.user).toMatchObject({ id: linked.jid, name: 'Padaria da Ana' });
		const company = await simulator.admin.web.waitForLive(COMPANY_PHONE);
		// 812 one-time keys were uploaded, the history took one.
		expect(company.devices).toMatchObject([{ id: 1, connected: true, preKeys: 811, logins: 1 }]);
	});
});
