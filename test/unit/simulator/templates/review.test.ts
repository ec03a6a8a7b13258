import { startRehearsal, type Rehearsal } from '../support';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WABA = '/v26.0/102030405060708/message_templates';

describe('templates of the Cloud API double (C-25, C-34, X-10)', () => {
	let rehearsal: Rehearsal;
	const start = async (options = {}) => (rehearsal = await startRehearsal(options));
	afterEach(() => rehearsal.close());
	const admin = () => rehearsal.simulator.admin;

	const call = (method: string, path: string, body?: unknown) =>
		rehearsal.graph(
			method,
			path,
			body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
		);
	const text = (body: string) => [{ type: 'BODY', text: body }];
	const create = (name: string, body = `O pedido ${name} saiu.`, more = {}) =>
		call('POST', WABA, { name, language: 'pt_BR', category: 'UTILITY', components: text(body), ...more });
	const news = async (field: string) => {
		await admin().waitForIdleWebhooks();
		return rehearsal.receiver.changes().filter((change) => change.field === field);
	};
	const events = async () => (await news('message_template_status_update')).map(({ value }) => value.event);

	it('takes a new one as pending, and tells what a person decides', async () => {
		await start();
		const { status, body } = await create('aviso');
		expect([status, body]).toEqual([200, { id: body.id, status: 'PENDING', category: 'UTILITY' }]);
		expect(await events()).toEqual([]);
		await admin().rejectTemplate('aviso', 'INVALID_FORMAT', 'Texto vago');
		await admin().approveTemplate(body.id);
		const [rejected, approved] = (await news('message_template_status_update')).map(({ value }) => value);
		expect(rejected).toEqual({
			event: 'REJECTED',
			message_template_id: Number(body.id),
			message_template_name: 'aviso',
			message_template_language: 'pt-BR',
			message_template_category: 'UTILITY',
			reason: 'INVALID_FORMAT',
			rejection_info: { reason: 'Texto vago', recommendation: '' },
		});
		expect([approved.event, approved.reason]).toEqual(['APPROVED', 'NONE']);
		expect(rehearsal.receiver.deliveries[0]!.body.entry[0].time).toEqual(expect.any(Number));
	});

	it('reviews by itself when told to, and rejects the same text twice', async () => {
		await start({ settings: { templateApproval: 'auto' } });
		await create('um', 'O seu pedido saiu.');
		await admin().waitForTemplate('um', 'APPROVED');
		await create('dois', 'O seu pedido saiu.');
		expect((await admin().waitForTemplate('dois', 'REJECTED')).rejectedReason).toBe('INVALID_FORMAT');
	});

	it('takes promotional text for marketing, whatever was asked for', async () => {
		await start();
		expect((await create('oferta', 'Aproveite a promoção de maio!')).body.category).toBe('MARKETING');
		expect((await create('lembrete', 'A sua fatura vence amanhã.')).body.category).toBe('UTILITY');
	});

	it('refuses with a subcode and a sentence for people', async () => {
		await start();
		const { status, body } = await create('aviso', 'Olá {{1}}');
		expect(status).toBe(400);
		expect(body.error).toMatchObject({
			message: 'Invalid parameter',
			code: 100,
			error_subcode: 2388299,
			error_user_title: 'Variáveis não podem ficar no início ou no fim',
		});
	});

	it('knows a name once per language, also for 30 days after an approved one is gone', async () => {
		await start();
		await create('aviso');
		expect((await create('aviso')).body.error.error_subcode).toBe(2388024);
		expect((await create('aviso', 'Your order left.', { language: 'en_US' })).status).toBe(200);
		const byName = (await admin().templates({ name: 'aviso' })).find((one) => one.language === 'pt_BR')!;
		await admin().approveTemplate(byName.id);
		expect((await call('DELETE', `${WABA}?name=aviso&hsm_id=${byName.id}`)).body).toEqual({ success: true });
		expect((await admin().templates({ name: 'aviso' })).map((one) => one.language)).toEqual(['en_US']);
		expect((await create('aviso')).body.error.error_subcode).toBe(2388023);
		await admin().advanceClock(30 * DAY);
		expect((await create('aviso')).status).toBe(200);
		expect((await call('DELETE', `${WABA}?name=aviso`)).body).toEqual({ success: true });
		expect(await admin().templates()).toEqual([]);
		expect((await call('DELETE', `${WABA}?name=aviso`)).body.error.error_subcode).toBe(2593002);
		expect(await events()).toEqual(['APPROVED', 'DELETED', 'DELETED', 'DELETED']);
	});

	it('allows 100 new ones an hour', async () => {
		await start();
		for (let i = 0; i < 100; i++) await create(`n${i}`);
		expect((await create('mais')).body.error.code).toBe(80008);
		await admin().advanceClock(HOUR);
		expect((await create('mais')).status).toBe(200);
	});

	it('lists by page, status, name and fields', async () => {
		await start();
		for (const name of ['a', 'b', 'c']) await admin().addTemplate({ name, components: text(name) });
		await admin().decideTemplate('b', { decision: 'reject' });
		const first = await call('GET', `${WABA}?limit=2&fields=name,status`);
		expect(first.body.data.map((one: any) => [one.name, one.status])).toEqual([
			['c', 'APPROVED'],
			['b', 'REJECTED'],
		]);
		const { after } = first.body.paging.cursors;
		const second = await call('GET', `${WABA}?limit=2&fields=name&after=${after}`);
		expect(second.body.data).toEqual([{ name: 'a', id: expect.any(String) }]);
		expect([first.body.paging.next !== undefined, second.body.paging.next]).toEqual([true, undefined]);
		expect((await fetch(first.body.paging.next, { headers: { authorization: 'Bearer demo-token' } })).status).toBe(200);
		const approved = await call('GET', `${WABA}?status=APPROVED&name=a`);
		expect(approved.body.data.map((one: any) => one.name)).toEqual(['a']);
		expect((await call('GET', `${WABA}?after=nada`)).body.error.code).toBe(131059);
		expect((await call('GET', `${WABA}?fields=colour`)).body.error.code).toBe(100);
	});

	it('edits an approved one once a day, never its category; a rejected one freely', async () => {
		await start();
		const { body } = await create('aviso');
		const edit = (change: unknown) => call('POST', `/v26.0/${body.id}`, change);
		expect((await edit({ components: text('cedo') })).body.error.error_subcode).toBe(2388025);
		await admin().rejectTemplate('aviso');
		expect((await edit({ components: text('Corrigido.'), category: 'MARKETING' })).body.success).toBe(true);
		expect((await call('GET', `/v26.0/${body.id}?fields=status,category`)).body).toEqual({
			id: body.id,
			status: 'PENDING',
			category: 'MARKETING',
		});
		await admin().approveTemplate('aviso');
		expect((await edit({ category: 'UTILITY' })).body.error.error_subcode).toBe(2388025);
		expect((await edit({ components: text('Outra vez.') })).status).toBe(200);
		await admin().approveTemplate('aviso');
		expect((await edit({ components: text('De novo.') })).body.error.error_subcode).toBe(2388025);
		await admin().advanceClock(DAY);
		expect((await edit({ components: text('De novo.') })).status).toBe(200);
	});

	it('edits an approved one ten times in 30 days', async () => {
		await start();
		const { id } = await admin().addTemplate({ name: 'aviso', components: text('Oi.') });
		const edit = async () => {
			const { status } = await call('POST', `/v26.0/${id}`, { components: text('Outra vez.') });
			await admin().approveTemplate(id);
			await admin().advanceClock(DAY);
			return status;
		};
		const statuses = [];
		for (let day = 0; day < 11; day++) statuses.push(await edit());
		expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 400]);
		await admin().advanceClock(19 * DAY);
		expect(await edit()).toBe(200);
	});

	it('pauses for 3 h, for 6 h, then disables; a disabled one cannot be deleted', async () => {
		await start();
		const { id } = await admin().addTemplate({ name: 'aviso', components: text('Oi.') });
		const pause = () => admin().decideTemplate('aviso', { decision: 'pause' });
		const status = async () => (await call('GET', `/v26.0/${id}?fields=status`)).body.status;
		expect((await pause()).status).toBe('PAUSED');
		await admin().advanceClock(3 * HOUR - 60_000);
		expect(await status()).toBe('PAUSED');
		await admin().advanceClock(60_000);
		expect(await status()).toBe('APPROVED');
		await pause();
		await admin().advanceClock(3 * HOUR);
		expect(await status()).toBe('PAUSED');
		await admin().advanceClock(3 * HOUR);
		expect((await pause()).status).toBe('DISABLED');
		expect((await call('DELETE', `${WABA}?name=aviso`)).status).toBe(400);
		const titles = (await news('message_template_status_update')).map(({ value }) => value.other_info.title);
		expect(titles).toEqual(['FIRST_PAUSE', 'UNPAUSE', 'SECOND_PAUSE', 'UNPAUSE', 'DISABLED']);
		const [quality] = await news('message_template_quality_update');
		expect(quality!.value).toMatchObject({ previous_quality_score: 'UNKNOWN', new_quality_score: 'RED' });
	});

	it('takes an unpause only for what pacing paused', async () => {
		await start();
		const { id } = await admin().addTemplate({ name: 'aviso', components: text('Oi.') });
		await admin().decideTemplate('aviso', { decision: 'pause' });
		expect((await call('POST', `/v26.0/${id}/unpause`)).body.success).toBe(false);
		await admin().decideTemplate('aviso', { decision: 'pause', because: 'pacing' });
		expect((await call('POST', `/v26.0/${id}/unpause`)).body).toEqual({ success: true });
	});

	it('announces another category a day before, then changes it', async () => {
		await start();
		await admin().addTemplate({ name: 'aviso', components: text('Oi.') });
		await admin().decideTemplate('aviso', { decision: 'recategorize', category: 'MARKETING', announceMs: DAY });
		await admin().advanceClock(DAY);
		const [announced, done] = (await news('template_category_update')).map(({ value }) => value);
		expect(announced).toMatchObject({ correct_category: 'MARKETING', new_category: 'UTILITY' });
		expect(announced.category_update_timestamp).toEqual(expect.any(Number));
		expect(done).toMatchObject({ previous_category: 'UTILITY', new_category: 'MARKETING' });
		expect((await admin().templates())[0]).toMatchObject({ category: 'MARKETING', previousCategory: 'UTILITY' });
	});

	it('tells template news to the app even when messages go elsewhere', async () => {
		await start();
		await call('POST', '/v26.0/102030405060708/subscribed_apps', {
			override_callback_uri: `${rehearsal.receiver.url}/outro`,
			verify_token: 'demo-verify-token',
		});
		const paths: string[] = [];
		rehearsal.receiver.answer = ({ body, path }) => {
			paths.push(`${path} ${body.entry[0].changes[0].field}`);
			return 200;
		};
		await admin().say('5511987654321', 'Oi');
		await admin().addTemplate({ name: 'aviso', components: text('Oi.'), status: 'PENDING' });
		await admin().approveTemplate('aviso');
		await admin().waitForIdleWebhooks();
		expect(paths.sort()).toEqual(['/callback message_template_status_update', '/callback/outro messages']);
	});

	it('gives a handle for the example of a picture', async () => {
		await start();
		const session = await call(
			'POST',
			'/v26.0/200000000000001/uploads?file_length=3&file_type=image/png&file_name=a.png',
		);
		const upload = await rehearsal.graph('POST', `/v26.0/${session.body.id}`, {
			headers: { authorization: 'OAuth demo-token', file_offset: '0' },
			body: new Uint8Array([1, 2, 3]),
		});
		const header = (handle: string) => ({ type: 'HEADER', format: 'IMAGE', example: { header_handle: [handle] } });
		const make = (handle: string) =>
			create('foto', 'x', { components: [header(handle), { type: 'BODY', text: 'Veja a foto.' }] });
		expect((await make('4::inventado')).status).toBe(400);
		expect((await make(upload.body.h)).status).toBe(200);
	});

	it('starts empty, or with the templates it was given, also after starting over', async () => {
		await start({ templates: [{ name: 'pronto', components: text('Oi.') }] });
		await create('outro');
		await admin().reset();
		expect((await admin().templates()).map((one) => one.name)).toEqual(['pronto']);
	});
});
