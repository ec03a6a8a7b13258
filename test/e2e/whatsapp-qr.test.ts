import type { Browser } from 'playwright-core';
import qrCode from '../../workflows/13-whatsapp-qr.json';
import { openBrowser, screenshot } from '../support/chromium';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { heading, openForm } from '../support/form-page';
import { CONSOLE_CREDENTIAL, DEVICE_CREDENTIAL } from '../support/linked-device-rig';

describe('the shipped workflow of numbers linked by QR code', () => {
	let rig: E2eRig;
	let browser: Browser;

	beforeAll(async () => {
		rig = await startE2eRig({ credentials: [DEVICE_CREDENTIAL, CONSOLE_CREDENTIAL], workflows: [qrCode] });
		browser = await openBrowser();
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
	});

	it('tells on demand how the number stands and what to do (B-81)', async () => {
		const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
		await openForm(page, rig.n8n, 'situacao-do-whatsapp');
		await page.getByRole('button', { name: 'Ver agora' }).click();
		await heading(page, '🔴 Não está conectado');
		expect(await page.locator('body').innerText()).toContain('Situação: desativado.');
		await screenshot(page, 'qr-status');
	});
});
