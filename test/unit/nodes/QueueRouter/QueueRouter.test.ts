import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { listConversations, listQueues, operateConversation, setQueueBlocked } from '../../../../engine';
import type { MessageItem } from '../../../../engine';
import { QueueRouter } from '../../../../nodes/QueueRouter/QueueRouter.node';
import { routeRun } from '../../../../nodes/QueueRouter/route-run';
import { storedNode } from '../../../support/n8n-host';
import { startRig } from '../../../support/desk-rig';
import type { DeskRig } from '../../../support/desk-rig';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import { connect, runNode, runWorkflow } from '../../../support/run-node';

const ROWS = [
	{ number: 1, name: 'comercial', displayName: 'Comercial' },
	{ number: 2, name: 'suporte', displayName: 'Suporte' },
	{ number: 3, name: 'boleto', displayName: '2ª via de boleto', action: 'selfService' },
];
const QUEUES = { companyName: 'Oficina Aurora', queues: { queue: ROWS } };
const OUT = { waiting: 0, noValidAnswer: 1, withHuman: 2, nobodyAvailable: 3, comercial: 4, suporte: 5, boleto: 6 };

let store: TestStore;
let rig: DeskRig;
/** What the trigger would have emitted, by contact, not yet routed. */
let arrived: Map<string, (item: MessageItem) => void>;
let people = 0;

beforeAll(async () => {
	store = await STORES[0]!.create();
	arrived = new Map();
	rig = await startRig(store.settings, {
		run: async (items) => {
			for (const item of items) arrived.get(item.text)?.(item);
			return 'succeeded';
		},
	});
});

afterAll(async () => {
	await rig.close();
	await store.drop();
});

/** The node with the desk of the test: n8n's process has one as well. */
class RouterHere extends QueueRouter {
	override async execute(this: IExecuteFunctions) {
		return await routeRun(this, rig.desk);
	}
}

/** A customer of their own; `says` resolves with the item a trigger emits. */
function someone() {
	const waId = `55119${String(80000000 + ++people)}`;
	return {
		waId,
		async says(text: string): Promise<MessageItem> {
			const marked = `${text} ·${waId}·${Math.random()}`;
			const item = new Promise<MessageItem>((resolve) => arrived.set(marked, resolve));
			await rig.simulator.admin.say(waId, marked);
			// The mark tells whose message it is; the router reads the words alone.
			return { ...(await item), text };
		},
		/** Written long enough after the menu to be an answer. */
		async answers(text: string): Promise<MessageItem> {
			return { ...(await this.says(text)), sentAt: new Date(Date.now() + 60_000).toISOString() };
		},
		heard: async (count: number) =>
			(await rig.simulator.admin.waitForReplies(waId, count)).map(({ text }) => text ?? ''),
	};
}

const json = (item: MessageItem, more: IDataObject = {}) => ({ ...(item as unknown as IDataObject), ...more });

async function route(
	items: IDataObject[],
	parameters: INodeParameters = {},
	more: Partial<Parameters<typeof runNode>[0]> = {},
) {
	return await runNode({ node: new RouterHere(), parameters: { ...QUEUES, ...parameters }, items, ...more });
}

/** Which output each item left by, in output order. */
const placesOf = (outputs: INodeExecutionData[][]) => outputs.flatMap((items, place) => items.map(() => place));
const only = (outputs: INodeExecutionData[][]) => outputs.flat().map(({ json }) => json as any)[0];

async function welcomed(parameters: INodeParameters = {}) {
	const person = someone();
	await route([json(await person.says('Oi'))], parameters);
	return person;
}

async function routed(text: string, parameters: INodeParameters = {}) {
	const person = await welcomed(parameters);
	const outputs = await route([json(await person.answers(text))], parameters);
	return { person, outputs, place: placesOf(outputs)[0], json: only(outputs) };
}

