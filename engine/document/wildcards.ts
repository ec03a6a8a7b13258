/**
 * Which wildcards does a document know, and what do they stand for? This is the whole list. They are written #DEVEDOR# or
 * [devedor]; case and accents make no difference (C-03).
 */
import { DateTime } from 'luxon';
import { formatReais } from '../brazil/money';
import type { DateText } from '../business-hours/dates';
import { wildcardName } from '../text';
import { amountInWords } from './amount-in-words';
import type { DocumentFacts } from './facts';

export interface Wildcard {
	/** As documented, e.g. NOME_USUARIO. */
	name: string;
	/** Portuguese. */
	meaning: string;
	/** Other names for the same. */
	aliases?: string[];
	/** null = there is none here. */
	value(facts: DocumentFacts): string | null;
}

const wildcard = (name: string, meaning: string, value: Wildcard['value'], aliases: string[] = []): Wildcard => ({
	name,
	meaning,
	value,
	aliases,
});

/** In screen order. */
export const WILDCARDS: readonly Wildcard[] = [
	wildcard('CREDOR', 'nome do credor', ({ creditor }) => creditor.name, ['NOME_CREDOR', 'EMPRESA']),
	wildcard('CREDOR_DOCUMENTO', 'CNPJ ou CPF do credor, com o nome do documento', ({ creditor }) => creditor.document),
	wildcard('CREDOR_ENDERECO', 'endereço do credor', ({ creditor }) => creditor.address),
	wildcard('CREDOR_CONTATO', 'telefone e e-mail do credor', ({ creditor }) => contactOf(creditor)),
	wildcard('DEVEDOR', 'nome de quem deve', ({ debtor }) => debtor.name, ['NOME_DEVEDOR', 'CLIENTE']),
	wildcard(
		'DEVEDOR_DOCUMENTO',
		'CPF ou CNPJ de quem deve: completo no termo de acordo, mascarado no demonstrativo',
		({ kind, debtor }) => (kind === 'agreement' ? debtor.document : debtor.maskedDocument),
	),
	wildcard('DEVEDOR_DOCUMENTO_MASCARADO', 'CPF de quem deve, sempre mascarado', ({ debtor }) => debtor.maskedDocument),
	wildcard('DEVEDOR_ENDERECO', 'endereço de quem deve', ({ debtor }) => debtor.address),
	wildcard('DEVEDOR_TELEFONE', 'telefone de quem deve', ({ debtor }) => debtor.phone),
	wildcard('NOME_USUARIO', 'quem assina pelo credor', ({ signedBy }) => signedBy, ['USUARIO']),
	wildcard('NUMERO', 'número do documento', ({ number }) => number, ['NUMERO_ACORDO']),
	wildcard('DATA', 'data do documento: 21/11/2026', ({ issuedOn }) => day(issuedOn)),
	wildcard('DATA_EXTENSO', 'data do documento: 21 de novembro de 2026', ({ issuedOn }) => longDay(issuedOn)),
	wildcard('DATA_HORA', 'data e hora em que foi gerado', ({ now, zone }) => moment(now, zone)),
	wildcard('CIDADE', 'cidade do documento', ({ place }) => place, ['LOCAL']),
	wildcard('LOCAL_DATA', 'cidade, se houver, e data por extenso', ({ place, issuedOn }) =>
		[place, longDay(issuedOn)].filter(Boolean).join(', '),
	),
	wildcard('DATA_BASE', 'dia até o qual os valores foram atualizados', ({ asOf }) => day(asOf)),
	wildcard('QUANTIDADE_TITULOS', 'quantos títulos: "3 títulos"', ({ titles }) =>
		count(titles.length, 'título', 'títulos'),
	),
	wildcard('TOTAL_ORIGINAL', 'soma dos valores originais', ({ totals }) => formatReais(totals.amountCents)),
	wildcard('TOTAL_MULTA', 'soma das multas', ({ totals }) => amount(totals.fineCents)),
	wildcard('TOTAL_JUROS', 'soma dos juros', ({ totals }) => amount(totals.interestCents)),
	wildcard('TOTAL_DESCONTO', 'soma dos descontos dos títulos', ({ totals }) => amount(totals.discountCents)),
	wildcard('TOTAL_PAGO', 'soma do que já foi pago', ({ totals }) => amount(totals.paidCents)),
	wildcard('TOTAL_ATUALIZADO', 'total atualizado', ({ totals }) => formatReais(totals.updatedCents)),
	wildcard('TOTAL_ATUALIZADO_EXTENSO', 'total atualizado por extenso', ({ totals }) =>
		amountInWords(totals.updatedCents),
	),
	wildcard('CRITERIO_CALCULO', 'multa e juros de contrato usados na atualização', ({ charges }) =>
		chargesText(charges),
	),
	wildcard('DESCONTO_ACORDO', 'desconto concedido no acordo', ({ agreement }) => amount(agreement?.discountCents)),
	wildcard('VALOR_ACORDO', 'total atualizado menos o desconto', ({ agreement }) => amount(agreement?.agreedCents)),
	wildcard('VALOR_ACORDO_EXTENSO', 'valor do acordo por extenso', ({ agreement }) =>
		agreement ? amountInWords(agreement.agreedCents) : null,
	),
	wildcard('ENTRADA', 'valor da entrada', (facts) => amount(downPayment(facts)?.amountCents)),
	wildcard('ENTRADA_VENCIMENTO', 'vencimento da entrada', (facts) => dayOrNone(downPayment(facts)?.dueDate)),
	wildcard('PARCELAS', 'quantas e de quanto: "3 parcelas de R$ 100,00"', (facts) => instalmentsText(facts)),
	wildcard('PRIMEIRO_VENCIMENTO', 'vencimento da primeira parcela', (facts) => dayOrNone(regular(facts)[0]?.dueDate)),
	wildcard('JUROS_PARCELAMENTO', 'o que o parcelamento acrescenta', ({ agreement }) =>
		amount(agreement?.interestCents),
	),
	wildcard('TOTAL_A_PAGAR', 'entrada mais parcelas', ({ agreement }) => amount(agreement?.totalCents)),
	wildcard('ENCARGOS_ATRASO', 'multa e juros de parcela em atraso', ({ agreement }) =>
		agreement ? (chargesText(agreement.lateCharges) ?? 'nenhuma multa e nenhum juro contratual') : null,
	),
	wildcard('VENCIMENTO_ANTECIPADO', 'quantas parcelas em atraso antecipam as demais: "2 parcelas"', ({ agreement }) =>
		agreement?.earlyMaturityAfter ? count(agreement.earlyMaturityAfter, 'parcela', 'parcelas') : null,
	),
	wildcard('VALIDADE', 'até quando a proposta vale', ({ agreement }) => dayOrNone(agreement?.validUntil)),
	wildcard('ACEITE_TEXTO', 'texto da mensagem de aceite', ({ acceptance }) => acceptance?.text ?? null),
	wildcard('ACEITE_DATA', 'data e hora da mensagem de aceite', ({ acceptance, zone }) =>
		acceptance ? moment(acceptance.at, zone) : null,
	),
	wildcard('ACEITE_MENSAGEM', 'identificador da mensagem de aceite', ({ acceptance }) => acceptance?.messageId ?? null),
];

