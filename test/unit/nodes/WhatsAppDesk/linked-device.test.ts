import type { IDataObject } from 'n8n-workflow';
import type { Desk } from '../../../../engine';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { STORES, type TestStore } from '../../../support/each-store';
import { fakeLinkedChannel, LINKED_CHANNEL, LINKED_CREDENTIALS } from '../../../support/fake-linked-channel';
import { runNode } from '../../../support/run-node';

const PHONE = '+55 11 98765-4321';
const DAY = 24 * 3_600_000;

let store: TestStore;
let desk: Desk;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	desk = await getDesk();
});

afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await store.drop();
});

const run = async (operation: string, parameters: IDataObject = {}, credentials: IDataObject = LINKED_CREDENTIALS) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'channel', connectThrough: 'linkedDevice', operation, ...parameters } as never,
		credentials: { whatsAppLinkedDevice: credentials as never },
		items: [{}],
		mode: 'manual',
	});
	return out!.map(({ json }) => json);
};

/** The session as its owner, another process, left it. */
const session = (values: object = {}) =>
	desk.store.db
		.insertInto('linked_session')
		.values({ channel_id: LINKED_CHANNEL, state: 'inactive', created_at: 0, updated_at: 0, ...values })
		.execute();
const owned = (values: object) =>
	session({ wanted: 1, owner: 'main', lease_until: Date.now() + DAY, phone: '5511987654321', ...values });
const row = () => desk.store.db.selectFrom('linked_session').selectAll().executeTakeFirstOrThrow();

describe('Channel: Get Status of a linked device', () => {
	it('says what is missing while nobody has linked it (B-81)', async () => {
		const [status] = await run('getStatus');
		expect(status).toMatchObject({
			...{ id: LINKED_CHANNEL, kind: 'linkedDevice', ok: false, phone: null, quality: 'unknown' },
			...{ sessionName: 'atendimento', state: 'inactive', qr: null, ageDays: null },
		});
		expect(status!.problems).toEqual([
			{ what: 'The number is not activated.', why: '', fix: expect.stringContaining('Channel: Activate') },
		]);
	});

	it('has the fields of every channel and those of the link (C-09)', async () => {
		const linkedAt = Date.now() - 16 * DAY;
		await owned({ state: 'connected', name: 'Oficina Aurora', linked_at: linkedAt, heard_at: linkedAt });
		expect(await run('getStatus')).toEqual([
			expect.objectContaining({
				...{ ok: true, phone: PHONE, name: 'Oficina Aurora', problems: [], state: 'connected', ageDays: 16 },
				...{ linkedAt: new Date(linkedAt).toISOString(), problem: null },
			}),
		]);
	});

	it('shows the code that waits to be read', async () => {
		await owned({ state: 'scan', qr: 'https://wa.me/x#1', qr_number: 2, qr_expires_at: 1_000 });
		expect(await run('getStatus')).toEqual([
			expect.objectContaining({
				...{ ok: false, state: 'scan' },
				qr: { code: 'https://wa.me/x#1', number: 2, expiresAt: '1970-01-01T00:00:01.000Z' },
			}),
		]);
	});

	it('tells to update the package when WhatsApp takes its client no more (405)', async () => {
		await owned({ state: 'reconnecting', problem: 'outdated', linked_at: Date.now() });
		const [{ problems, problem, ok } = {}] = await run('getStatus');
		expect([ok, problem]).toEqual([false, 'outdated']);
		expect(problems).toEqual([
			{
				what: expect.stringContaining('too old'),
				why: expect.stringContaining('atualize o pacote n8n-nodes-whatsapp-desk'),
				fix: expect.stringContaining('WHATSAPP_DESK_WEB_VERSION'),
			},
		]);
	});

	it('tells why it stopped and what to do (D-11)', async () => {
		await owned({ state: 'stopped', problem: 'replaced' });
		const [{ problems, problem, ok } = {}] = await run('getStatus');
		expect([ok, problem]).toEqual([false, 'replaced']);
		expect(problems).toEqual([
			expect.objectContaining({
				what: expect.stringContaining('stopped'),
				why: expect.stringContaining('mesma sessão'),
			}),
		]);
	});
});

