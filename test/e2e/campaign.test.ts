import type { Browser, Page } from 'playwright-core';
import central from '../../workflows/00-central.json';
import enviar from '../../workflows/10-enviar-modelo.json';
import { openBrowser, screenshot } from '../support/chromium';
import { ended, itemsOf, seenInExecutions, until, useDesk } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { editorUrl, fillLogin, openWorkflow } from '../support/editor';

const TEMPLATE = 'lembrete_de_horario';
const CAMPAIGN = 'Lembretes de março';
const NOT_ON_WHATSAPP = '5511970000001';
const OPTED_OUT = '5511970000002';
const WRITTEN_TO = '5511970000003';
const PEOPLE = Array.from({ length: 26 }, (_, i) => `55119800000${String(i + 10)}`);

/** As a Brazilian Excel writes it: semicolons, Latin-1, phones in whatever form. */
const LIST = [
	'Nome;Telefone;Data',
	'José Sem Número;;10/03 às 9h',
	`Inês Fora;${NOT_ON_WHATSAPP};10/03 às 10h`,
	`Otávio Saiu;${OPTED_OUT};10/03 às 11h`,
	`Clara Já Avisada;(11) 97000-0003;10/03 às 12h`,
	...PEOPLE.map((phone, i) => `Pessoa ${i + 1};${phone};11/03 às ${i}h`),
].join('\r\n');