const BY_NAME = new Map(
	WILDCARDS.flatMap((each) => [each.name, ...(each.aliases ?? [])].map((name) => [wildcardName(name), each] as const)),
);

/** @param name in any spelling, without its marks */
export function findWildcard(name: string): Wildcard | undefined {
	return BY_NAME.get(wildcardName(name));
}

/** Every wildcard and alias that has a value here. The company's own take no known one's place: sums are not given, they are reckoned. */
export function valuesOf(facts: DocumentFacts): Record<string, string> {
	const own = Object.entries(facts.fields).filter(([, value]) => value !== '');
	const known = [...BY_NAME].flatMap(([name, each]) => {
		const value = each.value(facts);
		return value === null || value === '' ? [] : [[name, value] as const];
	});
	return Object.fromEntries([...own.map(([name, value]) => [wildcardName(name), value] as const), ...known]);
}

function downPayment({ agreement }: DocumentFacts) {
	return agreement?.instalments.find(({ number }) => number === 0);
}

function regular({ agreement }: DocumentFacts) {
	return agreement?.instalments.filter(({ number }) => number > 0) ?? [];
}

/** The last instalment carries the cents that are left over. */
function instalmentsText(facts: DocumentFacts): string | null {
	const instalments = regular(facts);
	const [first] = instalments;
	if (!first) return null;
	const last = instalments.at(-1)!;
	const even = instalments.every(({ amountCents }) => amountCents === first.amountCents);
	if (even) return `${count(instalments.length, 'parcela', 'parcelas')} de ${formatReais(first.amountCents)}`;
	const allButLast = instalments.slice(0, -1);
	if (!allButLast.every(({ amountCents }) => amountCents === first.amountCents)) {
		return `${count(instalments.length, 'parcela', 'parcelas')}, conforme o quadro`;
	}
	return `${count(allButLast.length, 'parcela', 'parcelas')} de ${formatReais(first.amountCents)} e a última de ${formatReais(last.amountCents)}`;
}

function chargesText(charges: DocumentFacts['charges']): string | null {
	if (!charges) return null;
	const parts: string[] = [];
	if (charges.finePercent > 0) parts.push(`multa de ${percent(charges.finePercent)}`);
	if (charges.monthlyInterestPercent > 0) {
		parts.push(
			`juros simples de ${percent(charges.monthlyInterestPercent)} ao mês, contados por dia desde o vencimento`,
		);
	}
	return parts.length > 0 ? parts.join(' e ') : null;
}

function contactOf({ phone, email }: { phone: string | null; email: string | null }): string | null {
	return [phone, email].filter(Boolean).join(' · ') || null;
}

/** null for nothing: a discount of R$ 0,00 is no discount. */
function amount(cents: number | undefined): string | null {
	return cents ? formatReais(cents) : null;
}

function count(number: number, one: string, many: string): string {
	return `${number} ${number === 1 ? one : many}`;
}

function percent(value: number): string {
	return `${value.toLocaleString('pt-BR', { maximumFractionDigits: 6 })}%`;
}

/** 2026-11-21 → 21/11/2026 */
export function day(date: DateText): string {
	return date.split('-').reverse().join('/');
}

function dayOrNone(date: DateText | null | undefined): string | null {
	return date ? day(date) : null;
}

function longDay(date: DateText): string {
	return DateTime.fromISO(date, { zone: 'utc' }).setLocale('pt-BR').toFormat("d 'de' LLLL 'de' yyyy");
}

/** With the offset, so that it is one instant for every reader. */
function moment(at: number, zone: string): string {
	const local = DateTime.fromMillis(at, { zone });
	return `${local.toFormat('dd/MM/yyyy HH:mm:ss')} (UTC${local.toFormat('ZZ')})`;
}
