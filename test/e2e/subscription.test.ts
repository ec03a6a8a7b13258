import central from '../../workflows/00-central.json';
import { DEMO_NUMBER } from '../../simulator/options';
import { ECHO_WORKFLOW, startE2eRig, type E2eRig } from '../support/e2e-rig';
import { eventually } from '../support/eventually';

const ANA = '5511987654321';
const THEIRS = 'http://127.0.0.1:9/outro-sistema';
const { appId, appSecret, token, wabaId, phoneNumberId } = DEMO_NUMBER;

type Subscribe = { subscribe: 'off' | 'app' | 'number'; replaceCallback?: boolean };

describe('automatic subscription in a real n8n (D-29)', () => {
	let rig: E2eRig;
	let ours: string;

	beforeAll(async () => {
		rig = await startE2eRig({ workflows: [ECHO_WORKFLOW] });
		// What n8n calls itself when it is told no public address.
		ours = `${rig.n8n.webhookUrl.replace('127.0.0.1', 'localhost')}/whatsapp-desk/cloud-api`;
	});
	afterAll(async () => await rig?.close());

	beforeEach(async () => {
		await rig.simulator.admin.setNumber({ phoneNumberId, callbackUrl: null });
		await graph('DELETE', `/${wabaId}/subscribed_apps`, token);
	});
	afterEach(async () => {
		await rig.n8n.rest.workflows.unpublish(central.id);
		await eventually(async () => (await routes()).number !== ours && (await routes()).app !== ours);
	});

	async function graph(method: string, path: string, bearer: string) {
		const headers = { authorization: `Bearer ${bearer}` };
		return (await (await fetch(`${rig.simulator.url}/v26.0${path}`, { method, headers })).json()) as any;
	}
	/** Where Meta delivers, by level. */
	async function routes() {
		const [app, number, account] = await Promise.all([
			graph('GET', `/${appId}/subscriptions`, `${appId}|${appSecret}`),
			graph('GET', `/${phoneNumberId}?fields=webhook_configuration`, token),
			graph('GET', `/${wabaId}/subscribed_apps`, token),
		]);
		return {
			app: (app.data[0]?.callback_url ?? null) as string | null,
			number: (number.webhook_configuration.phone_number ?? null) as string | null,
			apps: account.data.map((one: any) => one.whatsapp_business_api_data.id) as string[],
		};
	}
	async function publish(parameters: Subscribe) {
		const nodes = central.nodes.map((node) => (node.name === 'Recebe da Meta' ? { ...node, parameters } : node));
		const [credential] = await rig.n8n.rest.credentials.list();
		const withCredential = nodes.map((node) =>
			node.type.endsWith('cloudApiWebhook')
				? { ...node, credentials: { whatsAppCloudApi: { id: credential!.id, name: credential!.name } } }
				: node,
		);
		await rig.n8n.rest.workflows.put({ ...central, nodes: withCredential });
		await rig.n8n.rest.workflows.publish(central.id);
	}
	async function replyTo(text: string) {
		const before = (await rig.simulator.admin.messages(ANA, { from: 'business' })).length;
		await rig.simulator.admin.say(ANA, text);
		const replies = await rig.simulator.admin.waitForReplies(ANA, before + 1, { timeoutMs: 20_000 });
		return replies.at(-1)!.text;
	}
	const told = (event: string) => rig.timeline(event).length;

	it('touches nothing at Meta when it is off', async () => {
		await publish({ subscribe: 'off' });
		expect(await routes()).toEqual({ app: null, number: null, apps: [] });
		expect(told('webhookSubscribed')).toBe(0);
	});

	it('makes Meta deliver on publishing, and takes it back on un-publishing (D-30)', async () => {
		await publish({ subscribe: 'app' });
		expect(await routes()).toEqual({ app: ours, number: null, apps: [appId] });
		expect(rig.timeline('webhookSubscribed').at(-1)!.text).toBe(
			`Assinatura automática feita: a Meta entrega em ${ours} o que acontece de todo o aplicativo.`,
		);
		expect(await replyTo('Oi')).toBe('Você disse: Oi');

		await rig.n8n.rest.workflows.unpublish(central.id);
		await eventually(async () => (await routes()).app === null);
		expect(told('webhookUnsubscribed')).toBe(1);
	});

	it('keeps delivering while the node is edited and published again', async () => {
		await publish({ subscribe: 'app' });
		const [subscribed, left] = [told('webhookSubscribed'), told('webhookUnsubscribed')];
		await publish({ subscribe: 'app', replaceCallback: true });
		expect((await routes()).app).toBe(ours);
		expect(await replyTo('Ainda aí?')).toBe('Você disse: Ainda aí?');
		await rig.n8n.rest.workflows.unpublish(central.id);
		await eventually(() => told('webhookUnsubscribed') === left + 1);
		expect(told('webhookSubscribed')).toBe(subscribed);
	});

	it('touches nothing while the node is tried out by hand', async () => {
		await publish({ subscribe: 'app' });
		await rig.simulator.admin.setNumber({ phoneNumberId, callbackUrl: THEIRS });
		await rig.n8n.rest.workflows.run(central.id, 'Recebe da Meta').catch(() => undefined);
		expect(await routes()).toEqual({ app: THEIRS, number: null, apps: [appId] });
	});

	it("never takes over somebody else's callback silently, and names it", async () => {
		await rig.simulator.admin.setNumber({ phoneNumberId, callbackUrl: THEIRS });
		await expect(publish({ subscribe: 'app' })).rejects.toThrow(`The Meta app already delivers to ${THEIRS}`);
		expect(await routes()).toEqual({ app: THEIRS, number: null, apps: [] });
		expect(rig.timeline('webhookSubscriptionFailed').at(-1)!.text).toBe(
			`A assinatura automática não foi feita: o endereço do aplicativo já é ${THEIRS}, e ele não foi substituído.`,
		);

		await publish({ subscribe: 'app', replaceCallback: true });
		expect((await routes()).app).toBe(ours);
	});

	it("takes one number beside another app's callback, and leaves that alone", async () => {
		await rig.simulator.admin.setNumber({ phoneNumberId, callbackUrl: THEIRS });
		await publish({ subscribe: 'number' });
		expect(await routes()).toEqual({ app: THEIRS, number: ours, apps: [appId] });
		expect(await replyTo('Só este número')).toBe('Você disse: Só este número');
		await rig.n8n.rest.workflows.unpublish(central.id);
		await eventually(async () => (await routes()).number === null);
		expect((await routes()).app).toBe(THEIRS);
	});

	it('says what is wrong with the credential, and works once that is mended', async () => {
		const put = (change: object) =>
			rig.n8n.rest.credentials.put({
				name: 'WhatsApp Cloud API',
				type: 'whatsAppCloudApi',
				data: {
					...{ accessToken: token, phoneNumberId, wabaId, appId, appSecret, verifyToken: DEMO_NUMBER.verifyToken },
					...{ graphVersion: 'v26.0', baseUrl: rig.simulator.url },
					...change,
				},
			});
		await put({ appSecret: 'errado' });
		await expect(publish({ subscribe: 'app' })).rejects.toThrow('Meta does not accept App ID and App Secret together.');
		await put({});
		await publish({ subscribe: 'app' });
		expect((await routes()).app).toBe(ours);
	});
});