/** Runs when Meta has approved. */
const approved = {
	id: 'templateApproved1',
	name: 'Modelo aprovado',
	nodes: [
		{
			id: '0e000000-0000-4000-8000-000000000011',
			name: 'Aprovado',
			type: 'n8n-nodes-whatsapp-desk.deskEventTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { events: ['templateApproved'] },
		},
		{
			id: '0e000000-0000-4000-8000-000000000012',
			name: 'Saber',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [224, 0],
			parameters: {},
		},
	],
	connections: { Aprovado: { main: [[{ node: 'Saber', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
};

describe('a campaign with the shipped workflow 10', () => {
	let rig: E2eRig;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		rig = await startE2eRig({ workflows: [central, enviar, approved] });
		browser = await openBrowser();
		const { admin } = rig.simulator;
		await admin.addContact({ waId: NOT_ON_WHATSAPP, name: 'Inês', onWhatsApp: false });
		page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('creates a template and hears of its approval (C-25, C-34)', async () => {
		const { executionId } = await rig.n8n.rest.workflows.run(enviar.id, 'Ao clicar em Execute');
		const { data } = await ended(rig, executionId!);
		expect(itemsOf(data, 'Criar o modelo')).toMatchObject([{ name: TEMPLATE, status: 'pending', category: 'utility' }]);

		const phone = await browser.newPage({ viewport: { width: 1280, height: 860 } });
		await phone.goto(rig.simulator.url);
		await phone.getByTestId('open-backstage').click();
		await phone.getByTestId(`approve-${TEMPLATE}`).click();
		await phone.getByTestId(`state-${TEMPLATE}`).getByText('Aprovado').waitFor();
		await phone.close();
		const { item } = await seenInExecutions(rig, approved.id, 'Saber', ({ event }) => event === 'templateApproved');
		expect(item.text).toContain(TEMPLATE);
	});

	it('lets nobody in without an account of this n8n', async () => {
		for (const path of ['enviar-modelo', 'limites-de-envio', 'acompanhar-campanha']) {
			const answer = await fetch(`${editorUrl(rig.n8n)}/form/${path}`, { redirect: 'manual' });
			expect(answer.status).toBe(302);
		}
	});

	it('sends to one person of a small list, and explains a list that cannot be used', async () => {
		await open('enviar-modelo');
		await upload('Teste', 'nome,telefone,data\nClara,5511970000003,09/03');
		await choose();
		await resultTitle('Teste: 1 pessoa');
		await rig.simulator.admin.waitForReplies(WRITTEN_TO, 1);

		await open('enviar-modelo');
		await upload('Teste', 'nome;numero\nClara;1');
		await resultTitle('Nada foi enviado');
		await page.getByText('Falta uma coluna com o título "telefone". Colunas encontradas: nome, numero.').waitFor();
	});

	it('sends a list within the caps and tells who was left out and why (C-11, C-12, C-27, V-11, D-35)', async () => {
		await useDesk(rig, { resource: 'contact', operation: 'optOut', contact: OPTED_OUT });
		await setLimits({ day: 10, batch: 5, minutes: 10 });
		// Meta takes the message to Inês, and says only later that she has no WhatsApp: after the page has told what left.
		await rig.simulator.admin.setSettings({ statusDelaysMs: { sent: 20_000 } });
		await open('enviar-modelo');
		await upload(CAMPAIGN, LIST);
		await page.getByText('1 de 10 conversas iniciadas hoje; no máximo 5 a cada 10 min').waitFor();
		await page.getByText('⚠️ 1 sem telefone: não recebem.').waitFor();
		await screenshot(page, 'campaign-check', { fullPage: true });
		await choose();
		await resultTitle(`${CAMPAIGN}: 30 pessoas`);
		await screenshot(page, 'campaign-sent', { fullPage: true });
		const items = await page.locator('li').allTextContents();
		expect(items).toEqual(['✅ Enviadas: 5', '🕒 Na fila, saem depois sozinhas: 23', '❌ Não enviadas: 2']);
		await rig.simulator.admin.setSettings({ statusDelaysMs: { sent: 0 } });
		const table = await rowsOfTable();
		expect(table).toEqual([
			[
				'22',
				'Adiada: saem no máximo 5 inícios a cada 10 min. Continua em seguida, na ordem.startBatch',
				expect.stringContaining('Pessoa 5 (linha 10), Pessoa 6'),
			],
			['1', expect.stringContaining('Não possui telefone para envio de mensagem'), 'José Sem Número (linha 2)'],
			['1', expect.stringContaining('o contato pediu para não receber mensagens'), 'Otávio Saiu (linha 4)'],
			['1', expect.stringContaining('o contato não respondeu à abordagem anterior'), 'Clara Já Avisada (linha 5)'],
		]);
		expect(await reached()).toEqual(PEOPLE.slice(0, 4));
		const [first] = await rig.simulator.admin.messages(PEOPLE[0]!);
		expect(first!.text).toContain('Olá, Pessoa 1! Passando para lembrar do seu horário em 11/03 às 0h.');
	});

	it('lets the next ones leave when the limits allow it, and not one more (C-11, C-12)', async () => {
		await setLimits({ day: 10, batch: 0, minutes: 0 });
		await untilReached(8);
		await setLimits({ day: 12, batch: 0, minutes: 0 });
		await untilReached(10);
		const [limits] = await useDesk(rig, { resource: 'channel', operation: 'getLimits' });
		expect(limits).toMatchObject({ startsToday: 12, capToday: 12 });
	});

	it('sends nobody twice when the same list comes again (D-03)', async () => {
		await open('enviar-modelo');
		await upload(CAMPAIGN, LIST);
		await choose();
		await resultTitle(`${CAMPAIGN}: 30 pessoas`);
		expect(await page.locator('li').allTextContents()).toEqual([
			'↩️ Já estavam nesta campanha, não recebem de novo: 29',
			'❌ Não enviadas: 1',
		]);
		expect(await reached()).toEqual(PEOPLE.slice(0, 10));
	});

	it('shows every status, the cost and the reasons (C-13, X-09)', async () => {
		const count = { total: 30, sent: 11, delivered: 10, failed: 1, refused: 2, waiting: 17 };
		const report = await until('all delivery reports', async () => {
			const [found] = await useDesk(rig, { resource: 'report', operation: 'delivery', label: CAMPAIGN });
			return found?.delivered === count.delivered && found.failed === 1 ? found : undefined;
		});
		expect(report).toMatchObject({ ...count, costs: { USD: 0.068 } });
		await open('acompanhar-campanha');
		await page.locator('input[type="text"]').fill(CAMPAIGN);
		await page.getByRole('button', { name: 'Ver' }).click();
		await resultTitle(CAMPAIGN);
		await screenshot(page, 'campaign-report', { fullPage: true });
		const rows = await rowsOfTable();
		const row = (start: string) => rows.find(([name]) => name!.startsWith(start))!;
		expect(row('Otávio')).toEqual(['Otávio Saiu', 'não enviada', expect.stringContaining('optedOut')]);
		expect(row('Inês')).toEqual(['Inês Fora', 'não entregue', expect.stringContaining('131026')]);
		expect(row('Clara')).toEqual([expect.anything(), 'na fila', expect.stringContaining('startCooldown')]);
		expect(row('Pessoa 26')).toEqual(['Pessoa 26', 'na fila', expect.stringContaining('dailyCap')]);
		expect(row('Pessoa 1')).toEqual(['Pessoa 1', expect.stringMatching(/^(entregue|lida)$/), '']);
	});

	it('lists by name whom the campaign has not reached, also who has no phone (V-11, V-18)', async () => {
		const about = {
			resource: 'message',
			operation: 'getTimeline',
			about: 'campaign',
			label: CAMPAIGN,
			returnAll: true,
		};
		const lines = await useDesk(rig, about);
		expect(lines).toHaveLength(20);
		expect(lines.filter(({ code }) => code === 'noPhone').map(({ text }) => text)).toEqual([
			expect.stringMatching(/^.+: Não possui telefone para envio de mensagem$/),
		]);
	});

	it('tells on the timeline why each unsent message was not sent (V-12, V-18)', async () => {
		const unsent = await useDesk(rig, {
			resource: 'message',
			operation: 'getMany',
			returnAll: true,
			filters: { label: CAMPAIGN, statuses: ['postponed', 'refused'] },
		});
		expect(unsent).toHaveLength(19);
		const told = new Set(rig.rows('select data from timeline').map(({ data }) => JSON.parse(String(data)).messageId));
		expect(unsent.filter(({ id }) => !told.has(id))).toEqual([]);
		const waiting = unsent.find(({ code }) => code === 'dailyCap')!;
		const story = await useDesk(rig, { resource: 'message', operation: 'getTimeline', message: waiting.id });
		expect(story.map(({ text }) => text)).toEqual([
			'Entrou na fila de envio.',
			'Adiada: saem no máximo 5 inícios a cada 10 min. Continua em seguida, na ordem.',
		]);
		const capped = rig.timeline('startsCapped').map(({ text }) => text);
		expect(capped).toContainEqual(expect.stringContaining('ste número já iniciou as 12 conversas do limite diário'));
		const refused = rig.timeline('messageRefused').filter(({ text }) => text.startsWith('Não possui telefone'));
		expect(refused.map(({ data }) => data.label)).toEqual([CAMPAIGN]);
	});

	it('shows its parts side by side in the editor', async () => {
		await page.setViewportSize({ width: 1900, height: 1100 });
		await openWorkflow(page, rig.n8n, enviar.id);
		await screenshot(page, 'workflow-10');
	});

	// ---------------------------------------------------------------- what a supervisor does and sees

	async function open(path: string): Promise<void> {
		const address = `${editorUrl(rig.n8n)}/form/${path}`;
		await page.goto(address);
		const form = page.locator('form');
		const login = page.locator('input[type="password"]');
		const allow = page.getByText('Allow access');
		await form.or(login).or(allow).first().waitFor();
		if (await login.isVisible()) {
			await fillLogin(page, rig.n8n);
			await allow.or(page.locator('input[type="submit"], button[type="submit"]')).first().waitFor();
		}
		if (await allow.isVisible()) await allow.click();
		await page.locator('form#n8n-form').waitFor();
	}

	async function upload(campaign: string, list: string): Promise<void> {
		await page.locator('input[type="text"]').fill(campaign);
		const file = { name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from(list, 'latin1') };
		await page.locator('input[type="file"]').setInputFiles(file);
		await page.getByRole('button', { name: 'Conferir a lista' }).click();
	}

	async function choose(): Promise<void> {
		const list = page.locator('select');
		await list.selectOption({ label: `${TEMPLATE} · pt_BR` });
		await page.getByRole('button', { name: 'Enviar agora' }).click();
	}

	async function setLimits({ day, batch, minutes }: { day: number; batch: number; minutes: number }): Promise<void> {
		await open('limites-de-envio');
		for (const [i, value] of [day, batch, minutes].entries()) {
			await page.locator('input[type="number"]').nth(i).fill(String(value));
		}
		await page.getByRole('button', { name: 'Guardar' }).click();
		await resultTitle('Limites guardados');
	}

	async function resultTitle(text: string): Promise<void> {
		await page.getByRole('heading', { name: text }).waitFor({ timeout: 25_000 });
	}

	async function rowsOfTable(): Promise<string[][]> {
		const rows = page.locator('tbody tr');
		const texts: string[][] = [];
		for (const row of await rows.all()) texts.push(await row.locator('td').allInnerTexts());
		return texts.map((cells) => cells.map((cell) => cell.replace(/\n/g, '')));
	}

	/** Who of the list has got the message, each once. */
	async function reached(): Promise<string[]> {
		const heard = await Promise.all(
			PEOPLE.map(async (waId) => ({
				waId,
				count: (await rig.simulator.admin.messages(waId, { from: 'business' }).catch(() => [])).length,
			})),
		);
		expect(heard.every(({ count }) => count <= 1)).toBe(true);
		return heard.filter(({ count }) => count === 1).map(({ waId }) => waId);
	}

	async function untilReached(count: number): Promise<void> {
		await until(`${count} people`, async () => ((await reached()).length >= count ? true : undefined));
		expect(await reached()).toEqual(PEOPLE.slice(0, count));
	}
});
