import { numberIdOf } from '../../../../simulator/whatsapp-web/client';
import type { Simulator } from '../../../../simulator/server';
import { type BaileysClient, baileysClient } from '../../../support/baileys-client';
import { eventually } from '../../../support/eventually';
import { startWhatsAppWeb } from '../../../support/whatsapp-web';
import { ANA, linkedClient } from './support';

const ANA_JID = `${ANA}@s.whatsapp.net`;
let simulator: Simulator;
let client: BaileysClient;
let phone: string;
let phones = 0;

beforeAll(async () => {
	simulator = await startWhatsAppWeb();
});
afterAll(() => simulator.close());
beforeEach(async () => {
	await simulator.admin.web.clearFaults();
	phone = `5511300001${String(phones++).padStart(2, '0')}`;
	client = await linkedClient(simulator, phone);
	client.closed.length = 0;
});
afterEach(() => client.end());

const web = () => simulator.admin.web;
const shown = () => simulator.admin.messages(ANA, { from: 'business', phoneNumberId: numberIdOf(phone) });
const texts = () => client.messages.map(({ message }) => message.message?.conversation);

describe('the line', () => {
	it.each([515, 503, 440, 401])('ends with stream error %d', async (code) => {
		await web().cut(code, phone);
		await eventually(() => client.closed[0] === code);
	});

	it('tears, and comes back with the same keys', async () => {
		await web().cut('drop', phone);
		await eventually(() => client.closed[0] === 428);
		client.connect();
		await client.waitForOpen();
		expect((await web().company(phone)).devices).toMatchObject([{ logins: 2 }]);
	});

	it('falls silent: the client notices by itself', async () => {
		client.end();
		client.connect({ keepAliveIntervalMs: 400 });
		await client.waitForOpen();
		await web().cut('silence', phone);
		await eventually(() => client.closed.includes(408));
	});

	it.each([403, 503])('is refused with HTTP %d: the client hears nothing, until it is let in', async (status) => {
		await web().setFaults({ refuseUpgrade: status });
		client.end();
		const refused = await baileysClient();
		let answered: number | undefined;
		refused.connect();
		const { ws } = refused.socket as unknown as { ws: NodeJS.EventEmitter };
		ws.on('unexpected-response', (_request, response: { statusCode: number }) => (answered = response.statusCode));
		await eventually(() => answered === status);
		expect([refused.qrs, refused.closed]).toEqual([[], []]);
		refused.end();
	});

	it('is refused with 405 to clients that are older than it takes, linked or not', async () => {
		client.end();
		await web().setFaults({ oldestVersion: '2.3000.2000000000' });
		client.connect();
		await eventually(() => client.closed.includes(405));
		const unlinked = await baileysClient();
		unlinked.connect();
		await eventually(() => unlinked.closed.includes(405));
		expect(unlinked.qrs).toEqual([]);
		unlinked.end();
		client.connect({ version: [2, 3000, 2000000000] });
		await client.waitForOpen();
	});

	it('is taken over by a second client with the same keys', async () => {
		const first = client.socket;
		let ended: number | undefined;
		first.ev.on('connection.update', ({ connection, lastDisconnect }) => {
			if (connection === 'close')
				ended = (lastDisconnect?.error as { output?: { statusCode: number } })?.output?.statusCode;
		});
		client.connect();
		await eventually(() => ended === 440);
		await client.waitForOpen();
	});

	it('is refused to a banned account with 403, and to an unlinked device with 401', async () => {
		await web().ban(phone);
		await eventually(() => client.closed.includes(403));
		client.connect();
		await eventually(() => client.closed.length === 2);
		expect(client.closed).toEqual([403, 403]);
		await web().ban(phone, false);
		await web().unlink(phone);
		client.connect();
		await eventually(() => client.closed[2] === 401);
	});

	it('ends for a device that the phone unlinks, and for one that unlinks itself', async () => {
		await web().unlink(phone);
		await eventually(() => client.closed[0] === 401);
		expect((await web().company(phone)).devices).toEqual([]);
		const second = await linkedClient(simulator, phone);
		await second.socket.logout();
		await web().waitFor(({ companies }) => companies.find((one) => one.phone === phone)!.devices.length === 0);
	});

	it('gives up after the last code with 408', async () => {
		await web().setFaults({ qrRefs: 2 });
		const waiting = await baileysClient();
		waiting.connect({ qrTimeout: 50 });
		await eventually(() => waiting.closed[0] === 408);
		expect(waiting.qrs).toHaveLength(2);
		await web().setFaults({ qrRefs: 6 });
	});
});

