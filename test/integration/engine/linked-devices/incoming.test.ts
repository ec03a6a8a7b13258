import { createCipheriv, hkdfSync } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import type { Simulator } from '../../../../simulator/server';
import { ANA, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
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
