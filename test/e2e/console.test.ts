import type { Browser } from 'playwright-core';
import { openBrowser, screenshot } from '../support/chromium';
import { canvasNode, complaintsOf, editorUrl, logIn, openWorkflow } from '../support/editor';
import { eventually } from '../support/eventually';
import {
	CONSOLE_CREDENTIAL,
	CONSOLE_PASSWORD,
	CONSOLE_WORKFLOW,
	DEVICE_CREDENTIAL,
	SESSION,
} from '../support/linked-device-rig';
import { startN8n, type RealN8n } from '../support/real-n8n';

/** Holds the session, so that it is known; nobody activates it here. */
const HOLDER = {
	id: 'sessionHolder001',
	name: 'Atende',
	nodes: [
		{
			id: '33333333-3333-4333-8333-333333333333',
			name: 'Chegou mensagem',
			type: 'n8n-nodes-whatsapp-desk.whatsAppTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: { connectThrough: 'linkedDevice' },
		},
	],
	connections: {},
	settings: { executionOrder: 'v1' },
};

describe('the pages of the desk in a real n8n', () => {
	let n8n: RealN8n;
	let browser: Browser;
	let url: string;

	beforeAll(async () => {
		[n8n, browser] = await Promise.all([
			startN8n({ credentials: [CONSOLE_CREDENTIAL, DEVICE_CREDENTIAL], workflows: [CONSOLE_WORKFLOW, HOLDER] }),
			openBrowser(),
		]);
		url = `${editorUrl(n8n)}/webhook/whatsapp-desk`;
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
	});

	it('lets a person in, who sees the session that a published workflow holds, and out again', async () => {
		const context = await browser.newContext({ viewport: { width: 1180, height: 860 }, locale: 'pt-BR' });
		const page = await context.newPage();
		const complaints = complaintsOf(page);
		await page.goto(url);
		await page.getByLabel('Senha').fill(CONSOLE_PASSWORD);
		await page.getByRole('button', { name: 'Entrar' }).click();
		await page.getByRole('heading', { name: SESSION }).waitFor();
		const [cookie] = await context.cookies(url);
		expect(cookie).toMatchObject({
			name: 'whatsapp_desk_console',
			path: '/webhook/whatsapp-desk',
			httpOnly: true,
			secure: false,
			sameSite: 'Strict',
		});
		// A tab opened from elsewhere in the same browser finds its way in by itself.
		const other = await context.newPage();
		await other.goto(`${url}/#${SESSION}`);
		await other.getByRole('button', { name: 'Ativar', exact: true }).waitFor();
		await page.getByRole('button', { name: 'Sair' }).click();
		await other.getByLabel('Senha').waitFor();
		expect(complaints).toEqual([]);
		await context.close();
	});

	it('keeps its own headers on the way through n8n, and lets no other site read', async () => {
		const response = await fetch(url, { headers: { origin: 'https://evil.example' } });
		const headers: Record<string, string> = {};
		response.headers.forEach((value, name) => (headers[name] = value));
		expect(headers).toMatchObject({
			'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'nonce-[\w-]{22}'; /),
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'referrer-policy': 'no-referrer',
		});
		expect(response.headers.get('access-control-allow-origin')).toBeNull();
		const entering = await fetch(`${url}?api=signIn`, {
			method: 'POST',
			headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
			body: JSON.stringify({ password: CONSOLE_PASSWORD, path: '/' }),
		});
		expect([entering.status, entering.headers.get('set-cookie')]).toEqual([403, null]);
	});

	it('streams through n8n’s compression without holding anything back', async () => {
		const { origin, pathname } = new URL(url);
		const entering = await fetch(`${url}?api=signIn`, {
			method: 'POST',
			headers: { origin, 'content-type': 'application/json' },
			body: JSON.stringify({ password: CONSOLE_PASSWORD, path: pathname }),
		});
		const cookie = entering.headers.get('set-cookie')!.split(';')[0]!;
		const stop = new AbortController();
		const stream = await fetch(`${url}?api=stream`, {
			headers: { cookie, 'accept-encoding': 'gzip, br' },
			signal: stop.signal,
		});
		expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
		expect(stream.headers.get('content-encoding')).toBeNull();
		let heard = '';
		const listening = (async () => {
			const [reader, decoder] = [stream.body!.getReader(), new TextDecoder()];
			for (;;) heard += decoder.decode((await reader.read()).value, { stream: true });
		})().catch(() => undefined);
		await eventually(() => heard.includes(`"sessionName":"${SESSION}"`));
		stop.abort();
		await listening;
	});

	it('shows its address and its credential in the editor, without warnings', async () => {
		const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
		await logIn(page, n8n);
		await openWorkflow(page, n8n, CONSOLE_WORKFLOW.id);
		await canvasNode(page, 'Desk Console').dblclick();
		await page.getByText('Publish this workflow and open the PRODUCTION URL', { exact: false }).waitFor();
		expect(await page.locator('[data-test-id="node-issues"]').count()).toBe(0);
		await screenshot(page, 'console-editor');
		await page.close();
	});
});
