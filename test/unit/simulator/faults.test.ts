import { createHmac } from 'node:crypto';
import { ANA, BRUNO, startRehearsal, text, type Rehearsal } from './support';

describe('injected faults (X-10)', () => {
	let rehearsal: Rehearsal;
	beforeEach(async () => {
		rehearsal = await startRehearsal();
		await rehearsal.simulator.admin.say(ANA, 'Oi');
	});
	afterEach(() => rehearsal.close());
	const admin = () => rehearsal.simulator.admin;
	const repliesTo = async (waId: string) => (await admin().messages(waId, { from: 'business' })).map((one) => one.text);

	it('answers the next sends with a code, its HTTP status and then works again', async () => {
		await admin().failSends({ kind: 'error', code: 131056, count: 2 }, { kind: 'error', code: 131000 });
		const codes = [];
		for (let i = 0; i < 4; i++) {
			const { status, body } = await rehearsal.send(text(`n${i}`));
			codes.push([status, body.error?.code ?? null]);
		}
		expect(codes).toEqual([
			[400, 131056],
			[400, 131056],
			[500, 131000],
			[200, null],
		]);
		expect(await repliesTo(ANA)).toEqual(['n3']);
	});

	it('hits only the contact a fault names', async () => {
		await admin().failSends({ kind: 'error', code: 131056, to: `+${BRUNO}` });
		expect((await rehearsal.send(text('a'))).status).toBe(200);
		expect((await rehearsal.send({ ...text('b'), to: BRUNO })).status).toBe(400);
	});

	it('answers like a broken proxy', async () => {
		await admin().failSends({ kind: 'httpStatus', status: 502 });
		const { status, body } = await rehearsal.send(text('a'));
		expect([status, body]).toEqual([502, '<html><body>HTTP 502</body></html>']);
	});

	it('accepts and delivers, but never answers', async () => {
		await admin().failSends({ kind: 'noAnswer' });
		const patience = new AbortController();
		const answer = rehearsal
			.graph('POST', '/v26.0/109876543210987/messages', {
				signal: patience.signal,
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ messaging_product: 'whatsapp', to: ANA, ...text('chegou') }),
			})
			.catch((error: Error) => error.name);
		await admin().waitForReplies(ANA, 1);
		patience.abort();
		expect(await answer).toBe('AbortError');
		expect(await repliesTo(ANA)).toEqual(['chegou']);
	});

	it('drops the connection before accepting anything', async () => {
		await admin().failSends({ kind: 'reset' });
		await expect(rehearsal.send(text('a'))).rejects.toThrow('fetch failed');
		expect(await repliesTo(ANA)).toEqual([]);
	});

	it('delays an answer or the whole send', async () => {
		await admin().failSends({ kind: 'slowAnswer', ms: 30 }, { kind: 'delay', ms: 30 });
		const slow = rehearsal.send(text('a'));
		await admin().waitForReplies(ANA, 1);
		expect((await slow).status).toBe(200);
		expect((await rehearsal.send(text('b'))).status).toBe(200);
	});

	it('fails an accepted message later', async () => {
		await admin().failSends({ kind: 'failLater', code: 131049 });
		expect((await rehearsal.send(text('a'))).status).toBe(200);
		await admin().waitForIdleWebhooks();
		expect(rehearsal.statuses().map((status) => [status.status, status.errors[0].code])).toEqual([['failed', 131049]]);
	});

	it('drops chosen statuses and signs wrongly when told to', async () => {
		await admin().waitForIdleWebhooks();
		await admin().setWebhookFaults({ dropStatuses: ['sent', 'delivered'], wrongSignature: true });
		await rehearsal.send(text('a'));
		await admin().waitForIdleWebhooks();
		expect(rehearsal.statuses().map((status) => status.status)).toEqual(['read']);
		const [first, second] = rehearsal.receiver.deliveries.map(({ headers }) => headers['x-hub-signature-256']);
		expect(second).not.toBe(first);
		await admin().clearFaults();
		expect((await admin().state()).faults.webhooks.dropStatuses).toEqual([]);
	});

	it('posts a raw body as it is, signed, unsigned or wrongly signed', async () => {
		await admin().waitForIdleWebhooks();
		const before = rehearsal.receiver.deliveries.length;
		expect(await admin().sendRawWebhook('{"object":')).toMatchObject({ type: 'answered', status: 200 });
		await admin().sendRawWebhook('{}', { signature: null });
		await admin().sendRawWebhook('{}', { signature: 'sha256=00' });
		const raw = rehearsal.receiver.deliveries.slice(before);
		expect(raw.map((delivery) => delivery.raw)).toEqual(['{"object":', '{}', '{}']);
		expect(raw.map((delivery) => delivery.headers['x-hub-signature-256']?.length)).toEqual([71, undefined, 9]);
	});

	it('retries against a callback that was down until it answers 200', async () => {
		await admin().setSettings({ webhooks: { retryScheduleMs: [5] } });
		await admin().waitForIdleWebhooks();
		const before = rehearsal.receiver.deliveries.length;
		rehearsal.receiver.answer = (_delivery, index) => (index < before + 2 ? 500 : 200);
		await admin().say(ANA, 'insistente');
		await admin().waitForIdleWebhooks();
		const texts = rehearsal.receiver.deliveries
			.slice(before)
			.map(({ body }) => body.entry[0].changes[0].value.messages[0].text.body);
		expect(texts).toEqual(['insistente', 'insistente', 'insistente']);
		expect((await admin().metrics()).webhookFailures).toBe(2);
	});

	it('accepts and delivers, but answers with an error (5xx after acceptance)', async () => {
		await admin().failSends(
			{ kind: 'httpStatus', status: 503, accepted: true },
			{ kind: 'error', code: 131016, accepted: true },
		);
		expect((await rehearsal.send(text('a'))).status).toBe(503);
		expect((await rehearsal.send(text('b'))).status).toBe(500);
		expect(await repliesTo(ANA)).toEqual(['a', 'b']);
	});

	it('hits only the type of message a fault names', async () => {
		await admin().failSends({ kind: 'error', code: 131048, type: 'template' });
		expect((await rehearsal.send(text('a'))).status).toBe(200);
		expect((await admin().state()).faults.sends.length).toBe(1);
	});

	it('tells the statuses of a message last one first, or several times', async () => {
		const told = () => rehearsal.statuses().map((status) => status.status);
		await admin().setWebhookFaults({ reverseStatuses: true });
		await rehearsal.send(text('a'));
		await admin().waitForIdleWebhooks();
		expect(told()).toEqual(['read', 'delivered', 'sent']);
		await admin().setWebhookFaults({ reverseStatuses: false, extraStatuses: 1, dropStatuses: ['read'] });
		await rehearsal.send(text('b'));
		await admin().waitForIdleWebhooks();
		expect(told().slice(3)).toEqual(['sent', 'sent', 'delivered', 'delivered']);
	});

	it('puts a storm of statuses into one body', async () => {
		const { body } = await rehearsal.send({ ...text('a'), biz_opaque_callback_data: 'k1' });
		await admin().waitForIdleWebhooks();
		const before = rehearsal.receiver.deliveries.length;
		expect(await admin().stormStatuses({ count: 1_000 })).toMatchObject({ status: 200 });
		await admin().stormStatuses({ count: 10, unknown: true, shape: 'changes', statuses: ['delivered'] });
		const [known, unknown] = rehearsal.receiver.deliveries.slice(before);
		const { statuses } = known!.body.entry[0].changes[0].value;
		expect(statuses.length).toBe(1_000);
		expect(statuses.slice(0, 4).map((one: any) => [one.id, one.status, one.biz_opaque_callback_data])).toEqual(
			['sent', 'delivered', 'read', 'sent'].map((status) => [body.messages[0].id, status, 'k1']),
		);
		expect(unknown!.body.entry[0].changes.length).toBe(10);
		expect(new Set(unknown!.body.entry[0].changes.map((one: any) => one.value.statuses[0].id)).size).toBe(10);
	});

	it('signs with another secret once the app has one', async () => {
		await admin().waitForIdleWebhooks();
		await admin().setNumber({ phoneNumberId: '109876543210987', appSecret: 'novo-segredo' });
		await admin().say(ANA, 'depois');
		await admin().waitForIdleWebhooks();
		const { raw, headers } = rehearsal.receiver.deliveries.at(-1)!;
		const expected = createHmac('sha256', 'novo-segredo').update(raw).digest('hex');
		expect(headers['x-hub-signature-256']).toBe(`sha256=${expected}`);
	});
});
