import { fillTemplate, type TemplateValues } from '../../../../engine/template/fill';
import type { Template } from '../../../../engine/model-template';
import { aTemplate, aText, call, copyCode, link, quickReply } from './support';

const filled = (template: Template, values: Partial<TemplateValues> = {}) => {
	const result = fillTemplate(template, { variables: {}, ...values });
	if (!result.ok) throw new Error(`${result.code}: ${result.explanation}`);
	return result;
};
const refused = (template: Template, values: Partial<TemplateValues> = {}) => {
	const result = fillTemplate(template, { variables: {}, ...values });
	if (result.ok) throw new Error('It was filled.');
	return result;
};

const ANA = { 'body.1': 'Ana', 'body.2': '1042' };

describe('filling a template', () => {
	it('gives each variable its value, in the order of the text (C-33)', () => {
		expect(filled(aTemplate(), { variables: ANA })).toEqual({
			ok: true,
			ignored: [],
			content: {
				type: 'template',
				name: 'pedido_saiu',
				language: 'pt_BR',
				category: 'utility',
				parameterFormat: 'positional',
				header: null,
				body: [
					{ name: '1', text: 'Ana' },
					{ name: '2', text: '1042' },
				],
				buttons: [],
				text: 'Olá Ana, o pedido 1042 saiu para entrega hoje cedo.',
				options: [],
			},
		});
	});

	it('works by name where the template has named variables (D-20)', () => {
		const template = aTemplate({
			parameterFormat: 'named',
			header: { type: 'text', ...aText('Protocolo {{protocolo}}') },
			body: aText('Olá {{nome}}, seguimos com seu caso e avisamos {{nome}} assim que terminar.'),
		});
		const { content } = filled(template, { variables: { 'body.nome': 'Ana', 'header.protocolo': '261121' } });
		expect(content.header).toEqual({ type: 'text', values: [{ name: 'protocolo', text: '261121' }] });
		expect(content.body).toEqual([{ name: 'nome', text: 'Ana' }]);
		expect(content.text).toBe('Protocolo 261121\n\nOlá Ana, seguimos com seu caso e avisamos Ana assim que terminar.');
	});

	it('trims values and takes none as a pattern', () => {
		const { content } = filled(aTemplate(), { variables: { 'body.1': '  $& {{2}} ', 'body.2': '1042' } });
		expect(content.text).toBe('Olá $& {{2}}, o pedido 1042 saiu para entrega hoje cedo.');
	});

	it('tells which values have no place in it', () => {
		expect(filled(aTemplate(), { variables: { ...ANA, 'body.3': 'x', 'body.4': ' ' } }).ignored).toEqual(['body.3']);
	});

	it.each(['pending', 'rejected', 'paused', 'disabled', 'inAppeal', 'archived', 'unknown'] as const)(
		'refuses one that is %s (C-26)',
		(status) => {
			expect(refused(aTemplate({ status }), { variables: ANA }).code).toBe('templateNotApproved');
		},
	);

	it('says what to do about one that was rejected (C-34)', () => {
		expect(refused(aTemplate({ status: 'rejected' })).explanation).toBe(
			'O modelo "pedido_saiu" está rejeitado e só modelos aprovados podem ser enviados. ' +
				'Corrija o texto e reenvie para aprovação, ou use outro modelo.',
		);
	});

	it('refuses one with parts nobody here can fill', () => {
		expect(refused(aTemplate({ unsupported: ['CAROUSEL'] }), { variables: ANA })).toMatchObject({
			code: 'templateUnsupported',
			explanation: expect.stringContaining('(CAROUSEL)'),
		});
	});
});

