import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { closeDesk } from '../../../../nodes/shared/desk';
import { searchQueues } from '../../../../nodes/shared/search-queues';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { startRig } from '../../../support/desk-rig';
import type { DeskRig } from '../../../support/desk-rig';
import { STORES } from '../../../support/each-store';
import type { TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';

const ANA = '5511987654321';

let store: TestStore;
let rig: DeskRig;
let conversationId: string;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	rig = await startRig(store.settings);
	await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
	await rig.simulator.admin.say(ANA, 'Oi');
	await rig.simulator.admin.waitForReplies(ANA, 1);
	conversationId = rig.routed[0]!.item.conversation!.id;
});

afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await store.drop();
});

const run = async (resource: string, operation: string, parameters: IDataObject = {}, item: IDataObject = {}) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource, operation, ...parameters } as never,
		credentials: { whatsAppCloudApi: { ...rig.credentials } },
		items: [{ conversation: { id: conversationId }, ...item }],
		mode: 'manual',
	});
	return out!.map(({ json }) => json);
};

describe('WhatsApp Desk: Conversation', () => {
	it('gets a conversation by ID and by protocol number', async () => {
		const [byId] = await run('conversation', 'get');
		expect(byId).toMatchObject({ id: conversationId, state: 'triage', contact: { name: 'Ana' } });
		expect(await run('conversation', 'get', { conversation: byId!.protocolNumber as string })).toEqual([byId]);
	});

	it('names the conversation it does not know', async () => {
		await expect(run('conversation', 'get', { conversation: 'cnv_nobody' })).rejects.toMatchObject({
			message: 'There is no conversation "cnv_nobody".',
		});
		await expect(run('conversation', 'get', {}, { conversation: null })).rejects.toMatchObject({
			message: '"Conversation" is empty.',
		});
	});

	it('transfers to a queue, where the list finds it waiting (B-62)', async () => {
		const queue = { __rl: true, mode: 'name', value: 'suporte' };
		expect(await run('conversation', 'transfer', { queue })).toEqual([
			expect.objectContaining({ state: 'queued', queue: 'suporte', changed: true }),
		]);
		const filters = { states: ['queued'], queue: 'suporte' };
		expect(await run('conversation', 'getMany', { filters })).toEqual([
			expect.objectContaining({ id: conversationId, queue: 'suporte' }),
		]);
		expect(await run('conversation', 'getMany', { returnAll: true, filters: { states: ['resolved'] } })).toEqual([]);
	});

	it('names the queues there are when the chosen one is unknown', async () => {
		await expect(run('conversation', 'transfer', { queue: 'vendas' })).rejects.toMatchObject({
			message: 'There is no queue with the internal name "vendas".',
			description: expect.stringContaining('comercial, suporte, financeiro'),
		});
		const empty = run('conversation', 'transfer', { queue: '={{ $json.nothing }}' });
		await expect(empty).rejects.toMatchObject({ message: '"Queue" is empty.' });
	});

	it('creates the queue it transfers to only when told so, and names it for people (B-43, B-62)', async () => {
		const queue = { __rl: true, mode: 'name', value: 'vendas' };
		const options = { createQueue: true, queueDisplayName: 'Vendas e orçamentos', announce: false };
		expect(await run('conversation', 'transfer', { queue, options })).toEqual([
			expect.objectContaining({ state: 'queued', queue: 'vendas', changed: true, messageIds: [] }),
		]);
		const queues = await run('queue', 'getMany', { returnAll: true });
		expect(queues.at(-1)).toMatchObject({ name: 'vendas', displayName: 'Vendas e orçamentos', number: 4 });
		await run('conversation', 'transfer', { queue: 'oficina', options: { createQueue: true } });
		const [last] = (await run('queue', 'getMany', { returnAll: true })).slice(-1);
		expect(last).toMatchObject({ name: 'oficina', displayName: 'oficina', number: 5 });
	});

	it('assigns to an agent, resolves and reopens (B-66, B-63, D-23)', async () => {
		const assigned = await run('conversation', 'assign', {
			agent: 'ana@example.com',
			options: { agentName: 'Ana Lima' },
		});
		expect(assigned).toEqual([expect.objectContaining({ state: 'attending', agent: 'ana@example.com' })]);
		expect(await run('conversation', 'resolve', { closedBy: 'agent' })).toEqual([
			expect.objectContaining({ state: 'resolved', changed: true }),
		]);
		expect(await run('conversation', 'reopen')).toEqual([
			expect.objectContaining({ state: 'attending', agent: 'ana@example.com' }),
		]);
	});

	it('resolves in silence when told so (B-63)', async () => {
		const [resolved] = await run('conversation', 'resolve', { sendClosingText: false });
		expect(resolved).toMatchObject({ state: 'resolved', messageIds: [] });
	});

	it('pauses the bot for some minutes, without end, and resumes it (D-07, D-08)', async () => {
		const before = rig.desk.clock.now();
		const [paused] = await run('conversation', 'pauseBot', { minutes: 60 });
		const minutes = (Date.parse(paused!.botPausedUntil as string) - before) / 60_000;
		expect(Math.round(minutes)).toBe(60);
		const [endless] = await run('conversation', 'pauseBot', { minutes: 0 });
		expect(endless!.botPausedUntil).toBe('+275760-09-13T00:00:00.000Z');
		const [resumed] = await run('conversation', 'resumeBot');
		expect(resumed!.botPausedUntil).toBeNull();
	});
});

