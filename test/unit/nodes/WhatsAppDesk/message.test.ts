import type { IDataObject } from 'n8n-workflow';
import { sendMessages, type SendRequest } from '../../../../engine';
import { closeDesk } from '../../../../nodes/shared/desk';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { runNode } from '../../../support/run-node';

const ANA = '5511987654321';
const BRUNO = '5521976543210';
const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

let store: TestStore;
let rig: DeskRig;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	rig = await startRig(store.settings, { listen: false });
});

afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await store.drop();
});

const runAll = async (operation: string, items: IDataObject[], parameters: IDataObject = {}) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'message', operation, ...parameters } as never,
		items,
		mode: 'manual',
	});
	return out!;
};
const run = async (operation: string, item: IDataObject, parameters: IDataObject = {}) =>
	(await runAll(operation, [item], parameters)).map(({ json }) => json);
const inbound = (waId: string) =>
	eventually(() =>
		rig.desk.store.db
			.selectFrom('inbound')
			.select(['id', 'provider_message_id'])
			.where('address', '=', waId)
			.orderBy('seq', 'desc')
			.executeTakeFirst(),
	);
/** The item of a Send Message node. */
const sent = async (phone: string, text: string, more: Partial<SendRequest> = {}): Promise<IDataObject> => {
	const request = {
		channelId: rig.channelId,
		recipient: { type: 'phone', phone: `+${phone}` },
		content: { type: 'text', text },
		origin: 'bot',
		...more,
	} as const;
	const [outcome] = await sendMessages(rig.desk, [request], more.notBefore ? 0 : 10_000);
	return { delivery: { id: outcome!.id } };
};

describe('WhatsApp Desk: Message', () => {
	it('gets a message of a Send Message item with its story (V-18)', async () => {
		const [message] = await run('get', await sent(BRUNO, 'Oferta'));
		expect(message).toMatchObject({
			...{ status: 'refused', code: 'serviceWindowClosed', text: 'Oferta' },
			history: [{ event: 'enqueued' }, { event: 'messageRefused', text: message!.reason }],
		});
		await expect(run('get', {})).rejects.toMatchObject({ message: '"Message" is empty.' });
	});

	it('lists failures to a phone, and takes dates in the zone of the workflow', async () => {
		const { delivery } = await sent(BRUNO, 'Oferta', { label: 'natal' });
		await sent(ANA, 'Outra');
		const filters = { contact: 21976543210, onlyFailures: true, since: '2020-01-01T00:00:00', label: 'natal' };
		expect((await run('getMany', {}, { filters })).map(({ id }) => id)).toEqual([(delivery as IDataObject).id]);
		expect(await run('getMany', {}, { filters: { until: '2020-01-01' } })).toEqual([]);
		expect(await run('getMany', {}, { filters: { statuses: ['refused'] }, limit: 1 })).toHaveLength(1);
		await expect(run('getMany', {}, { filters: { since: 'ontem' } })).rejects.toMatchObject({
			message: '"Created After" is no date and time.',
		});
	});

	it('cancels what has not left, and says when it is too late', async () => {
		const planned = await sent(BRUNO, 'Amanhã', { notBefore: Date.now() + 86_400_000 });
		const [first] = await run('cancel', planned);
		expect(first).toMatchObject({ cancelled: true, status: 'refused', code: 'cancelled' });
		expect(first!.reason).toBe('Cancelada pelo fluxo "Test".');
		expect(await run('cancel', planned, { reason: 'Pago.' })).toEqual([
			expect.objectContaining({ cancelled: false, explanation: 'A mensagem já estava cancelada.' }),
		]);
	});

	it('resends a failure once the contact wrote, and only once', async () => {
		const failed = await sent(BRUNO, 'Oferta');
		await rig.simulator.admin.say(BRUNO, 'Oi');
		await inbound(BRUNO);
		const [again] = await run('resend', failed, { options: { waitSeconds: 10 } });
		expect(again).toMatchObject({ resent: true, status: 'sent', text: 'Oferta' });
		expect(await run('resend', failed)).toEqual([
			expect.objectContaining({ resent: false, code: 'alreadyResent', id: again!.id }),
		]);
	});

	it('reads the timeline as sentences with the time of the workflow', async () => {
		const item = await sent(BRUNO, 'Oferta');
		const lines = await run('getTimeline', item, { about: 'message' });
		expect(lines.map(({ line }) => line)).toEqual([
			expect.stringMatching(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d · Entrou na fila de envio\.$/),
			expect.stringMatching(/ · Não enviada: /),
		]);
		const about = { about: 'contact', contact: `+${BRUNO}` };
		expect((await run('getTimeline', {}, about)).map(({ event }) => event)).toEqual(['messageRefused']);
	});
});

describe('WhatsApp Desk: Message: Download Media', () => {
	const photo = async () => {
		await rig.simulator.admin.say(ANA, {
			type: 'media',
			media: 'image',
			base64: PNG.toString('base64'),
			mimeType: 'image/png',
		});
		return await inbound(ANA);
	};

	it('gives the bytes under the chosen field, by either id', async () => {
		const { id, provider_message_id } = await photo();
		for (const message of [id, provider_message_id!]) {
			const [item] = await runAll('downloadMedia', [{ messageId: message }], { binaryField: 'foto' });
			expect(item!.json).toMatchObject({ messageId: id, downloaded: true, mimeType: 'image/png', size: PNG.length });
			expect(item!.binary!.foto).toMatchObject({ mimeType: 'image/png', fileName: `${id}.png` });
			expect(Buffer.from(item!.binary!.foto!.data, 'base64')).toEqual(PNG);
			expect(item!.pairedItem).toEqual({ item: 0 });
		}
	});

	it('says of each item without a file why it has none', async () => {
		const { id } = await photo();
		await rig.simulator.admin.say(BRUNO, 'Oi');
		const text = await inbound(BRUNO);
		const items = await runAll('downloadMedia', [{ messageId: text.id }, { messageId: id }]);
		expect(items.map(({ json, binary }) => [json.downloaded, json.code, Object.keys(binary ?? {})])).toEqual([
			[false, 'noMedia', []],
			[true, undefined, ['data']],
		]);
		await expect(run('downloadMedia', {})).rejects.toMatchObject({ message: '"Received Message" is empty.' });
		await expect(run('downloadMedia', { messageId: 'wamid.none' })).rejects.toMatchObject({
			message: 'There is no received message "wamid.none".',
		});
	});
});
