import { aConfig, CHOOSE, LIST, ROWS, Talk } from './support';

const menuOf = (changes: Parameters<typeof aConfig>[0]) => new Talk(aConfig(changes)).says('Oi').menu;

describe('the menu message', () => {
	it('carries taps and the complete text at once (C-17, C-18, B-56)', () => {
		const menu = menuOf({ listPlacement: 'separate' });
		expect(menu).toMatchObject({
			type: 'menu',
			body: CHOOSE,
			plainText: `${CHOOSE}\n\n${LIST}`,
			style: 'auto',
			buttonLabel: 'Ver opções',
		});
		expect(menu.options.map((o) => o.title)).toEqual(['1 - Comercial', '2 - Suporte Técnico', '3 - Financeiro']);
		expect(new Set(menu.options.map((o) => o.id)).size).toBe(3);
	});

	it.each(['buttons', 'list', 'text'] as const)('keeps the style %s a supervisor asked for (C-17)', (menuStyle) => {
		expect(menuOf({ menuStyle }).style).toBe(menuStyle);
	});

	it('shortens long names in rows only, and tells them in full below', () => {
		const rows = [{ number: 1, name: 'a', displayName: 'Negociação de mensalidades atrasadas' }];
		const menu = menuOf({ rows });
		expect(menu.options[0]).toMatchObject({
			title: '1 - Negociação de mensa…',
			description: 'Negociação de mensalidades atrasadas',
		});
		expect(menu.options[0]!.title).toHaveLength(24);
		expect(menu.plainText).toContain('1 - Negociação de mensalidades atrasadas');
	});

	it('tells the numbers in the text where a list hides them behind a button (B-56)', () => {
		const described = ROWS.map((row) => ({ ...row, description: 'x' }));
		for (const changes of [{ rows: described }, { menuStyle: 'list' as const }]) {
			const menu = menuOf({ ...changes, listPlacement: 'separate' });
			expect(menu.body).toBe(`${CHOOSE}\n\n${LIST}`);
		}
	});

	it('does not cut an emoji in half', () => {
		const rows = [{ number: 1, name: 'a', displayName: `${'x'.repeat(18)}😀😀😀` }];
		expect(menuOf({ rows }).options[0]!.title).toBe(`1 - ${'x'.repeat(18)}…`);
	});

	it('shows the description a supervisor typed (C-15)', () => {
		const rows = [{ ...ROWS[0]!, description: 'Vendas e orçamentos' }];
		expect(menuOf({ rows }).options[0]!.description).toBe('Vendas e orçamentos');
	});

	it('keeps every option of a long menu; the channel decides how to show it', () => {
		const rows = Array.from({ length: 14 }, (_, i) => ({
			number: i + 1,
			name: `f${i + 1}`,
			displayName: `Fila ${i + 1}`,
		}));
		const menu = menuOf({ rows });
		expect(menu.options).toHaveLength(14);
		expect(menu.plainText).toContain('14 - Fila 14');
	});

	it('does not list twice when the text places {{filas}} itself', () => {
		const menu = menuOf({ texts: { chooseQueue: 'Filas:\n{{filas}}\nDigite o número.' }, listPlacement: 'separate' });
		expect(menu.plainText).toBe(`Filas:\n${LIST}\nDigite o número.`);
		expect(menu.body).toBe('Filas:\n\nDigite o número.');
		expect(menuOf({ texts: { chooseQueue: '{{filas}}' }, listPlacement: 'separate' }).body).toBe(LIST);
	});

	it('travels apart from a welcome that is too long for one message', () => {
		const ana = new Talk(aConfig({ texts: { welcome: 'a'.repeat(1000) } })).says('Oi');
		expect(ana.heard).toHaveLength(2);
	});

	it('fills the button label a supervisor typed', () => {
		expect(menuOf({ menuButtonLabel: 'Setores' }).buttonLabel).toBe('Setores');
	});
});
