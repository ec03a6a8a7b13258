import type { Browser, Page } from 'playwright-core';
import central from '../../workflows/00-central.json';
import triagem from '../../workflows/01-triagem.json';
import painel from '../../workflows/02-painel-de-atendimento.json';
import { openBrowser, screenshot } from '../support/chromium';
import { useDesk } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { editorUrl, fillLogin } from '../support/editor';

const ANA = '5511987654321';
const MALLORY = '5521998765432';
/** HTML, an n8n expression and the patterns of JavaScript's own replace(), in a name anybody may choose. */
const HOSTILE = `<img src=x onerror=alert(1)>{{ 6*7 }}$&$'"`;

const alwaysOpen = {
	...triagem,
	nodes: triagem.nodes.map((node) =>
		node.name === 'Está aberto?'
			? { ...node, parameters: { ...node.parameters, schedule: 'allDay', brazilianHolidays: false } }
			: node,
	),
};

describe('the panel of waiting conversations', () => {
	let rig: E2eRig;
	let browser: Browser;
	let page: Page;
	const dialogs: string[] = [];

	beforeAll(async () => {
		// One after the other: when the first does not start, no browser stays open.
		rig = await startE2eRig({ workflows: [central, alwaysOpen, painel] });
		browser = await openBrowser();
		const { admin } = rig.simulator;
		await admin.addContact({ waId: ANA, name: 'Ana Souza' });
		await admin.addContact({ waId: MALLORY, name: HOSTILE });
		for (const waId of [ANA, MALLORY]) {
			await admin.say(waId, 'Oi');
			await admin.waitForReplies(waId, 1, { timeoutMs: 20_000 });
			await admin.say(waId, '2');
			await admin.waitForReplies(waId, 2, { timeoutMs: 20_000 });
		}
		page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
		page.on('dialog', (dialog) => {
			dialogs.push(dialog.message());
			void dialog.dismiss();
		});
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('lets nobody in without an account of this n8n', async () => {
		const answer = await fetch(`${editorUrl(rig.n8n)}/form/painel-de-atendimento`, { redirect: 'manual' });
		expect(answer.status).toBe(302);
		await page.goto(`${editorUrl(rig.n8n)}/form/painel-de-atendimento`);
		expect(await page.getByText('Ver quem espera').count()).toBe(0);
		await fillLogin(page, rig.n8n);
		await page.getByText('Allow access').click();
		await page.getByText('Ver quem espera').click();
		await heading('2 clientes esperam na fila');
	});

	it('shows hostile names as they are and runs nothing in them', async () => {
		const cells = await page.locator('td').allTextContents();
		expect(cells).toEqual(expect.arrayContaining(['Ana Souza', HOSTILE]));
		expect(await page.locator('td img').count()).toBe(0);
		const options = await page.locator('select').first().locator('option').allTextContents();
		expect(options.slice(1)).toEqual([
			expect.stringMatching(/^\d{6}-\w+ · Ana Souza · esperando$/),
			expect.stringContaining(`· ${HOSTILE} · esperando`),
		]);
		expect(dialogs).toEqual([]);
		await screenshot(page, 'panel-waiting', { fullPage: true });
	});

	it('lets a person take, transfer and close conversations (B-63, B-66, P-09, P-11)', async () => {
		await choose({ action: 'Assumir', conversation: 'Ana Souza' });
		await message(/✅ Conversa \S+ assumida\./);
		await heading('1 cliente espera na fila');
		await reply(ANA, 3, 'Supervisora aqui, prazer em atender você. Em que posso ajudar?');

		await choose({ action: 'Transferir', conversation: HOSTILE, queue: 'Financeiro' });
		await message(/✅ Conversa \S+ transferida para Financeiro\./);
		expect(await stateOf(MALLORY)).toEqual({ state: 'queued', queue: 'financeiro', agent: null });

		await choose({ action: 'Encerrar', conversation: 'Ana Souza' });
		await message(/✅ Conversa \S+ encerrada\./);
		await reply(ANA, 4, /^Agradecemos o seu contato com a Empresa Demonstração\./);
		expect(await stateOf(ANA)).toMatchObject({ state: 'resolved', agent: rig.n8n.owner.email });
		await screenshot(page, 'panel-after', { fullPage: true });
	});

	it('blocks and unblocks queues, pauses and resumes the bot (B-44)', async () => {
		await choose({ action: 'Bloquear a fila', queue: 'Suporte' });
		await message('✅ Fila Suporte bloqueada.');
		await page.getByText('🔒 2 · Suporte (bloqueada: Bloqueada no painel por Supervisora)').waitFor();
		await choose({ action: 'Desbloquear a fila', queue: 'Suporte' });
		await message('✅ Fila Suporte desbloqueada.');
		await choose({ action: 'Pausar o bot por 1 hora', conversation: HOSTILE });
		await message(/com o bot em pausa\./);
		await choose({ action: 'Retomar o bot', conversation: HOSTILE });
		await message(/com o bot ativo\./);
	});

	it('says what is missing or has changed instead of failing', async () => {
		await choose({ action: 'Assumir' });
		await message('⚠️ Escolha uma conversa da lista.');
		await choose({ action: 'Transferir', conversation: HOSTILE });
		await message('⚠️ Escolha uma fila.');
		const [open] = await conversations(MALLORY);
		await useDesk(rig, { resource: 'conversation', operation: 'resolve', conversation: open!.id });
		await choose({ action: 'Assumir', conversation: HOSTILE });
		await message(/^⚠️ Não deu certo: /);
		await page.getByText('Nenhuma conversa aberta.').waitFor();
	});

	// ---------------------------------------------------------------- what a person does and sees

	async function choose({ action, conversation, queue }: { action: string; conversation?: string; queue?: string }) {
		await page.getByText(action, { exact: true }).click();
		const [conversations, queues] = [page.locator('select').nth(0), page.locator('select').nth(1)];
		if (conversation !== undefined) await select(conversations, conversation);
		if (queue !== undefined) await select(queues, queue);
		// The next page has the same address: it is new once it no longer has this mark.
		await page.locator('form').evaluate((form) => ((form as unknown as { id: string }).id = 'sent'));
		await page.getByRole('button', { name: 'Fazer' }).click();
		await page.locator('form#sent').waitFor({ state: 'detached' });
	}

	async function select(list: ReturnType<Page['locator']>, part: string): Promise<void> {
		const options = await list.locator('option').allTextContents();
		await list.selectOption({ label: options.find((option) => option.includes(part))! });
	}

	async function message(text: string | RegExp): Promise<void> {
		await page.locator('div.html strong').getByText(text).waitFor();
	}

	async function heading(text: string): Promise<void> {
		await page.getByRole('heading', { name: text }).waitFor();
	}

	/** The n-th thing the customer hears. */
	async function reply(waId: string, n: number, text: string | RegExp): Promise<void> {
		const heard = await rig.simulator.admin.waitForReplies(waId, n);
		expect(heard[n - 1]!.text).toMatch(text);
	}

	async function conversations(waId: string) {
		const all = await useDesk(rig, { resource: 'conversation', operation: 'getMany', returnAll: true });
		return all.filter(({ contact }) => contact.address === waId);
	}

	async function stateOf(waId: string) {
		const [{ state, queue, agent }] = (await conversations(waId)) as [Record<string, unknown>];
		return { state, queue, agent };
	}
});
