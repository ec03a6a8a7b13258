import type { Answer, ConsoleRequest, ConsoleResponse, EventStream } from '../../../../engine/console/http';
import { PASSWORD, startConsole, type ConsoleRig } from '../../../support/console-server';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { StandingClock } from '../../../support/moving-clock';

const TUESDAY = Date.parse('2026-03-10T13:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ORIGIN = 'https://desk.example';
const PHONE = '+55 11 99999-9999';
const DEVICE = 'linkedDevice:atendimento';

describe.each(STORES)('the pages of the desk on $name', ({ create }) => {
	let place: TestStore;
	let rig: ConsoleRig;
	let password: string;

	const clock = new StandingClock(TUESDAY);
	const start = () => startConsole(place.settings, { clock, password: () => password });

	beforeAll(async () => {
		place = await create();
		rig = await start();
	});
	beforeEach(async () => {
		password = PASSWORD;
		rig.channel.sent = [];
		for (const table of ['console_sign_in', 'console_attempt', 'linked_session', 'timeline'] as const) {
			await rig.desk.store.db.deleteFrom(table).execute();
		}
		await rig.put('atendimento', { state: 'inactive' }, { owned: false });
	});
	afterEach(() => {
		for (const stop of open) stop();
		open.clear();
	});
	afterAll(async () => {
		await rig.close();
		await place.drop();
	});

	/** For what a desk does not come back from. */
	async function onDeskOfItsOwn(work: () => Promise<void>): Promise<void> {
		const shared = rig;
		rig = await start();
		await work().finally(async () => {
			await rig.close();
			rig = shared;
		});
	}

	// ---------------------------------------------------------------- a browser

	const get = (query: Record<string, string>, headers: Record<string, string> = {}) =>
		rig.ask({ query: new Map(Object.entries(query)), headers: new Map(Object.entries(headers)) });

	const post = (api: string, body: unknown, headers: Record<string, string> = {}, more: Partial<ConsoleRequest> = {}) =>
		rig.ask({
			method: 'POST',
			query: new Map([['api', api]]),
			headers: new Map(
				Object.entries({ host: 'desk.example', origin: ORIGIN, 'content-type': 'application/json', ...headers }).filter(
					([, value]) => value !== '',
				),
			),
			body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
			...more,
		});

	async function signIn(): Promise<{ cookie: string; 'x-desk-csrf': string }> {
		const answer = await post('signIn', { password, path: '/webhook/whatsapp-desk' });
		expect(answer).toMatchObject({ status: 200 });
		return { cookie: cookieOf(answer), 'x-desk-csrf': bodyOf(answer).csrf };
	}

	// ---------------------------------------------------------------- the door

	it('serves the page to everybody, with nothing of the desk in it and no script but its own', async () => {
		await rig.put('atendimento', { state: 'connected', name: 'Oficina Aurora' });
		const { status, headers, body } = (await get({})) as Answer;
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
		expect(((await get({})) as Answer).headers['content-security-policy']).not.toContain(nonce);
	});

	it('gives its files by name alone, whatever a path tries', async () => {
		const file = (await get({ file: 'app.js', v: 'x' })) as Answer;
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
			expect([trick, ((await get({ file: trick })) as Answer).status]).toEqual([trick, 404]);
		}
		for (const trick of ['__proto__', 'constructor', 'state ', 'STATE', '../state', '']) {
			expect([trick, ((await get({ api: trick })) as Answer).status]).toEqual([trick, 404]);
		}
	});

	it('tells nothing without a sign-in, and does nothing', async () => {
		expect(bodyOf(await get({ api: 'state' }))).toEqual({ signedIn: false });
		const stream = await get({ api: 'stream' });
		expect(stream).toMatchObject({ type: 'answer', status: 401 });
		for (const name of ['activate', 'deactivate', 'pairingCode', 'sendTest', 'signOut']) {
			const answer = await post(name, { channelId: DEVICE, phone: PHONE, text: 'x' });
			expect([name, (answer as Answer).status, bodyOf(answer).error.code]).toEqual([name, 401, 'signedOut']);
		}
		expect((await rig.wanted('atendimento')).wanted).toBe(0);
	});

	it('answers a change with the cookie only a GET would be answered with as unknown', async () => {
		const browser = await signIn();
		const answer = (await get({ api: 'activate' }, browser)) as Answer;
		expect(answer.status).toBe(404);
	});

	it('lets the right password in and gives a cookie that scripts and other sites cannot use', async () => {
		const answer = (await post('signIn', { password: PASSWORD, path: '/webhook/whatsapp-desk' })) as Answer;
		expect(answer.headers['set-cookie']).toMatch(
			/^whatsapp_desk_console=[\w-]{22}\.[\w-]{22}; Path=\/webhook\/whatsapp-desk; Secure; HttpOnly; SameSite=Strict; Max-Age=604800$/,
		);
		const plain = (await post(
			'signIn',
			{ password: PASSWORD, path: '/webhook/whatsapp-desk' },
			{ origin: 'http://desk.example' },
		)) as Answer;
		expect(plain.headers['set-cookie']).toContain('Path=/webhook/whatsapp-desk; HttpOnly');
		const odd = (await post('signIn', { password: PASSWORD, path: '/x; Domain=example' })) as Answer;
		expect(odd.headers['set-cookie']).toContain('; Path=/; Secure');
	});

	it('takes accents however the keyboard writes them', async () => {
		password = 'coração aberto';
		const answer = await post('signIn', { password: 'coração aberto'.normalize('NFD'), path: '/' });
		expect((answer as Answer).status).toBe(200);
	});

	it('refuses a password that can be guessed, and says where to change it', async () => {
		password = 'curta';
		const answer = await post('signIn', { password, path: '/' });
		expect((answer as Answer).status).toBe(503);
		expect(bodyOf(answer).error.message).toContain('credencial "Desk Console"');
	});

	it('makes an address wait longer after each wrong password, in every process', async () => {
		const wrong = () => post('signIn', { password: 'errada', path: '/' });
		const statuses: number[] = [];
		for (let i = 0; i < 3; i++) statuses.push(((await wrong()) as Answer).status);
		expect(statuses).toEqual([401, 401, 401]);
		const right = await post('signIn', { password: PASSWORD, path: '/' });
		expect(right).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
		const second = await start();
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
			clock.advance(HOUR / 60);
			expect(await wrong()).toMatchObject({ status: 401 });
			expect(await wrong()).toMatchObject({ status: 429, headers: { 'retry-after': String(seconds) } });
		}
		const other = await post('signIn', { password: PASSWORD, path: '/' }, {}, { address: '198.51.100.9' });
		expect(other).toMatchObject({ status: 200 });
		clock.advance(MINUTE);
		await signIn();
		expect(await wrong()).toMatchObject({ status: 401 });
	});

	it('counts guesses that come all at once', async () => {
		for (let i = 0; i < 2; i++) await post('signIn', { password: 'errada', path: '/' });
		const guesses = await Promise.all([1, 2, 3, 4].map((i) => post('signIn', { password: `errada ${i}`, path: '/' })));
		expect(guesses.map((answer) => (answer as Answer).status).sort()).toEqual([401, 429, 429, 429]);
	});

	it('takes the same time for a wrong password, whether it begins right or not', async () => {
		const took = async (typed: string, i: number) => {
			const start = performance.now();
			const answer = await post('signIn', { password: typed, path: '/' }, {}, { address: `192.0.2.${i}` });
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

	// ---------------------------------------------------------------- strangers

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
		const browser = await signIn();
		const answer = await post('activate', { channelId: DEVICE, phone: PHONE }, { ...browser, ...headers });
		expect([(answer as Answer).status, bodyOf(answer).error.code]).toEqual([403, 'foreignOrigin']);
		const entering = await post('signIn', { password: PASSWORD, path: '/' }, headers);
		expect((entering as Answer).status).toBe(403);
		expect((await rig.wanted('atendimento')).wanted).toBe(0);
	});

	it('refuses to be read by other sites', async () => {
		const browser = await signIn();
		for (const api of ['state', 'stream']) {
			const answer = await get({ api }, { ...browser, 'sec-fetch-site': 'cross-site' });
			expect((answer as Answer).status).toBe(403);
		}
	});

	it('knows its own page behind a proxy that hides the host, by the public address of n8n', async () => {
		const behind = { host: 'n8n:5678' };
		const path = { password: PASSWORD, path: '/webhook/whatsapp-desk' };
		expect(((await post('signIn', path, behind)) as Answer).status).toBe(403);
		const publicUrl = 'https://desk.example/webhook/whatsapp-desk';
		expect(((await post('signIn', path, behind, { publicUrl })) as Answer).status).toBe(200);
	});

	it.each([
		['no token', ''],
		['a wrong token', 'AAAAAAAAAAAAAAAAAAAAAA'],
		['a token of another length', 'A'],
	])('refuses changes with %s', async (_, token) => {
		const browser = await signIn();
		const answer = await post('activate', { channelId: DEVICE, phone: PHONE }, { ...browser, 'x-desk-csrf': token });
		expect([(answer as Answer).status, bodyOf(answer).error.code]).toEqual([403, 'wrongToken']);
	});

	it('refuses the token of another browser', async () => {
		const [mine, theirs] = [await signIn(), await signIn()];
		const answer = await post('signOut', {}, { cookie: mine.cookie, 'x-desk-csrf': theirs['x-desk-csrf'] });
		expect((answer as Answer).status).toBe(403);
	});

	it('refuses cookies that are made up, cut, doubled or of a wrong half', async () => {
		const { cookie } = await signIn();
		const [id, token] = cookie.split('=')[1]!.split('.') as [string, string];
		const other = (await signIn()).cookie.split('.')[1]!;
		const name = cookie.split('=')[0]!;
		for (const value of [`${id}.${other}`, id, `${id}.`, `.${token}`, `${token}.${id}`, "' or 1=1 --", '%00']) {
			expect([value, bodyOf(await get({ api: 'state' }, { cookie: `${name}=${value}` }))]).toEqual([
				value,
				{ signedIn: false },
			]);
		}
		expect(bodyOf(await get({ api: 'state' }, { cookie: `${cookie}; ${name}=x` }))).toEqual({ signedIn: false });
		expect(bodyOf(await get({ api: 'state' }, { cookie: `a=b; ${cookie}; c=d` }))).toMatchObject({ signedIn: true });
	});

	it('refuses what is not JSON, too large, or not what is expected', async () => {
		const browser = await signIn();
		const status = async (body: unknown, headers = {}) =>
			((await post('activate', body, { ...browser, ...headers })) as Answer).status;
		expect(await status('{')).toBe(400);
		expect(await status({ channelId: DEVICE })).toBe(400);
		expect(await status({ channelId: 'cloudApi:1', phone: PHONE })).toBe(400);
		expect(await status({ channelId: "linkedDevice:x' or 1=1", phone: PHONE })).toBe(400);
		expect(await status({ channelId: DEVICE, phone: ['1'] })).toBe(400);
		expect(await status({ channelId: DEVICE, phone: PHONE }, { 'content-type': 'text/plain' })).toBe(415);
		expect(await status({ channelId: DEVICE, phone: '1'.repeat(20_000) })).toBe(413);
	});

	// ---------------------------------------------------------------- how long it lasts

	it('gives a new cookie every hour; the one before works for requests under way, and not for ever', async () => {
		const first = await signIn();
		clock.advance(HOUR + 1);
		const renewed = (await get({ api: 'state' }, first)) as Answer;
		const second = { ...first, cookie: cookieOf(renewed) };
		expect(second.cookie).not.toBe(first.cookie);
		expect(bodyOf(await get({ api: 'state' }, first))).toMatchObject({ signedIn: true });
		const same = (await get({ api: 'state' }, second)) as Answer;
		expect(same.headers['set-cookie']).toBeUndefined();
		// The token of the page stays: nobody has to reload.
		expect(bodyOf(same).csrf).toBe(first['x-desk-csrf']);
		clock.advance(3 * MINUTE);
		expect(bodyOf(await get({ api: 'state' }, second))).toMatchObject({ signedIn: true });
		expect(bodyOf(await get({ api: 'state' }, first))).toEqual({ signedIn: false });
	});

	it('keeps a browser that never got its new cookie', async () => {
		const first = await signIn();
		clock.advance(HOUR + 1);
		await get({ api: 'state' }, first);
		clock.advance(10 * MINUTE);
		const again = (await get({ api: 'state' }, first)) as Answer;
		expect(bodyOf(again)).toMatchObject({ signedIn: true });
		expect(bodyOf(await get({ api: 'state' }, { cookie: cookieOf(again) }))).toMatchObject({ signedIn: true });
	});

	it('ends after twelve hours without use, and after seven days anyway', async () => {
		const idle = await signIn();
		clock.advance(12 * HOUR + 1);
		expect(bodyOf(await get({ api: 'state' }, idle))).toEqual({ signedIn: false });

		let { cookie } = await signIn();
		for (let hours = 0; hours < 7 * 24; hours += 8) {
			const answer = (await get({ api: 'state' }, { cookie })) as Answer;
			expect([hours, bodyOf(answer).signedIn]).toEqual([hours, true]);
			if (answer.headers['set-cookie']) cookie = cookieOf(answer);
			clock.advance(8 * HOUR);
		}
		clock.advance(1);
		expect(bodyOf(await get({ api: 'state' }, { cookie }))).toEqual({ signedIn: false });
	});

	it('ends on the server when somebody signs out: a copied cookie is worth nothing', async () => {
		const [mine, theirs] = [await signIn(), await signIn()];
		const answer = (await post('signOut', {}, mine)) as Answer;
		expect(answer.headers['set-cookie']).toContain('whatsapp_desk_console=; Path=/webhook/whatsapp-desk; Secure');
		expect(answer.headers['set-cookie']).toContain('Max-Age=0');
		expect(bodyOf(await get({ api: 'state' }, mine))).toEqual({ signedIn: false });
		expect(bodyOf(await get({ api: 'state' }, theirs))).toMatchObject({ signedIn: true });
	});

	it('signs everybody out when the password is changed', async () => {
		const browser = await signIn();
		password = 'outra senha boa';
		expect(bodyOf(await get({ api: 'state' }, browser))).toEqual({ signedIn: false });
	});

	it('keeps nothing in the database that would open the pages', async () => {
		const { cookie } = await signIn();
		const [id, token] = cookie.split('=')[1]!.split('.') as [string, string];
		const rows = JSON.stringify(await rig.desk.store.db.selectFrom('console_sign_in').selectAll().execute());
		expect(rows).toContain(id);
		expect(rows).not.toContain(token);
		expect(rows).not.toContain(PASSWORD);
	});

	// ---------------------------------------------------------------- the sessions

	it('tells every session with its QR code drawn, and names as they are', async () => {
		const name = '</script><img src=x onerror=alert(1)>';
		await rig.put('atendimento', { state: 'scan', wanted: 1, phone: '5511999999999', name, qr: 'CODE', qr_number: 2 });
		const { devices, id, now } = bodyOf(await get({ api: 'state' }, await signIn()));
		expect([now, id.startsWith('v_atendimento.')]).toEqual([clock.now(), true]);
		expect(devices).toMatchObject([{ channelId: DEVICE, phoneText: '+55 11 99999-9999', name, state: 'scan' }]);
		expect(devices[0].qr).toMatchObject({ code: 'CODE', number: 2, size: 21 });
		expect(devices[0].qr.path).toMatch(/^M0 0h7v1h-7z/);
	});

	it('activates for a number as people type it, and says why it does not (B-14, B-17, B-21)', async () => {
		const browser = await signIn();
		const bad = await post('activate', { channelId: DEVICE, phone: '+55 20 99999-9999' }, browser);
		expect([(bad as Answer).status, bodyOf(bad).error]).toEqual([
			422,
			{ code: 'phone', message: 'O DDD 20 não existe. Exemplo: +55 11 99999-9999.', field: 'phone' },
		]);
		expect(await post('activate', { channelId: DEVICE, phone: PHONE }, browser)).toMatchObject({ status: 200 });
		expect(await rig.wanted('atendimento')).toEqual({ wanted: 1, phone: '5511999999999', pairing_wanted: 0 });
		const other = await post('activate', { channelId: DEVICE, phone: '+351 912 345 678' }, browser);
		expect((other as Answer).status).toBe(409);
		expect(bodyOf(other).error.message).toContain('não pode ser trocado agora');
		const unknown = await post('activate', { channelId: 'linkedDevice:nenhuma', phone: PHONE }, browser);
		expect((unknown as Answer).status).toBe(409);
		expect(bodyOf(unknown).error.message).toContain('Não há sessão "nenhuma"');
		const lines = await rig.desk.store.db.selectFrom('timeline').select(['event', 'text']).execute();
		expect(lines).toEqual([
			{ event: 'linkedDeviceActivated', text: 'A conexão por QR Code foi ativada por uma pessoa no painel.' },
		]);
	});

	it('asks for a code to type, and deactivates (B-22, B-33)', async () => {
		const browser = await signIn();
		await post('activate', { channelId: DEVICE, phone: PHONE }, browser);
		expect(await post('pairingCode', { channelId: DEVICE }, browser)).toMatchObject({ status: 200 });
		expect(await rig.wanted('atendimento')).toMatchObject({ pairing_wanted: 1 });
		expect(await post('deactivate', { channelId: DEVICE }, browser)).toMatchObject({ status: 200 });
		expect(await rig.wanted('atendimento')).toMatchObject({ wanted: 0, pairing_wanted: 0 });
	});

	it('sends a test and says how it went (B-30, B-31)', async () => {
		await rig.put('atendimento', { state: 'connected', wanted: 1 });
		const browser = await signIn();
		const send = (phone: string, text: string) => post('sendTest', { channelId: DEVICE, phone, text }, browser);
		expect(bodyOf(await send('11 3', 'Oi')).error.field).toBe('phone');
		expect(bodyOf(await send(PHONE, '  ')).error.field).toBe('text');
		expect(bodyOf(await send(PHONE, 'Teste de integração WhatsApp'))).toEqual({ status: 'sent', explanation: null });
		expect(rig.channel.sent.map(({ content }) => content)).toEqual([
			{ type: 'text', text: 'Teste de integração WhatsApp' },
		]);
	});

	it('says that something is wrong without saying what, when the database is gone', () =>
		onDeskOfItsOwn(async () => {
			const browser = await signIn();
			await rig.desk.store.close();
			const answer = await get({ api: 'state' }, browser);
			expect((answer as Answer).status).toBe(503);
			expect(bodyOf(answer).error).toMatchObject({ code: 'unavailable' });
			expect(((await get({})) as Answer).status).toBe(200);
		}));

	// ---------------------------------------------------------------- the stream

	it('tells the present at once and every change after it, and nothing twice', async () => {
		const watcher = watch((await get({ api: 'stream' }, await signIn())) as EventStream);
		await eventually(() => watcher.snapshots().length === 1);
		await rig.put('atendimento', { state: 'scan', wanted: 1, qr: 'UM' });
		await eventually(() => watcher.snapshots().at(-1)?.devices[0].qr?.code === 'UM');
		expect(watcher.snapshots().map(({ devices }) => devices[0].state)).toEqual(['inactive', 'scan']);
		watcher.stop();
		expect(rig.desk.pages.watchers).toBe(0);
	});

	it('goes on where a page left off', async () => {
		const browser = await signIn();
		const { id } = bodyOf(await get({ api: 'state' }, browser));
		const watcher = watch((await get({ api: 'stream', seen: id }, browser)) as EventStream);
		await rig.put('atendimento', { state: 'scan', wanted: 1, qr: 'UM' });
		await eventually(() => watcher.snapshots().length > 0);
		expect(watcher.snapshots().map(({ devices }) => devices[0].state)).toEqual(['scan']);
		const again = watch(
			(await get({ api: 'stream' }, { ...browser, 'last-event-id': watcher.lastId() })) as EventStream,
		);
		await rig.put('atendimento', { state: 'linking' });
		await eventually(() => again.snapshots().length > 0);
		expect(again.snapshots().map(({ devices }) => devices[0].state)).toEqual(['linking']);
	});

	it('notices that the owner of a session died, which no row says', async () => {
		await rig.put('atendimento', { state: 'connected', wanted: 1 });
		await rig.desk.store.db
			.updateTable('linked_session')
			.set({ lease_until: clock.now() + 30_000 })
			.execute();
		const watcher = watch((await get({ api: 'stream' }, await signIn())) as EventStream);
		await eventually(() => watcher.snapshots().length === 1);
		clock.advance(31_000);
		await eventually(() => watcher.snapshots().at(-1)?.devices[0].state === 'waiting');
	});

	it('keeps proxies awake, and ends when the sign-in does', async () => {
		const browser = await signIn();
		const watcher = watch((await get({ api: 'stream' }, browser)) as EventStream);
		await eventually(() => watcher.snapshots().length === 1);
		clock.advance(16_000);
		await eventually(() => watcher.text().includes(': ainda aqui'));
		await rig.desk.store.db.deleteFrom('console_sign_in').execute();
		clock.advance(16_000);
		await eventually(() => watcher.ended());
		expect(watcher.text()).toContain('event: signedOut');
	});

	it('ends at once with the sign-out, and with the desk', () =>
		onDeskOfItsOwn(async () => {
			const [mine, theirs] = [await signIn(), await signIn()];
			const [first, second] = [
				watch((await get({ api: 'stream' }, mine)) as EventStream),
				watch((await get({ api: 'stream' }, theirs)) as EventStream),
			];
			await post('signOut', {}, mine);
			expect([first.ended(), second.ended()]).toEqual([true, false]);
			await rig.desk.close();
			expect(second.ended()).toBe(true);
		}));
});

function bodyOf(answer: ConsoleResponse): any {
	return JSON.parse(String((answer as Answer).body));
}

/** As the browser sends it back. */
function cookieOf(answer: ConsoleResponse): string {
	return answer.headers['set-cookie']!.split(';')[0]!;
}

const open = new Set<() => void>();

function watch(stream: EventStream) {
	let text = '';
	let hasEnded = false;
	const stop = stream.open({ write: (part) => (text += part), end: () => (hasEnded = true) });
	open.add(stop);
	return {
		stop,
		text: () => text,
		ended: () => hasEnded,
		lastId: () => [...text.matchAll(/^id: (.*)$/gm)].at(-1)![1]!,
		snapshots: (): any[] => [...text.matchAll(/^event: devices\ndata: (.*)$/gm)].map((match) => JSON.parse(match[1]!)),
	};
}
