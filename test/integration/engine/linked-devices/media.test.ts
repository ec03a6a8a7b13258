import { readInboundMedia, sendMessages, storeAttachment } from '../../../../engine';
import type { Simulator } from '../../../../simulator/server';
import { ANA, CHANNEL, chatsOf, startDeviceRig, type DeviceRig } from '../../../support/device-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { COMPANY_PHONE as PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';

const WEBP = Buffer.from('RIFF\0\0\0\0WEBPVP8 figurinha');
const PDF = Buffer.from('%PDF-1.4 boleto');

describe.each(STORES)('files and signs of a linked device on $name', ({ create }) => {
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

	const lastInbound = async () =>
		await rig.desk.store.db.selectFrom('inbound').select('id').orderBy('seq', 'desc').executeTakeFirstOrThrow();

	it('keeps the file a customer sent, as it was', async () => {
		await web().say(PHONE, ANA, { type: 'media', media: 'document', base64: PDF.toString('base64') });
		await eventually(async () => (await rig.stored()).length === 1);
		const file = await readInboundMedia(rig.desk, (await lastInbound()).id, { waitMs: 10_000 });
		expect(file.type === 'file' && Buffer.from(file.bytes).equals(PDF)).toBe(true);
	});

	it('fetches a sticker whose sender names a place where nothing is', async () => {
		await web().say(PHONE, ANA, { type: 'media', media: 'sticker', base64: WEBP.toString('base64') });
		await eventually(async () => (await rig.stored()).length === 2);
		const file = await readInboundMedia(rig.desk, (await lastInbound()).id, { waitMs: 10_000 });
		expect(file.type === 'file' && Buffer.from(file.bytes).equals(WEBP)).toBe(true);
	});

	it('brings a file to a customer', async () => {
		const blobId = await storeAttachment(rig.desk, {
			bytes: PDF,
			mimeType: 'application/pdf',
			fileName: 'boleto.pdf',
		});
		const content = {
			type: 'media' as const,
			mediaType: 'document' as const,
			source: { blobId },
			caption: 'Seu boleto',
		};
		const recipient = { type: 'phone' as const, phone: `+${ANA}` };
		const [outcome] = await sendMessages(rig.desk, [{ channelId: CHANNEL, recipient, content, origin: 'bot' }], 10_000);
		expect(outcome).toMatchObject({ status: 'sent', explanation: null });
		const [received] = await simulator.admin.waitForReplies(ANA, 1, { phoneNumberId: chatsOf(PHONE) });
		expect(received).toMatchObject({ text: 'Seu boleto' });
	});

	it('shows blue ticks and dots for the message it answers', async () => {
		const id = await web().say(PHONE, ANA, 'Leu?');
		await eventually(async () => (await rig.stored()).some(({ text }) => text === 'Leu?'));
		expect(await rig.desk.channels.get(CHANNEL)!.markRead(id, true)).toEqual({ type: 'ok' });
		await eventually(async () => {
			const said = await simulator.admin.messages(ANA, { from: 'contact', phoneNumberId: chatsOf(PHONE) });
			return said.some((one) => one.text === 'Leu?' && JSON.stringify(one).includes('read'));
		});
	});

	it('quotes what it answers', async () => {
		const id = await web().say(PHONE, ANA, 'Qual o prazo?');
		await eventually(async () => (await rig.stored()).some(({ text }) => text === 'Qual o prazo?'));
		const content = { type: 'text' as const, text: 'Três dias' };
		const recipient = { type: 'phone' as const, phone: `+${ANA}` };
		const request = { channelId: CHANNEL, recipient, content, origin: 'bot' as const, quotedProviderMessageId: id };
		const [outcome] = await sendMessages(rig.desk, [request], 10_000);
		expect(outcome!.status).toBe('sent');
		const said = await simulator.admin.messages(ANA, { from: 'business', phoneNumberId: chatsOf(PHONE) });
		expect(said.find(({ text }) => text === 'Três dias')).toMatchObject({ contextId: id });
	});

	it('says in the timeline what became of a file that cannot be had any more', async () => {
		await web().setFaults({ mediaDownload: 410 });
		await web().say(PHONE, ANA, { type: 'media', media: 'image' });
		await eventually(async () => (await rig.told('mediaLost')).length === 1, 40_000);
	});
});
