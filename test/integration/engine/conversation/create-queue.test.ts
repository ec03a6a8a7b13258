import { listConversations, listQueues, operateConversation, timelineOf } from '../../../../engine';
import { startRig, THREE_QUEUES, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';

const ANA = '5511987654321';
const BRUNO = '5521987654321';
const FINANCE = { type: 'transfer', queue: 'financeiro', announce: false } as const;

describe.each(STORES)('a transfer to a queue nobody has shown yet, on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;

	beforeEach(async () => {
		store = await create();
		rig = await startRig(store.settings, { listen: false });
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	/** @returns the id of the conversation a customer's message opens */
	const says = async (waId: string) => {
		await rig.simulator.admin.say(waId, 'Falar com a equipe');
		return await eventually(async () => {
			const all = await listConversations(rig.desk, { limit: 10 });
			return all.find(({ contact }) => contact.address === waId)?.id;
		});
	};

	it('fails and says where queues come from, unless told to create it (B-62)', async () => {
		const id = await says(ANA);
		await expect(operateConversation(rig.desk, id, FINANCE)).rejects.toMatchObject({
			name: 'NotFound',
			message: 'There is no queue with the internal name "financeiro".',
			hint: expect.stringContaining('after a Queue Router has handled its first message'),
		});
		expect(await listQueues(rig.desk)).toEqual([]);
	});

	it('creates it once, active and with the next free number, and tells so (B-43, B-48)', async () => {
		const [ana, bruno] = [await says(ANA), await says(BRUNO)];
		const createQueue = { displayName: 'Financeiro' };
		const first = await operateConversation(rig.desk, ana, FINANCE, { createQueue });
		expect(first.conversation).toMatchObject({ state: 'queued', queue: 'financeiro' });
		await operateConversation(rig.desk, bruno, FINANCE, { createQueue: { displayName: 'Outro nome' } });
		await operateConversation(
			rig.desk,
			bruno,
			{ ...FINANCE, queue: 'vendas' },
			{ createQueue: { displayName: 'Vendas' } },
		);
		expect(await listQueues(rig.desk)).toMatchObject([
			{ name: 'financeiro', displayName: 'Financeiro', number: 1, active: true, blocked: false },
			{ name: 'vendas', displayName: 'Vendas', number: 2, active: true, blocked: false },
		]);
		const told = await rig.desk.store.db.selectFrom('timeline').select(['event', 'text']).orderBy('seq').execute();
		expect(told.filter(({ event }) => event === 'queueCreated').map(({ text }) => text)).toEqual([
			'Fila "Financeiro" criada com o número 1: nenhum menu a tinha mostrado ainda.',
			'Fila "Vendas" criada com o número 2: nenhum menu a tinha mostrado ainda.',
		]);
		// People read the name of the queue, although no router has told it to this conversation.
		const story = (await timelineOf(rig.desk.store, ana)).map(({ text }) => text);
		expect(story).toContain('Entrou na fila Financeiro: encaminhada pelo fluxo.');
	});

	it('creates none beside one whose name is written a little differently', async () => {
		const id = await says(ANA);
		await operateConversation(rig.desk, id, FINANCE, { createQueue: { displayName: 'Financeiro' } });
		const other = { ...FINANCE, queue: 'Financeíro' };
		await expect(
			operateConversation(rig.desk, id, other, { createQueue: { displayName: 'Financeiro' } }),
		).rejects.toMatchObject({ name: 'NotFound', hint: expect.stringMatching(/^Did you mean "financeiro"\?/) });
		expect(await listQueues(rig.desk)).toHaveLength(1);
	});

	it('leaves no queue behind when the transfer itself is refused', async () => {
		const id = await says(ANA);
		await operateConversation(rig.desk, id, { type: 'resolve', by: 'agent', silent: true });
		const options = { createQueue: { displayName: 'Financeiro' } };
		await expect(operateConversation(rig.desk, id, FINANCE, options)).rejects.toMatchObject({ name: 'RuleBroken' });
		expect(await listQueues(rig.desk)).toEqual([]);
	});

	it('gets number and name from the router that shows it later (B-43)', async () => {
		const id = await says(ANA);
		await operateConversation(rig.desk, id, FINANCE, { createQueue: { displayName: 'Cobrança' } });
		const triage = await startRig(store.settings, { config: THREE_QUEUES, simulator: rig.simulator });
		await rig.simulator.admin.say(BRUNO, 'Oi');
		await rig.simulator.admin.waitForReplies(BRUNO, 1);
		expect((await listQueues(rig.desk)).map(({ name, displayName, number }) => [number, name, displayName])).toEqual([
			[1, 'comercial', 'Comercial'],
			[2, 'suporte', 'Suporte'],
			[3, 'financeiro', 'Financeiro'],
		]);
		expect((await listConversations(rig.desk, { queue: 'financeiro', limit: 5 })).map((each) => each.id)).toEqual([id]);
		await triage.close();
	});
});
