import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { numberIdOf } from '../../simulator/whatsapp-web/client';
import triagem from '../../workflows/01-triagem.json';
import qrCode from '../../workflows/13-whatsapp-qr.json';
import { openBrowser, screenshot } from '../support/chromium';
import { seenInExecutions, useDesk } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { complaintsOf, editorUrl } from '../support/editor';
import {
	COMPANY,
	CONSOLE_CREDENTIAL,
	CONSOLE_PASSWORD,
	DEVICE_CREDENTIAL,
	openConsole,
	overLinkedDevice,
	repliesTo,
	SESSION,
} from '../support/linked-device-rig';
import { freshDatabase, hasPostgres, type FreshDatabase } from '../support/real-postgres';
import { redisUrl } from '../support/real-redis';

const ANA = '5511987654321';
const BIA = '5521998765432';
const CAIO = '5531987654321';
const TESTER = '5541987654321';
const WELCOME = 'Olá, seja bem-vindo! 👋 Este é o atendimento automático da Empresa Demonstração.';
const MENU = 'Escolha uma fila de atendimento:\n\n1 - Comercial\n2 - Suporte\n3 - Financeiro';
const TRANSFER = 'Aguarde, seu atendimento será redirecionado para o atendente';

/** The shipped triage, open around the clock, on the other channel. */
const triage = overLinkedDevice({
	...triagem,
	nodes: triagem.nodes.map((node) =>
		node.name === 'Está aberto?'
			? { ...node, parameters: { ...node.parameters, schedule: 'allDay', brazilianHolidays: false } }
			: node,
	),
});

/** In queue mode a worker runs the workflows; the triggers, the pages and the socket stay in the main process. */
const PLACES = [
	{ place: 'one process', hasWorker: false },
	{ place: 'a main process and a worker', hasWorker: true },
].filter(({ hasWorker }) => !hasWorker || (redisUrl() !== null && hasPostgres()));

