import { closeDesk } from '../../../../nodes/shared/desk';
import { WhatsAppTrigger } from '../../../../nodes/WhatsAppTrigger/WhatsAppTrigger.node';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { startMediaServer, type MediaServer } from '../../../support/media-server';
import { startTrigger, type StartedTrigger } from '../../../support/start-trigger';
import { message, text, webhook } from '../../../support/webhook-body';

const ANA = { waId: '5511987654321', name: 'Ana' };
const BRUNO = { waId: '5521976543210', name: 'Bruno' };
const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

let store: TestStore;
let graph: MediaServer;
let rig: DeskRig;
let trigger: StartedTrigger | undefined;

beforeEach(async () => {
	store = await STORES[0]!.create();
	graph = await startMediaServer();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	rig = await startRig(store.settings, { listen: false, credentials: { baseUrl: graph.url } });
});

afterEach(async () => {
	await trigger?.close();
	trigger = undefined;
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await graph.close();
	await store.drop();
});

const start = async (options: object, mode: 'trigger' | 'manual' = 'trigger') => {
	const credentials = { whatsAppCloudApi: { ...rig.credentials } };
	trigger = await startTrigger({ node: new WhatsAppTrigger(), parameters: { options } as never, credentials, mode });
	return trigger;
};
const arrives = (...values: object[]) =>
	rig.desk.receiveCloudApi(webhook(...(values as Array<Record<string, unknown>>)), rig.credentials);
const photo = (id: string) =>
	message(ANA, { type: 'image', image: { id, mime_type: 'image/jpeg', caption: 'Meu comprovante' } });

describe('WhatsApp Desk Trigger: Download Media', () => {
	it('puts the file into the item, under a safe name and with its real type', async () => {
		graph.files.set('1', { bytes: PNG, mimeType: 'image/png' });
		const started = await start({ downloadMedia: true, fileField: 'comprovante' });
		await arrives(message(ANA, { type: 'document', document: { id: '1', filename: '..\\..\\foto\u202egnp.exe' } }));
		const { items } = await started.emission(1);
		expect(items).toHaveLength(1);
		expect(items[0]!.json.media).toMatchObject({
			mimeType: 'image/png',
			fileName: 'fotognp.exe.png',
			size: PNG.length,
		});
		expect(items[0]!.binary).toEqual({
			comprovante: expect.objectContaining({ mimeType: 'image/png', fileName: 'fotognp.exe.png' }),
		});
		expect(Buffer.from(items[0]!.binary!.comprovante!.data, 'base64')).toEqual(PNG);
	});

	it('lets the file go its own way unless it is asked for', async () => {
		graph.files.set('1', { bytes: PNG });
		const started = await start({});
		await arrives(photo('1'));
		const { items } = await started.emission(1);
		expect(items[0]!.binary).toBeUndefined();
		expect(items[0]!.json).toMatchObject({ text: 'Meu comprovante', media: { type: 'image', mimeType: 'image/jpeg' } });
	});

	it('goes without a file that cannot be had, and says why', async () => {
		const started = await start({ downloadMedia: true });
		await arrives(photo('gone'));
		const { items } = await started.emission(1);
		expect(items[0]!.binary).toBeUndefined();
		expect(items[0]!.json).toMatchObject({
			text: 'Meu comprovante',
			media: {
				type: 'image',
				error: expect.stringMatching(/^O arquivo não pode mais ser obtido: a Meta não tem mais/),
			},
		});
	});

	it('goes without a file that does not come in time, and says that it is still being fetched', async () => {
		graph.files.set('1', { bytes: PNG, download: () => undefined });
		const started = await start({ downloadMedia: true, fileWaitSeconds: 0.3 });
		await arrives(photo('1'));
		const { items } = await started.emission(1);
		expect(items[0]!.json.media).toMatchObject({
			error: 'O arquivo ainda não foi baixado. Ele continua sendo buscado.',
		});
		graph.files.get('1')!.download = undefined;
	});

	it('holds up nobody else while a file is on its way', async () => {
		let deliver!: () => void;
		graph.files.set('1', {
			bytes: PNG,
			download: (response) => (deliver = () => void response.writeHead(200).end(PNG)),
		});
		const started = await start({ downloadMedia: true });
		await arrives(photo('1'), text(BRUNO, 'Oi'));
		const first = await started.emission(1);
		expect(first.items.map(({ json }) => (json.contact as { name: string }).name)).toEqual(['Bruno']);
		await graph.downloads(1);
		deliver();
		const second = await started.emission(2);
		expect(
			second.items.map(({ json, binary }) => [(json.contact as { name: string }).name, Object.keys(binary!)]),
		).toEqual([['Ana', ['data']]]);
	});

	it('works for a test by hand', async () => {
		graph.files.set('1', { bytes: PNG });
		const waiting = start({ downloadMedia: true }, 'manual');
		await eventually(() => rig.desk.store.db.selectFrom('test_listener').select('id').executeTakeFirst());
		await arrives(photo('1'));
		const { items } = await (await waiting).emission(1);
		expect(items[0]!.binary).toHaveProperty('data');
	});
});
