import { titleOf } from '../../../../engine/usage/kinds';

describe('what is counted', () => {
	it.each([
		['received', 'Recebidas'],
		['sent:template:marketing', 'Enviadas como modelo: marketing'],
		['cost:utility', 'Cobradas: utilidade'],
		['free:service', 'Sem custo: serviço'],
		['unpriced:novidade', 'Preço desconhecido: novidade'],
	])('%s is called %s', (kind, title) => {
		expect(titleOf(kind)).toBe(title);
	});
});
