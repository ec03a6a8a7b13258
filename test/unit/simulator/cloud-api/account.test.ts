import { ANA, startRehearsal, type Rehearsal } from '../support';

const WABA = '/v26.0/102030405060708';

describe('numbers, subscriptions and tokens of the Cloud API double', () => {
	let rehearsal: Rehearsal;
	beforeEach(async () => (rehearsal = await startRehearsal()));
	afterEach(() => rehearsal.close());

	it('describes a number by the fields asked for and names an unknown one', async () => {
		const known = await rehearsal.graph('GET', '/v26.0/109876543210987?fields=display_phone_number,quality_rating');
		expect(known.body).toEqual({
			id: '109876543210987',
			display_phone_number: '+55 11 3000-0000',
			quality_rating: 'GREEN',
		});
		const unknown = await rehearsal.graph('GET', '/v26.0/109876543210987?fields=colour');
		expect([unknown.status, unknown.body.error.code]).toEqual([400, 100]);
		const list = await rehearsal.graph('GET', `${WABA}/phone_numbers`);
		expect(list.body.data.map((number: any) => number.id)).toEqual(['109876543210987']);
	});

	it('refuses versions of the API that are gone', async () => {
		const { body } = await rehearsal.graph('GET', '/v20.0/109876543210987');
		expect(body.error.code).toBe(2635);
	});

	it('delivers nothing without a subscription', async () => {
		await rehearsal.graph('DELETE', `${WABA}/subscribed_apps`);
		expect((await rehearsal.graph('GET', `${WABA}/subscribed_apps`)).body).toEqual({ data: [] });
		await rehearsal.simulator.admin.say(ANA, 'sem ninguém ouvindo');
		await rehearsal.graph('POST', `${WABA}/subscribed_apps`);
		await rehearsal.simulator.admin.say(ANA, 'Oi');
		await rehearsal.simulator.admin.waitForIdleWebhooks();
		const texts = rehearsal.receiver.changes().map((change) => change.value.messages[0].text.body);
		expect(texts).toEqual(['Oi']);
	});

	it('verifies an override callback before it uses it', async () => {
		const subscribe = (verifyToken: string) =>
			rehearsal.graph('POST', `${WABA}/subscribed_apps`, {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ override_callback_uri: rehearsal.receiver.url, verify_token: verifyToken }),
			});
		expect((await subscribe('wrong')).body.error.code).toBe(2200);
		expect((await subscribe('demo-verify-token')).body).toEqual({ success: true });
		const { body } = await rehearsal.graph('GET', `${WABA}/subscribed_apps`);
		expect(body.data[0].override_callback_uri).toBe(rehearsal.receiver.url);
	});

	it('makes the verification call Meta makes', async () => {
		const { admin } = rehearsal.simulator;
		expect(await admin.verifyNumber('109876543210987')).toEqual({ verified: true, reason: '' });
		await admin.setNumber({ phoneNumberId: '109876543210987', verifyToken: 'wrong' });
		const refused = await admin.verifyNumber('109876543210987');
		expect(refused).toEqual({ verified: false, reason: 'HTTP Status Code = 403' });
	});

	it('knows which tokens are good', async () => {
		const good = await rehearsal.graph('GET', '/v26.0/debug_token?input_token=demo-token');
		expect([good.body.data.is_valid, good.body.data.scopes]).toEqual([
			true,
			['whatsapp_business_management', 'whatsapp_business_messaging'],
		]);
		expect((await rehearsal.graph('GET', '/v26.0/debug_token?input_token=x')).body.data.is_valid).toBe(false);
	});
});
