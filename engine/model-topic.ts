/**
 * What a message or a timeline line is about, beyond its conversation: a ticket, a receivable. A topic is one short text, so that
 * whatever is said about a ticket can be found again, and whatever waits about an invoice can be taken back.
 */

export type Topic = string;

export const ticketTopic = (ticketId: string): Topic => `ticket:${ticketId}`;

/** @param creditor its key, @param invoice its id in the ERP, both as in ReceivableKey */
export const invoiceTopic = ({ creditor, invoice }: { creditor: string; invoice: string }): Topic =>
	`invoice:${encodeURIComponent(creditor)}/${encodeURIComponent(invoice)}`;

/** The receivable a topic names; null for other topics. */
export function invoiceOfTopic(topic: Topic): { creditor: string; invoice: string } | null {
	const [, creditor, invoice] = /^invoice:([^/]*)\/(.*)$/.exec(topic) ?? [];
	if (creditor === undefined || invoice === undefined) return null;
	return { creditor: decodeURIComponent(creditor), invoice: decodeURIComponent(invoice) };
}

/**
 * Reads "creditor/invoice" as a person writes it; the creditor may be a CNPJ or CPF with its punctuation.
 * @returns without the slash everything is the invoice, of no creditor
 */
export function readInvoiceId(text: string): { creditor: string; invoice: string } {
	const wanted = text.trim();
	const [, cnpj, rest] =
		/^([0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}\/[0-9A-Z]{4}-\d\d|\d{3}\.\d{3}\.\d{3}-\d\d)\/(.+)$/i.exec(wanted) ?? [];
	if (cnpj !== undefined && rest !== undefined) {
		return { creditor: cnpj.replace(/[^0-9A-Za-z]/g, '').toUpperCase(), invoice: rest.trim() };
	}
	const at = wanted.indexOf('/');
	return at < 0
		? { creditor: '', invoice: wanted }
		: { creditor: wanted.slice(0, at).trim(), invoice: wanted.slice(at + 1).trim() };
}
