import { checkDraft } from '../../../../engine/template/draft-rules';
import type { TemplateDraft } from '../../../../engine/model-template';
import { aDraft, aText, call, copyCode, link, quickReply } from './support';

const codes = (changes: Partial<TemplateDraft>) =>
	checkDraft(aDraft(changes)).map(
		({ field, code, severity }) => `${field}: ${code}${severity === 'warning' ? ' (warning)' : ''}`,
	);
const SIX = 'Estas são algumas palavras fixas suficientes aqui';

describe('a draft', () => {
	it('that keeps every rule has no problem (C-31)', () => {
		const draft = aDraft({
			header: { type: 'text', ...aText('Pedido {{1}}') },
			footer: 'Oficina Aurora',
			buttons: [
				quickReply('Falar com atendente'),
				quickReply('Parar avisos'),
				link('Rastrear', 'https://loja.example/{{1}}'),
				link('Site', 'https://loja.example'),
				call('Ligar', '+55 11 3000-0000'),
				copyCode('PIX10'),
			],
		});
		expect(checkDraft(draft)).toEqual([]);
	});

	it('tells all its problems at once', () => {
		expect(
			codes({ name: 'Pedido Saiu', body: aText('{{1}}'), footer: 'Até {{1}}', buttons: [quickReply('')] }),
		).toEqual([
			'name: nameInvalid',
			'body: variableAtEdge',
			'body: variableRatio (warning)',
			'footer: footerFormat',
			'buttons.0: buttonLabelEmpty',
		]);
	});
});

describe('the name', () => {
	it.each(['Pedido', 'pedido saiu', 'pedido-saiu', 'ação', '', 'x'.repeat(513)])('may not be %j', (name) => {
		expect(codes({ name })).toEqual(['name: nameInvalid']);
	});

	it('gets a suggestion', () => {
		expect(checkDraft(aDraft({ name: 'Lembrete de Mensalidade (ação)' }))[0]!.explanation).toContain(
			'Que tal "lembrete_de_mensalidade_acao"?',
		);
	});

	it('may have 512 characters', () => {
		expect(codes({ name: 'x'.repeat(512) })).toEqual([]);
	});

	it.each(['portugues', 'pt-BR', ''])('has no language %j', (language) => {
		expect(codes({ language })).toEqual(['language: languageInvalid']);
	});
});

describe('the body', () => {
	it.each([
		['empty', ' ', ['body: bodyEmpty']],
		['1,024 characters', 'x'.repeat(1_024), []],
		['1,025 characters', 'x'.repeat(1_025), ['body: bodyTooLong']],
		['a variable at the start', `{{1}} ${SIX}`, ['body: variableAtEdge']],
		['a variable at the end', `${SIX} {{1}}\n`, ['body: variableAtEdge']],
		['variables side by side', `Olá {{1}} {{2}} ${SIX}`, ['body: variablesSideBySide']],
		['a gap', `Olá {{1}} e ${SIX} {{3}} agora`, ['body: variableGap']],
		['variables that begin at 2', `Olá {{2}} ${SIX} agora`, ['body: variableGap']],
		['numbers and names', `Olá {{1}} e ${SIX} {{nome}} agora`, ['body: variablesMixed']],
		['signs in names', `Olá {{valor$}} ${SIX}`, ['body: variableName']],
		['loose braces', `Olá {1}} ${SIX}`, ['body: variableBraces']],
		['too few words', 'Oi {{1}} e {{2}} tchau', ['body: variableRatio (warning)']],
		['a tab', `${SIX}\tfim`, ['body: bodyFormat']],
		['five spaces', `${SIX}     fim`, ['body: bodyFormat']],
		['three line breaks', `${SIX}\n\n\nfim`, ['body: bodyFormat']],
		['two line breaks', `${SIX}\r\n\r\nfim`, []],
	])('with %s', (_what, text, expected) => {
		expect(codes({ body: aText(text) })).toEqual(expected);
	});

	it('names what is missing in a gap', () => {
		expect(checkDraft(aDraft({ body: aText(`Olá {{1}} e ${SIX} {{3}} agora`) }))[0]!.explanation).toBe(
			'O corpo pula números de variáveis: falta {{2}}. Numere a partir de {{1}}, sem pular.',
		);
	});

	it('needs an example for each variable', () => {
		const body = aText(`Olá {{1}} e ${SIX} {{2}} agora`, ' ');
		expect(checkDraft(aDraft({ body }))).toEqual([
			{
				field: 'body',
				code: 'variableExampleMissing',
				severity: 'error',
				explanation:
					'Faltam os exemplos de {{1}}, {{2}}: a Meta só analisa com um exemplo de cada variável. Preencha com um valor parecido com o real.',
			},
		]);
	});

	it('says that the number of words is an estimate', () => {
		expect(checkDraft(aDraft({ body: aText('Oi {{1}} e {{2}} tchau') }))[0]!.explanation).toContain(
			'ao menos 5 palavras fixas (estimativa; a Meta não publica a conta)',
		);
	});

	it.each([
		['nome_do_cliente', []],
		['Nome', ['body: variableName']],
		['1nome', ['body: variableName']],
		['ação', ['body: variableName']],
		['1', ['body: variablesMixed']],
	])('with named variables may have {{%s}}: %j', (name, expected) => {
		expect(codes({ parameterFormat: 'named', body: aText(`Olá {{${name}}} ${SIX}`) })).toEqual(expected);
	});
});

