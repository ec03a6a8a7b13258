import { chosenNumber } from '../../../../simulator/whatsapp-web/menu';
import type { Chat } from '../../../../simulator/world';

const chat = (...bodies: string[]) =>
	({ messages: bodies.map((body) => ({ from: 'business', type: 'text', content: { body } })) }) as unknown as Chat;

describe('a numbered menu', () => {
	it.each([
		['*1* - Vendas\n*2* - Financeiro', 'Financeiro', '2'],
		['1. Vendas\n2. *Financeiro*', 'financeiro', '2'],
		['1) Vendas\n2) Financeiro', '1', '1'],
		['1️⃣ Vendas\n2️⃣ Financeiro', 'Financeiro', '2'],
		['Escolha 1 ou 2', 'Vendas', null],
	])('%j offers %s as %s', (body, option, number) => {
		expect(chosenNumber(chat(body), option)).toBe(number);
	});

	it('is the newest one that offers the option', () => {
		expect(chosenNumber(chat('1 - Sair', '1 - Voltar\n2 - Sair'), 'Sair')).toBe('2');
	});
});
