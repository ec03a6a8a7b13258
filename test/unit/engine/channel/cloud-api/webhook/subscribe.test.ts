import { tidyCredentials } from '../../../../../../engine/channel/cloud-api/credentials';
import { FIELDS } from '../../../../../../engine/channel/cloud-api/webhook/plan';
import { leaveWebhook, subscribeWebhook } from '../../../../../../engine/channel/cloud-api/webhook/subscribe';
import { startGraphDouble, type GraphDouble } from '../../../../../support/graph-double';

const OURS = 'https://n8n.exemplo.com.br/webhook/desk/cloud-api';
const THEIRS = 'https://outro.exemplo.com.br/webhook';
const TOKEN = 'token-secreto';
const SECRET = 'segredo-do-app';
const FAST = { timeoutMs: 2_000, pausesMs: [1, 1] };

// A proxy of the machine would answer in place of the servers of these tests.
process.env.NO_PROXY = '*';

let graph: GraphDouble;
beforeEach(async () => {
	graph = await startGraphDouble({
		'GET /77/subscriptions': { body: { data: [] } },
		'POST /77/subscriptions': { body: { success: true } },
		'DELETE /77/subscriptions': { body: { success: true } },
		'GET /200/subscribed_apps': { body: { data: [] } },
		'POST /200/subscribed_apps': { body: { success: true } },
		'GET /100': { body: { id: '100', webhook_configuration: { application: THEIRS } } },
		'POST /100': { body: { success: true } },
		'GET /debug_token': { body: { data: { is_valid: true, app_id: '77' } } },
	});
});
afterEach(async () => await graph.close());

const credentials = (change: object = {}) =>
	tidyCredentials({
		accessToken: TOKEN,
		phoneNumberId: '100',
		wabaId: '200',
		appSecret: SECRET,
		verifyToken: 'chave',
		appId: '77',
		baseUrl: graph.url,
		...change,
	});
const app = { mode: 'app', url: OURS, replace: false } as const;
const number = { mode: 'number', url: OURS, replace: false } as const;
const changes = () => graph.calls.filter(({ call }) => !call.startsWith('GET'));
const subscribed = (url: string, fields = FIELDS) => ({
	body: {
		data: [
			{ object: 'page', callback_url: 'https://x', active: true, fields: [] },
			{
				object: 'whatsapp_business_account',
				callback_url: url,
				active: true,
				fields: fields.map((name) => ({ name, version: 'v26.0' })),
			},
		],
	},
});

