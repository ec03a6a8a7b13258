import type { IDataObject, INodeType } from 'n8n-workflow';
import type { Desk } from '../../../../engine';
import type { Template } from '../../../../engine/model-template';
import { saveTemplates } from '../../../../engine/template/rows';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { SendMessage } from '../../../../nodes/SendMessage/SendMessage.node';
import { SendTemplate } from '../../../../nodes/SendTemplate/SendTemplate.node';
import { searchTemplates, getTemplateValues } from '../../../../nodes/shared/template/template-lists';
import { STORES, type TestStore } from '../../../support/each-store';
import {
	fakeLinkedChannel,
	LINKED_CHANNEL,
	LINKED_CREDENTIALS,
	type FakeLinkedChannel,
} from '../../../support/fake-linked-channel';
import { runNode } from '../../../support/run-node';

const ANA = '+55 11 98765-4321';
const AUTO = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };
const REMINDER: Template = {
	...{ id: '1', name: 'lembrete', language: 'pt_BR', category: 'utility', status: 'paused', quality: 'red' },
	...{ reason: null, parameterFormat: 'positional', header: null, footer: 'Oficina Aurora', buttons: [] },
	body: {
		text: 'Olá {{1}}, sua fatura vence em {{2}}.',
		variables: ['1', '2'].map((name) => ({ name, example: null })),
	},
};

let store: TestStore;
let desk: Desk;
let phone: FakeLinkedChannel;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	desk = await getDesk();
	phone = fakeLinkedChannel();
});

afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await store.drop();
});

const connect = async () => {
	desk.channels.add(phone);
	await desk.dispatcher.resume(LINKED_CHANNEL);
};
const send = async (node: INodeType, parameters: IDataObject, item: IDataObject = {}) => {
	const linked = { connectThrough: 'linkedDevice', sendTo: 'phone', phone: ANA, purpose: 'notification' };
	const outputs = await runNode({
		node,
		parameters: { ...linked, ...parameters } as never,
		credentials: { whatsAppLinkedDevice: { ...LINKED_CREDENTIALS } as never },
		items: [item],
	});
	return outputs.map((items) => items.map(({ json }) => json.delivery as IDataObject));
};

describe('Send Message through a linked device', () => {
	it('sends, and ignores what only the Cloud API has: the window and its template (X-01)', async () => {
		await connect();
		const template = { __rl: true, mode: 'name', value: 'nenhum' };
		const [sent, not] = await send(new SendMessage(), { text: 'Olá', outsideWindow: 'template', template });
		expect(not).toEqual([]);
		expect(sent).toEqual([expect.objectContaining({ status: 'sent', hint: null, providerMessageId: '3EB01' })]);
		expect(phone.sent.map(({ content }) => content)).toEqual([expect.objectContaining({ type: 'text', text: 'Olá' })]);
	});

	it('waits in the outbox for the process that holds the connection (D9)', async () => {
		const [sent] = await send(new SendMessage(), { text: 'Olá', options: { waitSeconds: 0 } });
		expect(sent).toEqual([expect.objectContaining({ status: 'queued' })]);
		await connect();
		while (phone.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
		expect(phone.sent).toHaveLength(1);
	});
});

describe('Send Template through a linked device', () => {
	const stored = () => desk.store.transaction((tx) => saveTemplates(tx, 'cloudApi:1', [REMINDER], 1));
	const chosen = { __rl: true, mode: 'list', value: 'lembrete|pt_BR' };
	const reminder = { type: 'text', text: 'Olá Ana, sua fatura vence em 10/03.\n\nOficina Aurora' };

	it('sends the text of the template that a Cloud API number of the desk has, approved or not (X-01)', async () => {
		await stored();
		await connect();
		const [sent] = await send(
			new SendTemplate(),
			{ template: chosen, templateValues: AUTO },
			{ '1': 'Ana', '2': '10/03' },
		);
		expect(sent).toEqual([expect.objectContaining({ status: 'sent', text: reminder.text })]);
		expect(phone.sent.map(({ content }) => content)).toEqual([expect.objectContaining(reminder)]);
	});

	it('sends a text of its own, with the values in its places', async () => {
		await connect();
		const text = { templateText: 'Oi {{1}}! Vence {{vencimento}}.' };
		const [sent] = await send(new SendTemplate(), text, { values: { '1': 'Ana', vencimento: '10/03' } });
		expect(sent).toEqual([
			expect.objectContaining({
				status: 'sent',
				text: 'Oi Ana! Vence 10/03.',
				template: expect.objectContaining({ name: 'texto' }),
			}),
		]);
	});

	it('says which value is missing, like anywhere (C-26)', async () => {
		const [, not] = await send(new SendTemplate(), { templateText: 'Oi {{1}}!' });
		expect(not).toEqual([expect.objectContaining({ status: 'refused', code: 'templateVariablesMissing' })]);
	});

	it('says where the text may come from when there is none', async () => {
		await expect(send(new SendTemplate(), { template: chosen })).rejects.toMatchObject({
			message: '"Template": this number has no template "lembrete" in pt_BR.',
			description: 'Write the message in "Text": a linked device has no templates of its own.',
		});
		await expect(send(new SendTemplate(), {})).rejects.toMatchObject({ message: '"Template" is empty.' });
	});

	const inEditor = (parameters: IDataObject) =>
		({
			getNode: () => ({ parameters: { connectThrough: 'linkedDevice', ...parameters } }),
			getCredentials: () => Promise.resolve(LINKED_CREDENTIALS),
			getCurrentNodeParameter: (name: string) =>
				name === 'template' ? (parameters.template as IDataObject | undefined)?.value : parameters[name],
		}) as never;

	it('offers the templates of the other numbers in the editor, and makes the form of the text', async () => {
		await stored();
		expect((await searchTemplates.call(inEditor({}))).results).toEqual([
			{ name: 'lembrete · Approved · pt_BR · Utility', value: 'lembrete|pt_BR' },
		]);
		const ids = async (parameters: IDataObject) =>
			(await getTemplateValues.call(inEditor(parameters))).fields.map(({ id }) => id);
		expect(await ids({ template: chosen })).toEqual(['body.1', 'body.2']);
		expect(await ids({ template: chosen, templateText: 'Oi {{nome}}' })).toEqual(['body.nome']);
		expect(await ids({ templateText: '=Oi {{ $json.nome }}' })).toEqual([]);
	});
});
