import { NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { SendMessage } from '../../../../nodes/SendMessage/SendMessage.node';
import { connect, runNode, runWorkflow } from '../../../support/run-node';
import { storedNode, typeName } from '../../../support/n8n-host';
import { startRig } from '../../../support/desk-rig';
import type { DeskRig } from '../../../support/desk-rig';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import type { MessageItem } from '../../../../engine';

const ANA = '5511987654321';

let store: TestStore;
let rig: DeskRig;
const sendMessage = new SendMessage();
/** What a WhatsApp Trigger emitted for Ana's "Oi". */
let oi: MessageItem;

beforeAll(async () => {
	store = await STORES[0]!.create();
	const arrived: MessageItem[] = [];
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	rig = await startRig(store.settings, {
		run: async (items) => {
			arrived.push(...items);
			return 'succeeded';
		},
	});
	await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
	await rig.simulator.admin.say(ANA, 'Oi');
	while (arrived.length === 0) await new Promise((resolve) => setImmediate(resolve));
	oi = arrived[0]!;
	// From here on the node's own desk is the only one that sends.
	await rig.desk.close();
});

afterAll(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await store.drop();
});

const seen = async () => (await rig.simulator.admin.messages(ANA, { from: 'business' })).map(({ text }) => text);
const asItem = (item: MessageItem) => item as unknown as IDataObject;
const delivery = (items: INodeExecutionData[] | undefined) => items?.map(({ json }) => json.delivery as IDataObject);
/** Every call is another node, so that no test repeats the sends of an earlier one. */
let nodesSoFar = 0;
const send = (parameters: IDataObject, items: Array<IDataObject | INodeExecutionData> = [asItem(oi)], more = {}) =>
	runNode({
		node: sendMessage,
		name: `Send ${++nodesSoFar}`,
		parameters: parameters as never,
		items: items as never,
		credentials: { whatsAppCloudApi: { ...rig.credentials } },
		...more,
	});

