import { listConversations, operateConversation, setQueueBlocked } from '../../../engine';
import { STORES, type TestStore } from '../../support/each-store';
import { startRig, THREE_QUEUES, type DeskRig } from '../../support/desk-rig';

const ANA = '5511987654321';

describe.each(STORES)('the triage desk on $name', ({ create }) => {
	let store: TestStore;
	let rig: DeskRig;

	beforeEach(async () => {
		store = await create();
		rig = await startRig(store.settings);
	});
	afterEach(async () => {
		await rig.close();
		await store.drop();
	});

	const texts = async (after = 0) =>
		(await rig.simulator.admin.messages(ANA, { from: 'business', after })).map((m) => m.text);

	it('welcomes, repeats the menu after an invalid option, transfers and closes (B-71)', async () => {
		const { admin } = rig.simulator;
		await admin.say(ANA, 'Oi');
		const [menu] = await admin.waitForReplies(ANA, 1);
		expect(menu!.text).toContain('Oficina Aurora');
		expect(menu!.options.map((o) => o.title)).toEqual(['1 - Comercial', '2 - Suporte', '3 - Financeiro']);

		await admin.say(ANA, '9');
		const invalid = await admin.waitForReplies(ANA, 1, { after: menu!.seq });
		expect(invalid[0]!.text).toContain('Opção digitada não existe, digite uma opção válida');

		await admin.say(ANA, '2');
		const transfer = await admin.waitForReplies(ANA, 1, { after: invalid.at(-1)!.seq });
		expect(transfer[0]!.text).toContain('Aguarde, seu atendimento será redirecionado para o atendente');
		const [conversation] = await listConversations(rig.desk, { states: ['queued'], limit: 10 });
		expect(conversation).toMatchObject({ queue: 'suporte', state: 'queued', contact: { phone: '+5511987654321' } });

		await operateConversation(rig.desk, conversation!.protocolNumber, {
			type: 'assign',
			agent: 'bia',
			agentName: 'Bia',
		});
		await admin.waitForReplies(ANA, 1, { after: transfer[0]!.seq });
		await operateConversation(rig.desk, conversation!.id, { type: 'resolve', by: 'agent' });
		const all = await admin.waitForReplies(ANA, 5);
		expect(all.at(-1)!.text).toMatch(/agrade/i);
		expect(await listConversations(rig.desk, { states: ['triage', 'queued', 'attending'], limit: 10 })).toEqual([]);
	});

	it('answers an unavailable queue typed from an old menu with the fresh menu (B-45, X-02)', async () => {
		const { admin } = rig.simulator;
		await admin.say(ANA, 'Oi');
		const [menu] = await admin.waitForReplies(ANA, 1);
		await setQueueBlocked(rig.desk, 'suporte', true, 'treinamento');
		await admin.say(ANA, '2');
		const replies = await admin.waitForReplies(ANA, 1, { after: menu!.seq });
		expect(replies.at(-1)!.options.map((o) => o.title)).toEqual(['1 - Comercial', '3 - Financeiro']);
	});

	it('reads the answer against the menu the customer holds after a renumbering (B-47, X-02)', async () => {
		const { admin } = rig.simulator;
		await admin.say(ANA, 'Oi');
		const [menu] = await admin.waitForReplies(ANA, 1);
		rig.configure({
			...THREE_QUEUES,
			rows: [
				{ number: 2, name: 'comercial' },
				{ number: 5, name: 'suporte' },
				{ number: 1, name: 'financeiro' },
			],
		});
		await admin.say(ANA, '2');
		await admin.waitForReplies(ANA, 1, { after: menu!.seq });
		const [conversation] = await listConversations(rig.desk, { states: ['queued'], limit: 10 });
		expect(conversation!.queue).toBe('suporte');
	});

	it('stores the same webhook once, however often it comes (D-02)', async () => {
		await rig.simulator.admin.setWebhookFaults({ duplicate: 'after' });
		await rig.simulator.admin.say(ANA, 'Oi');
		await rig.simulator.admin.waitForReplies(ANA, 1);
		await rig.simulator.admin.waitForIdleWebhooks();
		expect(rig.routed).toHaveLength(1);
		expect(await texts()).toHaveLength(1);
	});
});
