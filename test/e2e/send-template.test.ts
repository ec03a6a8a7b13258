import type { Browser, Page } from 'playwright-core';
import { openBrowser, screenshot } from '../support/chromium';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { canvasNode, logIn, openWorkflow } from '../support/editor';
import { TEMPLATES } from '../unit/nodes/SendTemplate/templates';

const ANA = '5511987654321';
const START = 'Ao clicar';
const SEND = 'Enviar';

const byHand = (id: string, type: string, parameters: Record<string, unknown>) => ({
	id,
	name: id,
	nodes: [
		{
			id: '0f000000-0000-4000-8000-000000000001',
			name: START,
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '0f000000-0000-4000-8000-000000000002',
			name: SEND,
			type: `n8n-nodes-whatsapp-desk.${type}`,
			typeVersion: 1,
			position: [224, 0],
			parameters: { sendTo: 'phone', phone: ANA, ...parameters },
		},
	],
	connections: { [START]: { main: [[{ node: SEND, type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

describe('choosing a template in the editor', () => {
	let rig: E2eRig;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		const workflows = [
			byHand('sendTemplate0001', 'sendTemplate', {}),
			byHand('sendMessage00001', 'sendMessage', { text: 'Tudo certo?', outsideWindow: 'template' }),
		];
		// One after the other: when the first does not start, no browser stays open.
		rig = await startE2eRig({ workflows, publish: false });
		browser = await openBrowser();
		for (const template of TEMPLATES) await rig.simulator.admin.addTemplate(template);
		await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana' });
		page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
		await logIn(page, rig.n8n);
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('makes a form of it, and what is filled in reaches the phone (C-26, C-33, D-20)', async () => {
		await openPanel('sendTemplate0001');
		await listTemplates();
		await screenshot(page, 'template-list');
		expect(await page.getByText('promocao_proibida · Rejected · pt_BR · Marketing').count()).toBe(1);
		await page.getByText('lembrete_de_vencimento · Approved').click();
		await fill({ 'body.1': 'Ana', 'body.2': '10/03', 'button.1': 'b/1' });
		await screenshot(page, 'template-form');
		await page.locator('[data-test-id="ndv"] [data-test-id="node-execute-button"]').click();
		const [message] = await rig.simulator.admin.waitForReplies(ANA, 1, { timeoutMs: 20_000 });
		expect(message!.text).toContain('Olá Ana, sua fatura vence em 10/03.');
		await page.getByText('lembrete_de_vencimento', { exact: true }).first().waitFor();
		await screenshot(page, 'template-sent');
	});

	it('asks for the file of a header, and for nothing where a template takes no values', async () => {
		await listTemplates();
		await page.getByText('oferta_com_imagem · Approved').click();
		expect(await field('header.file').inputValue()).toBe('data');
		await listTemplates();
		await page.getByText('lembrete_novo · Pending').click();
		await field('header.file').waitFor({ state: 'detached' });
		expect(await page.getByText('No values found').count()).toBe(0);
	});

	it('stands in for a message outside the 24 h window (D-19)', async () => {
		await openPanel('sendMessage00001');
		await listTemplates();
		await page.getByText('lembrete_de_vencimento · Approved').click();
		await fill({ 'body.1': 'Ana', 'body.2': '11/03', 'button.1': 'b/2' });
		await screenshot(page, 'message-outside-window');
		await page.locator('[data-test-id="ndv"] [data-test-id="node-execute-button"]').click();
		const replies = await rig.simulator.admin.waitForReplies(ANA, 2, { timeoutMs: 20_000 });
		expect(replies[1]!.text).toContain('Olá Ana, sua fatura vence em 11/03.');
	});

	async function openPanel(id: string): Promise<void> {
		await openWorkflow(page, rig.n8n, id);
		await canvasNode(page, SEND).dblclick();
		await page.locator('[data-test-id="ndv"]').waitFor();
	}

	async function listTemplates(): Promise<void> {
		await page.locator('[data-test-id="parameter-input-template"] input').last().click();
		await page.getByText('visita_agendada · Approved').waitFor();
	}

	function field(key: string) {
		return page.locator(`[data-test-id="parameter-input-${key}"] input`).first();
	}

	async function fill(values: Record<string, string>): Promise<void> {
		for (const [key, value] of Object.entries(values)) await field(key).fill(value);
		// n8n keeps what was typed once the field is left.
		await page.keyboard.press('Tab');
	}
});
