import { numberIdOf } from '../../../../simulator/whatsapp-web/client';
import type { Simulator } from '../../../../simulator/server';
import type { BaileysClient } from '../../../support/baileys-client';
import { COMPANY_PHONE, startWhatsAppWeb } from '../../../support/whatsapp-web';
import { ANA, linkedClient } from './support';

const phoneNumberId = numberIdOf(COMPANY_PHONE);
const PDF = Buffer.from('%PDF-1.4 segunda via');
let simulator: Simulator;
let client: BaileysClient;

beforeAll(async () => {
	simulator = await startWhatsAppWeb();
	client = await linkedClient(simulator, COMPANY_PHONE);
});
afterAll(async () => {
	client.end();
	await simulator.close();
});
beforeEach(async () => {
	client.messages.length = 0;
	await simulator.admin.web.clearFaults();
});

const receive = async () => {
	const { downloadMediaMessage } = await import('@whiskeysockets/baileys');
	const [message] = await client.waitForMessages(1);
	const { hosts } = await client.socket.refreshMediaConn(false);
	const at = { host: hosts[0]!.hostname };
	return { message: message!.message!, download: () => downloadMediaMessage(message!, 'buffer', at) };
};

describe('files', () => {
	it('come from customers sealed, and open with the key in the message', async () => {
		await simulator.admin.web.say(COMPANY_PHONE, ANA, {
			type: 'media',
			media: 'document',
			mimeType: 'application/pdf',
			base64: PDF.toString('base64'),
			fileName: 'boleto.pdf',
			caption: 'Segue',
		});
		const { message, download } = await receive();
		const part = message.documentMessage ?? message.documentWithCaptionMessage?.message?.documentMessage;
		expect(part).toMatchObject({ mimetype: 'application/pdf', fileName: 'boleto.pdf', caption: 'Segue' });
		expect(await download()).toEqual(PDF);
	});

	it.each(['image', 'audio', 'video', 'sticker'] as const)("may be a customer's %s", async (media) => {
		const bytes = Buffer.from(`${media} bytes`);
		await simulator.admin.web.say(COMPANY_PHONE, ANA, { type: 'media', media, base64: bytes.toString('base64') });
		expect(await (await receive()).download()).toEqual(bytes);
	});

	it('cannot be fetched while the media host fails', async () => {
		await simulator.admin.web.setFaults({ mediaDownload: 410 });
		await simulator.admin.web.say(COMPANY_PHONE, ANA, { type: 'media', media: 'image' });
		await expect((await receive()).download()).rejects.toThrow();
	});

	it('reach the customer opened', async () => {
		const after = (await simulator.admin.messages(ANA, { phoneNumberId })).at(-1)!.seq;
		await client.socket.sendMessage(`${ANA}@s.whatsapp.net`, {
			document: PDF,
			mimetype: 'application/pdf',
			fileName: 'segunda-via.pdf',
			caption: 'Aqui está',
		});
		const [shown] = await simulator.admin.waitForReplies(ANA, 1, { after, phoneNumberId });
		expect(shown).toMatchObject({ type: 'document', content: { filename: 'segunda-via.pdf', caption: 'Aqui está' } });
		const file = await fetch(`${simulator.url}/admin/media/${shown!.fetchedMediaId}`);
		expect(Buffer.from(await file.arrayBuffer())).toEqual(PDF);
	});

	it('cannot be sent while the media host refuses uploads', async () => {
		await simulator.admin.web.setFaults({ mediaUpload: 500 });
		const sending = client.socket.sendMessage(`${ANA}@s.whatsapp.net`, { document: PDF, mimetype: 'application/pdf' });
		await expect(sending).rejects.toThrow();
	});
});