describe('Queue Router: the standard flow (B-71)', () => {
	it('welcomes, repeats the menu after an invalid option, hands over', async () => {
		const ana = someone();
		expect(placesOf(await route([json(await ana.says('Oi'))]))).toEqual([OUT.waiting]);
		expect(placesOf(await route([json(await ana.answers('9'))]))).toEqual([OUT.waiting]);
		expect(placesOf(await route([json(await ana.answers('2'))]))).toEqual([OUT.suporte]);
		const [menu, invalid, transfer] = await ana.heard(3);
		expect(menu).toContain('automático da Oficina Aurora.');
		expect(invalid).toContain('Opção digitada não existe, digite uma opção válida');
		expect(transfer).toBe('Aguarde, seu atendimento será redirecionado para o atendente');
	});

	it('keeps every field and adds what was decided (B-62)', async () => {
		const { json: out, person } = await routed('2');
		expect(out).toMatchObject({
			text: '2',
			contact: { phone: `+${person.waId}` },
			conversation: { state: 'queued', queue: 'suporte', protocolNumber: expect.any(String) },
			triage: {
				output: 'queue',
				queue: { name: 'suporte', displayName: 'Suporte', number: 2 },
				explanation: 'Cliente na fila Suporte: escolheu “2 - Suporte” no menu.',
				conversation: { state: 'queued', openedAt: expect.stringMatching(/^\d{4}-/) },
				messageIds: [expect.any(String)],
				repeated: false,
			},
		});
	});

	it('shows the queues to the desk (B-42, B-48)', async () => {
		await routed('2');
		const queues = await listQueues(rig.desk);
		expect(queues.map(({ name, number }) => [name, number])).toEqual([
			['comercial', 1],
			['suporte', 2],
			['boleto', 3],
		]);
	});
});

describe('Queue Router: outputs', () => {
	it('No Valid Answer after the attempts, and the row of the fallback queue instead when there is one (D-21)', async () => {
		const ana = await routed('x', { options: { maxAttempts: 1 } });
		expect(ana.place).toBe(OUT.noValidAnswer);
		const bia = await routed('x', { options: { maxAttempts: 1, fallbackQueue: 'comercial' } });
		expect(bia.place).toBe(OUT.comercial);
	});

	it('With a Human once somebody attends: the bot is silent (B-72)', async () => {
		const { person, json: out } = await routed('2');
		await operateConversation(rig.desk, out.conversation.id, { type: 'assign', agent: 'bia', silent: true });
		const outputs = await route([json(await person.answers('tudo bem?'))]);
		expect(placesOf(outputs)).toEqual([OUT.withHuman]);
		expect(only(outputs).triage.messageIds).toEqual([]);
		expect(only(outputs).conversation).toMatchObject({ state: 'attending', agent: 'bia' });
	});

	it('Nobody Available when no agent is on duty, which an expression may count (M-10)', async () => {
		const queue = [ROWS[0]!, { ...ROWS[1]!, available: '={{ $json.onDuty }}' }];
		const ana = await welcomed();
		const item = await ana.answers('2');
		const outputs = await route([json(item, { onDuty: 0 })], { queues: { queue } });
		expect(placesOf(outputs)).toEqual([OUT.nobodyAvailable]);
		expect(only(outputs).triage).toMatchObject({ output: 'nobodyAvailable', queue: { name: 'suporte' } });
		expect((await ana.heard(2))[1]).toContain('No momento não há atendentes disponíveis.');
	});

	it('the row of a self-service queue, message after message, until the menu is asked for', async () => {
		const { person, place } = await routed('boleto');
		expect(place).toBe(OUT.boleto);
		const next = await route([json(await person.answers('123.456.789-09'))]);
		expect(placesOf(next)).toEqual([OUT.boleto]);
		expect(only(next).triage.output).toBe('selfService');
		expect(placesOf(await route([json(await person.answers('menu'))]))).toEqual([OUT.waiting]);
	});

	it('follow the row, not the number (B-47, B-49)', async () => {
		const queue = [ROWS[1]!, ROWS[0]!];
		expect((await routed('2', { queues: { queue } })).place).toBe(4);
		expect((await routed('1', { queues: { queue } })).place).toBe(5);
	});

	it('With a Human for a queue that is no row any more', async () => {
		const person = await welcomed();
		const queue = [ROWS[0]!];
		const { place } = await routed('1');
		expect(place).toBe(OUT.comercial);
		const item = await person.answers('2');
		await route([json(item)]);
		// The same message again, after the row was removed.
		expect(placesOf(await route([json(item)], { queues: { queue } }))).toEqual([OUT.withHuman]);
	});

	it('none for what needs nothing, unless wanted (D-23)', async () => {
		const { person, json: out } = await routed('2');
		await operateConversation(rig.desk, out.conversation.id, { type: 'resolve', by: 'agent' });
		expect(placesOf(await route([json(await person.answers('obrigada!'))]))).toEqual([]);
		const options = { emitAbsorbed: true };
		const outputs = await route([json(await person.answers('valeu'))], { options });
		expect(placesOf(outputs)).toEqual([OUT.waiting]);
		expect(only(outputs).triage.output).toBe('absorbed');
	});

	it('With a Human for what a person wrote on the phone; none for delivery news', async () => {
		const item = json(await someone().says('Oi'));
		const outputs = await route([
			{ ...item, event: 'echo' },
			{ ...item, event: 'status', conversation: null },
		]);
		expect(placesOf(outputs)).toEqual([OUT.withHuman]);
		expect(only(outputs)).toMatchObject({ event: 'echo', triage: { output: 'withHuman', messageIds: [] } });
	});
});

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