describe('WhatsApp Desk: Queue', () => {
	it('lists queues by number with their creation (B-42), blocks and unblocks one (B-44)', async () => {
		const queues = await run('queue', 'getMany');
		expect(queues.map(({ number, name, blocked }) => [number, name, blocked])).toEqual([
			[1, 'comercial', false],
			[2, 'suporte', false],
			[3, 'financeiro', false],
		]);
		expect(queues[0]!.createdAt).toMatch(/^\d{4}-\d\d-\d\dT/);
		expect(await run('queue', 'block', { queue: 'suporte', reason: 'Sem atendentes hoje' })).toEqual([
			expect.objectContaining({ name: 'suporte', blocked: true, blockedReason: 'Sem atendentes hoje' }),
		]);
		expect(await run('queue', 'unblock', { queue: 'suporte' })).toEqual([
			expect.objectContaining({ name: 'suporte', blocked: false, blockedReason: null }),
		]);
	});
});

describe('choosing a queue in the editor', () => {
	it('lists what the Queue Router has shown, by number, and finds by any part', async () => {
		await run('queue', 'block', { queue: 'suporte' });
		expect((await searchQueues.call({} as ILoadOptionsFunctions)).results).toEqual([
			{ name: '1 - Comercial', value: 'comercial' },
			{ name: '2 - Suporte (blocked)', value: 'suporte' },
			{ name: '3 - Financeiro', value: 'financeiro' },
		]);
		expect((await searchQueues.call({} as ILoadOptionsFunctions, 'FINAN')).results).toEqual([
			{ name: '3 - Financeiro', value: 'financeiro' },
		]);
	});
});

describe('WhatsApp Desk: Channel', () => {
	it('tells the status of the number', async () => {
		const [status] = await run('channel', 'getStatus');
		expect(status).toMatchObject({ id: rig.channelId, kind: 'cloudApi', ok: true, name: DEMO_NUMBER.verifiedName });
	});

	it('sends a test to a phone (B-30)', async () => {
		const [sent] = await run('channel', 'sendTest', { phone: '+55 11 98765-4321' });
		expect(sent).toMatchObject({ status: 'sent', providerMessageId: expect.stringMatching(/^wamid/) });
		const messages = await rig.simulator.admin.messages(ANA, { from: 'business' });
		expect(messages.at(-1)!.text).toBe('Teste de integração WhatsApp');
	});

	it('stops with the reason when the test does not go out (B-31)', async () => {
		await expect(run('channel', 'sendTest', { phone: '123' })).rejects.toMatchObject({
			message: expect.stringContaining('Não possui telefone para envio de mensagem'),
			description: expect.stringContaining('Correct this'),
		});
	});
});
