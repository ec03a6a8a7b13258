import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createQuickReply, operateConversation } from '../../../../engine';
import type { MessageItem } from '../../../../engine';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { messageTypes } from '../../../../nodes/SendMessage/message-types';
import { SendMessage } from '../../../../nodes/SendMessage/SendMessage.node';
import { startSimulator } from '../../../../simulator/server';
import { startRig } from '../../../support/desk-rig';
import type { DeskRig } from '../../../support/desk-rig';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import { storedNode } from '../../../support/n8n-host';
import { runNode } from '../../../support/run-node';
import { TEMPLATES } from '../SendTemplate/templates';

const ANA = '5511987654321';

let store: TestStore;
let rig: DeskRig;
const sendMessage = new SendMessage();
/** What a WhatsApp Trigger emitted for Ana's "Oi". */
let oi: MessageItem;

beforeAll(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	const arrived: MessageItem[] = [];
	const simulator = await startSimulator({ templates: TEMPLATES });
	rig = await startRig(store.settings, {
		simulator,
		run: async (items) => {
			arrived.push(...items);
			return 'succeeded';
		},
	});
	await simulator.admin.addContact({ waId: ANA, name: 'Ana Souza' });
	await simulator.admin.say(ANA, 'Oi');
	while (arrived.length === 0) await new Promise((resolve) => setImmediate(resolve));
	oi = arrived[0]!;
	// From here on the node's own desk is the only one that sends.
	await rig.desk.close();
});

afterAll(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await rig.simulator.close();
	await store.drop();
});

const lastSeen = async () => (await rig.simulator.admin.messages(ANA, { from: 'business' })).at(-1)!.text;
const asItem = (item: MessageItem) => item as unknown as IDataObject;
const delivery = (items: INodeExecutionData[] | undefined) => items?.map(({ json }) => json.delivery as IDataObject);
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const filled = (value: IDataObject) => ({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] });
let nodesSoFar = 0;
const send = (parameters: IDataObject, items: IDataObject[] = [asItem(oi)], more = {}) =>
	runNode({
		node: sendMessage,
		name: `Send ${++nodesSoFar}`,
		parameters: parameters as never,
		items: items as never,
		credentials: { whatsAppCloudApi: { ...rig.credentials } },
		...more,
	});

/** What one send left in the outbox, planned for tomorrow so that nothing goes out. */
async function planned(parameters: IDataObject) {
	const sendAt = new Date(Date.now() + 86_400_000).toISOString();
	const [queued] = await send({ ...parameters, options: { ...(parameters.options as IDataObject), sendAt } });
	const { store: deskStore } = await getDesk();
	const row = await deskStore.db
		.selectFrom('outbox')
		.selectAll()
		.where('id', '=', delivery(queued)![0]!.id as string)
		.executeTakeFirstOrThrow();
	return { row, told: delivery(queued)![0]!, sendAt };
}

describe('the panel of Send Message', () => {
	it.each(messageTypes.map(({ value }) => value))('never shows two sections of one name: %s', (messageType) => {
		const node = storedNode({ node: sendMessage, parameters: { messageType, outsideWindow: 'template' } });
		const { properties } = sendMessage.description;
		const all = NodeHelpers.getNodeParameters(properties, node.parameters, true, false, node, sendMessage.description)!;
		const shown = properties.filter((field) => {
			const values = { ...all, template: { __rl: true, mode: 'name', value: 'x' } } as never;
			return NodeHelpers.displayParameter(values, field, node, sendMessage.description);
		});
		const names = shown.map(({ displayName }) => displayName);
		expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
		expect(names).toContain('Template Language');
	});
});

describe('why a message goes out', () => {
	it.each<[IDataObject, number]>([
		[{}, 0],
		[{ sendTo: 'phone', phone: ANA }, 1],
		[{ sendTo: 'conversation', conversationId: '={{ $json.conversation.id }}' }, 0],
		[{ sendTo: 'phone', phone: ANA, options: { purpose: 'reply' } }, 0],
		[{ options: { purpose: 'campaign' } }, 2],
	])('%j has the priority %d', async (parameters, priority) => {
		const { row } = await planned({ text: 'Oi', ...parameters });
		expect(row.priority).toBe(priority);
	});

	it('is labelled and planned', async () => {
		const { row, told, sendAt } = await planned({ text: 'Oi', options: { label: 'Avisos' } });
		expect(row).toMatchObject({ label: 'Avisos', not_before: Date.parse(sendAt) });
		expect(told).toMatchObject({ status: 'queued', scheduledFor: sendAt });
	});

	it('reads a moment without an offset in the time zone of the workflow, and refuses what is none', async () => {
		const [queued] = await send({ text: 'Oi', options: { sendAt: '2099-01-10T09:00:00' } });
		expect(delivery(queued)![0]!.scheduledFor).toBe('2099-01-10T12:00:00.000Z');
		await expect(send({ text: 'Oi', options: { sendAt: '={{ "amanhã" }}' } })).rejects.toMatchObject({
			message: '"Send At" is not a moment: "amanhã".',
		});
	});

	it('a moment that has passed means now', async () => {
		const [sent] = await send({ text: 'Agora', options: { sendAt: '2020-01-10T09:00:00' } });
		expect(delivery(sent)![0]).toMatchObject({ status: 'sent', scheduledFor: null });
	});
});

