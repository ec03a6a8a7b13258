import { readTemplate } from '../../../../../engine/channel/cloud-api/template-definition';
import { createRequest, editRequest } from '../../../../../engine/channel/cloud-api/template-request';
import type { Template, TemplateDraft } from '../../../../../engine/model-template';

const read = (changes: Record<string, unknown>): Template =>
	readTemplate({ id: '1', name: 'aviso', language: 'pt_BR', status: 'APPROVED', category: 'UTILITY', ...changes })!;
const components = (...list: unknown[]) => read({ components: list });

describe('reading a template of Graph', () => {
	it('knows every part and its examples', () => {
		expect(
			readTemplate({
				id: '594425479261596',
				name: 'pedido_saiu',
				language: 'pt_BR',
				status: 'APPROVED',
				category: 'MARKETING',
				quality_score: { score: 'YELLOW', date: 1790000000 },
				rejected_reason: 'NONE',
				parameter_format: 'POSITIONAL',
				components: [
					{ type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', example: { header_text: ['1042'] } },
					{
						type: 'BODY',
						text: 'Olá {{1}}, o pedido {{2}} saiu. Obrigado, {{1}}!',
						example: { body_text: [['Ana', '1042']] },
					},
					{ type: 'FOOTER', text: 'Oficina Aurora' },
					{
						type: 'BUTTONS',
						buttons: [
							{ type: 'QUICK_REPLY', text: 'Parar' },
							{ type: 'URL', text: 'Rastrear', url: 'https://a.example/{{1}}', example: ['https://a.example/9'] },
							{ type: 'URL', text: 'Site', url: 'https://a.example' },
							{ type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+551130000000' },
							{ type: 'COPY_CODE', text: 'Copiar código', example: 'PIX10' },
						],
					},
				],
			}),
		).toEqual({
			id: '594425479261596',
			name: 'pedido_saiu',
			language: 'pt_BR',
			category: 'marketing',
			status: 'approved',
			quality: 'yellow',
			reason: null,
			parameterFormat: 'positional',
			header: { type: 'text', text: 'Pedido {{1}}', variables: [{ name: '1', example: '1042' }] },
			body: {
				text: 'Olá {{1}}, o pedido {{2}} saiu. Obrigado, {{1}}!',
				variables: [
					{ name: '1', example: 'Ana' },
					{ name: '2', example: '1042' },
				],
			},
			footer: 'Oficina Aurora',
			buttons: [
				{ type: 'quickReply', text: 'Parar', variable: null },
				{
					type: 'url',
					text: 'Rastrear',
					url: 'https://a.example/{{1}}',
					variable: { name: '1', example: 'https://a.example/9' },
				},
				{ type: 'url', text: 'Site', url: 'https://a.example', variable: null },
				{ type: 'phoneNumber', text: 'Ligar', phone: '+551130000000', variable: null },
				{ type: 'copyCode', text: 'Copiar código', variable: { name: '1', example: 'PIX10' } },
			],
		});
	});

	it('knows named variables, told or seen (D-20)', () => {
		const body = {
			type: 'BODY',
			text: 'Olá {{nome}}, até {{data}} então.',
			example: { body_text_named_params: [{ param_name: 'data', example: '10/03' }] },
		};
		for (const template of [read({ parameter_format: 'NAMED', components: [body] }), components(body)]) {
			expect(template.parameterFormat).toBe('named');
			expect(template.body.variables).toEqual([
				{ name: 'nome', example: null },
				{ name: 'data', example: '10/03' },
			]);
		}
	});

	it('gives examples by number, not by where a variable stands', () => {
		const body = { type: 'BODY', text: 'O {{2}} de {{1}} já.', example: { body_text: [['um', 'dois']] } };
		expect(components(body).body.variables).toEqual([
			{ name: '2', example: 'dois' },
			{ name: '1', example: 'um' },
		]);
	});

	it.each([
		['IMAGE', { type: 'image' }],
		['VIDEO', { type: 'video' }],
		['DOCUMENT', { type: 'document' }],
		['LOCATION', { type: 'location' }],
	])('knows a header of %s', (format, header) => {
		const template = components({ type: 'HEADER', format, example: { header_handle: ['https://scontent.example'] } });
		expect([template.header, template.unsupported]).toEqual([header, undefined]);
	});

	it('puts the button of a code where it is sent: among the links', () => {
		const template = read({
			category: 'AUTHENTICATION',
			components: [
				{ type: 'BODY', text: '*{{1}}* é o seu código.', add_security_recommendation: true },
				{ type: 'FOOTER', code_expiration_minutes: 10 },
				{ type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copiar código' }] },
			],
		});
		expect(template.footer).toBe('Este código expira em 10 minutos.');
		expect(template.buttons).toEqual([
			{
				type: 'url',
				text: 'Copiar código',
				url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
				variable: { name: '1', example: null },
			},
		]);
	});

	it('keeps unknown buttons and names what it cannot fill', () => {
		const template = components(
			{ type: 'HEADER', format: 'PRODUCT' },
			{ type: 'BODY', text: 'Oi' },
			{ type: 'BUTTONS', buttons: [{ type: 'FLOW', text: 'Abrir' }, { type: 'MPM', text: 'Ver' }, 'lixo', null] },
			{ type: 'CAROUSEL', cards: [] },
		);
		expect(template.buttons.map(({ type, text }) => [type, text])).toEqual([
			['other', 'Abrir'],
			['other', 'Ver'],
		]);
		expect(template.unsupported).toEqual(['CAROUSEL', 'HEADER PRODUCT', 'BUTTON MPM']);
	});

	it.each([
		['APPROVED', 'approved'],
		['IN_APPEAL', 'inAppeal'],
		['PENDING_DELETION', 'pendingDeletion'],
		['LIMIT_EXCEEDED', 'limitExceeded'],
		['toString', 'unknown'],
		[undefined, 'unknown'],
	])('reads the status %s as %s', (status, expected) => {
		expect(read({ status }).status).toBe(expected);
	});

	it('says in Portuguese why one was rejected; an approved one has no reason', () => {
		expect(read({ status: 'REJECTED', rejected_reason: 'SCAM' }).reason).toMatch(/^o texto parece golpe/);
		expect(read({ status: 'REJECTED', rejected_reason: 'NEW_REASON' }).reason).toBe('NEW_REASON');
		expect(read({ status: 'REJECTED', rejected_reason: 'NONE' }).reason).toBeNull();
		expect(read({ rejected_reason: 'SCAM' }).reason).toBeNull();
	});

	it('writes languages as the API does', () => {
		expect(read({ language: 'en-US' }).language).toBe('en_US');
	});

	it.each([null, 'x', 7, [], {}, { name: 'a' }, { language: 'pt_BR' }, { name: 5, language: {} }])(
		'is not misled by %j',
		(value) => expect(readTemplate(value)).toBeNull(),
	);

	it('survives parts of the wrong kind', () => {
		expect(
			read({
				components: [7, null, { type: 5 }, { type: 'BODY', text: 9, example: 'x' }, { type: 'BUTTONS', buttons: {} }],
			}),
		).toMatchObject({ header: null, body: { text: '', variables: [] }, buttons: [] });
	});
});

describe('writing a draft for Graph', () => {
	const draft: TemplateDraft = {
		name: 'pedido_saiu',
		language: 'pt_BR',
		category: 'utility',
		parameterFormat: 'positional',
		header: { type: 'text', text: 'Pedido {{1}}', variables: [{ name: '1', example: '1042' }] },
		body: {
			text: 'O {{2}} de {{1}} já saiu.',
			variables: [
				{ name: '2', example: 'pedido' },
				{ name: '1', example: 'Ana' },
			],
		},
		footer: 'Oficina Aurora',
		buttons: [
			{ type: 'quickReply', text: 'Parar', variable: null },
			{ type: 'url', text: 'Ver', url: 'https://a.example/{{1}}', variable: { name: '1', example: '9' } },
			{ type: 'url', text: 'Site', url: 'https://a.example', variable: null },
			{ type: 'phoneNumber', text: 'Ligar', phone: '+551130000000', variable: null },
			{ type: 'copyCode', text: '', variable: { name: '1', example: 'PIX10' } },
		],
	};

	it('writes every part, with examples in the order of their numbers', () => {
		expect(createRequest(draft)).toEqual({
			name: 'pedido_saiu',
			language: 'pt_BR',
			category: 'UTILITY',
			parameter_format: 'POSITIONAL',
			components: [
				{ type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}', example: { header_text: ['1042'] } },
				{ type: 'BODY', text: 'O {{2}} de {{1}} já saiu.', example: { body_text: [['Ana', 'pedido']] } },
				{ type: 'FOOTER', text: 'Oficina Aurora' },
				{
					type: 'BUTTONS',
					buttons: [
						{ type: 'QUICK_REPLY', text: 'Parar' },
						{ type: 'URL', text: 'Ver', url: 'https://a.example/{{1}}', example: ['9'] },
						{ type: 'URL', text: 'Site', url: 'https://a.example' },
						{ type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+551130000000' },
						{ type: 'COPY_CODE', example: 'PIX10' },
					],
				},
			],
		});
	});

	it('writes named variables with their names, and files with their handle', () => {
		expect(
			createRequest({
				...draft,
				parameterFormat: 'named',
				header: { type: 'image', example: '4::abc' },
				body: { text: 'Olá {{nome}}!', variables: [{ name: 'nome', example: 'Ana' }] },
				footer: null,
				buttons: [],
			}),
		).toMatchObject({
			parameter_format: 'NAMED',
			components: [
				{ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::abc'] } },
				{
					type: 'BODY',
					text: 'Olá {{nome}}!',
					example: { body_text_named_params: [{ param_name: 'nome', example: 'Ana' }] },
				},
			],
		});
	});

	it('leaves out what there is not', () => {
		const bare = { ...draft, header: null, body: { text: 'Bom dia.', variables: [] }, footer: null, buttons: [] };
		expect(createRequest(bare).components).toEqual([{ type: 'BODY', text: 'Bom dia.' }]);
		expect(createRequest({ ...bare, header: { type: 'location' } }).components).toEqual([
			{ type: 'HEADER', format: 'LOCATION' },
			{ type: 'BODY', text: 'Bom dia.' },
		]);
	});

	it('edits without name, language and format: they stay', () => {
		expect(Object.keys(editRequest(draft))).toEqual(['category', 'components']);
	});

	it('reads what it wrote', () => {
		const back = readTemplate({ id: '1', status: 'APPROVED', ...createRequest(draft) })!;
		for (const key of [
			'name',
			'language',
			'category',
			'parameterFormat',
			'header',
			'body',
			'footer',
			'buttons',
		] as const) {
			expect(back[key]).toEqual(draft[key]);
		}
	});
});