describe('messages to the device', () => {
	it('wait while it is away, and come marked as offline, in order', async () => {
		client.end();
		await web().waitFor(({ companies }) => !companies.find((one) => one.phone === phone)!.devices[0]!.connected);
		for (const text of ['um', 'dois', 'três']) await web().say(phone, ANA, text);
		client.connect();
		await client.waitForMessages(3);
		expect(texts()).toEqual(['um', 'dois', 'três']);
		expect(client.messages.map(({ type }) => type)).toEqual(['append', 'append', 'append']);
		await eventually(async () => (await web().company(phone)).devices[0]!.waiting === 0);
	});

	it('may come twice under one id', async () => {
		const id = await web().say(phone, ANA, { type: 'text', text: 'eco', duplicates: 1 });
		await client.waitForMessages(2);
		expect(client.messages.map(({ message }) => message.key.id)).toEqual([id, id]);
	});

	it('may arrive damaged: a stub first, the message once the device asked again', async () => {
		const id = await web().say(phone, ANA, { type: 'text', text: 'legível', damaged: 1 });
		await client.waitForMessages(1);
		expect(
			client.messages.map(({ message }) => [
				message.key.id,
				message.messageStubType ?? null,
				message.message?.conversation,
			]),
		).toEqual([
			[id, 2, undefined],
			[id, null, 'legível'],
		]);
		await web().say(phone, ANA, 'e segue');
		await client.waitForMessages(2);
	});

	it('stays a stub when its writer is asked in vain, and is kept for nobody', async () => {
		const id = await web().say(phone, ANA, { type: 'text', text: 'perdida', damaged: 1, gone: true });
		await web().say(phone, ANA, 'e segue');
		await client.waitForMessages(1);
		await eventually(async () => (await web().company(phone)).devices[0]!.waiting === 0);
		expect(
			client.messages.filter(({ message }) => message.key.id === id).map(({ message }) => message.message),
		).toEqual([undefined]);
	});

	it('come again after a login when the line broke before they were acknowledged', async () => {
		await web().say(phone, ANA, 'antes');
		await client.waitForMessages(1);
		await web().cut('silence', phone);
		await web().say(phone, ANA, 'durante');
		client.end();
		client.connect();
		await client.waitForMessages(2);
		expect(texts()).toEqual(['antes', 'durante']);
	});
});

describe('messages of the device', () => {
	const send = (text: string) => client.socket.sendMessage(ANA_JID, { text });

	it('may be acknowledged with an error, and reach nobody', async () => {
		await web().failSends({ kind: 'error', code: 463 });
		const sent = await send('Oferta');
		await client.waitForStatus(sent!.key.id!, 0);
		const told = [
			...client.updates.filter(({ key }) => key.id === sent!.key.id).map(({ update }) => update),
			...client.messages.filter(({ message }) => message.key.id === sent!.key.id).map(({ message }) => message),
		];
		expect(told.flatMap(({ messageStubParameters }) => messageStubParameters ?? [])).toContain('463');
		expect(await shown()).toEqual([]);
	});

	it('may be swallowed', async () => {
		await web().failSends({ kind: 'swallow' });
		await send('Perdida');
		await send('Seguinte');
		await eventually(async () => (await shown()).length === 1);
		expect((await shown())[0]!.text).toBe('Seguinte');
	});

	it('may be lost or arrive when the line breaks, which the client cannot tell apart', async () => {
		await web().failSends({ kind: 'cutBefore' });
		await send('não chega').catch(() => undefined);
		await eventually(() => client.closed.length === 1);
		expect(await shown()).toEqual([]);
		client.connect();
		await client.waitForOpen();
		await web().failSends({ kind: 'cutAfter' });
		const sent = await send('chega');
		await eventually(() => client.closed.length === 2);
		await eventually(async () => (await shown()).length === 1);
		// The receipts wait for the next login.
		client.connect();
		await client.waitForOpen();
		await client.waitForStatus(sent!.key.id!, 3);
	});

	it('may be unreadable for the customer, whose phone asks again and then shows it', async () => {
		await web().failSends({ kind: 'undecryptable' });
		const sent = await send('de novo');
		await eventually(async () => (await shown()).length === 1);
		expect((await shown())[0]).toMatchObject({ id: sent!.key.id, text: 'de novo' });
	});

	it('are sent to nobody when the look-up of devices is never answered', async () => {
		await web().setFaults({ unanswered: ['usync'] });
		client.end();
		client.connect({ defaultQueryTimeoutMs: 300 });
		await client.waitForOpen();
		await send('para ninguém').catch(() => undefined);
		expect(await shown()).toEqual([]);
	});
});
