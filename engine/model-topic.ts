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
