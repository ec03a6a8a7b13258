import { DateTime } from 'luxon';
import central from '../../workflows/00-central.json';
import triagem from '../../workflows/01-triagem.json';
import { ended, itemsOf, republish, seenInExecutions, until, useDesk } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { freshDatabase, type FreshDatabase } from '../support/real-postgres';

const ANA = '5511987654321';
const BRUNO = '5521998765432';
const CARLA = '5531987654321';
const DAVI = '5541987654321';
const EVA = '5551987654321';
const FABIO = '5561987654321';
const GIL = '5571987654321';
const IVO = '5591987654321';
const HUGO = '5581987654321';

const TRIAGE = triagem.id;
const ALWAYS_OPEN = { schedule: 'allDay', brazilianHolidays: false };
const ROWS = triagem.nodes.find(({ name }) => name === 'Menu de filas')!.parameters.queues!.queue;
const WELCOME = 'Olá, seja bem-vindo! 👋 Este é o atendimento automático da Empresa Demonstração.';
const MENU = ['1 - Comercial', '2 - Suporte', '3 - Financeiro'];
const TRANSFER = 'Aguarde, seu atendimento será redirecionado para o atendente';

/** The shipped triage, open around the clock so that the tests do not depend on the hour. */
const alwaysOpen = {
	...triagem,
	nodes: triagem.nodes.map((node) =>
		node.name === 'Está aberto?' ? { ...node, parameters: { ...node.parameters, ...ALWAYS_OPEN } } : node,
	),
};

