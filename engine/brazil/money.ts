/** Amounts in Brazil: whole cents inside, "R$ 1.234,50" outside. */

const REAIS = new Intl.NumberFormat('pt-BR', { style: 'currency', currency: 'BRL' });

/** "R$ 1.234,50", with an ordinary space: the one Intl prints breaks searches and copies (brazil.md §5). */
export function formatReais(cents: number): string {
	return REAIS.format(cents / 100).replace(/\u00a0/g, ' ');
}

/** R$ 9.999.999.999,99: more is a mistake in the unit. */
const MOST_CENTS = 999_999_999_999;

/**
 * Whole cents from "R$ 1.234,50", "1234,5", "1234.50" or a number of reais; null for anything else, such as a negative
 * amount or one with fractions of a cent. Dots between groups of three are thousands, as Brazilians write them:
 * "1.234" is R$ 1.234,00.
 */
export function readReais(value: unknown): number | null {
	if (typeof value === 'number') return wholeCents(value * 100);
	if (typeof value !== 'string') return null;
	const text = value.replace(/^\s*(?:R\$)?\s*|\s+$/gi, '');
	const thousands = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(text);
	const english = /^(\d{1,3}(?:,\d{3})+|\d+)\.(\d{1,2})$/.exec(text);
	const [, whole, decimals = ''] = thousands ?? english ?? [];
	if (whole === undefined) return null;
	return wholeCents(Number(whole.replace(/[.,]/g, '') + decimals.padEnd(2, '0')));
}

/** Binary fractions are a hair off: 459.9 * 100 is 45989.99999999999. */
function wholeCents(cents: number): number | null {
	const rounded = Math.round(cents);
	return rounded >= 0 && rounded <= MOST_CENTS && Math.abs(cents - rounded) < 1e-3 ? rounded : null;
}
