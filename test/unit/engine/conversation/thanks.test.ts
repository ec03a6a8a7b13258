import { isThanks } from '../../../../engine/conversation/thanks';

describe('thanks after closing (D-23, X-11)', () => {
	it.each([
		'ok',
		'Ok!',
		'okk',
		'obrigado',
		'Obrigada 🙏',
		'obrigadoooo',
		'OBRIGADO!!!',
		'muito obrigado pela ajuda',
		'valeu',
		'vlw',
		'blz obrigada',
		'brigadão ok'.replace('brigadão', 'brigado'),
		'👍',
		'👍🏽',
		'🙏🙏',
		'❤️',
		'não, obrigado',
		'Obrigada, boa noite',
		'tá bom, obrigado',
		'perfeito',
		'tchau',
		'Muito obrigada, bom dia pra você também',
		'era só isso, obrigado',
	])('%j is thanks', (text) => {
		expect(isThanks(text, 'text')).toBe(true);
	});

	it.each([
		'',
		'   ',
		'ok?',
		'ok, mas e o boleto',
		'não entendi',
		'nada certo',
		'bom dia',
		'não',
		'sim',
		'obrigado, só falta a nota fiscal',
		'2',
		'menu',
		'😡',
		'?',
		'oi',
		'obrigado '.repeat(30),
	])('%j is not', (text) => {
		expect(isThanks(text, 'text')).toBe(false);
	});

	it('a sticker is, a photo is not', () => {
		expect(isThanks('', 'sticker')).toBe(true);
		expect(isThanks('obrigado', 'image')).toBe(false);
		expect(isThanks('', 'audio')).toBe(false);
	});
});
