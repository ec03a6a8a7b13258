import { openDesk, recentEvents, type CloudApiCredentials, type Desk } from '../../../engine';
import { addressesFor } from '../../../engine/inbound/webhook-addresses';
import { WebhookSubscriptions } from '../../../engine/webhook-subscriptions';
import { startSimulator, type Simulator } from '../../../simulator/server';
import { DEMO_NUMBER } from '../../../simulator/options';
import { demoCredentials } from '../../support/demo-credentials';
import { STORES, type TestStore } from '../../support/each-store';
import { eventually } from '../../support/eventually';
import { startGraphDouble } from '../../support/graph-double';
import { startVerifier, type Verifier } from '../../support/verifier';

const { phoneNumberId, wabaId, appId } = DEMO_NUMBER;

describe.each(STORES)('published webhooks on $name (D-29, D-30)', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	let simulator: Simulator;
	let node: Verifier;
	let credentials: CloudApiCredentials;
	const opened: WebhookSubscriptions[] = [];

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings });
		simulator = await startSimulator();
		node = await startVerifier(DEMO_NUMBER.verifyToken);
		credentials = demoCredentials(simulator.url);
		await simulator.admin.setNumber({ phoneNumberId, callbackUrl: null });
	});
	afterEach(async () => {
		await Promise.all(opened.splice(0).map((one) => one.close()));
		await node.close();
		await simulator.close();
		await desk.close();
		await store.drop();
	});

	const subscriptions = (leaveAfterMs: number) => {
		const { store: open, clock } = desk;
		const one = new WebhookSubscriptions({ store: open, clock, tell: (lines) => desk.tell(lines), leaveAfterMs });
		opened.push(one);
		return one;
	};
	const callback = async (): Promise<string | null> => {
		const headers = { authorization: `Bearer ${appId}|${DEMO_NUMBER.appSecret}` };
		const answer = await fetch(`${simulator.url}/v26.0/${appId}/subscriptions`, { headers });
		return ((await answer.json()) as any).data[0]?.callback_url ?? null;
	};
	const told = async () => {
		const events = ['webhookSubscribed', 'webhookUnsubscribed', 'webhookSubscriptionFailed'];
		return (await recentEvents(desk, events, 20)).map(({ event }) => event).reverse();
	};
	const wish = () => ({ mode: 'app' as const, url: node.url, replace: false });

	it('are known by their address while they receive, for every number of their app', async () => {
		const of = { channelId: 'cloudApi:another', appId, accountId: 'another' };
		const find = () => desk.store.read((db) => addressesFor(db, of));
		await desk.webhooks.opened(credentials, node.url);
		await desk.webhooks.opened(credentials, node.url);
		expect(await find()).toEqual([node.url]);
		expect(await desk.store.read((db) => addressesFor(db, { ...of, appId: 'other' }))).toEqual([]);
		await desk.webhooks.closed(node.url);
		expect(await find()).toEqual([]);
		await desk.webhooks.opened(credentials, node.url);
		expect(await find()).toEqual([node.url]);
	});

	it('leave when they do not come back within a moment', async () => {
		const webhooks = subscriptions(30);
		expect(await webhooks.subscribe(credentials, wish())).toEqual({ type: 'subscribed', changed: true });
		webhooks.leave(credentials, node.url);
		await eventually(async () => (await callback()) === null);
		await eventually(async () => (await told()).length === 2);
		expect(await told()).toEqual(['webhookSubscribed', 'webhookUnsubscribed']);
	});

	it('stay when they come back, as an edited node does', async () => {
		const webhooks = subscriptions(60_000);
		await webhooks.subscribe(credentials, wish());
		webhooks.leave(credentials, node.url);
		expect(await webhooks.subscribe(credentials, wish())).toEqual({ type: 'subscribed', changed: false });
		await webhooks.close();
		expect(await callback()).toBe(node.url);
		expect(await told()).toEqual(['webhookSubscribed']);
	});

	it('leave at once when the desk closes', async () => {
		const webhooks = subscriptions(60_000);
		await webhooks.subscribe(credentials, wish());
		webhooks.leave(credentials, node.url);
		expect(await callback()).toBe(node.url);
		await webhooks.close();
		expect(await callback()).toBeNull();
	});

	it('are subscribed later when Meta cannot be reached at the start', async () => {
		const away = await startGraphDouble();
		const webhooks = subscriptions(60_000);
		away.answers = {
			[`GET /${phoneNumberId}`]: [{ error: 2 }, { body: { id: phoneNumberId, webhook_configuration: {} } }],
			[`GET /${appId}/subscriptions`]: { body: { data: [] } },
			[`POST /${appId}/subscriptions`]: { body: { success: true } },
			[`GET /${wabaId}/subscribed_apps`]: { body: { data: [{ whatsapp_business_api_data: { id: appId } }] } },
		};
		webhooks.subscribeLater({ ...credentials, baseUrl: away.url }, wish(), [1]);
		await eventually(async () => (await told()).length === 2);
		expect(await told()).toEqual(['webhookSubscriptionFailed', 'webhookSubscribed']);
		await away.close();
	});
});
