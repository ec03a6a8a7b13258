import type { IDataObject } from 'n8n-workflow';
import { closeDesk } from '../../../../nodes/shared/desk';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { runNode } from '../../../support/run-node';

const ANA = '5511987654321';

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

const run = async (operation: string, items: IDataObject[], parameters: IDataObject = {}, resource = 'ticket') => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource, operation, ...parameters } as never,
		items,
		mode: 'manual',
	});
	return out!;
};
const one = async (operation: string, item: IDataObject, parameters: IDataObject = {}) =>
	(await run(operation, [item], parameters)).map(({ json }) => json);
const conversation = async () => {
	await rig.simulator.admin.say(ANA, 'Minha geladeira parou');
	return eventually(() => rig.desk.store.db.selectFrom('conversation').selectAll().executeTakeFirst());
};

const ORDER = {
	...{ system: 'omie', sourceId: 4711, number: 'OS 1234', status: 'Aberta', description: 'Não gela' },
	...{ occurredAt: '2026-03-10T10:00:00-03:00', product: 'Geladeira', phone: '(11) 98765-4321' },
};
const MIRROR = {
	product: '={{ $json.product }}',
	issuedAt: '10/03/2026',
	contact: { phone: '={{ $json.phone }}', name: 'Ana Souza', erpIds: 'omie:77', document: '529.982.247-25' },
	options: {
		closedStatuses: 'Concluída, Cancelada',
		sourceAt: '={{ $json.occurredAt }}',
		priority: '={{ $json.urgency }}',
	},
};

