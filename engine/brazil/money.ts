/** Amounts in Brazil: whole cents inside, "R$ 1.234,50" outside. */

const REAIS = new Intl.NumberFormat('pt-BR', { style: 'currency', currency: 'BRL' });

/** "R$ 1.234,50", with an ordinary space: the one Intl prints breaks searches and copies (brazil.md §5). */
export function formatReais(cents: number): string {
	return REAIS.format(cents / 100).replace(/\u00a0/g, ' ');
}
