import { randomBytes } from 'node:crypto';
import { PNG } from 'pngjs';
import jsQR from 'jsqr';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { SessionPatch } from '../../engine/channel/linked-device/session-rows';
import { openBrowser, screenshot } from '../support/chromium';
import { PASSWORD, startConsole, type ConsoleRig } from '../support/console-server';
import { STORES, type TestStore } from '../support/each-store';
import { complaintsOf } from '../support/editor';
import { eventually } from '../support/eventually';

const PHONE = '5511999999999';
const DAY = 86_400_000;
const HOSTILE = '<img src=x onerror="document.title=\'hacked\'"> & <script>document.title="hacked"</script>';

const NONE: SessionPatch = {
	wanted: 1,
	phone: PHONE,
	problem: null,
	problem_detail: null,
	qr: null,
	qr_expires_at: null,
	pairing_code: null,
	name: null,
	linked_at: null,
	next_attempt_at: null,
};

/** As Baileys writes it: 4 parts, about 240 characters. */
function qrText(): string {
	const part = () => randomBytes(32).toString('base64');
	return `https://wa.me/settings/linked_devices#2@${randomBytes(60).toString('base64')},${part()},${part()},${part()},1`;
}

const scan = (code = qrText(), forMs = 20_000): SessionPatch => ({
	...NONE,
	state: 'scan',
	qr: code,
	qr_expires_at: Date.now() + forMs,
});
const connected = (days: number): SessionPatch => ({
	...NONE,
	state: 'connected',
	name: 'Oficina Aurora',
	linked_at: Date.now() - days * DAY - 1_000,
	connected_at: Date.now(),
});