describe('WhatsApp Desk: Ticket', () => {
	it('mirrors events of an ERP: one ticket, its steps, its end (V-02…V-04, V-13)', async () => {
		const items = [
			{ ...ORDER, urgency: 'alta' },
			ORDER,
			{ ...ORDER, status: 'Em análise', urgency: 'Crítica', occurredAt: '2026-03-10T11:00:00-03:00' },
			{ ...ORDER, status: 'Aberta' },
			{ ...ORDER, status: 'CONCLUIDA', occurredAt: '2026-03-10T12:00:00-03:00' },
		];
		const out = await run('upsert', items, MIRROR);
		expect(
			out.map(({ json, pairedItem }) => [json.result, json.status, json.state, json.priority, pairedItem]),
		).toEqual([
			['created', 'Aberta', 'open', 'high', { item: 0 }],
			['unchanged', 'Aberta', 'open', 'high', { item: 1 }],
			['updated', 'Em análise', 'open', 'critical', { item: 2 }],
			['stale', 'Em análise', 'open', 'critical', { item: 3 }],
			['closed', 'CONCLUIDA', 'closed', 'critical', { item: 4 }],
		]);
		expect(out[0]!.json).toMatchObject({
			...{ source: 'omie', code: '4711', number: 'OS 1234', product: 'Geladeira', problem: 'Não gela', warning: null },
			...{ issuedAt: '2026-03-10T03:00:00.000Z', sourceAt: '2026-03-10T13:00:00.000Z', changes: [] },
			explanation: 'Chamado OS 1234 aberto: Geladeira · Não gela.',
			contact: { name: 'Ana Souza', phone: `+${ANA}` },
			conversation: null,
		});
		const [byContact] = await one('getMany', {}, { filters: { contact: '529.982.247-25', states: ['closed'] } });
		expect(byContact).toMatchObject({ id: out[0]!.json.id, state: 'closed' });
		expect(await one('getMany', {}, { filters: { source: 'bling' } })).toEqual([]);
		expect(await one('getMany', {}, { filters: { priorities: ['low'] } })).toEqual([]);
		expect(await one('getMany', {}, { filters: { updatedSince: '2099-01-01' } })).toEqual([]);
	});

	it('takes the customer of an ERP event from the fields as they are offered', async () => {
		const customer = { id: '77', name: 'Ana Souza', document: '52998224725', phone: null };
		const offered = new WhatsAppDesk().description.properties.find(
			({ name, displayOptions }) => name === 'contact' && displayOptions?.show?.resource?.includes('ticket'),
		)!.options as Array<{ name: string; default: string }>;
		const contact = Object.fromEntries(offered.map((field) => [field.name, field.default]));
		const [made] = await one('upsert', { ...ORDER, customer }, { contact });
		expect(made).toMatchObject({ warning: null, contact: { name: 'Ana Souza', phone: null } });
		const [found] = (await run('get', [{}], { contact: 'erp:omie:77' }, 'contact')).map(({ json }) => json);
		expect(found!.id).toBe((made!.contact as IDataObject).id);
		const nobody = { id: null, name: null, document: null, phone: null };
		expect(await one('upsert', { ...ORDER, sourceId: 1, customer: nobody }, { contact })).toMatchObject([
			{ result: 'created', contact: null, warning: null, ticket: { source: 'omie', code: '1' } },
		]);
	});

	it('says which field is wrong', async () => {
		await expect(one('upsert', { system: 'omie' })).rejects.toMatchObject({ message: '"Code" is empty.' });
		await expect(one('upsert', ORDER, { issuedAt: 'ontem' })).rejects.toMatchObject({
			message: '"Issued At" is no date and time: "ontem".',
		});
		await expect(one('upsert', ORDER, { options: { priority: '={{ "xyz" }}' } })).rejects.toMatchObject({
			message: '"Priority" is "xyz", which stands for no priority.',
		});
		await expect(one('upsert', ORDER, { options: { state: '={{ "fechado" }}' } })).rejects.toMatchObject({
			message: '"State" is "fechado", which is no state of a ticket.',
		});
		await expect(one('get', {})).rejects.toMatchObject({ message: '"Ticket" is empty.' });
		await expect(one('close', {}, { ticket: 'omie/1' })).rejects.toMatchObject({
			message: 'There is no ticket "omie/1".',
		});
	});

	it('is closed, reopened, noted and linked by source and code or by its item', async () => {
		const [made] = await one('upsert', ORDER);
		const { id: conversationId } = await conversation();
		const closed = await one('close', made!, { reason: 'O cliente desistiu.', status: 'Cancelada' });
		expect(closed).toMatchObject([
			{
				...{ result: 'closed', id: made!.id, state: 'closed', status: 'Cancelada' },
				explanation: 'Chamado OS 1234 encerrado: situação de "Aberta" para "Cancelada". Motivo: O cliente desistiu.',
			},
		]);
		const named = { ticket: 'omie/4711' };
		expect(await one('close', {}, named)).toMatchObject([{ result: 'unchanged' }]);
		expect(await one('reopen', {}, named)).toMatchObject([{ result: 'reopened', state: 'open', closedAt: null }]);
		expect(await one('addNote', {}, { ...named, note: 'Peça pedida', author: 'Bia' })).toMatchObject([
			{ explanation: 'Nota no chamado OS 1234 (Bia): Peça pedida' },
		]);
		const [linked] = await one('link', {}, { ...named, conversation: conversationId });
		expect(linked).toMatchObject({
			result: 'updated',
			conversation: { id: conversationId },
			contact: { phone: `+${ANA}` },
		});
		// As an item of the Desk Event Trigger names it.
		expect(await one('get', { data: { ticketId: made!.id } })).toMatchObject([{ id: made!.id, state: 'open' }]);
	});

	it('is made of a conversation, once, and its timeline is read (M-22, V-18)', async () => {
		const { id, protocol_number } = await conversation();
		const item = { conversation: { id } };
		const [made] = await one('createFromConversation', item, { options: { priority: 'critical' } });
		expect(made).toMatchObject({
			...{ result: 'created', source: 'whatsapp', code: protocol_number, problem: 'Minha geladeira parou' },
			...{ priority: 'critical', conversation: { id } },
		});
		expect(await one('createFromConversation', item)).toMatchObject([{ result: 'unchanged', priority: 'critical' }]);
		const story = async (parameters: IDataObject) =>
			(await run('getTimeline', [{}], parameters, 'message')).map(({ json }) => json.event);
		expect(await story({ about: 'ticket', ticket: `whatsapp/${protocol_number}` })).toEqual([
			'ticketOpened',
			'ticketCritical',
		]);
		expect(await story({ about: 'invoice', invoice: '11222333000181/9' })).toEqual([]);
		await expect(story({ about: 'ticket' })).rejects.toMatchObject({ message: '"Ticket" is empty.' });
	});
});
