import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeskConsole } from '../../../../nodes/DeskConsole/DeskConsole.node';
import { closeDesk } from '../../../../nodes/shared/desk';
import { callWebhook, type WebhookCall } from '../../../support/call-webhook';

const PASSWORD = 'senha do painel 1';

describe('the Desk Console node', () => {
	const before = process.env.N8N_USER_FOLDER;
	let folder: string;

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'desk-console-'));
		process.env.N8N_USER_FOLDER = folder;
		process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${join(folder, 'desk.sqlite')}`;
	});
	afterAll(async () => {
		await closeDesk();
		process.env.N8N_USER_FOLDER = before;
		delete process.env.WHATSAPP_DESK_DATABASE_URL;
		rmSync(folder, { recursive: true, force: true });
	});

	const call = (request: WebhookCall) =>
		callWebhook({ node: new DeskConsole(), credentials: { deskConsole: { password: PASSWORD } }, ...request });

	it('answers a browser with the page and starts no run', async () => {
		const answer = await call({ method: 'GET' });
		expect(answer).toMatchObject({ status: 200, workflowData: null });
		expect(answer.headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
		expect(String(answer.body)).toContain('<title>WhatsApp Desk</title>');
	});

	it('takes the exact bytes of a change and the password of its credential', async () => {
		const signIn = (password: string, origin: string) =>
			call({
				method: 'POST',
				query: { api: 'signIn' },
				headers: { host: 'desk.example', origin, 'content-type': 'application/json' },
				rawBody: JSON.stringify({ password, path: '/webhook/whatsapp-desk' }),
			});
		expect((await signIn(PASSWORD, 'https://evil.example')).status).toBe(403);
		expect((await signIn('errada', 'https://desk.example')).status).toBe(401);
		const answer = await signIn(PASSWORD, 'https://desk.example');
		expect(answer.status).toBe(200);
		expect(answer.headers['set-cookie']).toContain('; HttpOnly; SameSite=Strict');
	});

	it('does not listen to a question that comes twice', async () => {
		const answer = await call({ method: 'GET', query: { api: ['state', 'stream'] } as never });
		expect(String(answer.body)).toContain('<title>WhatsApp Desk</title>');
	});

	it('has one address, frozen, without expressions', () => {
		const { webhooks, version } = new DeskConsole().description;
		expect(version).toBe(2);
		expect(webhooks!.map(({ httpMethod, path, isFullPath }) => [httpMethod, path, isFullPath])).toEqual([
			['GET', 'whatsapp-desk', true],
			['POST', 'whatsapp-desk', true],
		]);
		expect(JSON.stringify(webhooks)).not.toContain('"=');
	});

	it.each([
		['curta', 'Error', /has 5 characters/],
		[PASSWORD, 'OK', /long enough/],
	])('tests the credential: %s', async (password, status, message) => {
		const { deskConsoleCredentialTest: test } = new DeskConsole().methods.credentialTest;
		const result = await test.call({} as never, { id: '1', name: 'x', type: 'deskConsole', data: { password } });
		expect(result).toEqual({ status, message: expect.stringMatching(message) });
	});
});