describe('making Meta deliver here (D-29, D-30)', () => {
	it('sets the callback with the app token and subscribes the account with the access token', async () => {
		expect(await subscribeWebhook(credentials(), app, FAST)).toEqual({ type: 'subscribed', changed: true });
		expect(changes()).toEqual([
			{
				call: 'POST /77/subscriptions',
				token: `77|${SECRET}`,
				query: {},
				body: {
					object: 'whatsapp_business_account',
					callback_url: OURS,
					verify_token: 'chave',
					fields: FIELDS.join(','),
					include_values: true,
				},
			},
			{ call: 'POST /200/subscribed_apps', token: TOKEN, query: {}, body: {} },
		]);
	});

	it('asks nothing of Meta that is already so', async () => {
		graph.answers['GET /77/subscriptions'] = subscribed(OURS);
		graph.answers['GET /200/subscribed_apps'] = {
			body: { data: [{ whatsapp_business_api_data: { id: '77', name: 'Loja' } }] },
		};
		expect(await subscribeWebhook(credentials(), app, FAST)).toEqual({ type: 'subscribed', changed: false });
		expect(changes()).toEqual([]);
	});

	it('leaves the callback of somebody else alone and names it', async () => {
		graph.answers['GET /77/subscriptions'] = subscribed(THEIRS);
		expect(await subscribeWebhook(credentials(), app, FAST)).toEqual({ type: 'taken', level: 'app', url: THEIRS });
		expect(changes()).toEqual([]);
	});

	it('sets the address of one number without an App ID', async () => {
		expect(await subscribeWebhook(credentials({ appId: '' }), number, FAST)).toEqual({
			type: 'subscribed',
			changed: true,
		});
		expect(changes()).toEqual([
			{ call: 'POST /200/subscribed_apps', token: TOKEN, query: {}, body: {} },
			{
				call: 'POST /100',
				token: TOKEN,
				query: {},
				body: { webhook_configuration: { override_callback_uri: OURS, verify_token: 'chave' } },
			},
		]);
	});

	it('does without the fields an app may not have', async () => {
		graph.answers['POST /77/subscriptions'] = [{ error: 100 }, { body: { success: true } }];
		expect(await subscribeWebhook(credentials(), app, FAST)).toMatchObject({ type: 'subscribed' });
		expect(changes()[1]!.body!.fields).not.toContain('smb_message_echoes');
	});

	it('asks again when Meta could not verify an address that has just been published', async () => {
		graph.answers['POST /77/subscriptions'] = [{ error: 2200, message: 'HTTP 404' }, { body: { success: true } }];
		expect(await subscribeWebhook(credentials(), app, FAST)).toMatchObject({ type: 'subscribed' });
	});

	it('gives up after some attempts and says what Meta said', async () => {
		graph.answers['POST /77/subscriptions'] = { error: 2200, message: 'Callback verification failed: HTTP 404' };
		expect(await subscribeWebhook(credentials(), app, FAST)).toMatchObject({
			type: 'failed',
			passing: false,
			unverified: true,
			problem: {
				what: `Meta could not verify the address ${OURS}.`,
				why: 'Callback verification failed: HTTP 404',
				fix: expect.stringContaining('WEBHOOK_URL'),
			},
		});
		expect(changes()).toHaveLength(3);
	});

	it.each<[string, object, GraphDouble['answers'], string]>([
		['there is no App ID', { appId: '' }, {}, 'App ID is empty in the credential.'],
		['there is no verify token', { verifyToken: '' }, {}, 'Verify Token is empty in the credential.'],
		[
			'the app secret is wrong',
			{},
			{ 'GET /77/subscriptions': { error: 190 } },
			'Meta does not accept App ID and App Secret together.',
		],
		[
			'the account is unknown',
			{},
			{ 'GET /200/subscribed_apps': { error: 100, subcode: 33 } },
			'Meta does not know this WhatsApp Business Account ID for this token.',
		],
		['the token is dead', {}, { 'GET /200/subscribed_apps': { error: 190 } }, 'Meta does not accept the access token.'],
	])('changes nothing when %s', async (_, change, answers, what) => {
		Object.assign(graph.answers, answers);
		const result = await subscribeWebhook(credentials(change), app, FAST);
		expect(result).toMatchObject({ type: 'failed', passing: false, problem: { what } });
		expect(changes()).toEqual([]);
		expect(JSON.stringify(result)).not.toContain(SECRET);
		expect(JSON.stringify(result)).not.toContain(TOKEN);
	});

	it('tells what may pass from what somebody has to mend', async () => {
		graph.answers['GET /100'] = 'silence';
		expect(await subscribeWebhook(credentials(), app, FAST)).toMatchObject({ type: 'failed', passing: true });
		graph.answers['GET /100'] = { error: 80007 };
		expect(await subscribeWebhook(credentials(), app, FAST)).toMatchObject({ type: 'failed', passing: true });
	});

	it('sends Meta no address that is too long for a number', async () => {
		const wish = { ...number, url: `${OURS}/${'x'.repeat(200)}` };
		graph.answers['GET /77/subscriptions'] = subscribed(THEIRS);
		expect(await subscribeWebhook(credentials(), wish, FAST)).toMatchObject({
			problem: { what: 'The address of this node is too long for one number.' },
		});
	});
});

describe('taking it back', () => {
	it('deletes its own callback and its own address of the number', async () => {
		graph.answers['GET /77/subscriptions'] = subscribed(OURS);
		graph.answers['GET /100'] = { body: { id: '100', webhook_configuration: { phone_number: OURS } } };
		expect(await leaveWebhook(credentials(), OURS, FAST)).toEqual({ type: 'left', changed: true });
		expect(changes()).toEqual([
			{
				call: 'DELETE /77/subscriptions',
				token: `77|${SECRET}`,
				query: { object: 'whatsapp_business_account' },
				body: null,
			},
			{
				call: 'POST /100',
				token: TOKEN,
				query: {},
				body: { webhook_configuration: { override_callback_uri: '' } },
			},
		]);
	});

	it('leaves what belongs to somebody else', async () => {
		graph.answers['GET /77/subscriptions'] = subscribed(THEIRS);
		expect(await leaveWebhook(credentials(), OURS, FAST)).toEqual({ type: 'left', changed: false });
		expect(changes()).toEqual([]);
	});
});