describe('missing values', () => {
	it('are named with the words around them (D-20)', () => {
		expect(refused(aTemplate(), { variables: { 'body.1': 'Ana', 'body.2': '  ' } })).toEqual({
			ok: false,
			code: 'templateVariablesMissing',
			explanation:
				'Falta o valor de {{2}} do corpo ("Olá {{1}}, o pedido {{2}} saiu para entrega hoje cedo."). ' +
				'Preencha essa variável do modelo "pedido_saiu".',
		});
	});

	it('are all named at once, and long sentences are cut at words', () => {
		const template = aTemplate({
			header: { type: 'text', ...aText('Fatura {{1}}') },
			body: aText(
				'Este é um texto bastante comprido antes da variável {{1}} e um texto bastante comprido também depois dela.',
			),
			buttons: [quickReply('Parar'), link('Rastrear', 'https://loja.example/{{1}}')],
		});
		expect(refused(template).explanation).toBe(
			'Faltam os valores de {{1}} do cabeçalho ("Fatura {{1}}"); ' +
				'{{1}} do corpo ("…bastante comprido antes da variável {{1}} e um texto bastante comprido também…"); ' +
				'botão "Rastrear". Preencha essas variáveis do modelo "pedido_saiu".',
		);
	});
});

describe('values Meta refuses', () => {
	it.each(['Ana\nSilva', 'Ana\tSilva', 'Ana     Silva', 'Ana\u2028Silva'])('are refused first: %j', (name) => {
		expect(refused(aTemplate(), { variables: { ...ANA, 'body.1': name } })).toEqual({
			ok: false,
			code: 'templateVariableInvalid',
			explanation:
				'O valor de {{1}} tem quebra de linha, tabulação ou mais de quatro espaços seguidos, e a Meta recusa isso em ' +
				'variáveis. Deixe o valor em uma linha só.',
		});
	});

	it('may have four spaces', () => {
		expect(filled(aTemplate(), { variables: { ...ANA, 'body.1': 'Ana    Silva' } }).ok).toBe(true);
	});

	it('may not make the text too long (132005)', () => {
		const footer = { footer: 'Oficina Aurora' };
		const fits = 'x'.repeat(1_024 - 'Olá , o pedido 1042 saiu para entrega hoje cedo.'.length);
		expect(filled(aTemplate(footer), { variables: { ...ANA, 'body.1': fits } }).ok).toBe(true);
		expect(refused(aTemplate(footer), { variables: { ...ANA, 'body.1': `${fits}x` } })).toEqual({
			ok: false,
			code: 'templateTextTooLong',
			explanation:
				'O corpo do modelo "pedido_saiu", já preenchido, passa de 1.024 caracteres. Encurte os valores das variáveis.',
		});
		// A body that stands alone may be longer.
		expect(filled(aTemplate(), { variables: { ...ANA, 'body.1': `${fits}x` } }).ok).toBe(true);
	});

	it('may not make the header too long', () => {
		const template = aTemplate({ header: { type: 'text', ...aText('Pedido {{1}}') }, body: aText('Ele saiu.') });
		expect(filled(template, { variables: { 'header.1': 'x'.repeat(53) } }).ok).toBe(true);
		expect(refused(template, { variables: { 'header.1': 'x'.repeat(54) } }).code).toBe('templateTextTooLong');
	});
});

describe('the header', () => {
	const file = { type: 'media', source: { link: 'https://loja.example/b.pdf' }, fileName: 'boleto.pdf' } as const;
	const place = { type: 'location', latitude: -23.5, longitude: -46.6, name: 'Loja' } as const;
	const simple = (header: Template['header']) => aTemplate({ header, body: aText('Segue o que você pediu.') });

	it('takes a file', () => {
		expect(filled(simple({ type: 'document' }), { header: file }).content.header).toEqual({
			...file,
			mediaType: 'document',
		});
	});

	it('takes a place', () => {
		expect(filled(simple({ type: 'location' }), { header: place }).content.header).toEqual(place);
	});

	it('must be given when the template has a file or a place (D-20)', () => {
		expect(refused(simple({ type: 'image' }))).toEqual({
			ok: false,
			code: 'templateHeaderMissing',
			explanation: 'O cabeçalho do modelo "pedido_saiu" é uma imagem. Informe uma imagem para enviar.',
		});
	});

	it.each([
		['a place for a file', simple({ type: 'video' }), place],
		['a file for a place', simple({ type: 'location' }), file],
		['a PDF for an image', simple({ type: 'image' }), { ...file, mimeType: 'application/pdf' }],
		['a file for a text', aTemplate({ header: { type: 'text', ...aText('Oi') }, body: aText('Ele saiu.') }), file],
		['a file for nothing', simple(null), file],
	] as Array<[string, Template, TemplateValues['header']]>)('may not be %s', (_what, template, header) => {
		expect(refused(template, { header }).code).toBe('templateHeaderMismatch');
	});
});

