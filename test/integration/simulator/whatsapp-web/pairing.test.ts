import type { Simulator } from '../../../../simulator/server';
import { type BaileysClient, baileysClient } from '../../../support/baileys-client';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';
import { linkedClient } from './support';

let simulator: Simulator;
let client: BaileysClient;

beforeAll(async () => {
	simulator = await startWhatsAppWeb();
});
afterAll(() => simulator.close());
beforeEach(async () => {
	client = await baileysClient();
});
afterEach(async () => {
	client.end();
	await simulator.admin.web.unlink(COMPANY_PHONE).catch(() => undefined);
});

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
		expect(company.devices).toMatchObject([{ connected: true, preKeys: 811, logins: 1 }]);
	});

	it('refuses a code that nobody shows, and one with a forged secret', async () => {
		client.connect();
		const qr = await client.waitForQr();
		await expect(simulator.admin.web.scan(`${qr.split('#')[0]}#2@madeup,a,b,c,1`, COMPANY_PHONE)).rejects.toThrow(
			'No client shows this code',
		);
		const parts = qr.split(',');
		parts[3] = Buffer.alloc(32).toString('base64');
		const forged = simulator.admin.web.scan(parts.join(','), COMPANY_PHONE);
		await expect(forged).rejects.toThrow('went away before it had signed');
		expect((await simulator.admin.web.company(COMPANY_PHONE)).devices).toEqual([]);
	});

	it('links at most four devices to one phone', async () => {
		const phone = '551130000444';
		const linked = [];
		for (let i = 0; i < 4; i++) linked.push(await linkedClient(simulator, phone));
		client.connect();
		await expect(simulator.admin.web.scan(await client.waitForQr(), phone)).rejects.toThrow('4 linked devices');
		for (const one of linked) one.end();
	});

	it('keeps several companies apart', async () => {
		const [one, two] = await Promise.all(
			['551130000551', '551130000552'].map((phone) => linkedClient(simulator, phone)),
		);
		await simulator.admin.web.say('551130000551', '5511955551111', 'para a primeira');
		await simulator.admin.web.say('551130000552', '5511955551111', 'para a segunda');
		const [first] = await one!.waitForMessages(1);
		const [second] = await two!.waitForMessages(1);
		expect([first!.message!.conversation, second!.message!.conversation]).toEqual([
			'para a primeira',
			'para a segunda',
		]);
		one!.end();
		two!.end();
	});
});

describe('pairing by a typed code', () => {
	const askForCode = async () => {
		client.connect();
		await client.waitForQr();
		const code = await client.socket.requestPairingCode(COMPANY_PHONE);
		await simulator.admin.web.waitFor(({ unlinked }) => unlinked.some((one) => one.askedCodeFor === COMPANY_PHONE));
		return code;
	};

	it('links the client whose code the phone types', async () => {
		const code = await askForCode();
		await simulator.admin.web.enterCode(COMPANY_PHONE, `${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`, 'Padaria');
		await client.waitForOpen();
		expect(client.creds.me).toMatchObject({ name: 'Padaria' });
	});

	it('refuses a wrong code', async () => {
		await askForCode();
		await expect(simulator.admin.web.enterCode(COMPANY_PHONE, 'AAAAAAAA')).rejects.toThrow('The code is wrong');
	});

	it('sends a client away that logs in after it only asked for a code', async () => {
		await askForCode();
		client.end();
		client.connect();
		await eventually(() => client.closed.includes(401));
	});
});
