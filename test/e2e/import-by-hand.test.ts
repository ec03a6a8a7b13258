import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, screenshot } from '../support/chromium';
import { DEMO_CREDENTIAL, startE2eRig, type E2eRig } from '../support/e2e-rig';
import { canvasNode, editorUrl, logIn } from '../support/editor';

const ANA = '5511987654321';
const WORKFLOWS = join(__dirname, '..', '..', 'workflows');

/** Nothing here goes behind n8n's back but the credential, which is typed from Meta's pages and differs for everybody. */
describe('the shipped workflows imported by hand into a clean n8n', () => {
	let rig: E2eRig;
	let browser: Browser;
	let page: Page;
	let credentialId: string;

	beforeAll(async () => {
		// One after the other: when the first does not start, no browser stays open.
		rig = await startE2eRig({ workflows: [] });
		browser = await openBrowser();
		// With a single credential n8n would choose by itself.
		await rig.n8n.rest.credentials.put({
			name: 'Outro número',
			type: 'whatsAppCloudApi',
			data: { accessToken: 'x', phoneNumberId: '200000000000002', wabaId: '3', appSecret: 'x', verifyToken: 'x' },
		});
		const stored = await rig.n8n.rest.credentials.list();
		credentialId = stored.find(({ name }) => name === DEMO_CREDENTIAL)!.id;
		page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
		await logIn(page, rig.n8n);
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('shows the callback address of the README and is published in a few clicks', async () => {
		await importFile('00-central.json');
		await inPanel('Recebe da Meta', async () => {
			await chooseCredential();
			await page.getByText('Webhook URLs').click();
			await page.getByRole('radio', { name: 'Production URL' }).click();
			expect(await page.getByText(`${editorUrl(rig.n8n)}/webhook/whatsapp-desk/cloud-api`).count()).toBe(2);
			await screenshot(page, 'import-00-webhook');
		});
		await publish();
	});

	it('serves a customer once hours and credential are set', async () => {
		await importFile('01-triagem.json');
		await inPanel('Chegou mensagem', chooseCredential);
		await inPanel('Está aberto?', async () => {
			await parameter('schedule').click();
			await page.getByRole('option', { name: '24 h', exact: true }).click();
			await parameter('brazilianHolidays').click();
			await screenshot(page, 'import-01-hours');
		});
		await publish();

		await rig.simulator.admin.say(ANA, 'Oi');
		const [menu] = await rig.simulator.admin.waitForReplies(ANA, 1, { timeoutMs: 20_000 });
		expect(menu!.text).toContain('Este é o atendimento automático da Empresa Demonstração.');
		await rig.simulator.admin.tap(ANA, '2 - Suporte');
		const replies = await rig.simulator.admin.waitForReplies(ANA, 2, { timeoutMs: 20_000 });
		expect(replies[1]!.text).toBe('Aguarde, seu atendimento será redirecionado para o atendente');
	});

	// ---------------------------------------------------------------- what the README tells to do

	async function importFile(name: string): Promise<void> {
		await page.goto(`${editorUrl(rig.n8n)}/workflow/new`);
		await page.locator('[data-test-id="workflow-menu"]').click();
		await page.locator('[data-test-id="workflow-menu-item-import"]').hover();
		const chooser = page.waitForEvent('filechooser');
		await page.getByText('From file').click();
		await (await chooser).setFiles(join(WORKFLOWS, name));
		await canvasNode(page).first().waitFor();
	}

	async function inPanel(node: string, act: () => Promise<void>): Promise<void> {
		await canvasNode(page, node).dblclick();
		await page.locator('[data-test-id="ndv"]').waitFor();
		await act();
		await page.locator('[data-test-id="ndv-close-button"]').click();
		await page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
	}

	async function chooseCredential(): Promise<void> {
		await page.locator('[data-test-id="node-credentials-select"]').click();
		await page.locator(`[data-test-id="node-credentials-select-item-${credentialId}"]`).click();
	}

	function parameter(name: string) {
		return page.locator(`[data-test-id="parameter-input-${name}"]`);
	}

	async function publish(): Promise<void> {
		await page.locator('[data-test-id="workflow-open-publish-modal-button"]').click();
		await page.locator('[data-test-id="workflow-publish-button"]').click();
		await page.getByText('Published', { exact: true }).waitFor();
	}
});