describe('Send Message', () => {
	it('answers the contact of the item and keeps its fields (D-19, V-12)', async () => {
		const [sent, notSent] = await send({ text: '=Olá, {{ $json.contact.name }}!', options: { markRead: 'typing' } });
		expect(notSent).toEqual([]);
		expect(sent![0]!.json).toMatchObject({
			text: 'Oi',
			contact: { name: 'Ana' },
			delivery: { status: 'sent', repeated: false, reason: null, providerMessageId: expect.stringMatching(/^wamid/) },
		});
		expect(sent![0]!.pairedItem).toEqual({ item: 0 });
		expect((await seen()).at(-1)).toBe('Olá, Ana!');
	});

	it('sends nothing twice when a run is repeated after a crash (D4)', async () => {
		const before = (await seen()).length;
		const [first] = await send({ text: 'Uma vez' }, [asItem(oi), asItem(oi)], { name: 'Repeated' });
		const [again] = await send({ text: 'Uma vez' }, [asItem(oi), asItem(oi)], { name: 'Repeated' });
		expect(delivery(first)!.map(({ repeated }) => repeated)).toEqual([false, false]);
		expect(delivery(again)!.map(({ repeated, id }) => [repeated, id])).toEqual(
			delivery(first)!.map(({ id }) => [true, id]),
		);
		expect((await seen()).length).toBe(before + 2);
	});

	it('honours a dedupe key over several items (V-13, D-34)', async () => {
		const before = (await seen()).length;
		const items = [{ invoice: 1 }, { invoice: 1 }, { invoice: 2 }];
		const [sent] = await send(
			{ sendTo: 'phone', phone: ANA, text: 'Vence hoje', options: { dedupeKey: '=vence-{{ $json.invoice }}' } },
			items,
		);
		expect(delivery(sent)!.map(({ repeated }) => repeated)).toEqual([false, true, false]);
		expect((await seen()).length).toBe(before + 2);
	});

	it('a missing phone leaves through Not Sent with the exact words, its neighbours are sent (V-09, V-11)', async () => {
		const items = [{ phone: '' }, { phone: '+55 11 98765-4321' }, { phone: 'ramal 12' }];
		const [sent, notSent] = await send({ sendTo: 'phone', phone: '={{ $json.phone }}', text: 'Aviso' }, items);
		expect(delivery(sent)!.map(({ status }) => status)).toEqual(['sent']);
		expect(sent![0]!.pairedItem).toEqual({ item: 1 });
		expect(delivery(notSent)![0]).toMatchObject({
			status: 'refused',
			code: 'noPhone',
			reason: 'Não possui telefone para envio de mensagem',
		});
		expect(notSent!.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	});

	it('finds the contact again behind nodes that replaced the data', async () => {
		const trigger: INodeType = {
			description: {
				...sendMessage.description,
				name: 'whatsAppTrigger',
				group: ['trigger'],
				inputs: [],
				properties: [],
			},
			trigger: async () => ({}),
		};
		const erp: INodeType = {
			description: {
				...sendMessage.description,
				name: 'erp',
				outputs: [NodeConnectionTypes.Main],
				credentials: [],
				properties: [],
			},
			async execute(this: IExecuteFunctions) {
				return [this.getInputData().map((_, item) => ({ json: { order: 42 }, pairedItem: { item } }))];
			},
		};
		const credentials = { whatsAppCloudApi: { ...rig.credentials } };
		const nodes = [
			storedNode({ node: trigger, name: 'Mensagem' }),
			storedNode({ node: erp, name: 'ERP' }),
			storedNode({
				node: sendMessage,
				name: 'Responder',
				parameters: { text: '=Pedido {{ $json.order }}' },
				credentials,
			}),
		];
		const { outputsOf } = await runWorkflow(
			{ nodes, connections: { ...connect('Mensagem', 'ERP'), ...connect('ERP', 'Responder') } },
			{
				nodeTypes: { [typeName(trigger)]: trigger, [typeName(erp)]: erp, [typeName(sendMessage)]: sendMessage },
				triggerItems: [asItem(oi)],
				credentials,
			},
		);
		expect(outputsOf('Responder')[0]![0]!.json).toMatchObject({ order: 42, delivery: { status: 'sent' } });
		expect((await seen()).at(-1)).toBe('Pedido 42');
	});

	it('says what to do when an item has no contact', async () => {
		await expect(send({ text: 'Oi' }, [{ order: 1 }])).rejects.toMatchObject({
			message: 'This item does not come from a customer message, so it has no contact.',
			description: expect.stringContaining('Set "Send To" to Phone Number or Conversation'),
			itemIndex: 0,
		});
	});

	it('sends nothing when one item is wrong and the node stops', async () => {
		const before = (await seen()).length;
		const items = [asItem(oi), { ...asItem(oi), text: '' }];
		await expect(send({ text: '={{ $json.text }}' }, items)).rejects.toMatchObject({
			message: '"Text" is empty.',
			itemIndex: 1,
		});
		expect((await seen()).length).toBe(before);
	});

	it('with On Error: Continue the wrong item leaves through Not Sent, the others are sent', async () => {
		const items = [{ ...asItem(oi), text: '' }, asItem(oi)];
		const [sent, notSent] = await send({ text: '={{ $json.text }}' }, items, { onError: 'continueRegularOutput' });
		expect(sent).toHaveLength(1);
		expect(notSent!.map(({ json }) => json)).toEqual([
			{ error: '"Text" is empty.', details: 'Fill it in, or check the expression in it.' },
		]);
	});

	it('sends a menu the customer can tap, and the tap comes back with the ID (C-17)', async () => {
		await send({
			messageType: 'menu',
			body: 'Como foi?',
			menuOptions: { row: [{ title: 'Bom', id: 'bom' }, { title: '' }, { title: 'Ruim' }] },
			look: { footer: 'Oficina Aurora' },
		});
		const [message] = (await rig.simulator.admin.messages(ANA, { from: 'business' })).slice(-1);
		expect(JSON.stringify(message)).toContain('"id":"bom"');
		expect(JSON.stringify(message)).toContain('"id":"2"');
	});

	it('refuses a menu without options and one with the same ID twice', async () => {
		const menu = { messageType: 'menu', body: 'Qual?' };
		await expect(send({ ...menu, menuOptions: { row: [{ title: ' ' }] } })).rejects.toMatchObject({
			message: 'The menu has no options.',
		});
		const twice = { row: [{ title: 'A', id: '2' }, { title: 'B' }] };
		await expect(send({ ...menu, menuOptions: twice })).rejects.toMatchObject({
			message: 'Two options have the ID "2".',
		});
	});

	it('sends a file of the item as a document with its name (B-08)', async () => {
		const data = {
			data: Buffer.from('%PDF-1.4').toString('base64'),
			mimeType: 'application/pdf',
			fileName: 'boleto.pdf',
		};
		const item = { json: asItem(oi), binary: { data } };
		const [sent] = await send({ messageType: 'document', caption: 'Segue o boleto' }, [item]);
		expect(delivery(sent)![0]).toMatchObject({ status: 'sent' });
		expect(sent![0]!.binary).toEqual({ data });
		const [message] = (await rig.simulator.admin.messages(ANA, { from: 'business' })).slice(-1);
		expect(JSON.stringify(message)).toContain('boleto.pdf');
	});

	it('names the files an item has when the chosen one is missing', async () => {
		const item = { json: asItem(oi), binary: { pdf: { data: '', mimeType: 'application/pdf' } } };
		await expect(send({ messageType: 'document' }, [item])).rejects.toMatchObject({
			message: 'The item has no file in the field "data".',
			description: 'Files of this item: pdf. Enter one of these names.',
		});
	});

	it('sends a location, a contact card and a reaction', async () => {
		const kinds = [
			{ messageType: 'location', latitude: -23.56, longitude: -46.65, placeName: 'Loja' },
			{ messageType: 'contact', cardName: 'Plantão', cardPhone: '+55 11 3256-7890, +55 11 98888-7777' },
			{ messageType: 'reaction', emoji: '👍' },
		];
		for (const kind of kinds) {
			const [sent] = await send(kind);
			expect([kind.messageType, delivery(sent)![0]!.status]).toEqual([kind.messageType, 'sent']);
		}
		await expect(send({ ...kinds[0], latitude: 123 })).rejects.toMatchObject({
			message: '"Latitude" is 123, but lies between -90 and 90.',
		});
	});

	it('does not wait when told so', async () => {
		const [queued] = await send({ text: 'Depois', options: { waitSeconds: 0 } });
		expect(delivery(queued)![0]).toMatchObject({ status: 'queued', repeated: false });
		const { dispatcher } = await getDesk();
		const settled = await dispatcher.settle([delivery(queued)![0]!.id as string], 10_000);
		expect([...settled.values()].map(({ status }) => status)).toEqual(['sent']);
	});
});
