import type { Browser, Page } from 'playwright-core';
import central from '../../workflows/00-central.json';
import triagem from '../../workflows/01-triagem.json';
import painel from '../../workflows/02-painel-de-atendimento.json';
import { openBrowser, screenshot } from '../support/chromium';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { canvasNode, complaintsOf, logIn, openWorkflow } from '../support/editor';

const ANA = '5511987654321';

const alwaysOpen = {
	...triagem,
	nodes: triagem.nodes.map((node) =>
		node.name === 'Está aberto?'
			? { ...node, parameters: { ...node.parameters, schedule: 'allDay', brazilianHolidays: false } }
			: node,
	),
};

describe('a supervisor in front of the screen', () => {
	let rig: E2eRig;
	let browser: Browser;

	beforeAll(async () => {
		[rig, browser] = await Promise.all([startE2eRig({ workflows: [central, alwaysOpen, painel] }), openBrowser()]);
		await rig.simulator.admin.addContact({ waId: ANA, name: 'Ana Souza' });
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('rehearses the triage on the phone page by typing and tapping (B-71, B-85, C-17, X-10)', async () => {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
		const complaints = complaintsOf(page);
		await page.goto(rig.simulator.url);
		await page.getByTestId(`customer-${ANA}`).click();
		const pane = page.getByTestId(`pane-${ANA}`);
		await say(pane, 'Oi');
		await pane.getByRole('button', { name: 'Ver opções' }).click();
		const options = page.getByTestId('list-sheet').locator('.sheet-row strong');
		expect(await options.allTextContents()).toEqual(['1 - Comercial', '2 - Suporte', '3 - Financeiro']);
		await screenshot(page, 'phone-menu');

		await options.getByText('2 - Suporte').click();
		await pane.getByText('Aguarde, seu atendimento será redirecionado para o atendente').waitFor();
		const own = pane.locator('[data-testid="bubble"][data-from="contact"]');
		expect(await own.last().locator('p.text').textContent()).toBe('2 - Suporte');
		// Delivered to the company; nobody has read it yet.
		await own.last().locator('[data-testid="tick"][data-status="delivered"]').waitFor();
		await screenshot(page, 'phone-transfer');
		expect(complaints).toEqual([]);
		await page.close();
	});

	it('sees the shipped workflows in the editor, complete and without warnings', async () => {
		const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
		await logIn(page, rig.n8n);
		for (const [workflow, name] of [
			[central, 'editor-00-central'],
			[triagem, 'editor-01-triagem'],
			[painel, 'editor-02-painel'],
		] as const) {
			await openWorkflow(page, rig.n8n, workflow.id);
			const names = workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).map((node) => node.name);
			for (const node of names) await canvasNode(page, node).waitFor();
			expect(await page.locator('[data-test-id="node-issues"]').count()).toBe(0);
			await screenshot(page, name);
		}
		await page.close();
	});

	async function say(pane: ReturnType<Page['getByTestId']>, text: string): Promise<void> {
		await pane.getByTestId('composer').fill(text);
		await pane.getByTestId('send').click();
	}
});