describe('Channel: Activate, Deactivate, Request Pairing Code', () => {
	it('asks for the number to be linked, whichever process will do it (B-14, B-20)', async () => {
		await session();
		const [status] = await run('activate', { phone: '(11) 98765-4321', waitSeconds: 0 });
		expect(status).toMatchObject({ state: 'waiting', phone: PHONE, ok: false });
		expect(await row()).toMatchObject({ wanted: 1, phone: '5511987654321' });
		const line = await desk.store.db.selectFrom('timeline').select(['event', 'text']).executeTakeFirstOrThrow();
		expect(line).toEqual({
			event: 'linkedDeviceActivated',
			text: 'A conexão por QR Code foi ativada por um fluxo do n8n ("Test").',
		});
	});

	it('names the field of a number that is none, and refuses another number while active (B-16)', async () => {
		await session();
		await expect(run('activate', { phone: '123', waitSeconds: 0 })).rejects.toThrow();
		await run('activate', { phone: PHONE, waitSeconds: 0 });
		await expect(run('activate', { phone: '+55 21 99876-5432', waitSeconds: 0 })).rejects.toThrow(
			/não pode ser trocado/,
		);
	});

	it('waits for the code another process makes', async () => {
		await session();
		const status = run('activate', { phone: PHONE, waitSeconds: 10 });
		while ((await row()).wanted === 0) await new Promise((resolve) => setTimeout(resolve, 20));
		await desk.store.db
			.updateTable('linked_session')
			.set({ state: 'scan', qr: 'code', owner: 'main', lease_until: Date.now() + DAY })
			.execute();
		expect((await status)[0]).toMatchObject({ state: 'scan', qr: expect.objectContaining({ code: 'code' }) });
	});

	it('ends the link where nobody owns it (B-22, B-33)', async () => {
		await session({ wanted: 1, phone: '5511987654321', state: 'stopped', linked_at: 1 });
		expect((await run('deactivate'))[0]).toMatchObject({ state: 'inactive', ok: false });
	});

	it('asks for a code to type only once it is activated', async () => {
		await session();
		await expect(run('requestPairingCode', { waitSeconds: 0 })).rejects.toThrow(/Ativar/);
		await desk.store.db
			.updateTable('linked_session')
			.set({ wanted: 1, state: 'scan', owner: 'main', lease_until: Date.now() + DAY })
			.execute();
		expect((await run('requestPairingCode', { waitSeconds: 0 }))[0]).toMatchObject({
			state: 'scan',
			pairingCode: null,
		});
		expect(await row()).toMatchObject({ pairing_wanted: 1 });
	});

	it('says that a number of the Cloud API is not linked by a code', async () => {
		const credentials = { accessToken: 'a', phoneNumberId: '1', wabaId: '2', appSecret: 'c', verifyToken: 'd' };
		const asked = runNode({
			node: new WhatsAppDesk(),
			parameters: { resource: 'channel', operation: 'activate', phone: PHONE, waitSeconds: 0 },
			credentials: { whatsAppCloudApi: credentials },
			items: [{}],
		});
		await expect(asked).rejects.toMatchObject({
			message: 'A number of the Cloud API is not linked by a QR code.',
			description: expect.stringContaining('Connect Through'),
		});
	});
});

describe('Channel: what else works through a linked device', () => {
	it('Check Number asks WhatsApp once and says when it cannot know (V-10)', async () => {
		const channel = fakeLinkedChannel((digits) =>
			digits.endsWith('4321')
				? { type: 'onWhatsApp', jid: '551187654321@s.whatsapp.net', lid: null }
				: { type: 'notOnWhatsApp' },
		);
		desk.channels.add(channel);
		expect(await run('checkNumber', { phone: '11 98765-4321' })).toEqual([
			{
				...{ status: 'confirmed', phone: '+5511987654321', formatted: PHONE, channel: LINKED_CHANNEL },
				...{ address: '551187654321@s.whatsapp.net', explanation: 'Confirmado: o número tem WhatsApp.' },
			},
		]);
		expect((await run('checkNumber', { phone: '11 98765-4322' }))[0]).toMatchObject({ status: 'notOnWhatsApp' });
		expect((await run('checkNumber', { phone: 'não tem' }))[0]).toMatchObject({ status: 'noPhone', phone: null });
		expect(channel.asked).toEqual(['5511987654321', '5511987654322']);
	});

	it('Send Test goes through the outbox like any message (B-30, B-31)', async () => {
		const channel = fakeLinkedChannel();
		desk.channels.add(channel);
		await desk.dispatcher.resume(LINKED_CHANNEL);
		expect((await run('sendTest', { phone: PHONE, message: 'Teste' }))[0]).toMatchObject({ status: 'sent' });
		expect(channel.sent.map(({ content }) => content)).toEqual([{ type: 'text', text: 'Teste' }]);
	});

	it('Get Limits shows careful limits that nobody had to set (D-12, D-13)', async () => {
		expect((await run('getLimits'))[0]).toMatchObject({
			...{ channel: LINKED_CHANNEL, maxStartsPerDay: 20, warmUp: true, answerFirst: true, capToday: 10 },
			...{ minSecondsBetweenStarts: 30, maxSecondsBetweenStarts: 90, brakeMinutes: 60 },
		});
	});

	it('Diagnose looks at the link instead of token and webhook (X-13)', async () => {
		await owned({ state: 'connected', linked_at: Date.now() - 20 * DAY });
		const [summary, ...checks] = await run('diagnose', { silenceHours: 24 });
		expect(summary).toMatchObject({ check: 'summary', ok: false, channel: LINKED_CHANNEL });
		const names = checks.map(({ check }) => check);
		expect(names).toEqual(
			expect.arrayContaining(['session', 'linkAge', 'triggers', 'lastEvent', 'outbox', 'starts', 'store']),
		);
		expect(names).not.toContain('token');
		expect(checks.find(({ check }) => check === 'session')).toMatchObject({ ok: true });
		expect(checks.find(({ check }) => check === 'linkAge')).toMatchObject({ ok: false, fix: expect.any(String) });
	});

	it('a credential that cannot be used names its field', async () => {
		await expect(run('getStatus', {}, { sessionName: 'Meu Zap', sessionKey: 'x'.repeat(30) })).rejects.toMatchObject({
			message: expect.stringContaining('"Session Name" cannot be used.'),
			description: expect.stringContaining('"meu-zap"'),
		});
		await expect(run('getStatus', {}, { sessionName: 'zap', sessionKey: 'curta' })).rejects.toThrow('"Session Key"');
	});
});
