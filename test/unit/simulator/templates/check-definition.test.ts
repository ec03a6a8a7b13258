import { checkDefinition, checkName } from '../../../../simulator/templates/check-definition';

type Parts = { body?: any; header?: any; footer?: any; buttons?: any[]; named?: boolean; category?: string };

const BODY = { text: 'Olá {{1}}, o seu pedido {{2}} saiu para entrega hoje.', example: { body_text: [['Ana', '12']] } };

function verdict({ body = BODY, header, footer, buttons, named = false, category = 'UTILITY' }: Parts): number | null {
	const components = [
		...(header ? [{ type: 'HEADER', format: 'TEXT', ...header }] : []),
		{ type: 'BODY', ...body },
		...(footer ? [{ type: 'FOOTER', ...footer }] : []),
		...(buttons ? [{ type: 'BUTTONS', buttons }] : []),
	];
	const problem = checkDefinition({ category, named, components, knowsHandle: (handle) => handle === '4::known' });
	return problem ? (problem.subcode ?? problem.code) : null;
}

const quick = (text: string) => ({ type: 'QUICK_REPLY', text });
const words = 'uma frase comprida o bastante para as variáveis';

describe('what Meta refuses before any review (C-31, X-10)', () => {
	it.each<[string, Parts, number | null]>([
		['a good one', {}, null],
		['no text', { body: {} }, 2388043],
		['a body of 1,024', { body: { text: 'a'.repeat(1_024) } }, null],
		['a body of 1,025', { body: { text: 'a'.repeat(1_025) } }, 2388040],
		['a variable at the start', { body: { ...BODY, text: '{{1}}, o pedido {{2}} saiu para entrega hoje.' } }, 2388299],
		['a variable at the end', { body: { ...BODY, text: 'Olá {{1}}, saiu para entrega o pedido {{2}}' } }, 2388299],
		['too many variables', { body: { ...BODY, text: 'Olá {{1}} e {{2}}!' } }, 2388293],
		['variables side by side', { body: { ...BODY, text: `Olá {{1}} {{2}}, ${words}.` } }, 2388072],
		['a gap in the numbers', { body: { ...BODY, text: `Olá {{1}} e {{3}}, ${words}.` } }, 2388072],
		['no examples', { body: { text: BODY.text } }, 2388043],
		['too few examples', { body: { ...BODY, example: { body_text: [['Ana']] } } }, 2388043],
		['three line breaks', { body: { text: 'um\n\n\ndois' } }, 2388072],
		['a stray brace', { body: { text: 'Olá {{, tudo bem?' } }, 2388072],
		['named variables in a numbered one', { body: { ...BODY, text: `Olá {{nome}}, ${words}.` } }, 2388072],
		[
			'named variables',
			{
				named: true,
				body: {
					text: `Olá {{nome}}, ${words}.`,
					example: { body_text_named_params: [{ param_name: 'nome', example: 'Ana' }] },
				},
			},
			null,
		],
		['a named one without its example', { named: true, body: { text: `Olá {{nome}}, ${words}.` } }, 2388043],
		['a name with capitals', { named: true, body: { text: `Olá {{Nome}}, ${words}.` } }, 2388072],
		['a header of 61', { header: { text: 'a'.repeat(61) } }, 2388040],
		['a bold header', { header: { text: '*Oi*' } }, 2388047],
		['a header with an emoji', { header: { text: 'Pronto ✅' } }, 2388047],
		['two variables in a header', { header: { text: '{{1}} e {{2}}' } }, 2388047],
		['a header with a variable', { header: { text: 'Fatura de {{1}}', example: { header_text: ['maio'] } } }, null],
		['a picture without a handle', { header: { format: 'IMAGE' } }, 2388043],
		['a picture with a media id', { header: { format: 'IMAGE', example: { header_handle: ['123'] } } }, 100],
		['a picture with its handle', { header: { format: 'IMAGE', example: { header_handle: ['4::known'] } } }, null],
		['a footer with a variable', { footer: { text: 'Até {{1}} logo' } }, 2388073],
		['a footer of 61', { footer: { text: 'a'.repeat(61) } }, 2388040],
		['eleven buttons', { buttons: Array.from({ length: 11 }, (_, i) => quick(`b${i}`)) }, 100],
		['a label of 26', { buttons: [quick('a'.repeat(26))] }, 2388040],
		['equal labels', { buttons: [quick('Sim'), quick('Sim')] }, 100],
		[
			'three links',
			{ buttons: ['a', 'b', 'c'].map((text) => ({ type: 'URL', text, url: 'https://a.example/' })) },
			100,
		],
		['a link without its example', { buttons: [{ type: 'URL', text: 'a', url: 'https://a.example/{{1}}' }] }, 2388043],
		[
			'a variable inside a link',
			{ buttons: [{ type: 'URL', text: 'a', url: 'https://a.example/{{1}}/b', example: ['x'] }] },
			100,
		],
		[
			'split quick replies',
			{ buttons: [quick('a'), { type: 'URL', text: 'b', url: 'https://a.example/' }, quick('c')] },
			100,
		],
		['an unknown category', { category: 'NEWS' }, 100],
	])('judges %s', (_, parts, expected) => {
		expect(verdict(parts)).toBe(expected);
	});

	it.each([
		['aviso_os_2', 'pt_BR', null],
		['Aviso', 'pt_BR', 100],
		['aviso os', 'pt_BR', 100],
		['a'.repeat(513), 'pt_BR', 100],
		['aviso', 'pt-BR', 100],
		['aviso', undefined, 100],
	])('judges the name %s in %s', (name, language, expected) => {
		expect(checkName(name, language)?.code ?? null).toBe(expected);
	});
});