describe('the header', () => {
	it.each([
		['61 characters', 'x'.repeat(61), ['header: headerTooLong']],
		['two variables', 'Pedido {{1}} de {{2}}', ['header: headerVariables']],
		['an emoji', 'Pedido 📦', ['header: headerFormat']],
		['an asterisk', '*Pedido*', ['header: headerFormat']],
		['a line break', 'Pedido\nsaiu', ['header: headerFormat']],
		['a variable at its end', 'Pedido {{1}}', []],
		['an underscore in a variable', 'Pedido {{numero_do}}', ['header: variablesMixed']],
	])('with %s', (_what, text, expected) => {
		expect(codes({ header: { type: 'text', ...aText(text) } })).toEqual(expected);
	});

	it('with a file needs an example of it; a place needs none', () => {
		expect(codes({ header: { type: 'image' } })).toEqual(['header: headerExampleMissing']);
		expect(codes({ header: { type: 'image', example: '4::abc' } })).toEqual([]);
		expect(codes({ header: { type: 'location' } })).toEqual([]);
	});
});

describe('the footer', () => {
	it('has 60 characters, no variables and no line breaks', () => {
		expect(codes({ footer: 'x'.repeat(60) })).toEqual([]);
		expect(codes({ footer: 'x'.repeat(61) })).toEqual(['footer: footerTooLong']);
		expect(codes({ footer: 'Oi {{1}}' })).toEqual(['footer: footerFormat']);
		expect(codes({ footer: 'Oi\nOi' })).toEqual(['footer: footerFormat']);
	});
});

describe('buttons', () => {
	const replies = (count: number) => Array.from({ length: count }, (_, i) => quickReply(`Opção ${i}`));

	it.each([
		['ten quick replies', replies(10), []],
		['eleven', replies(11), ['buttons: tooManyButtons']],
		['three links', ['a', 'b', 'c'].map((at) => link(at, `https://${at}.example`)), ['buttons: tooManyButtons']],
		['two phones', [call('A', '+551130000000'), call('B', '+551130000001')], ['buttons: tooManyButtons']],
		['two codes', [copyCode('A'), copyCode('B')], ['buttons: tooManyButtons']],
		[
			'quick replies apart',
			[quickReply('A'), link('B', 'https://b.example'), quickReply('C')],
			['buttons: quickRepliesApart'],
		],
		['the same label twice', [quickReply('Sim'), quickReply('SIM')], ['buttons: sameLabel']],
		['a label of 26 characters', [quickReply('x'.repeat(26))], ['buttons.0: buttonLabelTooLong']],
		['a variable in a label', [quickReply('Oi {{1}}')], ['buttons.0: buttonLabelFormat']],
		['no address', [link('Site', 'loja.example')], ['buttons.0: buttonUrl']],
		['a variable in the middle', [link('Site', 'https://a.example/{{1}}/x')], ['buttons.0: buttonUrlVariable']],
		['two variables', [link('Site', 'https://a.example/{{1}}{{2}}')], ['buttons.0: buttonUrlVariable']],
		['no example of a link', [link('Site', 'https://a.example/{{1}}', null)], ['buttons.0: variableExampleMissing']],
		['no example of a code', [copyCode(null)], ['buttons.0: variableExampleMissing']],
		['no phone', [call('Ligar', 'ramal 9')], ['buttons.0: buttonPhone']],
		['an unknown type', [{ type: 'other' as const, text: 'X', variable: null }], ['buttons.0: buttonUnsupported']],
	])('with %s', (_what, buttons, expected) => {
		expect(codes({ buttons })).toEqual(expected);
	});
});

describe('advice', () => {
	it.each([
		'Olá! Hoje temos desconto para você.',
		'Aproveite a promoção da semana.',
		'Consulta GRÁTIS para você hoje.',
		'Tudo com 50% OFF na loja.',
		'Use o cupom da casa.',
	])('warns that a utility text sounds promotional: %j (C-30)', (text) => {
		expect(codes({ body: aText(text) })).toEqual(['body: soundsPromotional (warning)']);
		expect(codes({ body: aText(text), category: 'marketing' })).toEqual([]);
	});

	it.each(['Seu pedido saiu para entrega.', 'Sua mensalidade vence amanhã.', 'A oficina abre às 8h.'])(
		'has nothing to say about %j',
		(text) => expect(codes({ body: aText(text) })).toEqual([]),
	);

	it.each([
		'Por favor informe seu CPF para seguir.',
		'Responda com o número do cartão.',
		'Envie seus dados bancários.',
	])('warns of a rejection: %j', (text) =>
		expect(codes({ body: aText(text) })).toEqual(['body: asksForDocuments (warning)']),
	);

	it('lets the last four digits be asked for', () => {
		expect(codes({ body: aText('Confirme os últimos 4 dígitos do seu CPF.') })).toEqual([]);
	});
});
