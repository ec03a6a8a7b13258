import type { Browser, Page } from 'playwright-core';
import type { Simulator } from '../../simulator/server';
import { type BaileysClient, baileysClient } from '../support/baileys-client';
import { openBrowser, screenshot } from '../support/chromium';
import { complaintsOf } from '../support/editor';
import { startWhatsAppWeb } from '../support/whatsapp-web';

const ANA = '5511987654321';
const PHONE = '5511955550100';
const NUMBER_ID = `linked-${PHONE}`;
const DESKTOP = { width: 1400, height: 860 };
const MOBILE = { width: 390, height: 800 };

describe("the company's own phone on the simulator's page", () => {
	let simulator: Simulator;
	let browser: Browser;
	let page: Page;
	let complaints: string[];
	let client: BaileysClient;

	beforeAll(async () => {
		[simulator, browser] = await Promise.all([
			startWhatsAppWeb({ settings: { reads: 'opened', statusDelaysMs: { sent: 20, delivered: 20, read: 20 } } }),
			openBrowser(),
		]);
		await simulator.admin.web.addPhone(PHONE, 'Padaria da Ana');
		page = await browser.newPage({ viewport: DESKTOP, reducedMotion: 'reduce', locale: 'pt-BR' });
		complaints = complaintsOf(page);
		await page.goto(simulator.url);
		client = await baileysClient();
	});
	afterAll(async () => {
		client?.end();
		await browser?.close();
		await simulator?.close();
	});
	afterEach(() => expect(complaints).toEqual([]));

	it('shows its number, and what to do while nobody shows a code', async () => {
		await page.getByTestId('open-company').click();
		expect(await page.getByTestId('company-number').textContent()).toBe('+55 11 95555-0100');
		await screenshot(page, 'company-home');
		await page.getByTestId('linked-devices').click();
		await page.getByText('Nenhum aparelho conectado.', { exact: true }).waitFor();
		await page.getByTestId('link-device').click();
		await page.getByText('Ninguém mostra um QR code.').waitFor();
		await both('company-nobody-waits');
	});

	it('explains a code that nobody shows', async () => {
		await page.getByTestId('qr-text').fill('2@made,up,by,me');
		complaints.length = 0;
		await page.getByTestId('scan-text').click();
		await page.getByTestId('link-problem').getByText('Este QR code já foi usado ou expirou.').waitFor();
		await page.getByTestId('pairing-code').fill('ABCD-1234');
		await page.getByTestId('enter-code').click();
		await page.getByTestId('link-problem').getByText('Ninguém pediu um código').waitFor();
		// The refusals themselves are answers of the server.
		complaints.splice(0, complaints.length, ...complaints.filter((one) => !/409/.test(one)));
	});

	it('links a waiting client with one click (B-25, B-28)', async () => {
		client.connect({ browser: ['WhatsApp Desk', 'Chrome', '1.0'] });
		await page.getByTestId('waiting-code').getByText('WhatsApp Desk').waitFor();
		await both('company-waiting');
		await page.getByTestId('scan').click();
		await page.getByText('QR code lido: aparelho conectado.').waitFor();
		await client.waitForOpen();
		await page.getByTestId('device-1').getByText('Com conexão agora').waitFor();
		await both('company-devices');
	});

	it('lets a customer write to the linked number beside the Cloud API one, and shows the answer with its ticks (X-01)', async () => {
		await page.getByTestId('company-back').click();
		await page.getByTestId('write-here').click();
		await page.getByTestId('write-here').waitFor({ state: 'detached' });
		await both('company-linked-home');
		await page.getByTestId('close-company').click();
		const groups = await page
			.getByTestId('number')
			.locator('optgroup')
			.evaluateAll((all) => all.map((one) => one.getAttribute('label')));
		expect(groups).toEqual(['API oficial (Cloud API)', 'Aparelho conectado (QR code)']);
		expect(await page.getByTestId('number').inputValue()).toBe(NUMBER_ID);
		await page.getByTestId(`customer-${ANA}`).click();
		const pane = page.getByTestId(`pane-${ANA}`);
		await pane.getByTestId('composer').fill('Oi');
		await pane.getByTestId('send').click();
		const [message] = await client.waitForMessages(1);
		await client.socket.sendMessage(message!.key.remoteJid!, {
			text: 'Olá! Digite o número da opção:\n*1* - Comercial\n*2* - Suporte',
		});
		const answer = pane.locator('[data-testid="bubble"][data-from="business"]');
		await answer.getByText('2 - Suporte').waitFor();
		await answer.locator('[data-status="read"]').waitFor();
		expect(await pane.getByTestId('window').count()).toBe(0);
		await screenshot(page, 'company-customer');
	});

	it("types on the company's phone: the customer gets it, and the linked device hears of it", async () => {
		await page.getByTestId('open-company').click();
		await page.getByTestId(`company-chat-${ANA}`).click();
		const log = page.getByTestId('company-log');
		await log.getByText('Aparelho conectado').waitFor();
		await page.getByTestId('company-composer').fill('Oi Ana, aqui é o Paulo. Já te respondo.');
		await page.getByTestId('company-composer').press('Enter');
		await log.locator('[data-from="phone"] [data-status="read"]').waitFor();
		await page.getByTestId(`pane-${ANA}`).locator('[data-from="phone"]').getByText('aqui é o Paulo').waitFor();
		const heard = (await client.waitForMessages(2)).at(-1)!;
		expect(heard).toMatchObject({
			key: { fromMe: true },
			message: { conversation: 'Oi Ana, aqui é o Paulo. Já te respondo.' },
		});
		await both('company-chat');
	});

	it('breaks the line by buttons that say what should follow', async () => {
		await page.getByTestId('open-backstage').click();
		expect(await page.getByTestId('company-phone').isVisible()).toBe(false);
		await page.getByTestId('line-state').getByText('Aparelho com conexão.').waitFor();
		await both('company-faults');
		await page.getByTestId('reset').scrollIntoViewIfNeeded();
		await both('company-faults-end');
		const closed = client.waitForClose();
		await page.getByTestId('line-503').click();
		expect(await closed).toBe(503);
		await page.getByTestId('line-state').getByText('Aparelho sem conexão.').waitFor();
		client.connect();
		await page.getByTestId('line-state').getByText('Aparelho com conexão.').waitFor();
	});

	it('sends a burst of late messages after an outage', async () => {
		const dropped = client.waitForClose();
		await page.getByTestId('late-burst').click();
		await dropped;
		await page.getByTestId('line-state').getByText('5 item(ns) esperando por ele').waitFor();
		await page.locator('[data-testid="line-offline"]:not(:checked)').waitFor();
		client.connect();
		const before = client.messages.length;
		await page
			.getByTestId('line-state')
			.getByText(/^Aparelho com conexão\.$/)
			.waitFor();
		const burst = client.messages.slice(before);
		expect(burst.map(({ type }) => type)).toEqual(Array(5).fill('append'));
		const ages = burst.map(({ message }) => Date.now() / 1_000 - Number(message.messageTimestamp));
		expect(Math.min(...ages)).toBeGreaterThan(290);
	});

	it('unlinks the device after a question (B-32)', async () => {
		await page.getByTestId('open-company-here').click();
		await page.getByTestId('linked-devices').click();
		const closed = client.waitForClose();
		await page.getByTestId('unlink-1').click();
		await screenshot(page, 'company-unlink');
		await page.getByTestId('confirm').click();
		expect(await closed).toBe(401);
		await page.getByText('Nenhum aparelho conectado.', { exact: true }).waitFor();
		await page
			.getByText('Nenhum aparelho conectado agora: as mensagens ficam no celular da empresa até ele voltar.')
			.waitFor();
	});

	it('links by the text of a code, and by a code that is typed (B-24)', async () => {
		const pasted = await baileysClient();
		pasted.connect();
		await page.getByTestId('link-device').click();
		await page.getByTestId('qr-text').fill(await pasted.waitForQr());
		await page.getByTestId('scan-text').click();
		await page.getByText('QR code lido: aparelho conectado.').waitFor();
		await pasted.waitForOpen();

		const typed = await baileysClient();
		typed.connect({ browser: ['Windows', 'Chrome', '10.0.22631'] });
		await typed.waitForQr();
		const code = await typed.socket.requestPairingCode(PHONE);
		await page.getByTestId('link-device').click();
		await page.getByText('Mostra um código para +55 11 95555-0100').waitFor();
		await page.getByTestId('pairing-code').fill(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`);
		await both('company-code');
		await page.getByTestId('enter-code').click();
		await page.getByText('Código aceito: aparelho conectado.').waitFor();
		await typed.waitForOpen();
		await expect(page.getByTestId('devices').locator('.device').count()).resolves.toBe(2);
		for (const one of [pasted, typed]) one.end();
	});

	/** What is on the screen, as a desk and as a telephone show it. */
	async function both(name: string): Promise<void> {
		await screenshot(page, name);
		await page.setViewportSize(MOBILE);
		const overflow = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
		);
		expect(overflow).toBe(0);
		await screenshot(page, `${name}-phone`);
		await page.setViewportSize(DESKTOP);
	}
});