describe('buttons', () => {
	const body = aText('Seu pedido saiu.');

	it('that are quick replies send a payload only when there is one: Meta returns the label otherwise', () => {
		const template = aTemplate({ body, buttons: [quickReply('Falar com atendente'), quickReply('Parar')] });
		const { content } = filled(template, { variables: { 'button.1': 'stop' } });
		expect(content.buttons).toEqual([{ index: 1, type: 'quickReply', value: 'stop' }]);
		expect(content.options).toEqual([
			{ id: 'Falar com atendente', title: 'Falar com atendente' },
			{ id: 'stop', title: 'Parar' },
		]);
	});

	it.each([
		['pedido/12?ref=a&b=c#fim', 'pedido/12?ref=a&b=c#fim'],
		['ordem serviço ç', 'ordem%20servi%C3%A7o%20%C3%A7'],
		['j%C3%A1%20codificado 100%', 'j%C3%A1%20codificado%20100%25'],
		['https://loja.example/r/77', '77'],
		['meio\ud800par', 'meio%EF%BF%BDpar'],
	])('that are links get an encoded end: %j → %j', (value, end) => {
		const template = aTemplate({ body, buttons: [link('Rastrear', 'https://loja.example/r/{{1}}')] });
		const { content } = filled(template, { variables: { 'button.0': value } });
		expect(content.buttons).toEqual([{ index: 0, type: 'url', value: end }]);
		expect(content.text).toBe(`Seu pedido saiu.\n\nRastrear: https://loja.example/r/${end}`);
	});

	it('that are links refuse the address of another site', () => {
		const template = aTemplate({ body, buttons: [link('Rastrear', 'https://loja.example/r/{{1}}')] });
		expect(refused(template, { variables: { 'button.0': 'https://outra.example/77' } })).toMatchObject({
			code: 'templateVariableInvalid',
			explanation:
				'O botão "Rastrear" já começa com https://loja.example/r/. Informe só o final do endereço, sem outro site.',
		});
	});

	it('that copy a code need it; those with a fixed link or phone need nothing', () => {
		const template = aTemplate({
			body,
			buttons: [link('Site', 'https://a.example'), call('Ligar', '+551130000000'), copyCode('X')],
		});
		expect(refused(template).code).toBe('templateVariablesMissing');
		const { content } = filled(template, { variables: { 'button.2': 'PIX10' } });
		expect(content.buttons).toEqual([{ index: 2, type: 'copyCode', value: 'PIX10' }]);
	});
});

describe('authentication templates', () => {
	const otp = aTemplate({
		category: 'authentication',
		body: aText('*{{1}}* é o seu código de verificação.'),
		buttons: [link('Copiar código', 'https://www.whatsapp.com/otp/code/?code=otp{{1}}')],
	});

	it('carry the code in the body and in the button, from one value', () => {
		const { content } = filled(otp, { variables: { 'body.1': '482913' } });
		expect(content.body).toEqual([{ name: '1', text: '482913' }]);
		expect(content.buttons).toEqual([{ index: 0, type: 'url', value: '482913' }]);
		expect(content.text).toBe('*482913* é o seu código de verificação.');
	});

	it('take at most 15 characters', () => {
		expect(filled(otp, { variables: { 'body.1': '1'.repeat(15) } }).ok).toBe(true);
		expect(refused(otp, { variables: { 'body.1': '1'.repeat(16) } }).code).toBe('templateTextTooLong');
	});
});
