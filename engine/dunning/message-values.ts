import { formatReais } from '../brazil/money';
import { readTaxId } from '../brazil/tax-id';
import { renderText } from '../text';
import { brazilianDate, listed, stepLabel } from './explain';
import type { Creditor, Decision, Payer, PlannedInvoice } from './types';

/**
 * What goes into the words of a reminder: values for [wildcards] in texts and variables of the same names in templates. All but
 * `lista` are one line, as Meta demands of variables.
 *
 *   nome · primeiro_nome            of the payer; a company's first name is its name
 *   fatura · vencimento · qtd       the numbers and dates of all invoices, and how many
 *   valor                           as on the invoices, together: what is paid today is `total`
 *   total · multa · juros           updated to today
 *   data_base · dias_atraso         today, and the days of the oldest
 *   boleto · pix · link             of each invoice that has one; '' when none has
 *   pagamento                       one way to pay, never empty: Pix, else boleto, else link
 *   lista                           a line per invoice; for texts only
 *   credor · doc_credor · endereco_credor · rodape
 *   passo                           e.g. D+7
 */
export type MessageValues = Record<string, string>;

export type SendNow = Extract<Decision, { type: 'sendNow' }>;

const MOST_NAMED = 5;
const MOST_LINES = 20;
/** Longer ones would not fit a template beside its words. */
const LONGEST_PAYMENT = 400;

export function messageValues({ payer, step, invoices, totalCents, plan }: SendNow, creditor: Creditor): MessageValues {
	const sum = (amount: (invoice: PlannedInvoice) => number) =>
		formatReais(invoices.reduce((total, invoice) => total + amount(invoice), 0));
	const values: MessageValues = {
		nome: payer.name.trim() || 'cliente',
		primeiro_nome: firstName(payer),
		fatura: listed(
			invoices.map(({ receivable }) => receivable.number),
			MOST_NAMED,
		),
		vencimento: listed(
			invoices.map(({ receivable }) => brazilianDate(receivable.dueDate)),
			MOST_NAMED,
		),
		qtd: String(invoices.length),
		valor: sum(({ receivable }) => receivable.amountCents),
		total: formatReais(totalCents),
		multa: sum(({ fineCents }) => fineCents),
		juros: sum(({ interestCents }) => interestCents),
		data_base: brazilianDate(plan.day),
		dias_atraso: String(invoices.reduce((most, { daysLate }) => Math.max(most, daysLate), 0)),
		boleto: ofEach(invoices, ({ boleto }) => boleto),
		pix: ofEach(invoices, ({ pix }) => pix),
		link: ofEach(invoices, ({ link }) => link),
		pagamento: howToPay(invoices),
		passo: stepLabel(step),
		...creditorValues(creditor),
	};
	for (const [name, value] of Object.entries(values)) values[name] = oneLine(value);
	return { ...values, lista: invoiceLines(invoices) };
}

/** The block every reminder and document carries (CDC art. 42-A). */
export function creditorValues({ name, document, address }: Creditor): MessageValues {
	const taxId = readTaxId(document);
	const [kind, written] = taxId.ok ? [taxId.kind.toUpperCase(), taxId.formatted] : ['CNPJ/CPF', document];
	return {
		credor: name,
		doc_credor: written,
		endereco_credor: address,
		rodape: oneLine(`${name} · ${kind} ${written} · ${address}`),
	};
}

/** What has no value stays as it is written. */
export function fillText(text: string, values: MessageValues): string {
	return renderText(text, values).text;
}

// ---------------------------------------------------------------- helpers

function firstName({ name, document }: Payer): string {
	const whole = name.trim() || 'cliente';
	return document?.length === 14 ? whole : whole.split(/\s+/)[0]!;
}

function ofEach(invoices: PlannedInvoice[], code: (receivable: PlannedInvoice['receivable']) => string | null): string {
	const found = invoices.flatMap(({ receivable }) => {
		const value = code(receivable)?.trim();
		return value ? [{ number: receivable.number, value }] : [];
	});
	if (invoices.length === 1) return found[0]?.value ?? '';
	return found.map(({ number, value }) => `${number}: ${value}`).join('; ');
}

function howToPay(invoices: PlannedInvoice[]): string {
	const all = ofEach(invoices, ({ pix, boleto, link }) => pix?.trim() || boleto?.trim() || link?.trim() || null);
	const complete = invoices.every(
		({ receivable: { pix, boleto, link } }) => pix?.trim() || boleto?.trim() || link?.trim(),
	);
	return complete && all.length <= LONGEST_PAYMENT ? all : 'responda esta mensagem e enviamos o código de pagamento';
}

function invoiceLines(invoices: PlannedInvoice[]): string {
	const lines = invoices
		.slice(0, MOST_LINES)
		.map(
			({ receivable, updatedCents }) =>
				`• ${oneLine(receivable.number)}, vencimento ${brazilianDate(receivable.dueDate)}, ${formatReais(updatedCents)}`,
		);
	const more = invoices.length - lines.length;
	return more > 0 ? `${lines.join('\n')}\n• e mais ${more}` : lines.join('\n');
}

/** Meta refuses line breaks, tabs and runs of spaces in variables. */
function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
