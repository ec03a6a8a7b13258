import { appProblem } from '../../../../../engine/channel/cloud-api/check-app';
import { appToken, tidyCredentials } from '../../../../../engine/channel/cloud-api/credentials';
import type { GraphAnswer } from '../../../../../engine/channel/cloud-api/graph';
import { readTokenFacts } from '../../../../../engine/channel/cloud-api/token-facts';

const HOST = 'graph.facebook.com';
const answered = (body: unknown, status = 200): GraphAnswer => ({ type: 'answered', status, body });
const refused = (code: number) => answered({ error: { code, message: 'no' } }, 400);
const token = (appId: string, more: object = {}) => answered({ data: { is_valid: true, app_id: appId, ...more } });

describe('App ID, App Secret and Access Token (X-13)', () => {
	it('belong together when the app sees the token as its own', () => {
		expect(appProblem('77', { byApp: token('77'), byItself: token('77') }, HOST)).toBeNull();
	});

	it('says nothing about a token that is no longer valid: the secret is proven all the same', () => {
		const dead = answered({ data: { is_valid: false, error: { message: 'expired' } } });
		expect(appProblem('77', { byApp: dead, byItself: refused(190) }, HOST)).toBeNull();
	});

	it.each<[string, GraphAnswer, GraphAnswer, string]>([
		['the secret is wrong', refused(190), token('77'), 'The App Secret is not the one of this app.'],
		['the App ID is of another app', refused(190), token('88'), 'The App ID is not the app of the access token.'],
		[
			'the token was made for another app',
			refused(100),
			refused(190),
			'The App ID is not the app of the access token.',
		],
		['the app sees a foreign token', token('88'), token('88'), 'The App ID is not the app of the access token.'],
		['nothing is known', refused(101), refused(190), 'Meta does not accept App ID and App Secret together.'],
		['Meta limits the calls', refused(4), token('77'), 'Meta is limiting the calls of this app.'],
		['nobody answers', { type: 'failed', left: false, cause: 'ENOTFOUND' }, refused(190), `The address ${HOST}`],
	])('are told apart when %s', (_, byApp, byItself, sentence) => {
		const problem = appProblem('77', { byApp, byItself }, HOST)!;
		expect(problem.what.slice(0, sentence.length)).toBe(sentence);
	});

	it('names the app the token was created for', () => {
		expect(appProblem('77', { byApp: refused(190), byItself: token('88') }, HOST)!.why).toBe(
			'The token was created for the app 88.',
		);
	});
});

describe('the token of the app', () => {
	it('needs an App ID', () => {
		expect(appToken(tidyCredentials({ appSecret: 's', appId: ' 77\n' }))).toBe('77|s');
		expect(appToken(tidyCredentials({ appSecret: 's' }))).toBeNull();
	});
});

describe('what Meta says about a token', () => {
	it('reads end, permissions and the accounts they are limited to', () => {
		const scope = 'whatsapp_business_messaging';
		const body = token('77', {
			application: 'Loja',
			expires_at: 1_800_000_000,
			data_access_expires_at: 1_790_000_000,
			scopes: [scope],
			granular_scopes: [{ scope, target_ids: ['1', 2] }, { scope: 'business_management' }],
		});
		expect(readTokenFacts(body)).toEqual({
			valid: true,
			appId: '77',
			appName: 'Loja',
			expiresAt: 1_790_000_000_000,
			scopes: [scope],
			targets: { [scope]: ['1', '2'] },
			reason: null,
		});
	});

	it('never ends when Meta writes 0', () => {
		expect(readTokenFacts(token('77', { expires_at: 0 }))!.expiresAt).toBeNull();
	});

	it('is unknown when something else answers', () => {
		expect(readTokenFacts(answered('<html>'))).toBeNull();
		expect(readTokenFacts(refused(190))).toBeNull();
	});
});
