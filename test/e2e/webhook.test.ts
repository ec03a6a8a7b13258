import { createHmac } from 'node:crypto';
import central from '../../workflows/00-central.json';
import { DEMO_NUMBER } from '../../simulator/options';
import { ECHO_WORKFLOW, startE2eRig, type E2eRig } from '../support/e2e-rig';

const ANA = '5511987654321';
const BRUNO = '5521998765432';

describe('the Cloud API webhook in a real n8n', () => {
	let rig: E2eRig;

	beforeAll(async () => {
		rig = await startE2eRig({ workflows: [central, ECHO_WORKFLOW] });
	});
	afterAll(async () => await rig?.close());

	const sign = (body: string) => `sha256=${createHmac('sha256', DEMO_NUMBER.appSecret).update(body).digest('hex')}`;
	const post = (body: string, signature: string | null = sign(body)) =>
		fetch(`${rig.n8n.webhookUrl}/whatsapp-desk/cloud-api`, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', ...(signature ? { 'x-hub-signature-256': signature } : {}) },
		});
	const text = (waId: string, id: string, body: unknown) => ({
		from: waId,
		id,
		timestamp: String(Math.floor(Date.now() / 1000)),
		type: 'text',
		text: { body },
	});
	const envelope = (messages: unknown[]) => ({
		object: 'whatsapp_business_account',
		entry: [
			{
				id: DEMO_NUMBER.wabaId,
				changes: [
					{
						field: 'messages',
						value: {
							messaging_product: 'whatsapp',
							metadata: { display_phone_number: '551130000000', phone_number_id: DEMO_NUMBER.phoneNumberId },
							messages,
						},
					},
				],
			},
		],
	});

	it('answers the verification of Meta and refuses a wrong token', async () => {
		expect(await rig.simulator.admin.verifyNumber(DEMO_NUMBER.phoneNumberId)).toMatchObject({ verified: true });
		const wrong = await fetch(
			`${rig.n8n.webhookUrl}/whatsapp-desk/cloud-api?hub.mode=subscribe&hub.verify_token=x&hub.challenge=1`,
		);
		expect(wrong.status).toBe(403);
	});

	it('answers a customer with one text', async () => {
		await rig.simulator.admin.say(ANA, 'Olá, tudo bem?');
		const [reply] = await rig.simulator.admin.waitForReplies(ANA, 1, { timeoutMs: 20_000 });
		expect(reply!.text).toBe('Você disse: Olá, tudo bem?');
	});

	it('refuses a wrong or missing signature, processes nothing and tells the timeline', async () => {
		const body = JSON.stringify(envelope([text(BRUNO, 'wamid.forged', 'sou falso')]));
		expect((await post(body, sign(`${body} `))).status).toBe(401);
		expect((await post(body, null)).status).toBe(401);
		expect(rig.timeline('webhookRefused').map((line) => line.data)).toEqual([{ missing: false }, { missing: true }]);
		expect(await rig.simulator.admin.messages(BRUNO, { from: 'business' })).toEqual([]);
	});

	it('keeps the neighbours of a malformed message in the same batch (D-03)', async () => {
		const broken = { from: BRUNO, id: 42, type: 'text' };
		const body = JSON.stringify(envelope([broken, text(BRUNO, 'wamid.good', 'cheguei'), null, 'lixo']));
		await rig.simulator.admin.addContact({ waId: BRUNO, name: 'Bruno' });
		// A person wrote, as far as the simulator's 24 h window is concerned.
		await rig.simulator.admin.setWebhookFaults({ hold: true });
		await rig.simulator.admin.say(BRUNO, 'oi');
		expect((await post(body)).status).toBe(200);
		const replies = await rig.simulator.admin.waitForReplies(BRUNO, 1, { timeoutMs: 20_000 });
		expect(replies.map((reply) => reply.text)).toEqual(['Você disse: cheguei']);
		await rig.simulator.admin.setWebhookFaults({ hold: false });
		const all = await rig.simulator.admin.waitForReplies(BRUNO, 2, { timeoutMs: 20_000 });
		expect(all.map((reply) => reply.text)).toEqual(['Você disse: cheguei', 'Você disse: oi']);
	});

	it('answers malformed, foreign and oversized bodies without harm', async () => {
		for (const body of ['{"object":', '[]', '"text"', 'null', '{}', JSON.stringify({ object: 'page', entry: [] })]) {
			const { status } = await post(body);
			expect({ body, ok: status < 500 }).toEqual({ body, ok: true });
		}
		const oversized = await post(JSON.stringify(envelope([text(ANA, 'wamid.big', 'x'.repeat(17 * 1024 * 1024))])));
		expect(oversized.status).toBeGreaterThanOrEqual(400);
		const before = (await rig.simulator.admin.messages(ANA, { from: 'business' })).length;
		await rig.simulator.admin.say(ANA, 'ainda aí?');
		const replies = await rig.simulator.admin.waitForReplies(ANA, before + 1, { timeoutMs: 20_000 });
		expect(replies.at(-1)!.text).toBe('Você disse: ainda aí?');
	});

	it('processes the same webhook once, however often and however concurrently it comes (D-02)', async () => {
		const body = JSON.stringify(envelope([text(ANA, 'wamid.again', 'uma vez só')]));
		const before = (await rig.simulator.admin.messages(ANA, { from: 'business' })).length;
		const answers = await Promise.all(Array.from({ length: 12 }, () => post(body)));
		expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
		await rig.simulator.admin.say(ANA, 'fim');
		const replies = await rig.simulator.admin.waitForReplies(ANA, before + 2, { timeoutMs: 20_000 });
		expect(replies.slice(before).map((reply) => reply.text)).toEqual(['Você disse: uma vez só', 'Você disse: fim']);
	});
});
