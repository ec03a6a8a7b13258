import { fillQuickReply, variablesOf, type QuickReplyFacts } from '../../../../engine/quick-reply/fill';

const FACTS: QuickReplyFacts = {
	contactName: 'Ana Souza',
	contactPhone: '+5511999990001',
	protocolNumber: '261121-W36JG',
	queueName: 'Financeiro',
	agentName: 'Bruno',
	now: Date.parse('2026-03-10T13:00:00Z'),
	zone: 'America/Sao_Paulo',
};

describe('variables of a ready message', () => {
	it.each([
		['[Cliente] / {{contact.name}} / #NOME_CLIENTE#', 'Ana Souza / Ana Souza / Ana Souza'],
		['[Atendente] / {{agent.name}} / #NOME_USUARIO#', 'Bruno / Bruno / Bruno'],
		['[Protocolo] / {{ conversation.protocolNumber }}', '261121-W36JG / 261121-W36JG'],
		['{{primeiro_nome}}, fila {{conversation.queue}}, {{telefone}}', 'Ana, fila Financeiro, +5511999990001'],
		['{{saudação}}!', 'Bom dia!'],
		[
			'Sem variável: *negrito*, https://example.com/?a=1#topo',
			'Sem variável: *negrito*, https://example.com/?a=1#topo',
		],
	])('%s reads %s (B-74)', (content, text) => {
		expect(fillQuickReply(content, FACTS)).toEqual({ ok: true, text });
	});

	it('own values come first, however the variable is written, and may bring new ones', () => {
		const own = { Cliente: 'Dona Ana', boleto: '34191.79001' };
		expect(fillQuickReply('{{contact.name}}: [Boleto]', FACTS, own)).toEqual({
			ok: true,
			text: 'Dona Ana: 34191.79001',
		});
	});

	it('tells a variable nobody knows instead of sending it raw', () => {
		expect(fillQuickReply('[Cliente], seu CPF é {{cpf}} [constructor]', FACTS)).toEqual({
			ok: false,
			unknown: ['{{cpf}}', '[constructor]'],
			empty: [],
		});
	});

	it('tells a variable without a value here', () => {
		const facts = { ...FACTS, agentName: null, protocolNumber: '' };
		expect(fillQuickReply('Aqui é [Atendente], [Protocolo], {{empresa}}', facts)).toEqual({
			ok: false,
			unknown: [],
			empty: ['[Atendente]', '[Protocolo]', '{{empresa}}'],
		});
		expect(fillQuickReply('{{boleto}} {{cliente}}', facts, { boleto: ' ', cliente: '' })).toEqual({
			ok: false,
			unknown: [],
			empty: ['{{boleto}}'],
		});
	});

	it('a contact without a name leaves no gap', () => {
		expect(fillQuickReply('Olá, [Cliente]! Tudo bem?', { ...FACTS, contactName: '+55 11 9' })).toEqual({
			ok: true,
			text: 'Olá! Tudo bem?',
		});
	});

	it('what a customer calls herself is never read as a variable', () => {
		expect(fillQuickReply('Oi, [Cliente]', { ...FACTS, contactName: '{{protocolo}} #NOME_USUARIO#' })).toEqual({
			ok: true,
			text: 'Oi, {{protocolo}} #NOME_USUARIO#',
		});
	});

	it('lists the variables of a text, each once', () => {
		expect(variablesOf('[Cliente], [Cliente] {{cpf}} #NOME_USUARIO#')).toEqual([
			'[Cliente]',
			'{{cpf}}',
			'#NOME_USUARIO#',
		]);
	});
});
