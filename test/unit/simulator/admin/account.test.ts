import { ANA, BRUNO, startRehearsal, text, type Rehearsal } from '../support';

const HOUR = 3_600_000;
const NUMBER = '109876543210987';
const WABA = '102030405060708';

describe('what Meta and people decide about a number (X-08, X-13)', () => {
	let rehearsal: Rehearsal;
	const start = async (options = {}) => (rehearsal = await startRehearsal(options));
	afterEach(() => rehearsal.close());
	const admin = () => rehearsal.simulator.admin;
	const promo = () => rehearsal.send({ type: 'template', template: { name: 'promo', language: { code: 'pt_BR' } } });
	const addPromo = () =>
		admin().addTemplate({ name: 'promo', category: 'MARKETING', components: [{ type: 'BODY', text: 'Oferta!' }] });
	const news = async (field: string) => {
		await admin().waitForIdleWebhooks();
		return rehearsal.receiver.changes().filter((change) => change.field === field);
	};
	const failures = async () => {
		await admin().waitForIdleWebhooks();
		return rehearsal.statuses().flatMap((status) => status.errors?.map((error: any) => error.code) ?? []);
	};
	const read = async (path: string) => (await rehearsal.graph('GET', `/v26.0/${path}`)).body;

	it('flags a number and changes its limit, in reads and by webhook', async () => {
		await start();
		await addPromo();
		await admin().setNumberHealth(NUMBER, { event: 'FLAGGED', spamLimited: true });
		await admin().setNumberHealth(NUMBER, { limit: 'TIER_250' });
		const values = (await news('phone_number_quality_update')).map(({ value }) => value);
		expect(values.map((value) => [value.event, value.current_limit, value.display_phone_number])).toEqual([
			['FLAGGED', 'TIER_2K', '551130000000'],
			['DOWNGRADE', 'TIER_250', '551130000000'],
		]);
		const fields = 'quality_rating,status,whatsapp_business_manager_messaging_limit,health_status';
		const number = await read(`${NUMBER}?fields=${fields}`);
		expect(number).toMatchObject({
			quality_rating: 'RED',
			status: 'FLAGGED',
			whatsapp_business_manager_messaging_limit: 'TIER_250',
			health_status: { can_send_message: 'LIMITED' },
		});
		expect((await promo()).body.error.code).toBe(131048);
		await admin().say(ANA, 'Oi');
		expect((await rehearsal.send(text('Olá'))).status).toBe(200);
	});

	it('restricts an account for a while: replies go on, starts do not (368)', async () => {
		await start();
		await addPromo();
		await admin().restrictAccount(WABA, { forMs: HOUR });
		const [told] = await news('account_update');
		expect(told!.value).toMatchObject({
			event: 'ACCOUNT_RESTRICTION',
			restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING' }],
		});
		const { status, body } = await promo();
		expect([status, body.error.code]).toEqual([403, 368]);
		await admin().say(ANA, 'Oi');
		expect((await rehearsal.send(text('Olá'))).status).toBe(200);
		expect((await rehearsal.send({ ...text('Olá'), to: `+${BRUNO}` })).status).toBe(403);
		await admin().advanceClock(HOUR);
		expect((await rehearsal.send({ ...text('Olá'), to: `+${BRUNO}` })).status).toBe(200);
	});

	it('fails everything later without a payment method (131042)', async () => {
		await start();
		await addPromo();
		await admin().setNumberHealth(NUMBER, { paymentProblem: true });
		expect((await promo()).status).toBe(200);
		expect(await failures()).toEqual([131042]);
		expect((await read(`${WABA}?fields=health_status`)).health_status.can_send_message).toBe('BLOCKED');
	});

	it('tells new limits of the business', async () => {
		await start();
		await admin().changeCapability(WABA, { limit: 'TIER_10K' });
		expect((await news('business_capability_update'))[0]!.value).toEqual({
			max_daily_conversations_per_business: 'TIER_10K',
			max_phone_numbers_per_business: 20,
		});
		await admin().sendNews(WABA, 'account_alerts', { alert_type: 'X' });
		expect((await news('account_alerts'))[0]!.value).toEqual({ alert_type: 'X' });
	});

	it('lets a contact stop promotions and take it back (131050)', async () => {
		await start();
		await addPromo();
		await admin().setPreferences(ANA, 'stop');
		const [told] = await news('user_preferences');
		expect(told!.value.user_preferences).toEqual([
			{
				wa_id: ANA,
				user_id: `BR.111${ANA}`,
				detail: 'User requested to stop marketing messages',
				category: 'marketing_messages',
				value: 'stop',
				timestamp: expect.any(Number),
			},
		]);
		await promo();
		expect(await failures()).toEqual([131050]);
		await admin().setPreferences(ANA, 'resume');
		await promo();
		expect(await failures()).toEqual([131050]);
	});

	it('limits marketing per contact and day, when told how much (131049)', async () => {
		await start({ settings: { marketingPerContactPerDay: 1 } });
		await addPromo();
		await promo();
		await promo();
		expect(await failures()).toEqual([131049]);
		await admin().advanceClock(24 * HOUR);
		await promo();
		expect(await failures()).toEqual([131049]);
	});

	it('ends a token: 190 until it is healed or another one is set', async () => {
		await start();
		const sending = async () => (await promo()).body.error?.code ?? 200;
		await addPromo();
		await admin().setToken(NUMBER, { expired: true });
		expect([await sending(), (await promo()).status]).toEqual([190, 401]);
		expect((await admin().state()).account!.tokenExpired).toBe(true);
		await admin().setNumber({ phoneNumberId: NUMBER, token: 'novo' });
		expect(await sending()).toBe(190);
		const answer = await rehearsal.graph('GET', `/v26.0/${NUMBER}`, { headers: { authorization: 'Bearer novo' } });
		expect(answer.status).toBe(200);
		await admin().setNumber({ phoneNumberId: NUMBER, token: 'demo-token' });
		await admin().setToken(NUMBER, { expiresInMs: HOUR });
		expect(await sending()).toBe(200);
		await admin().advanceClock(HOUR);
		expect(await sending()).toBe(190);
	});

	it('describes a token to the app, and takes permissions away (10)', async () => {
		await start();
		const debug = async () =>
			(
				await rehearsal.graph('GET', '/v26.0/debug_token?input_token=demo-token', {
					headers: { authorization: 'Bearer 200000000000001|demo-app-secret' },
				})
			).body.data;
		expect(await debug()).toMatchObject({ app_id: '200000000000001', is_valid: true, expires_at: 0 });
		await admin().setToken(NUMBER, { scopes: ['whatsapp_business_management'] });
		expect((await debug()).scopes).toEqual(['whatsapp_business_management']);
		expect((await rehearsal.send(text('a'))).body.error.code).toBe(10);
		await admin().setToken(NUMBER, { expired: true });
		expect(await debug()).toMatchObject({ is_valid: false, error: { code: 190 } });
	});
});
