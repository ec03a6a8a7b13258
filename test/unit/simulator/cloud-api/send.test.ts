import { createHmac } from 'node:crypto';
import { ANA, BRUNO, startRehearsal, text, type Rehearsal } from '../support';

const DAY = 86_400_000;

describe('sending through the Cloud API double (X-10)', () => {
	let rehearsal: Rehearsal;
	const start = async (options = {}) => (rehearsal = await startRehearsal(options));
	const idle = () => rehearsal.simulator.admin.waitForIdleWebhooks();
	const statusesOf = (id: string) => rehearsal.statuses().filter((status) => status.id === id);
	afterEach(() => rehearsal.close());

	it('accepts a reply, shows it on the phone and reports sent, delivered and read', async () => {
		const { send, simulator } = await start();
		await simulator.admin.say(ANA, 'Olá');
		const { status, body } = await send({ ...text('Bem-vinda'), biz_opaque_callback_data: 'k1' });
		expect(status).toBe(200);
		expect(body).toEqual({
			messaging_product: 'whatsapp',
			contacts: [{ input: `+${ANA}`, wa_id: ANA, user_id: `BR.111${ANA}` }],
			messages: [{ id: expect.stringMatching(/^wamid\./) }],
		});
		const [reply] = await simulator.admin.waitForReplies(ANA, 1);
		expect(reply!.text).toBe('Bem-vinda');
		await idle();
		const statuses = statusesOf(body.messages[0].id);
		expect(statuses.map((one) => [one.status, one.biz_opaque_callback_data, one.recipient_id])).toEqual([
			['sent', 'k1', ANA],
			['delivered', 'k1', ANA],
			['read', 'k1', ANA],
		]);
		expect(statuses.map((one) => one.pricing?.category)).toEqual(['service', 'service', undefined]);
	});

	it('signs every webhook over the escaped bytes', async () => {
		const { receiver, simulator } = await start();
		await simulator.admin.say(ANA, 'Não é você? 👋');
		await idle();
		const [delivery] = receiver.deliveries;
		const expected = createHmac('sha256', 'demo-app-secret').update(delivery!.raw).digest('hex');
		expect(delivery!.headers['x-hub-signature-256']).toBe(`sha256=${expected}`);
		expect(delivery!.raw).toContain('N\\u00e3o \\u00e9 voc\\u00ea? \\ud83d\\udc4b');
	});

	it('refuses a wrong token with 190 and a number of somebody else with 100/33', async () => {
		const { graph } = await start();
		const wrong = await graph('GET', '/v26.0/109876543210987', { headers: { authorization: 'Bearer nope' } });
		expect([wrong.status, wrong.body.error.code]).toEqual([401, 190]);
		const unknown = await graph('POST', '/v26.0/42/messages');
		expect([unknown.status, unknown.body.error.code, unknown.body.error.error_subcode]).toEqual([400, 100, 33]);
	});

	it('tells what is wrong with code, details and HTTP 400', async () => {
		const { send, simulator } = await start();
		const { status, body } = await send(text('x'.repeat(4097)));
		expect([status, body.error.code, body.error.message]).toEqual([400, 100, '(#100) Invalid parameter']);
		expect(body.error.error_data).toEqual({
			messaging_product: 'whatsapp',
			details: "Param 'text.body' must be at most 4096 characters long, it has 4097.",
		});
		const product = await send({ ...text('a'), messaging_product: undefined });
		expect(product.body.error.error_data.details).toBe('The parameter messaging_product is required.');
		expect(await simulator.admin.messages(ANA)).toEqual([]);
	});

	it('fails free text once 24 hours have passed, templates go on (131047)', async () => {
		const { send, simulator } = await start();
		await simulator.admin.addTemplate({ name: 'aviso_os', components: [{ type: 'BODY', text: 'A sua OS mudou.' }] });
		await simulator.admin.say(ANA, 'Oi');
		await simulator.admin.advanceClock(DAY);
		const late = await send(text('Ainda aí?'));
		const template = await send({ type: 'template', template: { name: 'aviso_os', language: { code: 'pt_BR' } } });
		expect([late.status, template.body.messages[0].message_status]).toEqual([200, 'accepted']);
		await idle();
		const [failed] = statusesOf(late.body.messages[0].id);
		expect([failed.status, failed.errors[0].code]).toEqual(['failed', 131047]);
		const [sent] = statusesOf(template.body.messages[0].id);
		expect([sent.status, sent.pricing.category]).toEqual(['sent', 'utility']);
		await simulator.admin.setSettings({ windowErrorAt: 'answer' });
		expect((await send(text('E agora?'))).body.error.code).toBe(131047);
	});

	it('still delivers free text a minute before the 24 hours are over', async () => {
		const { send, simulator } = await start();
		await simulator.admin.say(ANA, { type: 'text', text: 'Oi', sentAt: Date.now() - DAY + 60_000 });
		const inside = await send(text('Dentro'));
		await idle();
		expect(statusesOf(inside.body.messages[0].id).map((one) => one.status)).toEqual(['sent', 'delivered', 'read']);
	});

	it('takes a BSUID in `to` with 200 and loses it; in `recipient` it arrives without wa_id', async () => {
		const { send, simulator } = await start();
		await simulator.admin.addContact({ waId: ANA, bsuid: 'BR.1000000000000001', hidePhone: true, username: 'ana.s' });
		await simulator.admin.say(ANA, 'Oi');
		expect((await send({ ...text('perdida'), to: 'BR.1000000000000001' })).status).toBe(200);
		const found = await send({ ...text('achada'), to: undefined, recipient: 'BR.1000000000000001' });
		expect(found.body.contacts).toEqual([{ input: 'BR.1000000000000001', user_id: 'BR.1000000000000001' }]);
		const replies = await simulator.admin.messages(ANA, { from: 'business' });
		expect(replies.map((reply) => reply.text)).toEqual(['achada']);
		await idle();
		const inbound = rehearsal.receiver.changes().find((change) => change.value.messages)!.value;
		expect(inbound.contacts).toEqual([
			{ profile: { name: 'Ana Souza', username: 'ana.s' }, user_id: 'BR.1000000000000001' },
		]);
		expect(inbound.messages[0].from).toBeUndefined();
		expect(rehearsal.statuses().every((status) => status.recipient_id === undefined)).toBe(true);
	});

	it('answers with the wa_id Meta keeps, with or without the ninth digit', async () => {
		const { send, simulator } = await start();
		await simulator.admin.addContact({ waId: '5541999998888', name: 'Davi', rewriteNinthDigit: true });
		await simulator.admin.say('5541999998888', 'Oi');
		const { body } = await send({ ...text('Olá'), to: '+5541999998888' });
		expect(body.contacts[0]).toMatchObject({ input: '+5541999998888', wa_id: '554199998888' });
		const [reply] = await simulator.admin.waitForReplies('554199998888', 1);
		expect(reply!.text).toBe('Olá');
	});

	it('reports people who are not on WhatsApp and writing to oneself (131026, 131021)', async () => {
		const { send, simulator } = await start();
		await simulator.admin.addContact({ waId: BRUNO, onWhatsApp: false });
		const nobody = await send({ ...text('Oi'), to: `+${BRUNO}` });
		await idle();
		expect(statusesOf(nobody.body.messages[0].id)[0].errors[0].code).toBe(131026);
		expect((await send({ ...text('Oi'), to: '+551130000000' })).body.error.code).toBe(131021);
	});

	it('limits one pair to a message per 6 s after a burst, when switched on (131056)', async () => {
		const { send, simulator } = await start({ settings: { pairLimit: { enabled: true, burst: 2, everyMs: 6_000 } } });
		await simulator.admin.say(ANA, 'Oi');
		const codes = [];
		for (let i = 0; i < 3; i++) codes.push((await send(text('a'))).body.error?.code ?? 200);
		await simulator.admin.advanceClock(6_000);
		codes.push((await send(text('a'))).body.error?.code ?? 200);
		expect(codes).toEqual([200, 200, 131056, 200]);
	});

	it('limits a number per second, when switched on (130429, HTTP 400)', async () => {
		const { send, simulator } = await start({ settings: { throughput: { enabled: true, perSecond: 0 } } });
		await simulator.admin.say(ANA, 'Oi');
		const { status, body } = await send(text('a'));
		expect([status, body.error.code]).toEqual([400, 130429]);
	});

	it('marks as read everything up to a message and types until the reply', async () => {
		const { send, simulator } = await start();
		await simulator.admin.say(ANA, 'um');
		const second = await simulator.admin.say(ANA, 'dois');
		await simulator.admin.say(ANA, 'três');
		const typing = { status: 'read', message_id: second, typing_indicator: { type: 'text' } };
		expect((await send(typing)).body).toEqual({ success: true });
		const read = async () => (await simulator.admin.messages(ANA)).map((message) => 'read' in message.statuses);
		expect(await read()).toEqual([true, true, false]);
		const isTyping = async () => (await simulator.admin.state()).contacts.find((one) => one.waId === ANA)!.typing;
		expect(await isTyping()).toBe(true);
		await send(text('oi'));
		expect(await isTyping()).toBe(false);
		expect((await send({ status: 'read', message_id: 'wamid.unknown' })).body.error.code).toBe(131009);
	});

	it('sends only `sent` after a reaction and fails one to an unknown message later (131009)', async () => {
		const { send, simulator } = await start();
		const said = await simulator.admin.say(ANA, 'Oi');
		const reaction = (id: string) => send({ type: 'reaction', reaction: { message_id: id, emoji: '👍' } });
		const good = await reaction(said);
		const bad = await reaction('wamid.unknown');
		await idle();
		expect(statusesOf(good.body.messages[0].id).map((one) => one.status)).toEqual(['sent']);
		expect(statusesOf(bad.body.messages[0].id)[0].errors[0].code).toBe(131009);
	});

	it('reads at once what arrives in a chat that was opened before it was delivered', async () => {
		const statusDelaysMs = { sent: 0, delivered: 30, read: 0 };
		const { send, simulator } = await start({ settings: { reads: 'opened', statusDelaysMs } });
		await simulator.admin.say(ANA, 'Oi');
		const { body } = await send(text('Olá'));
		await simulator.admin.openChat(ANA);
		await idle();
		expect(statusesOf(body.messages[0].id).map((one) => one.status)).toEqual(['sent', 'delivered', 'read']);
	});

	it('sends read receipts when the chat is opened, or never for people who hide them', async () => {
		const { send, simulator } = await start({ settings: { reads: 'opened' } });
		await simulator.admin.addContact({ waId: BRUNO, readReceipts: false });
		const ids: string[] = [];
		for (const waId of [ANA, BRUNO]) {
			await simulator.admin.say(waId, 'Oi');
			ids.push((await send({ ...text('Olá'), to: `+${waId}` })).body.messages[0].id);
		}
		await idle();
		expect(rehearsal.statuses().some((status) => status.status === 'read')).toBe(false);
		await simulator.admin.openChat(ANA);
		await simulator.admin.openChat(BRUNO);
		await idle();
		expect(statusesOf(ids[0]!).map((one) => one.status)).toEqual(['sent', 'delivered', 'read']);
		expect(statusesOf(ids[1]!).map((one) => one.status)).toEqual(['sent', 'delivered']);
	});
});
