import { draftTextsOf, makeDraft, type DraftTexts } from '../../../../engine/template/make-draft';
import { aTemplate, aText, call, copyCode, link, quickReply } from './support';

const texts: DraftTexts = {
	name: 'aviso',
	language: 'pt-BR',
	category: 'utility',
	header: null,
	body: 'Bom dia.',
	examples: {},
	footer: '',
	buttons: [],
};

describe('a draft of plain texts', () => {
	it('finds the variables and their examples', () => {
		const draft = makeDraft({ ...texts, body: 'Olá {{2}} e {{1}}, {{2}}!', examples: { '1': 'Ana', '3': 'x' } });
		expect(draft).toMatchObject({ language: 'pt_BR', parameterFormat: 'positional', footer: null });
		expect(draft.body.variables).toEqual([
			{ name: '2', example: null },
			{ name: '1', example: 'Ana' },
		]);
	});

	it('is named as soon as one variable has a name', () => {
		expect(makeDraft({ ...texts, body: 'Olá {{nome}}!' }).parameterFormat).toBe('named');
		const header = { type: 'text', text: 'Pedido {{numero}}', example: '1042' } as const;
		const draft = makeDraft({ ...texts, header });
		expect(draft.parameterFormat).toBe('named');
		expect(draft.header).toEqual({
			type: 'text',
			text: 'Pedido {{numero}}',
			variables: [{ name: 'numero', example: '1042' }],
		});
	});

	it('keeps the handle of a sample, and goes without one', () => {
		expect(makeDraft({ ...texts, header: { type: 'image', example: '4::a' } }).header).toEqual({
			type: 'image',
			example: '4::a',
		});
		expect(makeDraft({ ...texts, header: { type: 'image', example: '' } }).header).toEqual({ type: 'image' });
		expect(makeDraft({ ...texts, header: { type: 'location' } }).header).toEqual({ type: 'location' });
	});

	it('makes every kind of button', () => {
		const buttons: DraftTexts['buttons'] = [
			{ type: 'quickReply', text: 'Parar' },
			{ type: 'url', text: 'Ver', url: 'https://a.example/{{1}}', example: '9' },
			{ type: 'url', text: 'Site', url: 'https://a.example', example: 'sobra' },
			{ type: 'phoneNumber', text: 'Ligar', phone: '+551130000000' },
			{ type: 'copyCode', example: 'PIX10' },
		];
		expect(makeDraft({ ...texts, buttons }).buttons).toEqual([
			quickReply('Parar'),
			link('Ver', 'https://a.example/{{1}}', '9'),
			link('Site', 'https://a.example'),
			call('Ligar', '+551130000000'),
			copyCode('PIX10'),
		]);
	});
});

describe('the texts of a template that exists', () => {
	it('make the same template again', () => {
		const { id, status, quality, reason, ...parts } = aTemplate({
			header: { type: 'text', ...aText('Pedido {{1}}') },
			footer: 'Oficina Aurora',
			buttons: [
				quickReply('Parar'),
				link('Ver', 'https://a.example/{{1}}'),
				call('Ligar', '+551130000000'),
				copyCode('P'),
			],
		});
		expect(makeDraft(draftTextsOf({ id, status, quality, reason, ...parts })!)).toEqual(parts);
	});

	it.each([
		['a carousel', aTemplate({ unsupported: ['CAROUSEL'] })],
		['an unknown button', aTemplate({ buttons: [{ type: 'other', text: 'X', variable: null }] })],
		['a code', aTemplate({ category: 'authentication' })],
	])('are not given for %s: it cannot be written again', (_what, template) => {
		expect(draftTextsOf(template)).toBeNull();
	});
});