describe('outside the 24 h window (D-19)', () => {
	const template = { __rl: true, mode: 'list', value: 'lembrete_de_vencimento|pt_BR' };

	it('fails by default and holds when told so', async () => {
		expect((await planned({ text: 'Oi' })).row.outside_window).toBeNull();
		const held = await planned({ text: 'Oi', outsideWindow: 'hold' });
		expect(JSON.parse(held.row.outside_window!)).toEqual({ type: 'hold' });
	});

	it('has a template ready, filled with the values of the item', async () => {
		const templateValues = filled({ 'body.1': '={{ $json.contact.name }}', 'body.2': '10/03', 'button.1': 'b/1' });
		const { row, told } = await planned({ text: 'Oi', outsideWindow: 'template', template, templateValues });
		expect(JSON.parse(row.outside_window!)).toMatchObject({
			type: 'template',
			content: { name: 'lembrete_de_vencimento', text: expect.stringContaining('Olá Ana Souza, sua fatura') },
		});
		expect(told.hint).toBeNull();
	});

	it('a template that cannot be filled holds up no message within the window', async () => {
		const [sent] = await send({ text: 'Sem modelo', outsideWindow: 'template', template, templateValues: filled({}) });
		expect(delivery(sent)![0]).toMatchObject({
			status: 'sent',
			hint: expect.stringMatching(
				/^Fora da janela de 24 horas o modelo não poderia substituir a mensagem: Faltam os valores/,
			),
		});
		expect(await lastSeen()).toBe('Sem modelo');
	});

	it('stops when there is no such template', async () => {
		const wrong = { text: 'Oi', outsideWindow: 'template', template: byName('lembrete_vencimento') };
		await expect(send(wrong)).rejects.toMatchObject({
			message: '"Template": this number has no template "lembrete_vencimento" in pt_BR.',
		});
	});
});

describe('sending a quick reply (B-74, B-78)', () => {
	beforeAll(async () => {
		const desk = await getDesk();
		await createQuickReply(desk, { name: 'Saudação', content: 'Olá, [Cliente]! Protocolo [Protocolo].' });
		await createQuickReply(desk, { name: 'Com atendente', content: 'Aqui é [Atendente].' });
		await createQuickReply(desk, { name: 'Boleto', content: '[Cliente], vence em [Vencimento].' });
	});

	const quick = (name: string, values: IDataObject[] = []) => ({
		messageType: 'quickReply',
		quickReply: byName(name),
		quickReplyValues: { value: values },
	});

	it('fills in contact and protocol', async () => {
		const [sent] = await send(quick('saudacao'));
		expect(delivery(sent)![0]).toMatchObject({ status: 'sent' });
		expect(await lastSeen()).toBe(`Olá, Ana Souza! Protocolo ${oi.conversation!.protocolNumber}.`);
	});

	it('takes values of its own for every item', async () => {
		const values = [
			{ name: 'Vencimento', value: '={{ $json.due }}' },
			{ name: '', value: 'ignored' },
		];
		await send(quick('Boleto', values), [{ ...asItem(oi), due: '10/03' }]);
		expect(await lastSeen()).toBe('Ana Souza, vence em 10/03.');
	});

	it('a variable without a value leaves alone through Not Sent, with what to do; nothing raw goes out', async () => {
		const items = [
			{ ...asItem(oi), due: '' },
			{ ...asItem(oi), due: '11/03' },
		];
		const [sent, notSent] = await send(quick('Boleto', [{ name: 'Vencimento', value: '={{ $json.due }}' }]), items);
		expect(sent!.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(delivery(notSent)).toEqual([
			expect.objectContaining({
				status: 'refused',
				id: null,
				code: 'quickReplyVariables',
				reason:
					'A mensagem pronta "Boleto" precisa de [Vencimento], e aqui não há esse valor. Corrija a mensagem ou informe o valor no envio.',
			}),
		]);
	});

	it('knows the agent once there is one', async () => {
		const [, notSent] = await send(quick('Com atendente'));
		expect(delivery(notSent)![0]!.reason).toContain('precisa de [Atendente], e aqui não há esse valor');
		const event = { type: 'assign', agent: 'bia@example.com', agentName: 'Bia' } as const;
		await operateConversation(await getDesk(), oi.conversation!.id, event);
		await send({ ...quick('Com atendente'), options: { sendAs: 'agent' } });
		expect(await lastSeen()).toBe('Aqui é Bia.');
	});

	it('one item that names none there is leaves alone; when all do, the node stops and names them', async () => {
		const items = [
			{ ...asItem(oi), name: 'Nada' },
			{ ...asItem(oi), name: 'Saudação' },
		];
		const parameters = { ...quick('={{ $json.name }}'), options: { sendAs: 'agent' } };
		const [sent, notSent] = await send(parameters, items);
		expect(sent).toHaveLength(1);
		expect(delivery(notSent)).toEqual([expect.objectContaining({ code: 'quickReplyMissing' })]);
		await expect(send(quick('Nada'))).rejects.toMatchObject({
			message: 'There is no quick reply "Nada".',
			description: 'Quick replies there are: Boleto, Com atendente, Saudação.',
		});
	});
});
