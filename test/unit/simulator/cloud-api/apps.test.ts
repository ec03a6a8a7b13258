import { startWebhookReceiver, type WebhookReceiver } from '../../../support/webhook-receiver';
import { ANA, startRehearsal, type Rehearsal } from '../support';

const APP = '/v26.0/200000000000001/subscriptions';
const WABA = '/v26.0/102030405060708/subscribed_apps';
const APP_TOKEN = 'Bearer 200000000000001|demo-app-secret';

describe('which apps listen at the Cloud API double (X-13)', () => {
	let rehearsal: Rehearsal;
	let other: WebhookReceiver;
	beforeEach(async () => {
		[rehearsal, other] = await Promise.all([startRehearsal(), startWebhookReceiver()]);
	});
	afterEach(async () => {
		await rehearsal.close();
		await other.close();
	});
	const admin = () => rehearsal.simulator.admin;
	const call = (method: string, path: string, body?: object, authorization = APP_TOKEN) =>
		rehearsal.graph(method, path, {
			headers: { authorization, 'content-type': 'application/json' },
			...(body ? { body: JSON.stringify(body) } : {}),
		});
	const subscription = (more = {}) => ({
		object: 'whatsapp_business_account',
		callback_url: other.url,
		verify_token: 'demo-verify-token',
		fields: 'messages,message_template_status_update',
		...more,
	});
	const fieldsAt = async (receiver: WebhookReceiver) => {
		await admin().waitForIdleWebhooks();
		return receiver.changes().map((change) => change.field);
	};

	it('keeps one callback per app, verified, for the fields asked for', async () => {
		const [before] = (await call('GET', APP)).body.data;
		expect([before.object, before.callback_url, before.active]).toEqual([
			'whatsapp_business_account',
			rehearsal.receiver.url,
			true,
		]);
		expect((await call('POST', APP, subscription({ verify_token: 'errado' }))).body.error.code).toBe(2200);
		expect((await call('POST', APP, subscription())).body).toEqual({ success: true });
		const [now] = (await call('GET', APP)).body.data;
		expect([now.callback_url, now.fields.map((field: any) => field.name)]).toEqual([
			other.url,
			['messages', 'message_template_status_update'],
		]);
		await admin().say(ANA, 'Oi');
		await admin().setPreferences(ANA, 'stop');
		expect([await fieldsAt(rehearsal.receiver), await fieldsAt(other)]).toEqual([[], ['messages']]);
		expect((await call('DELETE', `${APP}?object=whatsapp_business_account`)).body).toEqual({ success: true });
		expect((await call('GET', APP)).body).toEqual({ data: [] });
	});

	it('wants an app token', async () => {
		expect((await call('GET', APP, undefined, 'Bearer demo-token')).body.error.code).toBe(15);
		expect((await call('GET', APP, undefined, 'Bearer 200000000000001|errado')).body.error.code).toBe(190);
	});

	it('refuses another object, an unknown field and a wrong address', async () => {
		for (const wrong of [{ object: 'page' }, { fields: ['colour'] }, { callback_url: 'n8n' }]) {
			expect((await call('POST', APP, subscription(wrong))).body.error.code).toBe(100);
		}
	});

	it('lists and serves somebody else’s app beside ours', async () => {
		await admin().addForeignApp('102030405060708', { name: 'CRM', callbackUrl: other.url });
		const apps = async () =>
			(await call('GET', WABA, undefined, 'Bearer demo-token')).body.data.map(
				(one: any) => one.whatsapp_business_api_data.name,
			);
		expect(await apps()).toEqual(['Simulador WhatsApp', 'CRM']);
		await admin().say(ANA, 'Oi');
		expect([await fieldsAt(rehearsal.receiver), await fieldsAt(other)]).toEqual([['messages'], ['messages']]);
		await call('DELETE', WABA, undefined, 'Bearer demo-token');
		expect(await apps()).toEqual(['CRM']);
	});
});
