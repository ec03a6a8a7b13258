import { ANA, BRUNO, startRehearsal, text, type Rehearsal } from '../support';

describe('the admin API of the simulator', () => {
	let rehearsal: Rehearsal;
	const start = async (options = {}) => (rehearsal = await startRehearsal(options));
	afterEach(() => rehearsal.close());
	const admin = () => rehearsal.simulator.admin;
	const post = (path: string, headers: Record<string, string>) =>
		fetch(`${rehearsal.simulator.url}${path}`, { method: 'POST', headers, body: '{}' }).then(({ status }) => status);

	it('refuses other sites, forms and foreign host names', async () => {
		await start();
		const json = { 'content-type': 'application/json' };
		expect(await post('/admin/reset', json)).toBe(200);
		expect(await post('/admin/reset', { ...json, origin: rehearsal.simulator.url })).toBe(200);
		expect(await post('/admin/reset', { ...json, origin: 'https://evil.example' })).toBe(403);
		expect(await post('/admin/reset', { ...json, 'sec-fetch-site': 'cross-site' })).toBe(403);
		expect(await post('/admin/reset', { 'content-type': 'text/plain' })).toBe(403);
		expect(await post('/admin/nothing', json)).toBe(404);
	});

	it('says what is missing', async () => {
		await start();
		await expect(admin().addContact({ waId: '12' })).rejects.toThrow('waId must have 7 to 15 digits');
		await expect(admin().say('abc', 'Oi')).rejects.toThrow('No such contact or number');
		await expect(admin().say(ANA, { type: 'dance' } as never)).rejects.toThrow("cannot do 'dance'");
	});

	it('shows no secret in its state', async () => {
		await start();
		const state = await admin().state();
		expect(JSON.stringify(state)).not.toMatch(/demo-token|demo-app-secret|demo-verify-token/);
		expect(state.contacts.map((contact) => contact.name)).toEqual(['Ana Souza', 'Bruno Lima', 'Carla Mendes']);
	});

	it('measures the time to the first reply of every message', async () => {
		await start();
		await admin().say(ANA, 'um');
		await admin().say(ANA, 'dois');
		await admin().say(BRUNO, 'três');
		await rehearsal.send(text('Olá'));
		await rehearsal.send(text('Tudo bem?'));
		const metrics = await admin().metrics();
		expect([metrics.inbound, metrics.accepted, metrics.firstReply.count, metrics.unanswered]).toEqual([3, 2, 2, 1]);
		expect((await admin().latencies()).length).toBe(2);
	});

	it('keeps the newest part of a long chat', async () => {
		await start({ settings: { historyLimit: 10 } });
		await admin().sayMany(Array.from({ length: 100 }, (_, i) => ({ waId: ANA, type: 'text' as const, text: `${i}` })));
		const texts = (await admin().messages(ANA)).map((message) => message.text);
		expect(texts.length).toBeLessThanOrEqual(20);
		expect(texts.at(-1)).toBe('99');
		expect((await admin().messages(ANA, { after: 98 })).map((message) => message.text)).toEqual(['98', '99']);
	});

	it('tells at the deadline which replies came', async () => {
		await start();
		await admin().say(ANA, 'Oi');
		await rehearsal.send(text('Olá'));
		await expect(admin().waitForReplies(ANA, 2, { timeoutMs: 5 })).rejects.toThrow('got 1 of 2 replies');
	});

	it('starts over with its ready-made customers and the real time', async () => {
		await start();
		await admin().say(ANA, 'Oi');
		await admin().advanceClock(3_600_000);
		await admin().failSends({ kind: 'reset' });
		await admin().reset();
		const state = await admin().state();
		expect([state.clock.offsetMs, state.faults.sends, state.contacts.length]).toEqual([0, [], 3]);
		expect(await admin().messages(ANA)).toEqual([]);
	});

	it('streams what happens to an open page', async () => {
		await start();
		const stream = await fetch(`${rehearsal.simulator.url}/admin/events`);
		const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
		await admin().say(ANA, 'Oi');
		let seen = '';
		while (!seen.includes('data:')) seen += (await reader.read()).value;
		const event = JSON.parse(/data: (.*)/.exec(seen)![1]!);
		expect([event.type, event.waId, event.message.text]).toEqual(['message', ANA, 'Oi']);
		await reader.cancel();
	});
});
