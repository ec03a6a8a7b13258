import { createCloudApiChannel } from '../../../../../../engine/channel/cloud-api/channel';
import { FIELDS } from '../../../../../../engine/channel/cloud-api/webhook/plan';
import type { Finding } from '../../../../../../engine/channel/port';
import { startGraphDouble, type GraphDouble } from '../../../../../support/graph-double';

const OURS = 'https://n8n.exemplo.com.br/webhook/desk/cloud-api';
const THEIRS = 'https://outro.exemplo.com.br/webhook';
const SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];
const DAY_S = 86_400;
const SECRETS = ['token-secreto', 'segredo-do-app'];

// A proxy of the machine would answer in place of the servers of these tests.
process.env.NO_PROXY = '*';

let graph: GraphDouble;
beforeEach(async () => {
	graph = await startGraphDouble({
		'GET /debug_token': { body: { data: { is_valid: true, app_id: '77', expires_at: 0, scopes: SCOPES } } },
		'GET /100': ({ query }) => ({ body: { id: '100', ...numberFacts(query.fields!) } }),
		'GET /77/subscriptions': appCallback(OURS),
		'GET /200/subscribed_apps': { body: { data: [{ whatsapp_business_api_data: { id: '77', name: 'Loja' } }] } },
		'GET /200/message_templates': { body: { data: [template('aviso_os', 'APPROVED')] } },
	});
});
afterEach(async () => await graph.close());

let overrides: Record<string, string> = {};
beforeEach(() => (overrides = {}));

function numberFacts(fields: string): object {
	if (fields === 'webhook_configuration') return { webhook_configuration: { application: OURS, ...overrides } };
	if (fields.includes('messaging_limit')) return { whatsapp_business_manager_messaging_limit: 'TIER_2K' };
	return {
		display_phone_number: '+55 11 3000-0000',
		verified_name: 'Loja Exemplo',
		quality_rating: 'GREEN',
		status: 'CONNECTED',
		platform_type: 'CLOUD_API',
		health_status: { can_send_message: 'AVAILABLE' },
	};
}

function appCallback(url: string, fields: readonly string[] = FIELDS, active = true) {
	const one = {
		object: 'whatsapp_business_account',
		callback_url: url,
		active,
		fields: fields.map((name) => ({ name })),
	};
	return { body: { data: [one] } };
}

function template(name: string, status: string, more: object = {}) {
	const components = [{ type: 'BODY', text: 'Olá' }];
	return { id: name, name, language: 'pt_BR', category: 'UTILITY', status, components, ...more };
}

async function diagnose(change: object = {}, receivingAt = [OURS]): Promise<Finding[]> {
	const given = {
		accessToken: SECRETS[0]!,
		phoneNumberId: '100',
		wabaId: '200',
		appSecret: SECRETS[1]!,
		verifyToken: 'chave',
		appId: '77',
		graphVersion: 'v26.0',
		baseUrl: graph.url,
		...change,
	};
	const channel = createCloudApiChannel(given, { timeoutMs: 2_000 });
	const findings = await channel.diagnose!(receivingAt);
	channel.close!();
	for (const secret of SECRETS) expect(JSON.stringify(findings)).not.toContain(secret);
	for (const { ok, fix } of findings) expect(ok).toBe(fix === null);
	return findings;
}
const wrongs = (findings: Finding[]) => findings.filter(({ ok }) => !ok).map(({ check, found }) => [check, found]);

