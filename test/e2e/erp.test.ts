import { createHmac } from 'node:crypto';
import { ended, itemsOf, until } from '../support/desk-tool';
import { startE2eRig, type E2eRig } from '../support/e2e-rig';
import { asaasBody, ERP_SECRET, type Charge } from '../support/erp-calls';

type Json = Record<string, any>;

const PACK = 'n8n-nodes-whatsapp-desk';
const ASAAS = { 'asaas-access-token': ERP_SECRET };

/** Event and Ignored each lead somewhere; the first branch takes a while, as looking a customer up does. */
const workflow = (id: string, webhookId: string, parameters: Json, waitMs = 0) => ({
	id,
	name: `ERP ${webhookId}`,
	nodes: [
		{
			id: 'e0000000-0000-4000-8000-000000000001',
			name: 'ERP',
			type: `${PACK}.erpEventTrigger`,
			typeVersion: 2,
			position: [0, 0],
			webhookId,
			parameters,
		},
		{
			id: 'e0000000-0000-4000-8000-000000000002',
			name: 'Trata',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [200, 0],
			parameters: { jsCode: `await new Promise((done) => setTimeout(done, ${waitMs}));\nreturn $input.all();` },
		},
		{
			id: 'e0000000-0000-4000-8000-000000000003',
			name: 'Ignora',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [200, 200],
			parameters: {},
		},
	],
	connections: {
		ERP: {
			main: [[{ node: 'Trata', type: 'main', index: 0 }], [{ node: 'Ignora', type: 'main', index: 0 }]],
		},
	},
	settings: { executionOrder: 'v1' },
});

const QUICK = workflow('erpQuick00000001', 'erp-quick', { system: 'asaas' });
const SLOW = workflow('erpSlow000000001', 'erp-slow', { system: 'asaas' }, 3_000);
const PIX = workflow('erpPix0000000001', 'erp-pix', { system: 'bacenPix', authentication: 'none' });
const BLING = workflow('erpBling00000001', 'erp-bling', { system: 'bling', events: ['order.cancelled'] });

