import { chooseMenuShape } from '../../../../../engine/channel/cloud-api/menu';
import type { MenuContent } from '../../../../../engine/model';

const options = (count: number, title = (n: number) => `Fila ${n}`) =>
	Array.from({ length: count }, (_, i) => ({ id: `queue:${i + 1}`, title: title(i + 1) }));

const aMenu = (change: Partial<MenuContent> = {}): MenuContent => ({
	type: 'menu',
	body: 'Escolha uma fila de atendimento:',
	plainText: 'Escolha uma fila de atendimento:\n1 - Suporte',
	options: options(3),
	style: 'auto',
	...change,
});

describe('shape of a menu (B-60, C-17, C-18, X-01)', () => {
	it('is buttons up to three short options', () => {
		expect(chooseMenuShape(aMenu({ options: options(3) }))).toEqual({ shape: 'buttons' });
		expect(chooseMenuShape(aMenu({ options: options(1) }))).toEqual({ shape: 'buttons' });
	});

	it('is a list from four to ten options', () => {
		expect(chooseMenuShape(aMenu({ options: options(4) }))).toEqual({ shape: 'list' });
		expect(chooseMenuShape(aMenu({ options: options(10) }))).toEqual({ shape: 'list' });
	});

	it('is numbered text from eleven options on, and says why', () => {
		expect(chooseMenuShape(aMenu({ options: options(11) }))).toEqual({
			shape: 'text',
			hint: 'O menu foi enviado como texto numerado, pois uma lista aceita no máximo 10 opções.',
		});
	});

	it('takes titles of exactly 20 characters as buttons, 21 to 24 as a list, 25 as text', () => {
		const titled = (length: number) =>
			chooseMenuShape(aMenu({ options: options(2, (n) => `${n}`.padEnd(length, 'x')) })).shape;
		expect([20, 21, 24, 25].map(titled)).toEqual(['buttons', 'list', 'list', 'text']);
	});

	it('counts an emoji as one character', () => {
		expect(chooseMenuShape(aMenu({ options: options(2, (n) => `${n}${'👋'.repeat(19)}`) })).shape).toBe('buttons');
	});

	it('is a list when two titles are the same, which buttons refuse', () => {
		expect(chooseMenuShape(aMenu({ options: options(2, () => 'Suporte') })).shape).toBe('list');
	});

	it('is a list when options have descriptions, which buttons would hide', () => {
		const described = [{ id: 'a', title: 'Financeiro', description: 'Boletos' }];
		expect(chooseMenuShape(aMenu({ options: described }))).toEqual({ shape: 'list' });
		expect(chooseMenuShape(aMenu({ options: described, style: 'buttons' }))).toEqual({
			shape: 'buttons',
			hint: 'Botões não mostram as descrições das opções.',
		});
	});

	it('is a list when the text is too long for buttons, and text when it is too long for both', () => {
		const sized = (length: number) => chooseMenuShape(aMenu({ body: 'x'.repeat(length) })).shape;
		expect([1024, 1025, 4096, 4097].map(sized)).toEqual(['buttons', 'list', 'list', 'text']);
	});

	it('is text without a hint when text was asked for', () => {
		expect(chooseMenuShape(aMenu({ style: 'text' }))).toEqual({ shape: 'text' });
	});

	it('downgrades asked buttons to a list and says so', () => {
		expect(chooseMenuShape(aMenu({ style: 'buttons', options: options(4) }))).toEqual({
			shape: 'list',
			hint: 'O menu foi enviado como lista, pois botões aceitam no máximo 3 opções.',
		});
	});

	it('shows an asked list as buttons when only the list does not fit', () => {
		expect(chooseMenuShape(aMenu({ style: 'list', buttonLabel: 'x'.repeat(21) }))).toEqual({
			shape: 'buttons',
			hint: 'O menu foi enviado com botões, pois o texto do botão que abre a lista passa de 20 caracteres.',
		});
	});

	it.each<[string, Partial<MenuContent>]>([
		['no options', { options: [] }],
		['repeated ids', { options: [...options(1), ...options(1, () => 'Outra')] }],
		['an empty title', { options: options(1, () => ' ') }],
		['an empty body', { body: ' ' }],
		['a header of 61', { header: 'x'.repeat(61) }],
		['a footer of 61', { footer: 'x'.repeat(61) }],
		['an id of 257', { options: [{ id: 'x'.repeat(257), title: 'A' }] }],
	])('is text with %s', (_, change) => {
		const { shape, hint } = chooseMenuShape(aMenu(change));
		expect(shape).toBe('text');
		expect(hint).toMatch(/^O menu foi enviado como texto numerado, pois .+\.$/);
	});

	it('of a list refuses a description of 73 characters', () => {
		const described = (length: number) =>
			chooseMenuShape(
				aMenu({ style: 'list', options: options(4).map((o) => ({ ...o, description: 'x'.repeat(length) })) }),
			);
		expect(described(72)).toEqual({ shape: 'list' });
		expect(described(73).shape).toBe('text');
	});
});