describe('diagnosing a number at Meta (X-13, D-30)', () => {
	it('finds everything in order', async () => {
		expect((await diagnose()).map(({ check, found }) => `${check}: ${found}`)).toEqual([
			'credential: The credential has everything the desk needs.',
			'token: The access token is valid and does not expire.',
			'permissions: The token may send and receive messages and manage templates and webhooks.',
			'appSecret: App ID, App Secret and Access Token belong together.',
			'number: +55 11 3000-0000 (Loja Exemplo) is registered and connected, and nothing limits it; quality: green.',
			'messagingLimit: Meta lets the business start conversations with 2,000 people in 24 hours, all numbers together.',
			'accountSubscription: The WhatsApp account is subscribed to Loja (77).',
			`callback: Meta delivers messages to ${OURS}, where this desk receives.`,
			'override: No override takes messages away from the callback of the app.',
			'fields: The app listens to messages and to all news the desk understands.',
			'templates: 1 template: 1 approved.',
			"clock: The clock of this machine agrees with Meta's.",
		]);
	});

	it('does without an App ID and says what it could not see', async () => {
		const findings = await diagnose({ appId: '' });
		expect(wrongs(findings)).toEqual([]);
		expect(findings.filter(({ found }) => found.startsWith('Not checked')).map(({ check }) => check)).toEqual([
			'appSecret',
			'fields',
		]);
	});

	it('names every empty field and asks nothing when it cannot', async () => {
		expect((await diagnose({ accessToken: '', verifyToken: '' })).map(({ found }) => found.split('.')[0])).toEqual([
			'Access Token is empty',
			'Verify Token is empty',
		]);
		expect(graph.calls).toEqual([]);
	});

	it.each<[string, object, string]>([
		[
			'dead',
			{ is_valid: false, error: { message: 'Session has expired' } },
			'Meta does not accept the access token. Session has expired',
		],
		[
			'without a permission',
			{ is_valid: true, scopes: [SCOPES[0]] },
			'The token lacks the permission whatsapp_business_management.',
		],
		[
			'for another account',
			{ is_valid: true, scopes: SCOPES, granular_scopes: SCOPES.map((scope) => ({ scope, target_ids: ['999'] })) },
			'The token may use other WhatsApp accounts, but not 200 (whatsapp_business_messaging, whatsapp_business_management).',
		],
	])('tells a token that is %s', async (_, data, found) => {
		graph.answers['GET /debug_token'] = { body: { data: { app_id: '77', ...data } } };
		expect(wrongs(await diagnose()).map(([, text]) => text)).toEqual([found]);
	});

	it('warns two weeks before a token ends', async () => {
		const at = (days: number) => Math.floor(Date.now() / 1000) + days * DAY_S + 60;
		const token = (days: number) => ({
			body: { data: { is_valid: true, app_id: '77', scopes: SCOPES, expires_at: at(days) } },
		});
		graph.answers['GET /debug_token'] = token(13);
		expect(wrongs(await diagnose())).toEqual([['token', expect.stringContaining('13 days from now')]]);
		graph.answers['GET /debug_token'] = token(15);
		expect(wrongs(await diagnose())).toEqual([]);
	});

	it('tells an account that no app, or only another app, is subscribed to', async () => {
		graph.answers['GET /200/subscribed_apps'] = { body: { data: [] } };
		expect(wrongs(await diagnose())).toEqual([
			['accountSubscription', 'No app is subscribed to the WhatsApp account, so nothing arrives.'],
		]);
		graph.answers['GET /200/subscribed_apps'] = { body: { data: [{ whatsapp_business_api_data: { id: '88' } }] } };
		expect(wrongs(await diagnose({ appId: '' }))).toEqual([
			['accountSubscription', 'The WhatsApp account is subscribed to 88, but not to the app of this credential (77).'],
		]);
	});

	it('tells messages that go somewhere else, and names the place (D-29)', async () => {
		overrides = { application: THEIRS };
		expect(wrongs(await diagnose())).toEqual([
			['callback', `Meta delivers messages to ${THEIRS} (set for the app), but this desk receives at ${OURS}.`],
		]);
		overrides = { phone_number: THEIRS };
		expect(wrongs(await diagnose()).map(([check]) => check)).toEqual(['callback', 'override']);
		overrides = { whatsapp_business_account: THEIRS };
		expect(wrongs(await diagnose())[1]).toEqual([
			'override',
			`An override of the WhatsApp account sends messages to ${THEIRS}, past the callback of the app.`,
		]);
	});

	it('is content with an override that brings messages here', async () => {
		overrides = { phone_number: OURS, application: THEIRS };
		const findings = await diagnose();
		expect(wrongs(findings)).toEqual([]);
		expect(findings.find(({ check }) => check === 'override')!.found).toBe(
			`An override of the number brings messages here; news of templates and the account still go to ${THEIRS}.`,
		);
	});

	it('tells that there is no callback, or none this desk knows of', async () => {
		overrides = { application: '' };
		expect(wrongs(await diagnose())[0]).toEqual(['callback', 'Meta has no callback URL, so nothing arrives.']);
		overrides = {};
		expect(wrongs(await diagnose({}, []))).toEqual([
			['callback', `Meta delivers messages to ${OURS}, but this desk knows of no published Cloud API Webhook.`],
		]);
	});

	it.each<[string, ReturnType<typeof appCallback>, string]>([
		[
			'lacks messages',
			appCallback(OURS, ['account_update']),
			'The app does not listen to "messages": neither messages nor delivery reports arrive.',
		],
		[
			'lacks other news',
			appCallback(
				OURS,
				FIELDS.filter((field) => field !== 'security'),
			),
			'The app does not listen to security.',
		],
		['is switched off', appCallback(OURS, FIELDS, false), 'The webhook of the app is switched off.'],
		['is missing', { body: { data: [] } }, 'The app has no webhook for WhatsApp.'],
	])('tells a webhook of the app that %s', async (_, answer, found) => {
		graph.answers['GET /77/subscriptions'] = answer;
		expect(wrongs(await diagnose())).toEqual([['fields', found]]);
	});

	it('counts templates by state and names the stopped ones', async () => {
		const data = [
			template('a', 'APPROVED'),
			template('b', 'PENDING'),
			template('c', 'REJECTED', { rejected_reason: 'INVALID_FORMAT' }),
			template('d', 'PAUSED'),
		];
		graph.answers['GET /200/message_templates'] = { body: { data } };
		const [[check, found]] = wrongs(await diagnose()) as [[string, string]];
		expect(check).toBe('templates');
		expect(found).toMatch(
			/^4 templates: 1 approved, 1 pending, 1 rejected, 1 paused\. Stopped: c \(pt_BR\) rejected.*; d \(pt_BR\) paused\.$/,
		);
	});

	it('tells a clock that is wrong by more than a minute', async () => {
		graph.aheadMs = 30_000;
		expect(wrongs(await diagnose())).toEqual([]);
		graph.aheadMs = 5 * 60_000 + 5_000;
		expect(wrongs(await diagnose())).toEqual([
			['clock', "The clock of this machine is 5 minutes behind Meta's, so the 24 h window is judged wrongly."],
		]);
	});

	it('lets no failing check hide another', async () => {
		graph.answers['GET /77/subscriptions'] = 'silence';
		graph.answers['GET /200/subscribed_apps'] = { error: 100, subcode: 33 };
		graph.answers['GET /200/message_templates'] = { error: 200 };
		const findings = await diagnose();
		expect(wrongs(findings).map(([check]) => check)).toEqual(['accountSubscription', 'fields', 'templates']);
		expect(findings).toHaveLength(12);
	});
});
