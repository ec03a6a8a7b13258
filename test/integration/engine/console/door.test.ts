import type { Answer } from '../../../../engine/console/http';
import { consoleForTests, HOUR, MINUTE, ORIGIN, bodyOf } from '../../../support/console-browser';
import { PASSWORD } from '../../../support/console-server';
import { STORES } from '../../../support/each-store';

const PHONE = '+55 11 99999-9999';
const DEVICE = 'linkedDevice:atendimento';

describe.each(STORES)('the door of the pages on $name', ({ create }) => {
	const desk = consoleForTests(create);

	it('serves the page to everybody, with nothing of the desk in it and no script but its own', async () => {
		await desk.rig.put('atendimento', { state: 'connected', name: 'Oficina Aurora' });
		const { status, headers, body } = (await desk.get({})) as Answer;
		expect(status).toBe(200);
		expect(body).not.toContain('Aurora');
		const nonce = /script-src 'nonce-([\w-]{22})'/.exec(headers['content-security-policy']!)![1]!;
		expect(headers).toMatchObject({
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'referrer-policy': 'no-referrer',
			'cross-origin-resource-policy': 'same-origin',
		});
		for (const rule of [
			"default-src 'none'",
			"frame-ancestors 'none'",
			"base-uri 'none'",
			"require-trusted-types-for 'script'",
			"trusted-types 'none'",
		]) {
			expect(headers['content-security-policy']).toContain(rule);
		}
		expect(headers['content-security-policy']).not.toContain('unsafe');
		const scripts = String(body).match(/<script\b[^>]*>/g)!;
		expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
		expect(String(body)).not.toMatch(/\son\w+=/);
		expect(((await desk.get({})) as Answer).headers['content-security-policy']).not.toContain(nonce);
	});

	it('gives its files by name alone, whatever a path tries', async () => {
		const file = (await desk.get({ file: 'app.js', v: 'x' })) as Answer;
		expect(file).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
		for (const trick of [
			'../console.ts',
			'..%2fconsole.ts',
			'/etc/passwd',
			'app.js\0',
			'./app.js',
			'__proto__',
			'constructor',
			'index.html',
			'',
		]) {
			expect([trick, ((await desk.get({ file: trick })) as Answer).status]).toEqual([trick, 404]);
		}
		for (const trick of ['__proto__', 'constructor', 'state ', 'STATE', '../state', '']) {
			expect([trick, ((await desk.get({ api: trick })) as Answer).status]).toEqual([trick, 404]);
		}
	});

	it('tells nothing without a sign-in, and does nothing', async () => {
		expect(bodyOf(await desk.get({ api: 'state' }))).toEqual({ signedIn: false });
		const stream = await desk.get({ api: 'stream' });
		expect(stream).toMatchObject({ type: 'answer', status: 401 });
		for (const name of ['activate', 'deactivate', 'pairingCode', 'sendTest', 'signOut']) {
			const answer = await desk.post(name, { channelId: DEVICE, phone: PHONE, text: 'x' });
			expect([name, (answer as Answer).status, bodyOf(answer).error.code]).toEqual([name, 401, 'signedOut']);
		}
		expect((await desk.rig.wanted('atendimento')).wanted).toBe(0);
	});

	it('answers a change with the cookie only a GET would be answered with as unknown', async () => {
		const browser = await desk.signIn();
		const answer = (await desk.get({ api: 'activate' }, browser)) as Answer;
		expect(answer.status).toBe(404);
	});

	it('lets the right password in and gives a cookie that scripts and other sites cannot use', async () => {
		const answer = (await desk.post('signIn', { password: PASSWORD, path: '/webhook/whatsapp-desk' })) as Answer;
		expect(answer.headers['set-cookie']).toMatch(
			/^whatsapp_desk_console=[\w-]{22}\.[\w-]{22}; Path=\/webhook\/whatsapp-desk; Secure; HttpOnly; SameSite=Strict; Max-Age=604800$/,
		);
		const plain = (await desk.post(
			'signIn',
			{ password: PASSWORD, path: '/webhook/whatsapp-desk' },
			{ origin: 'http://desk.example' },
		)) as Answer;
		expect(plain.headers['set-cookie']).toContain('Path=/webhook/whatsapp-desk; HttpOnly');
		const odd = (await desk.post('signIn', { password: PASSWORD, path: '/x; Domain=example' })) as Answer;
		expect(odd.headers['set-cookie']).toContain('; Path=/; Secure');
	});

	it('takes accents however the keyboard writes them', async () => {
		desk.password = 'coração aberto';
		const answer = await desk.post('signIn', { password: 'coração aberto'.normalize('NFD'), path: '/' });
		expect((answer as Answer).status).toBe(200);
	});

	it('refuses a password that can be guessed, and says where to change it', async () => {
		desk.password = 'curta';
		const answer = await desk.post('signIn', { password: desk.password, path: '/' });
		expect((answer as Answer).status).toBe(503);
		expect(bodyOf(answer).error.message).toContain('credencial "Desk Console"');
	});

	it('makes an address wait longer after each wrong password, in every process', async () => {
		const wrong = () => desk.post('signIn', { password: 'errada', path: '/' });
		const statuses: number[] = [];
		for (let i = 0; i < 3; i++) statuses.push(((await wrong()) as Answer).status);
		expect(statuses).toEqual([401, 401, 401]);
		const right = await desk.post('signIn', { password: PASSWORD, path: '/' });
		expect(right).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
		const second = await desk.start();
		const elsewhere = await second.ask({
			method: 'POST',
			query: new Map([['api', 'signIn']]),
			headers: new Map([
				['host', 'desk.example'],
				['origin', ORIGIN],
				['content-type', 'application/json'],
			]),
			body: Buffer.from(JSON.stringify({ password: PASSWORD, path: '/' })),
		});
		await second.close();
		expect(elsewhere).toMatchObject({ status: 429 });
		// The next wrong ones cost 2 s, 4 s, 8 s…
		for (const seconds of [2, 4, 8]) {
			desk.clock.advance(HOUR / 60);
			expect(await wrong()).toMatchObject({ status: 401 });
			expect(await wrong()).toMatchObject({ status: 429, headers: { 'retry-after': String(seconds) } });
		}
		const other = await desk.post('signIn', { password: PASSWORD, path: '/' }, {}, { address: '198.51.100.9' });
		expect(other).toMatchObject({ status: 200 });
		desk.clock.advance(MINUTE);
		await desk.signIn();
		expect(await wrong()).toMatchObject({ status: 401 });
	});

	it('counts guesses that come all at once', async () => {
		for (let i = 0; i < 2; i++) await desk.post('signIn', { password: 'errada', path: '/' });
		const guesses = await Promise.all(
			[1, 2, 3, 4].map((i) => desk.post('signIn', { password: `errada ${i}`, path: '/' })),
		);
		expect(guesses.map((answer) => (answer as Answer).status).sort()).toEqual([401, 429, 429, 429]);
	});

	it('takes the same time for a wrong password, whether it begins right or not', async () => {
		const took = async (typed: string, i: number) => {
			const start = performance.now();
			const answer = await desk.post('signIn', { password: typed, path: '/' }, {}, { address: `192.0.2.${i}` });
			expect(answer).toMatchObject({ status: 401 });
			return performance.now() - start;
		};
		await took('aquecimento', 1);
		const near: number[] = [];
		const far: number[] = [];
		for (let i = 0; i < 7; i++) {
			near.push(await took(`${PASSWORD.slice(0, -1)}x`, 10 + i));
			far.push(await took('z', 50 + i));
		}
		// Both are the work of scrypt: tens of milliseconds, and no multiple of each other.
		expect(Math.min(...near, ...far)).toBeGreaterThan(10);
		const [a, b] = [Math.min(...near), Math.min(...far)];
		expect(Math.max(a, b) / Math.min(a, b)).toBeLessThan(2.5);
	});
});