describe('Queue Router: business hours', () => {
	const opensAt = new Date(Date.now() + 12 * 3_600_000).toISOString();
	const closed = {
		businessHours: {
			open: false,
			description: 'seg. a sex.',
			nextOpening: opensAt,
			nextOpeningText: 'amanhã às 08:00',
		},
	};

	it('says the away text with the hours, once, and waits for the opening (P-18, P-19, D-27)', async () => {
		const ana = someone();
		const parameters = { away: 'Atendemos [horario]. Voltamos [proximo_horario].' };
		const outputs = await route([json(await ana.says('Oi'), closed)], parameters);
		expect(placesOf(outputs)).toEqual([OUT.waiting]);
		expect(await ana.heard(1)).toEqual(['Atendemos seg. a sex.. Voltamos amanhã às 08:00.']);
		const again = await route([json(await ana.answers('alô?'), closed)], parameters);
		expect(only(again).triage.messageIds).toEqual([]);
		const id = only(outputs).conversation.id as string;
		const timer = await rig.desk.store.read((db) =>
			db.selectFrom('timer').selectAll().where('conversation_id', '=', id).executeTakeFirst(),
		);
		expect(timer).toMatchObject({ kind: 'opening', due_at: Date.parse(opensAt), workflow_id: 'workflow1' });
	});

	it('says another text inside than outside business hours, for some queues (P-23, P-24)', async () => {
		const rule = [{ type: 'transfer', when: 'inside', queues: ['suporte'], title: '', text: 'Chamando o [fila]…' }];
		const { person } = await routed('2', { messageRules: { rule } });
		expect((await person.heard(2))[1]).toBe('Chamando o Suporte…');
	});
});

describe('Queue Router: settings', () => {
	it.each([
		[
			'two rows with one number (B-40)',
			[ROWS[0]!, { number: 1, name: 'x' }],
			'Queue row 2 ("x") has number 1, already used by Queue row 1 ("comercial").',
		],
		[
			'two rows with one name',
			[ROWS[0]!, { number: 5, name: 'Comercial' }],
			'Queue row 2 ("Comercial") has the internal name of Queue row 1 ("comercial").',
		],
		['no row (B-50)', [], 'No queue is configured, so there is nothing to offer to the customer.'],
		['no active row (B-50)', [{ ...ROWS[0]!, active: false }], 'None of the 1 queue rows is active ("comercial").'],
	])('refuses %s', async (_, queue, message) => {
		const item = json(await someone().says('Oi'));
		await expect(route([item], { queues: { queue } })).rejects.toMatchObject({ message });
	});

	it('refuses an emptied mandatory text by its name (B-52, B-54)', async () => {
		const item = json(await someone().says('Oi'));
		await expect(route([item], { welcome: '' })).rejects.toThrow('Parameter "Welcome" is required.');
		await expect(route([item], { welcome: '={{ "" }}' })).rejects.toMatchObject({
			message: 'The text "Mensagem de Boas Vindas" is empty.',
		});
	});

	it('names the row whose expression gives nonsense', async () => {
		const item = json(await someone().says('Oi'));
		const queue = [ROWS[0]!, { number: '={{ $json.text }}', name: 'suporte' }];
		await expect(route([item], { queues: { queue } })).rejects.toMatchObject({
			message: expect.stringContaining('Queue row 2 ("suporte"): number is wrong'),
		});
	});

	it('does not offer a blocked queue (B-44, B-45)', async () => {
		await setQueueBlocked(rig.desk, 'suporte', true, 'treinamento');
		const person = await welcomed();
		expect((await person.heard(1))[0]).not.toContain('Suporte');
		await setQueueBlocked(rig.desk, 'suporte', false, null);
	});

	it('returns the texts instead of sending them', async () => {
		const person = someone();
		const outputs = await route([json(await person.says('Oi'))], { options: { sendTexts: 'return' } });
		const { triage } = only(outputs);
		expect(triage.messageIds).toEqual([]);
		expect(triage.texts).toEqual([
			{
				purpose: 'menu',
				text: expect.stringContaining('1 - Comercial'),
				content: expect.objectContaining({ type: 'menu' }),
			},
		]);
		expect(await rig.simulator.admin.messages(person.waId, { from: 'business' })).toEqual([]);
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
