import { problemText } from '../../../../../engine/channel/cloud-api/describe-test';
import type { GraphAnswer } from '../../../../../engine/channel/cloud-api/graph';
import { readHealth } from '../../../../../engine/channel/cloud-api/health';

const HOST = 'graph.facebook.com';
const HEALTHY = {
	id: '100200300400500',
	display_phone_number: '+55 11 3000-0000',
	verified_name: 'Loja Exemplo',
	quality_rating: 'GREEN',
	status: 'CONNECTED',
	platform_type: 'CLOUD_API',
	webhook_configuration: { application: 'https://n8n.exemplo.com.br/webhook/x' },
	health_status: { can_send_message: 'AVAILABLE', entities: [] },
};

const answered = (body: unknown, status = 200): GraphAnswer => ({ type: 'answered', status, body });
const refused = (code: number, more: object = {}) => answered({ error: { code, message: 'no', ...more } }, 400);
const problemsOf = (change: object) => readHealth(answered({ ...HEALTHY, ...change }), HOST);

describe('health of a number (B-31, D-30)', () => {
	it('is good when Meta finds nothing', () => {
		expect(readHealth(answered(HEALTHY), HOST)).toEqual({
			ok: true,
			phone: '+55 11 3000-0000',
			name: 'Loja Exemplo',
			quality: 'green',
			problems: [],
		});
	});

	it('is good when Meta leaves optional facts out', () => {
		expect(readHealth(answered({ id: '1' }), HOST)).toEqual({
			ok: true,
			phone: null,
			name: null,
			quality: 'unknown',
			problems: [],
		});
	});

	it.each([
		['not on the Cloud API', { platform_type: 'NOT_APPLICABLE' }, 'The number is not registered on the Cloud API.'],
		['disconnected', { status: 'DISCONNECTED' }, 'The number is disconnected, not connected.'],
		['blocked', { health_status: { can_send_message: 'BLOCKED' } }, 'Meta is blocking messages of this number.'],
		[
			'without any webhook',
			{ webhook_configuration: {} },
			'No webhook is configured, so nothing a customer writes will arrive.',
		],
	])('is bad when the number is %s', (_, change, what) => {
		const health = problemsOf(change);
		expect(health.ok).toBe(false);
		expect(health.problems.map((problem) => problem.what)).toEqual([what]);
	});

	it.each([
		['limited', { health_status: { can_send_message: 'LIMITED' } }, 'Meta limits the messages of this number.'],
		['of low quality', { quality_rating: 'RED' }, 'The quality of the number is low.'],
	])('is good with a warning when the number is %s', (_, change, what) => {
		const health = problemsOf(change);
		expect(health.ok).toBe(true);
		expect(health.problems.map((problem) => problem.what)).toEqual([what]);
	});

	it('repeats the reasons and solutions Meta gives', () => {
		const entities = [
			{ entity_type: 'PHONE_NUMBER', can_send_message: 'AVAILABLE' },
			{
				entity_type: 'WABA',
				can_send_message: 'BLOCKED',
				errors: [{ error_code: 141006, error_description: 'No payment method.', possible_solution: 'Add one.' }],
			},
		];
		const [problem] = problemsOf({ health_status: { can_send_message: 'BLOCKED', entities } }).problems;
		expect(problem).toMatchObject({ why: 'No payment method.', fix: 'Add one.' });
	});
});

describe('explanation of a failed credential test', () => {
	it.each<[string, GraphAnswer, string]>([
		['a dead token', refused(190), 'Meta does not accept the access token.'],
		['a wrong id', refused(100, { error_subcode: 33 }), 'Meta does not know this Phone Number ID for this token.'],
		['a wrong parameter', refused(100), 'Meta refused a value of the call.'],
		['a missing permission', refused(10), 'The access token may not use this WhatsApp account.'],
		['an account not assigned', refused(200), 'The access token may not use this WhatsApp account.'],
		['a used-up hour', refused(80007), 'Meta is limiting the calls of this app.'],
		['a blocked account', refused(131031), 'Meta blocked this account.'],
		['an outage', refused(2), 'Meta is temporarily unavailable.'],
		['any other code', refused(4242), 'Meta refused the call with code 4242.'],
		[
			'a page of someone else',
			answered(undefined, 404),
			"graph.facebook.com answered HTTP 404, but not like Meta's API.",
		],
		[
			'a success of someone else',
			answered({ hello: 1 }),
			"graph.facebook.com answered HTTP 200, but not like Meta's API.",
		],
		[
			'a misspelt host',
			{ type: 'failed', left: false, cause: 'ENOTFOUND' },
			'The address graph.facebook.com was not found (ENOTFOUND).',
		],
		[
			'a foreign certificate',
			{ type: 'failed', left: false, cause: 'SELF_SIGNED_CERT_IN_CHAIN' },
			'The certificate of graph.facebook.com was not accepted (SELF_SIGNED_CERT_IN_CHAIN).',
		],
		[
			'silence',
			{ type: 'failed', left: true, cause: 'ECONNABORTED' },
			'No answer from graph.facebook.com (ECONNABORTED).',
		],
	])('names %s', (_, answer, what) => {
		const { ok, problems } = readHealth(answer, HOST);
		expect(ok).toBe(false);
		expect(problems).toHaveLength(1);
		expect(problems[0]!.what).toBe(what);
		expect(problems[0]!.fix).toMatch(/\.$/);
	});

	it('fits one line', () => {
		const [problem] = readHealth(refused(190), HOST).problems;
		expect(problemText(problem!)).toBe(
			'Meta does not accept the access token. It expired, was revoked or was copied incompletely; a token from the app ' +
				'dashboard lasts less than a day. Create a system-user token (it can be permanent) in Business Settings and paste it into Access Token.',
		);
	});
});