/** A workflow of the supervisor's own that runs when somebody waits. */
const alarm = {
	id: 'alarmWhenQueued1',
	name: 'Alguém espera',
	nodes: [
		{
			id: '0e000000-0000-4000-8000-000000000001',
			name: 'Na fila',
			type: 'n8n-nodes-whatsapp-desk.deskEventTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { events: ['queued'] },
		},
		{
			id: '0e000000-0000-4000-8000-000000000002',
			name: 'Avisar',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [224, 0],
			parameters: {},
		},
	],
	connections: { 'Na fila': { main: [[{ node: 'Avisar', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};

let rig: E2eRig;

describe('the shipped triage in a real n8n on PostgreSQL', () => {
	let database: FreshDatabase;

	beforeAll(async () => {
		database = await freshDatabase('e2e');
		const where = { postgresUrl: database.url };
		rig = await startE2eRig({ workflows: [central, alwaysOpen, alarm], database: where });
	});
	afterAll(async () => {
		await rig?.close();
		await database?.drop();
	});

	servesACustomer();
});

describe('the shipped triage in a real n8n on SQLite', () => {
	let stored: Record<string, any>;

	beforeAll(async () => {
		rig = await startE2eRig({ workflows: [central, alwaysOpen, alarm] });
		stored = await rig.n8n.rest.workflows.get(TRIAGE);
		await rig.simulator.admin.addContact({ waId: FABIO, name: 'Fábio Reis' });
		await rig.simulator.admin.addContact({ waId: HUGO, name: 'Hugo Dias' });
	});
	afterAll(async () => await rig?.close());

	servesACustomer();

	it('sends a test message (B-30)', async () => {
		const parameters = { resource: 'channel', operation: 'sendTest', phone: `+${ANA}` };
		expect(await useDesk(rig, parameters)).toMatchObject([{ status: 'sent' }]);
		expect((await heard(ANA)).at(-1)).toBe('Teste de integração WhatsApp');
	});

	it('reads an answer against the menu the customer got, whatever the numbers are now (B-47, X-02)', async () => {
		const [old] = await say(BRUNO, 'Boa tarde');
		expect(titles(old!)).toEqual(MENU);
		const renumbered = ROWS.map((row) => ({ ...row, number: { comercial: 3, suporte: 1, financeiro: 2 }[row.name] }));
		await republish(rig, stored, { 'Menu de filas': { queues: { queue: renumbered } } });

		const [menu] = await say(CARLA, 'Boa tarde');
		expect(titles(menu!)).toEqual(['1 - Suporte', '2 - Financeiro', '3 - Comercial']);
		await say(BRUNO, '2');
		await say(CARLA, '2');
		expect(await conversationOf(BRUNO)).toMatchObject({ state: 'queued', queue: 'suporte' });
		expect(await conversationOf(CARLA)).toMatchObject({ state: 'queued', queue: 'financeiro' });
		await republish(rig, stored, {});
	});

	it('does not offer a blocked queue, and says so to who asks for it from an old menu (B-44, B-45)', async () => {
		await say(DAVI, 'Oi');
		expect(await padlock('block', 'financeiro')).toMatchObject([{ name: 'financeiro', blocked: true }]);
		const [menu] = await say(EVA, 'Oi');
		expect(titles(menu!)).toEqual(['1 - Comercial', '2 - Suporte']);
		const [unavailable] = await say(DAVI, '3');
		expect(unavailable!.text).toContain('A opção Financeiro não está disponível no momento.');
		expect(titles(unavailable!)).toEqual(['1 - Comercial', '2 - Suporte']);
		await say(DAVI, '1');
		expect(await conversationOf(DAVI)).toMatchObject({ state: 'queued', queue: 'comercial' });
		await padlock('unblock', 'financeiro');
	});

	it('hands over to a person after three invalid answers in a row (D-21)', async () => {
		await say(IVO, 'Oi');
		for (const wrong of ['7', '8', '9']) await say(IVO, wrong);
		expect(await conversationOf(IVO)).toMatchObject({ state: 'queued', queue: 'suporte' });
		expect((await heard(IVO)).slice(-2)).toEqual(['Não consegui identificar a opção desejada.', TRANSFER]);
	});

	it('gives a test by hand exactly one message, which the published workflow skips (D-29)', async () => {
		const { executionId } = await rig.n8n.rest.workflows.run(TRIAGE, 'Chegou mensagem');
		await until('the test to listen', async () => (rig.rows('select id from test_listener').length ? true : undefined));
		const [menu] = await say(GIL, 'é um teste');
		expect(titles(menu!)).toHaveLength(3);
		const test = await ended(rig, executionId!);
		expect(itemsOf(test.data, 'Chegou mensagem')).toMatchObject([{ text: 'é um teste', test: true }]);

		await say(GIL, '1');
		const isPublished = (item: Record<string, any>) => isFrom(GIL)(item) && !item.test;
		const published = await seenInExecutions(rig, TRIAGE, 'Chegou mensagem', isPublished);
		expect(published).toMatchObject({ execution: { mode: 'trigger' }, item: { text: '1' } });
		expect(await conversationOf(GIL)).toMatchObject({ state: 'queued', queue: 'comercial' });
	});

	it('tells a customer on a holiday that it is one (D-26)', async () => {
		const today = DateTime.now().setZone('America/Sao_Paulo');
		const ownDates = { date: [{ date: today.toFormat('dd/MM'), name: 'Aniversário da cidade' }] };
		await republish(rig, stored, { 'Está aberto?': { ...ALWAYS_OPEN, ownDates } });
		const [notice] = await say(HUGO, 'Oi');
		expect(notice!.text).toContain('Oi, Hugo! Hoje é feriado e não temos atendimento. Guardamos sua mensagem');
		expect(notice!.text).toContain(`${today.plus({ days: 1 }).toFormat('dd/MM')}, às 00:00.`);
	});

	it('says once per closed period that it is closed, and offers the menu when it opens (M-22, B-52, D-27)', async () => {
		const opening = nextFullMinute(DateTime.now().plus({ seconds: 10 }));
		// Open from the next full minute until just before it: closed now, open soon, whatever the hour.
		const hours = { from: opening.toFormat('HH:mm'), to: opening.minus({ minutes: 3 }).toFormat('HH:mm') };
		const row = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], ...hours }];
		await republish(rig, stored, {
			'Está aberto?': { schedule: 'custom', weeklyHours: { row }, brazilianHolidays: false },
		});
		const [notice] = await say(FABIO, 'Oi');
		expect(notice!.text).toContain('Oi, Fábio! Agora estamos fora do horário de atendimento. Guardamos sua mensagem');
		for (const text of ['tem alguém?', 'é urgente']) {
			await rig.simulator.admin.say(FABIO, text);
			await seenInExecutions(rig, TRIAGE, 'Guardar até abrir', isFrom(FABIO));
		}
		await seenInExecutions(rig, TRIAGE, 'Chegou mensagem', ({ text }) => text === 'é urgente');
		expect(await conversationOf(FABIO)).toMatchObject({ state: 'triage', queue: null });
		expect(await heard(FABIO)).toHaveLength(1);
		expect(DateTime.now() < opening).toBe(true);

		const patience = opening.diffNow().toMillis() + 20_000;
		const [, menu] = await rig.simulator.admin.waitForReplies(FABIO, 2, { timeoutMs: patience });
		expect(menu!.text).toContain(WELCOME);
		expect(titles(menu!)).toEqual(MENU);
		await say(FABIO, '3');
		expect(await conversationOf(FABIO)).toMatchObject({ state: 'queued', queue: 'financeiro' });
	}, 120_000);
});

/** The main flow, on whichever database. */
function servesACustomer(): void {
	it('serves a customer from hello to the queue (B-52, B-55, B-56, B-58, B-59, B-60, B-61, B-71)', async () => {
		await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana Souza' });
		const [menu] = await say(ANA, 'Oi');
		expect(menu!.text).toBe(`${WELCOME}\n\nEscolha uma fila de atendimento:\n\n${MENU.join('\n')}`);
		expect(titles(menu!)).toEqual(MENU);
		const [invalid] = await say(ANA, '9');
		expect(invalid!.text).toContain('Opção digitada não existe, digite uma opção válida');
		expect(titles(invalid!)).toEqual(titles(menu!));
		const [transfer] = await say(ANA, '2');
		expect(transfer!.text).toBe(TRANSFER);
	});

	it('shows the waiting conversation in the executions, in the list and to other workflows (B-62, P-11)', async () => {
		const { item } = await seenInExecutions(rig, TRIAGE, 'Avisar o Suporte', isFrom(ANA));
		expect(item.triage).toMatchObject({ output: 'queue', queue: { name: 'suporte' } });
		const waiting = await waitingIn('suporte');
		expect(waiting).toMatchObject([{ state: 'queued', queue: 'suporte', agent: null, contact: { name: 'Ana Souza' } }]);
		expect(await waitingIn('comercial')).toEqual([]);
		const { item: event } = await seenInExecutions(rig, alarm.id, 'Avisar', ({ event: kind }) => kind === 'queued');
		expect(event.conversation).toMatchObject({ id: waiting[0]!.id });
	});

	it('says goodbye when it is closed and absorbs the thanks that follow (B-63, B-64, B-65, D-23)', async () => {
		const { protocolNumber } = await conversationOf(ANA);
		const [closed] = await useDesk(rig, {
			resource: 'conversation',
			operation: 'resolve',
			conversation: protocolNumber,
		});
		expect(closed).toMatchObject({ state: 'resolved', changed: true });
		const texts = (await rig.simulator.admin.waitForReplies(ANA, 4)).map(({ text }) => text);
		const goodbye =
			'Agradecemos o seu contato com a Empresa Demonstração. Continuamos à disposição. Tenha um ótimo dia!';
		expect(texts.slice(3)).toEqual([goodbye]);

		await rig.simulator.admin.say(ANA, 'ok obrigado');
		await seenInExecutions(rig, TRIAGE, 'Chegou mensagem', ({ text }) => text === 'ok obrigado');
		expect(await conversationOf(ANA)).toMatchObject({ state: 'resolved', protocolNumber });
		expect(await heard(ANA)).toEqual(texts);
	});
}

// ---------------------------------------------------------------- what happens, and what is seen

/** Says something and returns the next reply. */
async function say(waId: string, text: string) {
	const { admin } = rig.simulator;
	const before = (await admin.messages(waId).catch(() => [])).at(-1)?.seq ?? 0;
	await admin.say(waId, text);
	return await admin.waitForReplies(waId, 1, { after: before, timeoutMs: 20_000 });
}

async function heard(waId: string): Promise<string[]> {
	return (await rig.simulator.admin.messages(waId, { from: 'business' })).map(({ text }) => text);
}

function titles({ options }: { options: Array<{ title: string }> }): string[] {
	return options.map(({ title }) => title);
}

function isFrom(waId: string) {
	return ({ contact }: Record<string, any>) => contact?.address === waId;
}

async function waitingIn(queue: string) {
	return await useDesk(rig, {
		resource: 'conversation',
		operation: 'getMany',
		filters: { states: ['queued'], queue },
	});
}

async function conversationOf(waId: string) {
	const all = await useDesk(rig, { resource: 'conversation', operation: 'getMany', returnAll: true });
	const own = all.filter(isFrom(waId));
	expect(own).toHaveLength(1);
	return own[0]!;
}

async function padlock(operation: 'block' | 'unblock', queue: string) {
	return await useDesk(rig, { resource: 'queue', operation, queue: { __rl: true, mode: 'name', value: queue } });
}

function nextFullMinute(at: DateTime): DateTime {
	return at.setZone('America/Sao_Paulo').startOf('minute').plus({ minutes: 1 });
}
