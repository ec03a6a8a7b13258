import central from '../../workflows/00-central.json';
import status from '../../workflows/11-status-e-falhas.json';
import alerta from '../../workflows/12-alerta-de-desconexao.json';
import { DEMO_NUMBER } from '../../simulator/options';
import { ended, itemsOf, republish, seenInExecutions, until, useDesk } from '../support/desk-tool';
import { DEMO_CREDENTIAL, startE2eRig, type E2eRig } from '../support/e2e-rig';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';

const SUPERVISOR = '5511987654321';
const ANA = '5521998765432';
const BRUNO = '5531987654321';
const CARLA = '5541987654321';

type Json = Record<string, any>;

/** The shipped workflow with what its node "Configuração" asks for. */
function configured<T extends { nodes: Json[] }>(workflow: T, values: Record<string, string>): T {
	return { ...workflow, nodes: workflow.nodes.map((node) => (node.name === 'Configuração' ? fill(node) : node)) };

	function fill({ parameters, ...node }: Json): Json {
		const rows = parameters.assignments.assignments.map((row: Json) => ({
			...row,
			value: values[row.name.replace('config.', '')] ?? row.value,
		}));
		return { ...node, parameters: { ...parameters, assignments: { assignments: rows } } };
	}
}

describe('the shipped workflows that tell what went wrong', () => {
	let rig: E2eRig;
	let chat: WebhookReceiver;

	beforeAll(async () => {
		chat = await startWebhookReceiver();
		rig = await startE2eRig({
			workflows: [
				central,
				configured(status, { telefone: '(11) 98765-4321' }),
				configured(alerta, { endereco: chat.url }),
			],
		});
		for (const waId of [SUPERVISOR, BRUNO, CARLA]) await rig.simulator.admin.say(waId, 'oi');
		await until('the three to be known', async () =>
			rig.rows('select id from inbound').length === 3 ? true : undefined,
		);
	});
	afterAll(async () => {
		await rig?.close();
		await chat?.close();
	});

	it('tells a person once what did not reach a customer, and why (V-12, V-18)', async () => {
		await refused(ANA);
		const [notice] = await heard(1);
		expect(notice).toMatch(
			/^⚠️ Uma mensagem não chegou\n\n\*\+5521998765432\*\n"Boa tarde"\nNão enviada: .* \[serviceWindowClosed\]$/,
		);
		await refused(ANA);
		await heard(2);
	});

	it('never tells of its own notices (D-29)', async () => {
		const before = await texts();
		await rig.simulator.admin.failSends({ kind: 'failLater', code: 131026, to: SUPERVISOR });
		await refused(ANA);
		const isOwn = ({ label }: Json) => label === 'aviso-interno';
		const { execution } = await seenInExecutions(rig, status.id, 'Ver a mensagem', isOwn);
		expect(Object.keys(execution.data.resultData.runData)).not.toContain('Configuração');
		const own = rig.rows("select id from outbox where label = 'aviso-interno'");
		expect(own).toHaveLength(before.length + 1);
	});

	it('writes what the day cost (X-09)', async () => {
		const before = await texts();
		await rig.simulator.admin.waitForIdleWebhooks();
		await until('the reports', async () =>
			rig.rows("select id from outbox where delivery in ('delivered', 'read')").length === 2 ? true : undefined,
		);
		const { executionId } = await rig.n8n.rest.workflows.run(status.id, 'Todo dia às 18h');
		const { data } = await ended(rig, executionId!);
		expect(itemsOf(data, 'Avisar a pessoa')).toMatchObject([{ delivery: { status: 'sent' } }]);
		expect((await texts()).slice(before.length)).toEqual([
			expect.stringMatching(/^📊 Hoje: 3 outras mensagens, 2 entregues, 4 não chegaram, 3 recebidas\. US\$ 0,00$/),
		]);
	});

	it('says what is missing while nobody is named', async () => {
		await republish(rig, rig.n8n.workflows[1]!, { Configuração: status.nodes.find(isSettings)!.parameters });
		const { executionId } = await rig.n8n.rest.workflows.run(status.id, 'Todo dia às 18h');
		const { data } = await ended(rig, executionId!);
		expect(itemsOf(data, 'Falta o telefone')).toMatchObject([{ explicacao: expect.stringContaining('Configuração') }]);
		await rig.n8n.rest.workflows.unpublish(status.id);
	});

	it('alerts by another way when the number is down, and once per problem a day (X-13)', async () => {
		await rig.simulator.admin.setToken(DEMO_NUMBER.phoneNumberId, { expired: true });
		const waiting = sendTest(BRUNO).catch(() => undefined);
		await until('the alert', async () => alerts().find((text) => text.startsWith('🔴')));
		expect(alerts()).toEqual([expect.stringMatching(/^🔴 WhatsApp: O número parou de enviar: .*token/i)]);

		const often = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };
		await republish(rig, rig.n8n.workflows[2]!, { 'De hora em hora': often });
		await until('three diagnoses', async () => {
			const runs = await rig.n8n.rest.executions.list({ workflowId: alerta.id });
			return runs.filter((run: Json) => run.status === 'success').length >= 4 ? true : undefined;
		});
		await republish(rig, rig.n8n.workflows[2]!, {});
		const diagnosed = alerts().filter((text) => text.startsWith('🩺'));
		expect(diagnosed).toEqual(expect.arrayContaining([expect.stringMatching(/: token\n/)]));
		expect(new Set(diagnosed).size).toBe(diagnosed.length);

		await giveNewToken();
		await sendTest(CARLA);
		const up = await until('the good news', async () => alerts().find((text) => text.startsWith('🟢')));
		expect(up).toContain('O número voltou a enviar');
		expect(alerts().filter((text) => text.startsWith('🔴'))).toHaveLength(1);
		await waiting;
	}, 90_000);

	// ---------------------------------------------------------------- what happens, and what is seen

	function sendTest(phone: string): Promise<Json[]> {
		return useDesk(rig, { resource: 'channel', operation: 'sendTest', phone, message: 'Boa tarde' });
	}

	/** As a supervisor does it: a new one at Meta, pasted into the credential. */
	async function giveNewToken(): Promise<void> {
		const { phoneNumberId, wabaId, appId, appSecret, verifyToken } = DEMO_NUMBER;
		const accessToken = 'new-token';
		await rig.simulator.admin.setNumber({ phoneNumberId, token: accessToken });
		await rig.n8n.rest.credentials.put({
			name: DEMO_CREDENTIAL,
			type: 'whatsAppCloudApi',
			data: {
				...{ accessToken, phoneNumberId, wabaId, appId, appSecret, verifyToken },
				graphVersion: 'v26.0',
				baseUrl: rig.simulator.url,
			},
		});
	}

	/** A customer who has not written cannot be written to. */
	async function refused(phone: string): Promise<void> {
		await expect(sendTest(phone)).rejects.toThrow();
	}

	async function texts(): Promise<string[]> {
		return (await rig.simulator.admin.messages(SUPERVISOR, { from: 'business' })).map(({ text }) => text);
	}

	async function heard(count: number): Promise<string[]> {
		await rig.simulator.admin.waitForReplies(SUPERVISOR, count, { timeoutMs: 20_000 });
		const all = await texts();
		expect(all).toHaveLength(count);
		return all;
	}

	function alerts(): string[] {
		return chat.deliveries.map(({ body }) => String(body.text));
	}

	function isSettings({ name }: { name: string }): boolean {
		return name === 'Configuração';
	}
});
