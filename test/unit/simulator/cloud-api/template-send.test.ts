import { ANA, startRehearsal, type Rehearsal } from '../support';

const HOUR = 3_600_000;

describe('sending templates through the Cloud API double (C-24, C-26, X-10)', () => {
	let rehearsal: Rehearsal;
	const start = async (options = {}) => (rehearsal = await startRehearsal(options));
	afterEach(() => rehearsal.close());
	const admin = () => rehearsal.simulator.admin;
	const idle = () => admin().waitForIdleWebhooks();

	const texts = (...values: string[]) => values.map((text) => ({ type: 'text', text }));
	const send = (name: string, components: unknown[] = [], more = {}) =>
		rehearsal.send({ type: 'template', template: { name, language: { code: 'pt_BR' }, components }, ...more });
	const codeOf = async (answer: ReturnType<typeof send>) => (await answer).body.error?.code ?? 200;
	const plain = (name: string, more = {}) =>
		admin().addTemplate({ name, components: [{ type: 'BODY', text: 'A sua OS mudou.' }], ...more });

	const WITH_ALL = {
		name: 'aviso_os',
		components: [
			{ type: 'HEADER', format: 'TEXT', text: 'Ordem {{1}}' },
			{ type: 'BODY', text: 'Olá {{1}}, a OS {{2}} está pronta.' },
			{ type: 'FOOTER', text: 'Empresa' },
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Parar avisos' },
					{ type: 'URL', text: 'Acompanhar', url: 'https://os.example/{{1}}' },
					{ type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+551130000000' },
					{ type: 'COPY_CODE', text: 'Copiar código' },
				],
			},
		],
	};
	const button = (index: string, sub_type: string, parameter: object) => ({
		type: 'button',
		index,
		sub_type,
		parameters: [parameter],
	});
	const FILLED = [
		{ type: 'header', parameters: texts('4711') },
		{ type: 'body', parameters: texts('Ana', '4711') },
		button('0', 'quick_reply', { type: 'payload', payload: 'stop' }),
		button('1', 'url', { type: 'text', text: 'abc' }),
		button('3', 'copy_code', { type: 'coupon_code', coupon_code: 'DEZ' }),
	];

	it('shows the filled template on the phone and takes its quick reply', async () => {
		await start();
		await admin().addTemplate(WITH_ALL);
		const { body } = await send('aviso_os', FILLED);
		expect(body.messages[0].message_status).toBe('accepted');
		const [shown] = await admin().waitForReplies(ANA, 1);
		expect(shown!.text).toBe('Olá Ana, a OS 4711 está pronta.');
		expect(shown!.template).toMatchObject({
			header: { type: 'text', text: 'Ordem 4711' },
			footer: 'Empresa',
			buttons: [
				{ type: 'quickReply', text: 'Parar avisos', payload: 'stop' },
				{ type: 'url', text: 'Acompanhar', url: 'https://os.example/abc' },
				{ type: 'phoneNumber', text: 'Ligar', phone: '+551130000000' },
				{ type: 'copyCode', text: 'Copiar código', code: 'DEZ' },
			],
		});
		await admin().tap(ANA, 'Parar avisos');
		await idle();
		const answer = rehearsal.receiver.changes().find((change) => change.value.messages)!.value.messages[0];
		expect([answer.type, answer.button, answer.context.id]).toEqual([
			'button',
			{ payload: 'stop', text: 'Parar avisos' },
			body.messages[0].id,
		]);
	});

	it('fills numbered variables by their number, named ones in any order', async () => {
		await start();
		await admin().addTemplate({ name: 'ordem', components: [{ type: 'BODY', text: 'Sou {{2}}, falo com {{1}}?' }] });
		await send('ordem', [{ type: 'body', parameters: texts('Ana', 'Bia') }]);
		const nomeado = { type: 'BODY', text: 'Sou {{quem}}, falo com {{nome}}?' };
		await admin().addTemplate({ name: 'nomeado', parameterFormat: 'NAMED', components: [nomeado] });
		const named = (parameter_name: string, text: string) => ({ type: 'text', parameter_name, text });
		await send('nomeado', [{ type: 'body', parameters: [named('nome', 'Ana'), named('quem', 'Bia')] }]);
		const shown = await admin().waitForReplies(ANA, 2);
		expect(shown.map((one) => one.text)).toEqual(['Sou Bia, falo com Ana?', 'Sou Bia, falo com Ana?']);
		expect(await codeOf(send('nomeado', [{ type: 'body', parameters: texts('Ana', 'Bia') }]))).toBe(132012);
	});

	it('refuses what does not fit the template, with the code Meta gives', async () => {
		await start();
		await admin().addTemplate(WITH_ALL);
		const without = (index: number) => FILLED.filter((_, at) => at !== index);
		const instead = (index: number, part: object) => FILLED.map((one, at) => (at === index ? part : one));
		const body = (...values: string[]) => ({ type: 'body', parameters: texts(...values) });
		const cases: Array<[string, unknown[], number]> = [
			['no header', without(0), 132000],
			['one body value', instead(1, body('Ana')), 132000],
			['three body values', instead(1, body('Ana', '1', '2')), 132000],
			['a line break', instead(1, body('Ana\nSouza', '1')), 132018],
			['five spaces', instead(1, body('Ana     Souza', '1')), 132018],
			['an empty value', instead(1, body('', '1')), 131008],
			['a very long value', instead(1, body('a'.repeat(1_024), '1')), 132005],
			['a date instead of a text', instead(1, { type: 'body', parameters: [{ type: 'date_time' }, {}] }), 132012],
			['no link value', without(3), 131008],
			['no code', without(4), 131008],
			['a code of 16', instead(4, button('3', 'copy_code', { coupon_code: 'a'.repeat(16) })), 132018],
			['a link where a quick reply is', instead(2, button('0', 'url', { type: 'text', text: 'a' })), 132012],
			['a button too many', [...FILLED, button('9', 'quick_reply', { payload: 'x' })], 132012],
		];
		const codes: Array<[string, number]> = [];
		for (const [what, components] of cases) codes.push([what, await codeOf(send('aviso_os', components))]);
		expect(codes).toEqual(cases.map(([what, , code]) => [what, code]));
		expect(await admin().messages(ANA)).toEqual([]);
	});

	it('sends approved ones only', async () => {
		await start();
		await plain('aviso', { status: 'PENDING' });
		expect(await codeOf(send('nenhum'))).toBe(132001);
		expect((await send('aviso')).status).toBe(404);
		await admin().rejectTemplate('aviso');
		expect(await codeOf(send('aviso'))).toBe(132001);
		await admin().approveTemplate('aviso');
		expect(await codeOf(send('aviso'))).toBe(200);
		expect(
			await codeOf(rehearsal.send({ type: 'template', template: { name: 'aviso', language: { code: 'en_US' } } })),
		).toBe(132001);
		await admin().decideTemplate('aviso', { decision: 'pause' });
		expect(await codeOf(send('aviso'))).toBe(132015);
		await admin().advanceClock(3 * HOUR);
		expect(await codeOf(send('aviso'))).toBe(200);
		await admin().decideTemplate('aviso', { decision: 'disable' });
		expect(await codeOf(send('aviso'))).toBe(132016);
	});

	it('wants the kind of file the header has, existing and of the right type', async () => {
		await start();
		await admin().addTemplate({
			name: 'boleto',
			components: [
				{ type: 'HEADER', format: 'DOCUMENT' },
				{ type: 'BODY', text: 'O seu boleto.' },
			],
		});
		const upload = async (type: string, name: string) => {
			const form = new FormData();
			form.append('messaging_product', 'whatsapp');
			form.append('file', new Blob(['%PDF'], { type }), name);
			return (await rehearsal.graph('POST', '/v26.0/109876543210987/media', { body: form })).body.id as string;
		};
		const header = (type: string, file: object) => [{ type: 'header', parameters: [{ type, [type]: file }] }];
		expect(await codeOf(send('boleto'))).toBe(132012);
		expect(await codeOf(send('boleto', header('image', { id: '1' })))).toBe(132012);
		expect(await codeOf(send('boleto', header('document', { id: '42' })))).toBe(100);
		const pdf = await upload('application/pdf', 'boleto.pdf');
		expect(await codeOf(send('boleto', header('document', { id: pdf, filename: 'boleto.pdf' })))).toBe(200);
		expect(await codeOf(send('boleto', header('document', { id: pdf, filename: 'boleto.png' })))).toBe(200);
		await idle();
		const failed = rehearsal.statuses().filter((status) => status.status === 'failed');
		expect(failed.map((status) => status.errors[0].code)).toEqual([131053]);
		const [shown] = await admin().waitForReplies(ANA, 1);
		expect(shown!.template!.header).toEqual({ type: 'document', id: pdf, link: null, fileName: 'boleto.pdf' });
	});

	it('refuses a code template to a business-scoped user id (131062)', async () => {
		await start();
		await admin().addTemplate({
			name: 'codigo',
			category: 'AUTHENTICATION',
			components: [
				{ type: 'BODY', text: '{{1}} é o seu código.' },
				{ type: 'BUTTONS', buttons: [{ type: 'OTP', text: 'Copiar' }] },
			],
		});
		const components = [{ type: 'body', parameters: texts('123') }];
		const { bsuid } = await admin().addContact({ waId: ANA });
		expect(await codeOf(send('codigo', components, { to: undefined, recipient: bsuid }))).toBe(131062);
		expect(await codeOf(send('codigo', components))).toBe(200);
	});

	it('tells the price once with sent and once with delivered, by category', async () => {
		await start();
		await plain('promo', { category: 'MARKETING' });
		await send('promo');
		await admin().say(ANA, 'Oi');
		await rehearsal.send({ type: 'text', text: { body: 'Olá' } });
		await idle();
		const told = rehearsal
			.statuses()
			.map(({ status, pricing }) => `${status} ${pricing ? `${pricing.category} ${pricing.type}` : '-'}`);
		expect(told.sort()).toEqual([
			'delivered marketing regular',
			'delivered service regular',
			'read -',
			'read -',
			'sent marketing regular',
			'sent service regular',
		]);
	});

	it('charges nothing for 72 h after answering somebody who came from an ad', async () => {
		await start();
		await plain('promo', { category: 'MARKETING' });
		await admin().say(ANA, { type: 'text', text: 'Vi o anúncio', extra: { referral: { source_type: 'ad' } } });
		const prices = async () => {
			const { body } = await send('promo');
			await idle();
			return rehearsal.statuses().find((status) => status.id === body.messages[0].id);
		};
		await admin().advanceClock(23 * HOUR);
		const free = await prices();
		expect(free.pricing).toEqual({
			billable: false,
			pricing_model: 'PMP',
			type: 'free_entry_point',
			category: 'referral_conversion',
		});
		expect(free.conversation.origin).toEqual({ type: 'referral_conversion' });
		await admin().advanceClock(72 * HOUR);
		expect((await prices()).pricing.type).toBe('regular');
	});

	it('gives the first service messages of a month free, when told how many', async () => {
		await start({ settings: { freeServicePerMonth: 1 } });
		await admin().say(ANA, 'Oi');
		for (const body of ['um', 'dois']) await rehearsal.send({ type: 'text', text: { body } });
		await idle();
		const types = rehearsal.statuses().filter((status) => status.status === 'sent');
		expect(types.map((status) => status.pricing.type)).toEqual(['free_customer_service', 'regular']);
	});

	it('holds messages for the quality assessment: an hour, or until they are dropped', async () => {
		await start({ settings: { pacing: true } });
		await plain('aviso');
		expect((await send('aviso')).body.messages[0].message_status).toBe('held_for_quality_assessment');
		await idle();
		expect(rehearsal.statuses()).toEqual([]);
		await admin().advanceClock(HOUR);
		await idle();
		expect(rehearsal.statuses().map((status) => status.status)).toEqual(['sent', 'delivered', 'read']);
		await send('aviso');
		expect(await admin().settlePacing('drop')).toBe(1);
		await idle();
		expect(rehearsal.statuses().at(-1).errors[0].code).toBe(132015);
		await admin().decideTemplate('aviso', { decision: 'quality', score: 'GREEN' });
		expect((await send('aviso')).body.messages[0].message_status).toBe('accepted');
	});

	it('keeps a message for a phone that is off, no longer than it lives', async () => {
		await start();
		await plain('aviso', { ttlSeconds: 60 });
		await admin().addContact({ waId: ANA, online: false });
		await send('aviso');
		await idle();
		expect(rehearsal.statuses().map((status) => status.status)).toEqual(['sent']);
		await admin().advanceClock(61_000);
		await send('aviso');
		await admin().addContact({ waId: ANA, online: true });
		await idle();
		expect(rehearsal.statuses().map((status) => status.status)).toEqual(['sent', 'sent', 'delivered', 'read']);
	});
});
