import { ANA, startRehearsal, type Rehearsal } from '../support';

const MINUTE = 60_000;
const NUMBER = '/v26.0/109876543210987';

describe('media of the Cloud API double', () => {
	let rehearsal: Rehearsal;
	beforeEach(async () => (rehearsal = await startRehearsal()));
	afterEach(() => rehearsal.close());

	const upload = (bytes: string, type: string, product = 'whatsapp') => {
		const body = new FormData();
		body.append('messaging_product', product);
		body.append('type', type);
		body.append('file', new Blob([bytes], { type }), 'boleto.pdf');
		return rehearsal.graph('POST', `${NUMBER}/media`, { body });
	};
	const download = (url: string, token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });

	it('keeps an upload, gives an address for five minutes, only to the token', async () => {
		const { body: uploaded } = await upload('%PDF-1.4', 'application/pdf');
		const { body: media } = await rehearsal.graph('GET', `/v26.0/${uploaded.id}`);
		expect(media).toMatchObject({ id: uploaded.id, mime_type: 'application/pdf', file_size: 8 });
		expect((await download(media.url, 'nope')).status).toBe(401);
		expect(await (await download(media.url, 'demo-token')).text()).toBe('%PDF-1.4');
		await rehearsal.simulator.admin.advanceClock(5 * MINUTE);
		expect((await download(media.url, 'demo-token')).status).toBe(404);
	});

	it('forgets a deleted file and refuses what is not a supported file', async () => {
		const { body: uploaded } = await upload('%PDF-1.4', 'application/pdf');
		expect((await rehearsal.graph('DELETE', `/v26.0/${uploaded.id}`)).body).toEqual({ success: true });
		expect((await rehearsal.graph('GET', `/v26.0/${uploaded.id}`)).body.error.error_subcode).toBe(33);
		expect((await upload('a', 'application/zip')).body.error.code).toBe(100);
		expect((await upload('a', 'application/pdf', 'other')).body.error.code).toBe(100);
	});

	it('refuses an unknown id at once and a wrong kind of file later (100, 131053)', async () => {
		await rehearsal.simulator.admin.say(ANA, 'Oi');
		const image = (id: string) => rehearsal.send({ type: 'image', image: { id } });
		expect((await image('42')).body.error.code).toBe(100);
		const { body: uploaded } = await upload('%PDF-1.4', 'application/pdf');
		expect((await image(uploaded.id)).status).toBe(200);
		await rehearsal.simulator.admin.waitForIdleWebhooks();
		expect(rehearsal.statuses().map((status) => status.errors[0].code)).toEqual([131053]);
	});

	it('names what a contact sends with id, sha256 and a working address for seven days', async () => {
		const { admin } = rehearsal.simulator;
		await admin.say(ANA, {
			type: 'media',
			media: 'image',
			mimeType: 'image/png',
			base64: 'AAAA',
			caption: 'Comprovante',
		});
		await admin.waitForIdleWebhooks();
		const { image } = rehearsal.receiver.changes()[0]!.value.messages[0];
		expect(image).toMatchObject({ mime_type: 'image/png', caption: 'Comprovante' });
		expect((await (await download(image.url, 'demo-token')).arrayBuffer()).byteLength).toBe(3);
		await admin.advanceClock(7 * 24 * 60 * MINUTE);
		expect((await rehearsal.graph('GET', `/v26.0/${image.id}`)).status).toBe(400);
	});

	it('fails look-ups and downloads, loses the file or lies about it when told to', async () => {
		const { admin } = rehearsal.simulator;
		await admin.say(ANA, { type: 'media', media: 'image', base64: 'AAAA' });
		await admin.waitForIdleWebhooks();
		const { image } = rehearsal.receiver.changes()[0]!.value.messages[0];
		const lookUp = () => rehearsal.graph('GET', `/v26.0/${image.id}`);
		const status = async () => (await download((await lookUp()).body.url, 'demo-token')).status;
		await admin.setMediaFaults({ failLookups: 1, failDownloads: 2, status: 503 });
		expect((await lookUp()).status).toBe(500);
		expect([await status(), await status(), await status()]).toEqual([503, 503, 200]);
		await admin.setMediaFaults({ wrongSha256: true });
		expect((await lookUp()).body.sha256).not.toBe(image.sha256);
		await admin.setMediaFaults({ gone: true });
		expect((await download(image.url, 'demo-token')).status).toBe(404);
		expect((await lookUp()).body.error.error_subcode).toBe(33);
		await admin.clearFaults();
		expect((await lookUp()).body.sha256).toBe(image.sha256);
	});
});
