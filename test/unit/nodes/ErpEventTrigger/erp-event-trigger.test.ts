import { createHmac } from 'node:crypto';
import { ErpEventTrigger } from '../../../../nodes/ErpEventTrigger/ErpEventTrigger.node';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { callWebhook, type WebhookCall } from '../../../support/call-webhook';
import { ASAAS_HEADERS, asaasBody, ERP_SECRET } from '../../../support/erp-calls';
import { startTrigger, type StartedTrigger } from '../../../support/start-trigger';
import { STORES, type TestStore } from '../../../support/each-store';

const node = new ErpEventTrigger();
const credentials = { erpWebhook: { secret: ` ${ERP_SECRET}\n`, account: '' } };
const ASAAS = { system: 'asaas' };

let store: TestStore;
let trigger: StartedTrigger | undefined;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
});
afterEach(async () => {
	await trigger?.close();
	trigger = undefined;
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await store.drop();
});

const post = (parameters: object, call: WebhookCall = {}) =>
	callWebhook({
		node,
		parameters: parameters as never,
		credentials,
		method: 'POST',
		path: 'erp',
		headers: ASAAS_HEADERS,
		rawBody: asaasBody(),
		...call,
	});
const start = async (parameters: object, mode: 'trigger' | 'manual' = 'trigger', endRuns = true) =>
	(trigger = await startTrigger({ node, parameters: parameters as never, credentials, mode, endRuns }));
const stored = async () =>
	(await getDesk()).store.db.selectFrom('erp_event').select(['kind', 'outcome', 'test']).execute();

describe('ERP Event Trigger: receiving', () => {
	it('answers with the exact status and an empty body, and starts no run by itself', async () => {
		const answer = await post(ASAAS);
		expect(answer).toMatchObject({ status: 200, body: '', workflowData: null });
		expect(await stored()).toEqual([{ kind: 'payment.received', outcome: 'event', test: 0 }]);
	});

	it('refuses a wrong secret with 401 and says why', async () => {
		const headers = { ...ASAAS_HEADERS, 'asaas-access-token': 'palpite' };
		expect(await post(ASAAS, { headers })).toMatchObject({
			status: 401,
			body: 'the header asaas-access-token is not the one agreed',
			workflowData: null,
		});
		expect(await stored()).toEqual([]);
	});

	it('knows a secret that was changed a moment ago', async () => {
		await post(ASAAS);
		const changed = { erpWebhook: { secret: 'o-novo-segredo', account: '' } };
		const headers = { ...ASAAS_HEADERS, 'asaas-access-token': 'o-novo-segredo' };
		const call = { node, parameters: ASAAS, credentials: changed, method: 'POST' as const, path: 'erp', headers };
		expect((await callWebhook({ ...call, rawBody: asaasBody({ id: 'evt_2' }) })).status).toBe(200);
	});

	it('asks for no credential where there is no authentication', async () => {
		const open = { ...ASAAS, authentication: 'none' };
		expect(await post(open, { headers: { 'content-type': 'application/json' } })).toMatchObject({ status: 200 });
	});

	it('checks a signature over the raw bytes, whatever n8n made of them', async () => {
		const rawBody = `{ "eventId": "e1",\r\n "event": "order.created", "companyId": "c", "data": { "id": 7 } }`;
		const signature = createHmac('sha256', ERP_SECRET).update(rawBody).digest('hex');
		const headers = { 'content-type': 'application/json', 'X-Bling-Signature-256': `sha256=${signature}` };
		expect((await post({ system: 'bling' }, { rawBody, headers })).status).toBe(200);
	});

	it('takes the secret from the address where a sender signs nothing, also behind /pix', async () => {
		const rawBody = JSON.stringify({ pix: [{ endToEndId: 'E1', txid: 't', valor: '1.00' }] });
		const headers = { 'content-type': 'application/json' };
		const call = { rawBody, headers, path: 'erp/pix' };
		expect((await post({ system: 'bacenPix' }, { ...call, query: { token: ERP_SECRET } })).status).toBe(200);
		expect((await post({ system: 'bacenPix' }, { ...call, query: { token: 'outro' } })).status).toBe(401);
		expect((await post({ system: 'bacenPix' }, call)).status).toBe(401);
	});

	it('answers 400 with the reason to what is no notice of the chosen system', async () => {
		expect(await post(ASAAS, { rawBody: '{"topic":"x"}' })).toMatchObject({
			status: 400,
			body: 'event is missing or is not a text',
		});
		const headers = { ...ASAAS_HEADERS, 'content-type': 'application/octet-stream' };
		expect(await post(ASAAS, { rawBody: '{"event":', headers })).toMatchObject({ status: 400 });
	});

	it('says in a browser that the address works', async () => {
		const answer = await callWebhook({ node, parameters: ASAAS, credentials, method: 'GET', path: 'erp' });
		expect(answer).toMatchObject({
			status: 200,
			body: 'This address works. Register it at your ERP: it delivers with POST.',
		});
	});

	it('reads any sender by the table of fields and words', async () => {
		const generic = {
			system: 'generic',
			authentication: 'none',
			paths: {
				path: [
					{ field: 'kind', path: 'evento' },
					{ field: 'sourceId', path: 'fatura.id' },
					{ field: 'amount', path: 'fatura.valor' },
					{ field: 'customer.name', path: ' ' },
				],
			},
			kinds: { kind: [{ word: 'FATURA_PAGA', kind: 'payment.received' }] },
		};
		const fatura = { id: 12, valor: 'R$ 99,90' };
		await post(generic, { rawBody: JSON.stringify({ evento: 'fatura_paga', fatura, customer: { name: 'Ana' } }) });
		await post(generic, { rawBody: JSON.stringify({ evento: 'outra', fatura }) });
		const started = await start(generic);
		const { outputs } = await started.emission(1);
		expect(outputs.map((items) => items.map(({ json }) => [json.kind, json.amount]))).toEqual([
			[['payment.received', 'R$ 99,90']],
			[['outra', null]],
		]);
		expect(outputs[0]![0]!.json.customer).toMatchObject({ name: 'Ana' });
	});

	it('takes the stages of the company as closed', async () => {
		const omie = { system: 'omie', options: { closedStages: '50,  Concluído ' } };
		const event = { idOrdemServico: 9, etapa: 'concluído' };
		const rawBody = JSON.stringify({ messageId: 'm1', topic: 'OrdemServico.EtapaAlterada', event });
		await post(omie, { rawBody, query: { token: ERP_SECRET } });
		expect(await stored()).toMatchObject([{ kind: 'service_order.closed', outcome: 'event' }]);
	});
});

