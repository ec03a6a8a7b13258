/** Which columns do the tables of a document have? Texts only. */
import { formatReais } from '../brazil/money';
import type { DocumentFacts } from './facts';
import type { AgreementFigures } from './figures';
import { day } from './wildcards';

export interface Table {
	head: string[];
	rows: string[][];
	/** The totals. */
	foot: string[] | null;
	/** So many columns from the left are text, the others amounts. */
	text: number;
}

/** Number, issue, due, days, original, fine, interest, discount, paid, updated (brazil.md §7: demonstrativo). */
export function titlesTable({ titles, totals }: DocumentFacts): Table {
	const issued = titles.some(({ issuedOn }) => issuedOn !== null);
	const amounts = (each: typeof totals) =>
		[
			...[each.amountCents, each.fineCents, each.interestCents, each.discountCents, each.paidCents],
			each.updatedCents,
		].map(plain);
	return {
		head: [
			'Título',
			...(issued ? ['Emissão'] : []),
			...['Vencimento', 'Dias de atraso', 'Original (R$)', 'Multa (R$)', 'Juros (R$)', 'Desconto (R$)', 'Pago (R$)'],
			'Atualizado (R$)',
		],
		rows: titles.map((title) => [
			title.number,
			...(issued ? [title.issuedOn ? day(title.issuedOn) : '—'] : []),
			...[day(title.dueDate), String(title.daysLate)],
			...amounts(title),
		]),
		foot: ['Total', ...(issued ? [''] : []), '', '', ...amounts(totals)],
		text: issued ? 3 : 2,
	};
}

export function instalmentsTable({ instalments, totalCents }: AgreementFigures): Table {
	const regular = instalments.filter(({ number }) => number > 0).length;
	return {
		head: ['Parcela', 'Vencimento', 'Valor (R$)'],
		rows: instalments.map(({ number, dueDate, amountCents }) => [
			number === 0 ? 'Entrada' : `${number} de ${regular}`,
			day(dueDate),
			plain(amountCents),
		]),
		foot: ['Total', '', plain(totalCents)],
		text: 2,
	};
}

/** "1.234,50": the unit stands in the head. */
function plain(cents: number): string {
	return formatReais(cents).replace(/^R\$ /, '');
}
