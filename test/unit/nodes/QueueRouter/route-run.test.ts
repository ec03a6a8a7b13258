import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { listConversations } from '../../../../engine';
import { QueueRouter } from '../../../../nodes/QueueRouter/QueueRouter.node';
import { storedNode } from '../../../support/n8n-host';
import { connect, runWorkflow } from '../../../support/run-node';
import {
	json,
	only,
	OUT,
	placesOf,
	QUEUES,
	rig,
	route,
	RouterHere,
	ROWS,
	someone,
	startHere,
	welcomed,
} from './support';

startHere();

describe('Queue Router: many items', () => {
	it('routes each to its own output and links it to its item', async () => {
		const answers = ['1', '2', 'boleto', '9', 'suporte', '1'];
		const crowd = await Promise.all(answers.map(() => someone()));
		await route(await Promise.all(crowd.map(async (person) => json(await person.says('Oi')))));
		const items = await Promise.all(crowd.map(async (person, i) => json(await person.answers(answers[i]!), { i })));
		const outputs = await route(items);
		expect(outputs.map((list) => list.map(({ json }) => json.i))).toEqual([[3], [], [], [], [0, 5], [1, 4], [2]]);
		expect(outputs.flat().every(({ json, pairedItem }) => (pairedItem as any).item === json.i)).toBe(true);
	});

	it('reads expressions in rows and in the company name for each item', async () => {
		const [ana, bia] = [someone(), someone()];
		const parameters = {
			companyName: '={{ $json.brand }}',
			queues: { queue: [{ number: 1, name: 'vendas', displayName: '=Vendas {{ $json.brand }}' }, ROWS[1]!] },
		};
		await route(
			[json(await ana.says('Oi'), { brand: 'Aurora' }), json(await bia.says('Oi'), { brand: 'Boreal' })],
			parameters,
		);
		for (const [person, brand] of [
			[ana, 'Aurora'],
			[bia, 'Boreal'],
		] as const) {
			const [menu] = await rig.simulator.admin.waitForReplies(person.waId, 1);
			expect(menu!.text).toContain(`automático da ${brand}.`);
			expect(menu!.options.map(({ title }) => title)).toEqual([`1 - Vendas ${brand}`, '2 - Suporte']);
		}
	});

	it('routes 50 contacts in one run, also with an expression in a row', async () => {
		const queue = [...ROWS.slice(0, 2), { ...ROWS[2]!, available: '={{ $json.n > 0 }}' }];
		const crowd = Array.from({ length: 50 }, () => someone());
		const items = await Promise.all(crowd.map(async (person, n) => json(await person.says('Oi'), { n })));
		const outputs = await route(items, { queues: { queue } });
		expect(outputs[OUT.waiting]!.map(({ json }) => json.n)).toEqual(crowd.map((_, n) => n));
	});

	it('sends nothing again when a run is repeated, and decides the same (D4)', async () => {
		const ana = await welcomed();
		const item = json(await ana.answers('2'));
		const first = only(await route([item]));
		const again = await route([item]);
		expect(placesOf(again)).toEqual([OUT.suporte]);
		expect(only(again).triage).toEqual({ ...first.triage, repeated: true });
		expect(await ana.heard(2)).toHaveLength(2);
		const waiting = await listConversations(rig.desk, { contactId: (item as any).contact.id, limit: 5 });
		expect(waiting).toHaveLength(1);
	});

	it('keeps binary data', async () => {
		const binary = { photo: { data: 'AA==', mimeType: 'image/png' } };
		const item = { json: json(await someone().says('Oi')), binary } as INodeExecutionData;
		const outputs = await route([item as never]);
		expect(outputs[OUT.waiting]![0]!.binary).toEqual(binary);
	});
});

describe('Queue Router: items it cannot route', () => {
	it('finds the message again when a node in between replaced the data', async () => {
		const item = json(await someone().says('Oi'));
		const { description } = new QueueRouter();
		const trigger = {
			description: { ...description, name: 't', inputs: [], outputs: ['main'], group: ['trigger'] },
			trigger: async () => ({}),
		};
		const lookUp = {
			description: { ...description, name: 'e', outputs: ['main'], properties: [] },
			execute: async () => [[{ json: { erp: 7 }, pairedItem: { item: 0 } }]],
		};
		const at = (name: string, type: string): INode => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		});
		const router = storedNode({ node: new RouterHere(), parameters: QUEUES, name: 'Router' });
		const { outputsOf } = await runWorkflow(
			{
				nodes: [at('Trigger', 'test.whatsAppTrigger'), at('ERP', 'test.erp'), router],
				connections: { ...connect('Trigger', 'ERP'), ...connect('ERP', 'Router') },
			},
			{
				nodeTypes: {
					'test.whatsAppTrigger': trigger as any,
					'test.erp': lookUp as any,
					[router.type]: new RouterHere(),
				},
				triggerItems: [item as INodeExecutionData['json']],
				startAt: 'Trigger',
			},
		);
		expect(outputsOf('Router')[OUT.waiting]!.map(({ json }) => json)).toEqual([
			expect.objectContaining({ erp: 7, conversation: expect.objectContaining({ id: (item as any).conversation.id }) }),
		]);
	});

	it('says that an item is no message', async () => {
		await expect(route([{ orderId: 7 }])).rejects.toMatchObject({
			message: 'This item does not come from a WhatsApp Desk Trigger: it names no message and conversation.',
		});
	});

	it('lets the other items go on under On Error: Continue', async () => {
		const good = json(await someone().says('Oi'), { i: 1 });
		const elsewhere = { ...good, messageId: 'inb_elsewhere', conversation: { id: 'cnv_elsewhere' } };
		const outputs = await route([{ orderId: 7 }, good, elsewhere], {}, { onError: 'continueRegularOutput' });
		expect(outputs[OUT.waiting]!.map(({ json }) => json.i)).toEqual([1]);
		expect(outputs[OUT.noValidAnswer]!.map(({ json }) => json.error)).toEqual([
			'This item does not come from a WhatsApp Desk Trigger: it names no message and conversation.',
			'There is no conversation "cnv_elsewhere".',
		]);
	});
});

describe('Queue Router: hints', () => {
	const hintsOf = async (item: IDataObject, parameters: INodeParameters, mode: 'trigger' | 'manual' = 'trigger') => {
		const node = new RouterHere();
		const router = storedNode({ node, parameters: { ...QUEUES, ...parameters }, name: 'Router' });
		const start: INode = {
			id: 'i',
			name: 'Input',
			type: 'test.input',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const { run } = await runWorkflow(
			{ nodes: [start, router], connections: connect('Input', 'Router') },
			{
				nodeTypes: { [router.type]: node },
				triggerItems: [item as INodeExecutionData['json']],
				startAt: 'Input',
				mode,
			},
		);
		return (run.data.resultData.runData.Router![0]!.hints ?? []).map(({ message }) => message);
	};

	it('tell what is allowed but worth knowing (C-20, M-14)', async () => {
		const item = json(await someone().says('Oi'));
		const options = { assistant: false, fallbackQueue: 'suporte' };
		const hints = await hintsOf(item, { options, start: 'Oi, [nomee]!' });
		expect(hints).toEqual([
			expect.stringContaining('The virtual assistant is off'),
			expect.stringContaining('The text "start" uses [nomee]'),
		]);
	});

	it('tell in a manual run that a message was routed before', async () => {
		const item = json(await someone().says('Oi'));
		expect(await hintsOf(item, {}, 'manual')).toEqual([]);
		expect(await hintsOf(item, {}, 'manual')).toEqual([expect.stringContaining('was routed before')]);
	});
});