describe.each(PLACES)('a number linked by QR code, from the first click to the last, on $place', ({ hasWorker }) => {
	let database: FreshDatabase | null = null;
	let rig: E2eRig;
	let browser: Browser;
	let page: Page;
	/** The company's own phone, on the simulator's page. */
	let phone: Page;
	let complaints: string[];

	beforeAll(async () => {
		if (hasWorker) database = await freshDatabase('queue');
		[rig, browser] = await Promise.all([
			startE2eRig({
				whatsAppWeb: true,
				...(database ? { database: { postgresUrl: database.url }, redisUrl: redisUrl()! } : {}),
				credentials: [DEVICE_CREDENTIAL, CONSOLE_CREDENTIAL],
				workflows: [triage, qrCode],
			}),
			openBrowser(),
		]);
		const { admin } = rig.simulator;
		await admin.addContact({ waId: ANA, name: 'Ana Souza' });
		await admin.addContact({ waId: BIA, name: 'Bia Lima' });
		await admin.addContact({ waId: CAIO, name: 'Caio Melo' });
		await admin.addContact({ waId: TESTER, name: 'Celular de teste' });
		const context = await browser.newContext({
			viewport: { width: 1180, height: 860 },
			reducedMotion: 'reduce',
			locale: 'pt-BR',
		});
		page = await context.newPage();
		await admin.web.addPhone(COMPANY, 'Oficina Aurora');
		phone = await context.newPage();
		await phone.goto(rig.simulator.url);
		await phone.getByTestId('open-company').click();
		complaints = complaintsOf(page);
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
		await database?.drop();
	});

	it('opens the console with its password and finds the session of the credential there', async () => {
		await page.goto(`${editorUrl(rig.n8n)}/webhook/whatsapp-desk`);
		await page.getByLabel('Senha').fill(CONSOLE_PASSWORD);
		await page.getByRole('button', { name: 'Entrar' }).click();
		await page.getByRole('heading', { name: SESSION }).waitFor();
		await page.getByRole('button', { name: 'Ativar', exact: true }).waitFor();
		await views('device-1-inactive');
	});

	it('takes the number as people type it and shows a QR code that a phone can scan (B-14, B-15, B-24, B-27)', async () => {
		const field = page.getByLabel('Número WhatsApp para atendimento');
		await field.focus();
		await page.keyboard.press('End');
		await field.pressSequentially(COMPANY.slice(2));
		expect(await field.inputValue()).toBe('+55 11 93000-0001');
		await page.getByRole('button', { name: 'Ativar', exact: true }).click();
		await page.getByTestId('qr').waitFor();
		await page.getByText(/^Expira em \d+s$/).waitFor();
		await views('device-2-scan');
	});

	it('says "QR Code lido" and who is connected, once the phone has scanned it (B-28, B-29)', async () => {
		const { data, width, height } = PNG.sync.read(await page.getByTestId('qr').screenshot());
		expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(
			await page.getByTestId('qr').getAttribute('data-code'),
		);
		await phone.getByTestId('linked-devices').click();
		await phone.getByTestId('link-device').click();
		await phone.getByTestId('scan').click();
		await phone.getByText('QR code lido: aparelho conectado.').waitFor();
		await sees(phone, 'device-3-phone-linked');
		await page.getByText('QR Code lido. O número está ativo e pronto para atender.').waitFor();
		await page.getByTestId('connected').waitFor();
		expect(await page.getByTestId('device-name').innerText()).toBe('Oficina Aurora');
		await views('device-3-connected');
	});

	it('sends a test that arrives (B-30, B-31)', async () => {
		await page.getByLabel('Número de telefone que vai receber as mensagens de teste:').fill('41 98765 4321');
		await page.getByRole('button', { name: 'Enviar Teste' }).click();
		await page.getByText('Mensagem de teste enviada para', { exact: false }).waitFor();
		expect(await heard(TESTER)).toEqual(['Teste de integração WhatsApp']);
		await views('device-4-test');
	});

	it('serves a customer with the shipped triage, its credential swapped (X-01, B-55, B-60, C-18, D-18)', async () => {
		const [menu] = await say(ANA, 'Oi');
		expect(menu).toMatchObject({ type: 'text', text: `${WELCOME}\n\n${MENU}` });
		const [transfer] = await say(ANA, '2');
		expect(transfer!.text).toBe(TRANSFER);
		expect(await conversationOf('Ana Souza')).toMatchObject({ state: 'queued', queue: 'suporte' });
	});

	it('falls silent for a customer to whom a person wrote on the company’s phone, until called back (X-06, D-07)', async () => {
		const { web } = rig.simulator.admin;
		await say(BIA, 'Oi');
		await phone.goto(rig.simulator.url);
		await phone.getByTestId('open-company').click();
		await phone.getByTestId(`company-chat-${BIA}`).click();
		await phone.getByTestId('company-composer').fill('Oi Bia, aqui é o Paulo. Já vejo isso para você.');
		await phone.getByTestId('company-composer').press('Enter');
		await phone.locator('[data-testid="company-log"] [data-from="phone"]').waitFor();
		await web.say(COMPANY, BIA, '2');
		await seenInExecutions(rig, triagem.id, 'Chegou mensagem', isText('2', 'Bia Lima'));
		// Whatever the bot had to say to Bia was in line before this.
		await say(CAIO, 'Oi');
		expect(await heard(BIA)).toHaveLength(1);
		await web.phoneSays(COMPANY, BIA, '#bot');
		const [back] = await say(BIA, 'menu');
		expect(back!.text).toBe(MENU);
		await sees(phone, 'device-5-phone-chat');
	});

	it('decides in one process and speaks through the socket of the other, in queue mode (D9)', async () => {
		const executions = await rig.n8n.rest.executions.list({ workflowId: triage.id, status: ['success'] });
		expect(executions.length).toBeGreaterThan(4);
		const ids = executions.map(({ id }) => String(id)).sort();
		const byWorker = [...rig.n8n.workerLogs().matchAll(/finished execution (\d+)/g)].map(([, id]) => id!);
		expect(byWorker.filter((id) => ids.includes(id)).sort()).toEqual(hasWorker ? ids : []);
		// Nobody but the main process ever opened one.
		expect((await rig.simulator.admin.web.company(COMPANY)).devices).toMatchObject([{ connected: true, logins: 1 }]);
	});

	it('is as at first when it is deactivated, and the phone has one linked device less (B-22, B-33)', async () => {
		await page.getByRole('button', { name: 'Desativar' }).click();
		await page.getByTestId('agree').click();
		await page.getByRole('button', { name: 'Ativar', exact: true }).waitFor();
		await views('device-6-deactivated');
		expect((await rig.simulator.admin.web.company(COMPANY)).devices).toEqual([]);
		expect(await (await openConsole(rig)).device()).toMatchObject({ state: 'inactive', problem: null });
		expect(complaints).toEqual([]);
	});

	// ---------------------------------------------------------------- what happens, and what is seen

	const phoneNumberId = numberIdOf(COMPANY);

	async function say(waId: string, text: string) {
		const { admin } = rig.simulator;
		const before = (await admin.messages(waId, { phoneNumberId })).at(-1)?.seq ?? 0;
		await admin.web.say(COMPANY, waId, text);
		return await admin.waitForReplies(waId, 1, { after: before, timeoutMs: 20_000, phoneNumberId });
	}

	async function heard(waId: string): Promise<string[]> {
		return (await repliesTo(rig, waId)).map(({ text }) => text);
	}

	function isText(text: string, name: string) {
		return (item: Record<string, any>) => item.text === text && item.contact?.name === name;
	}

	async function conversationOf(name: string) {
		const all = await useDesk(rig, { resource: 'conversation', operation: 'getMany', returnAll: true });
		return all.find(({ contact }) => contact?.name === name);
	}

	async function sees(who: Page, name: string): Promise<void> {
		if (!hasWorker) await screenshot(who, name);
	}

	/** On a desk and on a phone. */
	async function views(name: string): Promise<void> {
		if (hasWorker) return;
		await screenshot(page, `${name}-desktop`, { fullPage: true });
		await page.setViewportSize({ width: 390, height: 844 });
		await screenshot(page, `${name}-phone`, { fullPage: true });
		await page.setViewportSize({ width: 1180, height: 860 });
	}
});
