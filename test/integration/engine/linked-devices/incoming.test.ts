import { createCipheriv, hkdfSync } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import { buildItems } from '../../../../engine/inbound/message-item';
import type { Simulator } from '../../../../simulator/server';
import { ANA, CHANNEL, CREDENTIALS, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

const SECRET = Buffer.alloc(32, 9);

/** As the app of Ana seals the new text of her message. */
function sealedEdit(originalId: string, text: string, author: string): Record<string, unknown> {
	const key = hkdfSync('sha256', SECRET, Buffer.alloc(0), `${originalId}${author}${author}Message Edit`, 32);
	const iv = Buffer.alloc(12, 3);
	const cipher = createCipheriv('aes-256-gcm', new Uint8Array(key), iv);
	const plain = proto.Message.encode({ conversation: text }).finish();
	const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
	return {
		secretEncryptedMessage: {
			targetMessageKey: { id: originalId },
			encPayload: sealed.toString('base64'),
			encIv: iv.toString('base64'),
			secretEncType: 2,
		},
	};
}

describe.each(STORES)('what comes in over a linked device on $name', ({ create }) => {
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
	afterAll(async () => {
		await rig.close();
		await simulator.close();
		await store.drop();
	});

	const raw = (message: Record<string, unknown>) => web().say(PHONE, ANA, { type: 'raw', message });
	const contents = async () =>
		(await rig.desk.store.db.selectFrom('inbound').select('content').orderBy('seq').execute()).map(
			({ content }) => JSON.parse(content) as { providerType?: string; text: string; quotedMessageId: string | null },
		);

	it('brings the new text of a corrected message, sealed as it is', async () => {
		const messageContextInfo = { messageSecret: SECRET.toString('base64') };
		const original = await raw({ conversation: '1', messageContextInfo });
		await eventually(async () => (await contents()).length === 1);
		await raw(sealedEdit(original, '2', `${ANA}@s.whatsapp.net`));
		await raw(sealedEdit(original, '3', '999999999999@lid'));
		await eventually(async () => (await contents()).length === 3);
		expect((await contents()).slice(1)).toMatchObject([
			{ providerType: 'edit', text: '2', quotedMessageId: original },
			{ providerType: 'edit', text: '', quotedMessageId: original },
		]);
	});

	it('counts a photo that comes in two versions once, and no mention in a status', async () => {
		const before = (await contents()).length;
		await raw({ statusMentionMessage: { message: { protocolMessage: { type: 25, key: { id: 'A' } } } } });
		const id = await raw({ imageMessage: { contextInfo: { pairedMediaType: 3 } } });
		const messageAssociation = { associationType: 10, parentMessageKey: { id } };
		await raw({
			messageContextInfo: { messageAssociation },
			associatedChildMessage: { message: { imageMessage: {} } },
		});
		await web().say(PHONE, ANA, 'Recebeu?');
		await eventually(async () => (await rig.stored()).some(({ text }) => text === 'Recebeu?'));
		expect(await contents()).toHaveLength(before + 2);
	});
});

describe.each(STORES)('a message that the device cannot open, on $name', ({ create }) => {
	const LOST = { damaged: 1, gone: true };
	let store: TestStore;
	let simulator: Simulator;
	let rig: DeviceRig;
	const web = () => simulator.admin.web;

	beforeEach(async () => {
		store = await create();
		simulator = await startWhatsAppWeb();
		rig = await startDeviceRig(store.settings, simulator, { hold: false, pace: { unopenedMs: 1_500 } });
	});
	afterEach(async () => {
		await rig.close();
		await simulator.close();
		await store.drop();
	});
	const told = () => rig.told('messageUnreadable');
	const rows = () =>
		rig.desk.store.db
			.selectFrom('inbound')
			.select(['claim', 'provider_message_id', 'content', 'conversation_id'])
			.orderBy('seq')
			.execute();

	it('is told once, to people, and opens a conversation that no bot answers', async () => {
		await rig.desk.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		const id = await web().say(PHONE, ANA, { type: 'text', text: 'Socorro', ...LOST });
		await eventually(async () => (await told()).length === 1);
		await web().say(PHONE, ANA, 'Alô?');
		await eventually(async () => (await rows()).length === 2);
		const [unreadable] = await rows();
		expect(unreadable).toMatchObject({ claim: `${CHANNEL}|u|${id}`, provider_message_id: null });
		expect(unreadable!.conversation_id).not.toBeNull();
		const row = await rig.desk.store.db.selectFrom('inbound').selectAll().orderBy('seq').executeTakeFirstOrThrow();
		const options = { raw: false, now: row.sent_at, lateAfterMs: 900_000 };
		const [item] = await buildItems(rig.desk.store, [[row]], options);
		expect(item).toMatchObject({ event: 'message', late: true, type: 'other', providerType: 'unreadable' });
		expect(JSON.parse(unreadable!.content)).toMatchObject({
			...{ type: 'other', providerType: 'unreadable', text: '' },
			...{ offline: true, unopened: true },
		});
		await new Promise((resolve) => setTimeout(resolve, 3_000));
		expect([(await told()).length, (await rows()).length]).toEqual([1, 2]);
		expect((await told())[0]!.text).toBe('Uma mensagem não pôde ser aberta neste aparelho; veja-a no celular.');
	});

	it('is not told when it opens after all, even where nobody said anything in it', async () => {
		await rig.desk.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		await web().say(PHONE, ANA, { type: 'text', text: 'Oi', damaged: 1 });
		const message = { pinInChatMessage: { type: 1, key: { id: 'A' } } };
		await web().say(PHONE, ANA, { type: 'raw', message, damaged: 1 });
		await eventually(async () => (await rig.stored()).length === 1);
		await new Promise((resolve) => setTimeout(resolve, 3_000));
		expect(await told()).toEqual([]);
		expect((await rig.stored()).map(({ text }) => text)).toEqual(['Oi']);
	});

	it('is told by the next process when the one that heard it is gone', async () => {
		const { db } = rig.desk.store;
		const first = await rig.openDesk();
		await first.linkedDevices.hold(CREDENTIALS);
		await rig.link(PHONE);
		await web().say(PHONE, ANA, { type: 'text', text: 'Socorro', ...LOST });
		await eventually(async () => {
			const noted = db.selectFrom('linked_secret').select('id').where('category', '=', 'unopened-message');
			return (await noted.execute()).length === 1;
		});
		await web().waitFor(({ companies }) => companies[0]!.devices[0]!.waiting === 0);
		await first.close();
		expect(await told()).toEqual([]);
		await rig.desk.linkedDevices.hold(CREDENTIALS);
		await rig.until('connected');
		await eventually(async () => (await told()).length === 1);
	});
});