describe('the activation page', () => {
	let place: TestStore;
	let rig: ConsoleRig;
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let complaints: string[];

	beforeAll(async () => {
		place = await STORES[0]!.create();
		[rig, browser] = await Promise.all([startConsole(place.settings), openBrowser()]);
		await rig.put('atendimento', { phone: null, state: 'inactive' }, { owned: false });
		await openPage();
	});
	afterAll(async () => {
		await browser?.close();
		await rig?.close();
		await place?.drop();
	});

	async function openPage() {
		await context?.close();
		context = await browser.newContext({
			viewport: { width: 1180, height: 860 },
			reducedMotion: 'reduce',
			locale: 'pt-BR',
		});
		page = await context.newPage();
		complaints = complaintsOf(page);
		await page.goto(rig.url);
	}

	it('asks for the password first, and says when it is wrong', async () => {
		await page.getByLabel('Senha').fill('errada');
		await page.getByRole('button', { name: 'Entrar' }).click();
		await page.getByText('Senha incorreta.').waitFor();
		await views('console-sign-in');
		await page.getByLabel('Senha').fill(PASSWORD);
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'Ativação' }).waitFor();
	});

	it('formats the number while it is typed, digits only (B-14, B-15)', async () => {
		const field = page.getByLabel('Número WhatsApp para atendimento');
		expect(await field.inputValue()).toBe('+55 ');
		await field.focus();
		await page.keyboard.press('End');
		await field.pressSequentially('11a9-8765');
		expect(await field.inputValue()).toBe('+55 11 98765');
		await field.pressSequentially('4321');
		expect(await field.inputValue()).toBe('+55 11 98765-4321');
		for (let i = 0; i < 5; i++) await page.keyboard.press('Backspace');
		expect(await field.inputValue()).toBe('+55 11 9876');
		await field.fill('(11) 99999-9999');
		await field.blur();
		expect(await field.inputValue()).toBe('+55 11 99999-9999');
		await field.fill('+351912345678');
		expect(await field.inputValue()).toBe('+351 912 345 678');
		await views('console-inactive');
	});

	it('says what is wrong with a number before anything is activated (B-14)', async () => {
		const field = page.getByLabel('Número WhatsApp para atendimento');
		await field.fill('+55');
		await page.getByRole('button', { name: 'Ativar' }).click();
		await page.getByText('Informe o número com código do país e DDD.').waitFor();
		await field.fill('+55 20 99999-9999');
		await page.getByRole('button', { name: 'Ativar' }).click();
		await page.getByText('O DDD 20 não existe.').waitFor();
		expect(await field.getAttribute('aria-invalid')).toBe('true');
		expect((await rig.wanted('atendimento')).wanted).toBe(0);
		await views('console-wrong-number');
	});

	it('activates with the keyboard alone, locks the number and turns the button red (B-16, B-20, B-21)', async () => {
		const field = page.getByLabel('Número WhatsApp para atendimento');
		await field.fill('+55 11 99999-9999');
		await page.keyboard.press('Enter');
		await page.getByTestId('badge').getByText('Começando').waitFor();
		expect(await rig.wanted('atendimento')).toEqual({ wanted: 1, phone: PHONE, pairing_wanted: 0 });
		// Nobody takes it: no workflow is published.
		await page.getByTestId('badge').getByText('Aguardando o n8n').waitFor();
		await page.getByText('Publique o fluxo.', { exact: false }).waitFor();
		expect(await field.getAttribute('readonly')).not.toBeNull();
		await page.getByRole('button', { name: 'Desativar' }).waitFor();
		expect(await page.getByRole('button', { name: 'Ativar', exact: true }).count()).toBe(0);
		await views('console-waiting');
		await rig.put('atendimento', { ...NONE, state: 'connecting' });
		await page.getByText('Preparando o QR Code…').waitFor();
		await views('console-connecting');
	});

	it('shows a QR code that a camera reads, with its countdown and how to scan it (B-24, B-25, B-26)', async () => {
		const code = qrText();
		await rig.put('atendimento', scan(code));
		const picture = page.getByTestId('qr');
		await picture.waitFor();
		const { data, width, height } = PNG.sync.read(await picture.screenshot());
		expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(code);
		expect(await picture.getAttribute('data-code')).toBe(code);
		await page.getByText(/^Expira em 1\ds$/).waitFor();
		await page.getByText('Dispositivos conectados').waitFor();
		await page.getByText('Conectar um dispositivo').waitFor();
		await views('console-scan');
	});

	it('says so when a code has expired, and shows the next by itself (B-27)', async () => {
		await rig.put('atendimento', scan(qrText(), 1_500));
		await page.locator('.over .qr').waitFor();
		await page.getByTestId('expires').getByText('Gerando novo QR Code…').waitFor();
		const next = qrText();
		await rig.put('atendimento', scan(next));
		await page.locator(`[data-code="${next}"]`).waitFor();
		expect(await page.locator('.over').count()).toBe(0);
	});

	it('offers a code to type instead, in two groups of four', async () => {
		await page.getByRole('button', { name: 'Conectar com código' }).click();
		await page.getByText('Pedindo o código ao WhatsApp…').waitFor();
		expect((await rig.wanted('atendimento')).pairing_wanted).toBe(1);
		await rig.put('atendimento', { ...scan(), pairing_code: 'WZYEH1YY' });
		expect(await page.getByTestId('pairing-code').innerText()).toMatch(/^WZYE\s*–\s*H1YY$/);
		await page.getByText('Conectar com número de telefone').waitFor();
		await views('console-pairing-code');
		await page.getByRole('button', { name: 'Conectar com QR Code' }).click();
		await page.getByTestId('qr').waitFor();
	});

	it('says "QR Code lido", and then who is connected (B-28, B-29)', async () => {
		await rig.put('atendimento', { ...NONE, state: 'linking' });
		await page.getByTestId('read').getByText('QR Code lido').waitFor();
		expect(await page.getByTestId('qr').count()).toBe(0);
		await views('console-linking');
		await rig.put('atendimento', connected(0));
		await page.getByText('QR Code lido. O número está ativo e pronto para atender.').waitFor();
		await page.getByText('Oficina Aurora').waitFor();
		expect(await page.getByTestId('age').innerText()).toBe('hoje');
		expect(await page.locator('#announcer').innerText()).toBe('QR Code lido. WhatsApp conectado.');
		await views('console-connected');
	});

	it('tells the age of the link in days and when the code is to be read again (C-09)', async () => {
		await rig.put('atendimento', connected(3));
		await page.getByText('há 3 dias').waitFor();
		await page.getByText('a cada 15 dias', { exact: false }).waitFor();
		await rig.put('atendimento', connected(16));
		await page.getByText('Já faz 16 dias que o QR Code foi lido', { exact: false }).waitFor();
		await views('console-old');
	});

	it('sends a test with the labels of old, and says how it went (B-30, B-31)', async () => {
		const phone = page.getByLabel('Número de telefone que vai receber as mensagens de teste:');
		expect(await page.getByLabel('Mensagem:').inputValue()).toBe('Teste de integração WhatsApp');
		await page.getByRole('button', { name: 'Enviar Teste' }).click();
		await page.getByText('Informe o número que vai receber a mensagem.').waitFor();
		await phone.fill('11 98888 7777');
		await page.getByRole('button', { name: 'Enviar Teste' }).click();
		await page.getByText('Mensagem de teste enviada para +55 11 98888-7777.', { exact: false }).waitFor();
		expect(rig.channel.sent.map(({ address, content }) => ({ address, content }))).toEqual([
			{ address: '5511988887777', content: { type: 'text', text: 'Teste de integração WhatsApp' } },
		]);
		await views('console-test-sent');
		rig.channel.next = {
			type: 'refused',
			error: { code: 'notOnWhatsApp', title: 'not on WhatsApp', details: '' },
			retry: { kind: 'never' },
			explanation: 'O número +55 11 98888-7777 não está no WhatsApp.',
		};
		await page.getByRole('button', { name: 'Enviar Teste' }).click();
		await page.getByText('não está no WhatsApp.', { exact: false }).waitFor();
		await views('console-test-refused');
	});

	it.each([
		['unreachable', 25_000, 'Reconectando', 'não pôde ser alcançado', /^Nova tentativa em 2\d s$/],
		[
			'outdated',
			3_600_000,
			'Desatualizado',
			'atualize o pacote n8n-nodes-whatsapp-desk',
			/^Nova tentativa às \d\d:\d\d$/,
		],
	])(
		'tells that it is %s with the next attempt, and tries at once when asked',
		async (problem, ms, badge, why, when) => {
			const next = { next_attempt_at: Date.now() + ms, problem, problem_detail: 'código 428' };
			await rig.put('atendimento', { ...connected(3), state: 'reconnecting', ...next });
			await page.getByText(when).waitFor();
			expect(await page.getByTestId('badge').innerText()).toBe(badge);
			expect(await page.getByTestId('picture').locator('.notice').innerText()).toContain(why);
			expect(await page.getByRole('button', { name: 'Enviar Teste' }).count()).toBe(0);
			await views(`console-${problem === 'unreachable' ? 'reconnecting' : problem}`);
			await page.getByRole('button', { name: 'Tentar agora' }).click();
			await page.getByText('Tentando de novo…').waitFor();
		},
	);

	it.each([
		['codeExpired', 'Ativar com novo QR Code', null],
		['otherNumber', 'Ativar com novo QR Code', null],
		['loggedOut', 'Ativar com novo QR Code', null],
		['mustRelink', 'Ativar com novo QR Code', null],
		['replaced', 'Ativar aqui', 3],
		['banned', 'Ativar', 3],
		['wrongKey', 'Tentar de novo', 3],
		['corruptState', 'Tentar de novo', 3],
	] as const)('explains %s and has the button that helps', async (problem, button, linkedDays) => {
		const detail = problem === 'otherNumber' ? '5511977776666' : null;
		const link = linkedDays === null ? NONE : { ...connected(linkedDays) };
		await rig.put('atendimento', { ...link, state: 'stopped', problem, problem_detail: detail });
		await page.getByRole('button', { name: button, exact: true }).waitFor();
		expect(await page.getByTestId('picture').locator('.notice').innerText()).not.toBe('');
		const isLocked = (await page.getByTestId('phone').getAttribute('readonly')) !== null;
		expect(isLocked).toBe(linkedDays !== null);
		await views(`console-${problem}`);
		await page.getByRole('button', { name: button, exact: true }).click();
		await page.getByTestId('badge').getByText('Começando').waitFor();
		expect(await rig.wanted('atendimento')).toEqual({ wanted: 1, phone: PHONE, pairing_wanted: 0 });
	});

	it('tells a restriction of a number that is connected', async () => {
		await rig.put('atendimento', { ...connected(1), problem: 'restricted' });
		await page.getByText('O WhatsApp restringiu o número', { exact: false }).waitFor();
		await views('console-restricted');
	});

	it('asks before it deactivates, and is then as at first (B-20, B-22, B-33)', async () => {
		await page.getByRole('button', { name: 'Desativar' }).click();
		await page.getByRole('dialog').getByText('ler um novo QR Code', { exact: false }).waitFor();
		await views('console-confirm');
		await page.keyboard.press('Escape');
		expect((await rig.wanted('atendimento')).wanted).toBe(1);
		await page.getByRole('button', { name: 'Desativar' }).click();
		await page.getByTestId('agree').click();
		// The owner tells WhatsApp first.
		await page.getByRole('button', { name: 'Desativando…' }).waitFor();
		await eventually(async () => (await rig.wanted('atendimento')).wanted === 0);
		await rig.put('atendimento', { ...NONE, wanted: 0, state: 'inactive' }, { owned: false });
		await page.getByRole('button', { name: 'Ativar', exact: true }).waitFor();
		await page.getByRole('button', { name: 'Desativando…' }).waitFor({ state: 'hidden' });
		expect(await page.getByTestId('phone').getAttribute('readonly')).toBeNull();
		expect(await page.getByTestId('phone').inputValue()).toBe('+55 11 99999-9999');
	});

	it('shows several numbers as tabs, which arrows change', async () => {
		await rig.put('atendimento', connected(2));
		await rig.put('comercial', { ...scan(), phone: '5521988887777' });
		await rig.put('financeiro', { ...NONE, phone: null, state: 'inactive', wanted: 0 }, { owned: false });
		const tab = page.getByRole('tab', { name: /financeiro/ });
		await tab.waitFor();
		await page.getByRole('tab', { name: /atendimento/ }).focus();
		await page.keyboard.press('ArrowRight');
		await page.getByTestId('qr').waitFor();
		expect(await page.evaluate('location.hash')).toBe('#comercial');
		expect(await page.evaluate('document.activeElement.id')).toBe('tab-comercial');
		await views('console-tabs');
		await tab.click();
		await page.getByText('Informe o número e clique em', { exact: false }).waitFor();
	});

	it('keeps what is being typed while others change (B-27)', async () => {
		const field = page.getByTestId('phone');
		await field.fill('+55 31 3');
		await field.focus();
		await rig.put('financeiro', { heard_at: Date.now() }, { owned: false });
		await rig.put('comercial', { ...connected(1), phone: '5521988887777' });
		await page.getByRole('tab', { name: /comercial.*Conectado/ }).waitFor();
		expect(await field.inputValue()).toBe('+55 31 3');
		expect(await page.evaluate('document.activeElement.dataset.testid')).toBe('phone');
	});

	it('shows names as they are, whatever they hold', async () => {
		await rig.put('atendimento', { ...connected(1), name: HOSTILE });
		await page.getByRole('tab', { name: /atendimento/ }).click();
		await page.getByText(HOSTILE).waitFor();
		expect(await page.title()).toBe('WhatsApp Desk');
	});

	it('refuses scripts that are not its own, even if they get in', async () => {
		const blocked = await page.evaluate(`(() => {
			const outcomes = [];
			try { document.body.innerHTML = '<b>x</b>'; outcomes.push('parsed'); } catch (error) { outcomes.push(error.name); }
			const script = document.createElement('script');
			try { script.textContent = 'document.title = "hacked"'; document.body.append(script); outcomes.push('added'); }
			catch (error) { outcomes.push(error.name); }
			return outcomes;
		})()`);
		expect(blocked).toEqual(['TypeError', 'TypeError']);
		expect(await page.title()).toBe('WhatsApp Desk');
		complaints.length = 0;
	});

	it('opens one stream for all tabs of a browser, and the next tab takes over', async () => {
		const second = await context.newPage();
		await second.goto(rig.url);
		await second.getByRole('heading', { name: 'Ativação' }).waitFor();
		await rig.put('atendimento', { ...connected(1), name: 'Dois' });
		await second.getByText('Dois').waitFor();
		await page.getByText('Dois').waitFor();
		expect(rig.desk.pages.watchers).toBe(1);
		await page.close();
		page = second;
		await rig.put('atendimento', { ...connected(1), name: 'Três' });
		await second.getByText('Três').waitFor();
		expect(rig.desk.pages.watchers).toBe(1);
	});

	it('says that the server is gone and goes on when it is back', async () => {
		await rig.stop();
		await page.getByText('Sem conexão com o servidor.', { exact: false }).waitFor();
		await views('console-offline');
		await rig.start();
		await rig.put('atendimento', { ...connected(1), name: 'De volta' });
		await page.getByText('De volta').waitFor();
		expect(await page.getByTestId('line').isHidden()).toBe(true);
	});

	it('leaves nothing on the page after signing out, in every tab', async () => {
		const second = await context.newPage();
		await second.goto(rig.url);
		await second.getByRole('heading', { name: 'Ativação' }).waitFor();
		await page.getByRole('button', { name: 'Sair' }).click();
		await page.getByLabel('Senha').waitFor();
		await second.getByLabel('Senha').waitFor();
		await second.reload();
		await second.getByLabel('Senha').waitFor();
		expect(rig.desk.pages.watchers).toBe(0);
	});

	it('says how to begin where there is no number yet', async () => {
		for (const name of ['atendimento', 'comercial', 'financeiro']) await rig.remove(name);
		await openPage();
		await page.getByLabel('Senha').fill(PASSWORD);
		await page.keyboard.press('Enter');
		await page.getByText('Nenhum número para ativar ainda').waitFor();
		await views('console-empty');
		expect(complaints).toEqual([]);
	});

	/** Pictures as people see it: a screen by day, a phone by night. */
	async function views(name: string): Promise<void> {
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await screenshot(page, `${name}-desktop`, { fullPage: true });
		await page.setViewportSize({ width: 390, height: 844 });
		await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
		await screenshot(page, `${name}-phone`, { fullPage: true });
		const tooWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
		expect([name, tooWide]).toEqual([name, false]);
		await page.setViewportSize({ width: 1180, height: 860 });
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	}
});
