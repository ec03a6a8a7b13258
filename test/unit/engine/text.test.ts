import fc from 'fast-check';
import { fold, greetingByHour, renderText } from '../../../engine/text';

describe('fold', () => {
	it.each([
		['  Suporte   Técnico ', 'suporte tecnico'],
		['2️⃣', '2'],
		['２', '2'],
		['Fina\u200bnceiro\u00a0', 'financeiro'],
		['AÇÃO', 'acao'],
		['', ''],
	])('folds %j to %j', (text, expected) => {
		expect(fold(text)).toBe(expected);
	});

	it('folding twice changes nothing more', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)),
			{ numRuns: 2000 },
		);
	});
});

describe('renderText', () => {
	const variables = { nome: 'Ana', cliente: 'Padaria Sol', NOME_USUARIO: 'Bruno' };

	it('fills the three spellings of the source systems (M-14, B-74, C-03)', () => {
		expect(renderText('Olá, {{ nome }}! [Cliente] assina: #NOME_USUARIO#', variables)).toEqual({
			text: 'Olá, Ana! Padaria Sol assina: Bruno',
			unknown: [],
		});
	});

	it('ignores case, accents and the separator in names (M-14)', () => {
		expect(renderText('{{Razão Social}} #razao_social# [RAZÃO-SOCIAL]', { 'razao social': 'Sol ME' }).text).toBe(
			'Sol ME Sol ME Sol ME',
		);
	});

	it('leaves unknown wildcards as they are and reports each once', () => {
		expect(renderText('{{x}} {{x}} [Setor] #promo#NOME_USUARIO# {{constructor}}', variables)).toEqual({
			text: '{{x}} {{x}} [Setor] #promoBruno {{constructor}}',
			unknown: ['{{x}}', '[Setor]', '#promo#', '{{constructor}}'],
		});
	});

	it('does not take menu numbers and prices for wildcards', () => {
		const menu = '[1] Suporte\n[2] Vendas\nPedido #12# {}';
		expect(renderText(menu, { '1': 'x', '12': 'y' })).toEqual({ text: menu, unknown: [] });
	});

	it('never reads a value as a template: customers write them', () => {
		expect(renderText('Oi {{nome}}', { nome: '{{cliente}} [Cliente] $& $1', cliente: 'segredo' }).text).toBe(
			'Oi {{cliente}} [Cliente] $& $1',
		);
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme' }),
				(nome) => renderText('<{{nome}}>', { nome, a: 'b' }).text === `<${nome}>`,
			),
		);
	});
});

describe('greetingByHour', () => {
	it.each([
		['2026-03-10T07:59:59Z', 'Boa noite'],
		['2026-03-10T08:00:00Z', 'Bom dia'],
		['2026-03-10T14:59:59Z', 'Bom dia'],
		['2026-03-10T15:00:00Z', 'Boa tarde'],
		['2026-03-10T21:00:00Z', 'Boa noite'],
		['2026-03-10T03:00:00Z', 'Boa noite'],
	])('greets at %s with %s in São Paulo (X-12)', (instant, greeting) => {
		expect(greetingByHour(Date.parse(instant), 'America/Sao_Paulo')).toBe(greeting);
	});

	it('goes by the clocks of the zone', () => {
		expect(greetingByHour(Date.parse('2026-03-10T16:00:00Z'), 'America/Rio_Branco')).toBe('Bom dia');
	});
});