describe('ERP Event Trigger: running', () => {
	it('gives events by the first output and what is ignored by the second, with the reason', async () => {
		const parameters = { ...ASAAS, events: ['payment.received'], options: { raw: true } };
		await post(parameters);
		await post(parameters, { rawBody: asaasBody({ id: 'evt_2' }) });
		await post(parameters, { rawBody: asaasBody({ id: 'evt_3', payment: 'pay_2', event: 'PAYMENT_OVERDUE' }) });
		const { outputs } = await (await start(parameters)).emission(1);
		expect(outputs.map((items) => items.map(({ json }) => [json.kind, json.outcome, json.reason]))).toEqual([
			[['payment.received', 'event', null]],
			[
				['payment.received', 'duplicate', 'O mesmo fato já chegou em outro aviso deste ERP.'],
				['charge.overdue', 'ignored', 'charge.overdue não está entre os eventos escolhidos neste nó.'],
			],
		]);
		expect(outputs[0]![0]!.json).toMatchObject({
			key: 'workflow1/id of erpEventTrigger|charge:pay_1/payment.received',
			raw: JSON.parse(asaasBody()),
		});
	});

	it('runs for what comes while it is published', async () => {
		const started = await start(ASAAS);
		await post(ASAAS);
		expect((await started.emission(1)).items).toHaveLength(1);
	});

	it('tells the timeline of a run that failed', async () => {
		const started = await start(ASAAS, 'trigger', false);
		await post(ASAAS);
		const first = await started.emission(1);
		first.end({ status: 'error' });
		await post(ASAAS, { rawBody: asaasBody({ id: 'evt_2', payment: 'pay_2' }) });
		await started.emission(2);
		const { db } = (await getDesk()).store;
		const [line] = await db.selectFrom('timeline').selectAll().where('event', '=', 'erpRunFailed').execute();
		expect(line!.text).toBe(
			'O fluxo "Test" falhou ao tratar um aviso de Asaas; não será repetido sozinho. Veja a execução com erro no n8n e, depois de corrigir, use "Retry" nela.',
		);
		expect(JSON.parse(line!.data)).toMatchObject({ eventIds: [first.items[0]!.json.eventId] });
		started.emitted[1]!.end({ status: 'success' });
	});
});

describe('ERP Event Trigger: a test by hand', () => {
	it('stores the notice apart, starts the test and gives exactly that notice', async () => {
		await post(ASAAS, { rawBody: asaasBody({ payment: 'pay_production' }) });
		const answer = await post(ASAAS, { mode: 'manual' });
		expect(answer).toMatchObject({ status: 200, body: '', workflowData: [[{ json: {} }]] });
		const { items } = await (await start(ASAAS, 'manual')).emission(1);
		expect(items.map(({ json }) => [json.sourceId, json.test])).toEqual([['pay_1', true]]);
	});

	it('does not begin with what was refused or could not be read, nor by opening the address', async () => {
		const headers = { 'content-type': 'application/json' };
		expect(await post(ASAAS, { mode: 'manual', headers })).toMatchObject({ status: 401, workflowData: null });
		expect(await post(ASAAS, { mode: 'manual', rawBody: '{}' })).toMatchObject({ status: 400, workflowData: null });
		const call = { node, parameters: ASAAS, credentials, method: 'GET' as const, path: 'erp', mode: 'manual' as const };
		expect(await callWebhook(call)).toMatchObject({ status: 200, workflowData: null });
		expect(await stored()).toEqual([]);
	});

	it('says what to do when no notice came', async () => {
		await expect(start(ASAAS, 'manual')).rejects.toThrow('No notice came to the test URL in the last two minutes.');
	});
});

describe('ERP Event Trigger: what n8n is told', () => {
	it('has the addresses that published workflows know, without expressions', () => {
		expect(node.description.webhooks!.map(({ httpMethod, path }) => [httpMethod, path])).toEqual([
			['GET', 'erp'],
			['POST', 'erp'],
			['POST', 'erp/pix'],
		]);
		expect(JSON.stringify(node.description.webhooks)).not.toContain('"=');
	});
});
