import type { Answer } from '../../../../engine/console/http';
import { consoleForTests, bodyOf } from '../../../support/console-browser';
import { PASSWORD } from '../../../support/console-server';
import { STORES } from '../../../support/each-store';

const PHONE = '+55 11 99999-9999';
const DEVICE = 'linkedDevice:atendimento';

describe.each(STORES)('the pages and strangers on $name', ({ create }) => {
	const desk = consoleForTests(create);

	it.each([
		['another site', { origin: 'https://evil.example' }],
		['no origin at all', { origin: '' }],
		['an opaque origin', { origin: 'null' }],
		['a name that only begins like ours', { origin: 'https://desk.example.evil.example' }],
		['another port', { origin: 'https://desk.example:8443' }],
		['a browser that says it is cross-site', { 'sec-fetch-site': 'cross-site' }],
		['a browser that says it is a sibling', { 'sec-fetch-site': 'same-site' }],
		['an origin with a path', { origin: 'https://desk.example/x' }],
	])('refuses changes from %s, even with cookie and token', async (_, headers) => {
		const browser = await desk.signIn();
		const answer = await desk.post('activate', { channelId: DEVICE, phone: PHONE }, { ...browser, ...headers });
		expect([(answer as Answer).status, bodyOf(answer).error.code]).toEqual([403, 'foreignOrigin']);
		const entering = await desk.post('signIn', { password: PASSWORD, path: '/' }, headers);
		expect((entering as Answer).status).toBe(403);
		expect((await desk.rig.wanted('atendimento')).wanted).toBe(0);
	});

	it('refuses to be read by other sites', async () => {
		const browser = await desk.signIn();
		for (const api of ['state', 'stream']) {
			const answer = await desk.get({ api }, { ...browser, 'sec-fetch-site': 'cross-site' });
			expect((answer as Answer).status).toBe(403);
		}
	});

	it('knows its own page behind a proxy that hides the host, by the public address of n8n', async () => {
		const behind = { host: 'n8n:5678' };
		const path = { password: PASSWORD, path: '/webhook/whatsapp-desk' };
		expect(((await desk.post('signIn', path, behind)) as Answer).status).toBe(403);
		const publicUrl = 'https://desk.example/webhook/whatsapp-desk';
		expect(((await desk.post('signIn', path, behind, { publicUrl })) as Answer).status).toBe(200);
	});

	it.each([
		['no token', ''],
		['a wrong token', 'AAAAAAAAAAAAAAAAAAAAAA'],
		['a token of another length', 'A'],
	])('refuses changes with %s', async (_, token) => {
		const browser = await desk.signIn();
		const answer = await desk.post(
			'activate',
			{ channelId: DEVICE, phone: PHONE },
			{ ...browser, 'x-desk-csrf': token },
		);
		expect([(answer as Answer).status, bodyOf(answer).error.code]).toEqual([403, 'wrongToken']);
	});

	it('refuses the token of another browser', async () => {
		const [mine, theirs] = [await desk.signIn(), await desk.signIn()];
		const answer = await desk.post('signOut', {}, { cookie: mine.cookie, 'x-desk-csrf': theirs['x-desk-csrf'] });
		expect((answer as Answer).status).toBe(403);
	});

	it('refuses cookies that are made up, cut, doubled or of a wrong half', async () => {
		const { cookie } = await desk.signIn();
		const [id, token] = cookie.split('=')[1]!.split('.') as [string, string];
		const other = (await desk.signIn()).cookie.split('.')[1]!;
		const name = cookie.split('=')[0]!;
		for (const value of [`${id}.${other}`, id, `${id}.`, `.${token}`, `${token}.${id}`, "' or 1=1 --", '%00']) {
			expect([value, bodyOf(await desk.get({ api: 'state' }, { cookie: `${name}=${value}` }))]).toEqual([
				value,
				{ signedIn: false },
			]);
		}
		expect(bodyOf(await desk.get({ api: 'state' }, { cookie: `${cookie}; ${name}=x` }))).toEqual({ signedIn: false });
		expect(bodyOf(await desk.get({ api: 'state' }, { cookie: `a=b; ${cookie}; c=d` }))).toMatchObject({
			signedIn: true,
		});
	});

	it('refuses what is not JSON, too large, or not what is expected', async () => {
		const browser = await desk.signIn();
		const status = async (body: unknown, headers = {}) =>
			((await desk.post('activate', body, { ...browser, ...headers })) as Answer).status;
		expect(await status('{')).toBe(400);
		expect(await status({ channelId: DEVICE })).toBe(400);
		expect(await status({ channelId: 'cloudApi:1', phone: PHONE })).toBe(400);
		expect(await status({ channelId: "linkedDevice:x' or 1=1", phone: PHONE })).toBe(400);
		expect(await status({ channelId: DEVICE, phone: ['1'] })).toBe(400);
		expect(await status({ channelId: DEVICE, phone: PHONE }, { 'content-type': 'text/plain' })).toBe(415);
		expect(await status({ channelId: DEVICE, phone: '1'.repeat(20_000) })).toBe(413);
	});
});