describe('an ERP and a real n8n', () => {
	let rig: E2eRig;

	beforeAll(async () => {
		rig = await startE2eRig({
			workflows: [QUICK, SLOW, PIX, BLING],
			credentials: [{ name: 'ERP', type: 'erpWebhook', data: { secret: ERP_SECRET, account: '' } }],
		});
	});
	afterAll(async () => await rig?.close());

	const post = (path: string, body: string, headers: Record<string, string> = ASAAS, base = 'webhook') =>
		fetch(`${rig.n8n.url}/${base}/${path}`, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', ...headers },
		});
	const deliver = (charge: Charge, base?: string) => post('erp-quick/erp', asaasBody(charge), ASAAS, base);
	const seen = async (id: string, node: string): Promise<Json[]> => {
		const items: Json[] = [];
		for (const each of await rig.n8n.rest.executions.list({ workflowId: id })) {
			if (each.status !== 'success' || each.mode !== 'trigger') continue;
			items.push(...itemsOf((await rig.n8n.rest.executions.get(each.id)).data, node));
		}
		return items;
	};
	const charges = async (id: string, node: string) => (await seen(id, node)).map((item) => item.sourceId).sort();

	it('says by GET that the address works', async () => {
		const answer = await fetch(`${rig.n8n.webhookUrl}/erp-quick/erp`);
		expect([answer.status, await answer.text()]).toEqual([
			200,
			'This address works. Register it at your ERP: it delivers with POST.',
		]);
	});

	it('runs once for a notice, however often and concurrently it is delivered (V-01, V-13)', async () => {
		const answers = await Promise.all(Array.from({ length: 12 }, () => deliver({ payment: 'pay_once' })));
		for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([200, '']);
		await deliver({ id: 'evt_2', payment: 'pay_once' });
		await deliver({ id: 'evt_3', payment: 'pay_after' });
		await until('both charges', async () => (await charges(QUICK.id, 'Trata')).includes('pay_after') || undefined);
		expect(await charges(QUICK.id, 'Trata')).toEqual(['pay_after', 'pay_once']);
		expect((await seen(QUICK.id, 'Ignora')).map((item) => [item.sourceId, item.outcome])).toEqual([
			['pay_once', 'duplicate'],
		]);
	});

	it('refuses a forged notice and one that is cut, and goes on', async () => {
		expect((await post('erp-quick/erp', asaasBody(), { 'asaas-access-token': 'palpite' })).status).toBe(401);
		// n8n itself refuses what says it is JSON and is not.
		expect((await post('erp-quick/erp', '{"event":')).status).toBe(422);
		const plain = await post('erp-quick/erp', '{"event":', { ...ASAAS, 'content-type': 'text/plain' });
		expect([plain.status, await plain.text()]).toEqual([400, 'the body is not valid JSON']);
		expect(rig.timeline('erpRefused')).toHaveLength(1);
		expect(rig.timeline('erpUnreadable')).toHaveLength(1);
	});

	it('takes a batch of Pix behind /pix, where the bank puts it', async () => {
		const pix = ['E1', 'E2'].map((id) => ({ endToEndId: id, txid: `tx${id}`, valor: '10.00' }));
		expect((await post('erp-pix/erp/pix', JSON.stringify({ pix }), {})).status).toBe(200);
		const items = await until('both payments', async () => {
			const found = await seen(PIX.id, 'Trata');
			return found.length === 2 ? found : undefined;
		});
		expect(items.map((item) => [item.kind, item.amount])).toEqual([
			['payment.received', 'R$ 10,00'],
			['payment.received', 'R$ 10,00'],
		]);
	});

	it('checks a signature over the exact bytes and gives kinds nobody asked for by the second output', async () => {
		const body = `{"eventId":"e1", "event":"order.created",\n"companyId":"c","data":{"id":7,"total":10.5}}`;
		const sign = (text: string) => `sha256=${createHmac('sha256', ERP_SECRET).update(text).digest('hex')}`;
		const answer = (signature: string) => post('erp-bling/erp', body, { 'x-bling-signature-256': signature });
		expect((await answer(sign(`${body} `))).status).toBe(401);
		expect((await answer(sign(body))).status).toBe(200);
		const [item] = await until('the ignored order', async () => {
			const found = await seen(BLING.id, 'Ignora');
			return found.length > 0 ? found : undefined;
		});
		expect(item).toMatchObject({ kind: 'order.created', outcome: 'ignored' });
	});

	it('is tested by hand with one notice, while production goes on and may get the same one', async () => {
		const { rest } = rig.n8n;
		expect(await rest.workflows.run(QUICK.id, 'ERP')).toEqual({ waitingForWebhook: true });
		const charge = { id: 'evt_test', payment: 'pay_test' };
		expect((await deliver({ id: 'evt_x', payment: 'pay_x' }, 'webhook')).status).toBe(200);
		const answer = await deliver(charge, 'webhook-test');
		expect([answer.status, await answer.text()]).toEqual([200, '']);
		const manual = await until('the test run', async () =>
			(await rest.executions.list({ workflowId: QUICK.id })).find((each: Json) => each.mode === 'manual'),
		);
		const { data, status } = await ended(rig, manual.id);
		expect(status).toBe('success');
		expect(itemsOf(data, 'Trata').map((item) => [item.sourceId, item.test])).toEqual([['pay_test', true]]);
		// Exactly one: the next needs another click.
		expect((await deliver(charge, 'webhook-test')).status).toBe(404);
		expect(await charges(QUICK.id, 'Trata')).not.toContain('pay_test');
		await deliver(charge);
		await until('the same in production', async () =>
			(await charges(QUICK.id, 'Trata')).includes('pay_test') ? true : undefined,
		);
	});

	it('runs again, and to its end, for what was under way when n8n was killed', async () => {
		const slow = (n: number) => post('erp-slow/erp', asaasBody({ id: `evt_${n}`, payment: `pay_${n}` }));
		expect((await slow(1)).status).toBe(200);
		await until('the run', async () =>
			(await rig.n8n.rest.executions.list({ workflowId: SLOW.id })).length > 0 ? true : undefined,
		);
		expect((await slow(2)).status).toBe(200);
		await rig.n8n.kill9();
		await rig.n8n.restart();
		await until(
			'both charges',
			async () => ((await charges(SLOW.id, 'Trata')).length === 2 ? true : undefined),
			60_000,
		);
		expect(await charges(SLOW.id, 'Trata')).toEqual(['pay_1', 'pay_2']);
	}, 120_000);
});
