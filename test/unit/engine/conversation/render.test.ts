import { placesList, render, unknownVariables, type RenderScope } from '../../../../engine/conversation/render';
import { textFor, type TextTable } from '../../../../engine/conversation/texts';
import { aConfig, aConversation, ROWS, TUESDAY_10H } from './support';

const SCOPE: RenderScope = {
	company: 'Padaria Aurora',
	conversation: aConversation(),
	context: {
		now: TUESDAY_10H,
		contact: { name: 'Ana Souza', phone: '+5511999990001' },
		zone: 'America/Sao_Paulo',
		blockedQueues: new Set(),
		open: null,
		away: { nextOpeningAt: Date.parse('2026-03-11T11:00:00Z'), hoursText: 'seg a sex, 8h às 18h' },
	},
	agentName: 'Bruno',
	queueName: 'Financeiro',
	list: '1 - A',
};

describe('variables of a text (M-14, B-53, B-66, C-03)', () => {
	it.each([
		['{{empresa}}', 'Padaria Aurora'],
		['[Sua Empresa]', 'Padaria Aurora'],
		['{{nome}} [Cliente] {{contact.name}}', 'Ana Souza Ana Souza Ana Souza'],
		['{{ Primeiro_Nome }}', 'Ana'],
		['{{protocolo}}', 'P-1001'],
		['{{fila}}', 'Financeiro'],
		['[Nome do atendente] aqui', 'Bruno aqui'],
		['#NOME_USUARIO#', 'Bruno'],
		['{{saudação}}!', 'Bom dia!'],
		['{{horario}}', 'seg a sex, 8h às 18h'],
		['Voltamos {{proximo_horario}}.', 'Voltamos quarta-feira, 11/03, às 08:00.'],
		['{{filas}}', '1 - A'],
		['sem variável', 'sem variável'],
		['{{cpf}} fica', '{{cpf}} fica'],
	])('%s → %s', (template, expected) => {
		expect(render(template, SCOPE)).toBe(expected);
	});

	it('a ready sentence about the opening is used as it is', () => {
		const context = { ...SCOPE.context, away: { nextOpeningText: 'amanhã cedo' } };
		expect(render('{{proximo_horario}}', { ...SCOPE, context })).toBe('amanhã cedo');
		expect(render('{{proximo_horario}}', { ...SCOPE, context: { ...context, away: null } })).toBe('');
	});

	it('a name that looks like a variable is not filled in again', () => {
		const context = { ...SCOPE.context, contact: { name: '{{empresa}}\u0001x', phone: null } };
		expect(render('Oi {{nome}}', { ...SCOPE, context })).toBe('Oi {{empresa}}\u0001x');
	});

	it('tells unknown ones and a list placed by hand', () => {
		expect(unknownVariables('{{cpf}} {{nome}}')).toEqual(['{{cpf}}']);
		expect(placesList('Escolha:\n{{filas}}')).toBe(true);
		expect(placesList('Escolha:')).toBe(false);
	});
});

describe('a contact without a name', () => {
	const nameless = (name: string | null) => ({
		...SCOPE,
		context: { ...SCOPE.context, contact: { name, phone: null } },
	});

	it.each([
		['Oi, [primeiro_nome]! Voltamos já.', 'Oi! Voltamos já.'],
		['Olá [nome], tudo bem?', 'Olá, tudo bem?'],
		['[saudacao], [primeiro_nome]! 👋', 'Bom dia! 👋'],
		['Para [Cliente] com carinho', 'Para com carinho'],
	])('%j reads %j', (template, expected) => {
		for (const name of [null, '', ' ', '+5511900001111', '...'])
			expect(render(template, nameless(name))).toBe(expected);
	});
});

describe('which text fits: kind × hours × queue (P-23, P-24)', () => {
	const { table } = aConfig({
		rows: [{ ...ROWS[0]!, texts: { transfer: 'fila' } }, ROWS[1]!],
		texts: { transfer: 'geral' },
		rules: [
			{ type: 'transfer', when: 'outside', text: 'fora' },
			{ type: 'transfer', when: 'outside', queues: ['comercial'], text: 'fora, comercial' },
			{ type: 'start', queues: ['suporte'], title: 'só suporte', text: '' },
		],
	});

	it.each<[Parameters<typeof textFor>[1], string | null, boolean | null, string]>([
		['transfer', 'comercial', true, 'fila'],
		['transfer', 'comercial', null, 'fila'],
		['transfer', 'comercial', false, 'fora, comercial'],
		['transfer', 'suporte', true, 'geral'],
		['transfer', 'suporte', false, 'fora'],
		['transfer', null, false, 'fora'],
		['start', 'suporte', true, ''],
		['start', 'suporte', false, ''],
	])('%s for %s, open %s → %j', (key, queue, open, expected) => {
		expect(textFor(table, key, queue, open)).toBe(expected);
	});

	it('falls back to the default', () => {
		const empty: TextTable = { base: {}, special: {} };
		expect(textFor(empty, 'invalidOption', null, null)).toBe('Opção digitada não existe, digite uma opção válida');
	});
});
