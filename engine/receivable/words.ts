/** How receivables, dates and moments are written for people. */
import { DateTime } from 'luxon';
import type { DateText } from '../business-hours/dates';
import type { Instant } from '../model';
import type { ReceivableRecord, ReceivableState } from '../model-receivable';

/** What the payer knows it by. */
export function nameOf({ number, invoice }: Pick<ReceivableRecord, 'number' | 'invoice'>): string {
	return `fatura ${number ?? invoice}`;
}

/** "24/12/2026" */
export function writtenDate(date: DateText): string {
	return date.split('-').reverse().join('/');
}

/** The date on the clocks of `zone`. */
export function dateIn(zone: string, at: Instant): DateText {
	return DateTime.fromMillis(at, { zone }).toISODate()!;
}

/** "24/12/2026" on the clocks of `zone`. */
export function dayOf(at: Instant, zone: string): string {
	return DateTime.fromMillis(at, { zone }).toFormat('dd/MM/yyyy');
}

/** "24/12/2026 às 09:05" */
export function momentOf(at: Instant, zone: string): string {
	return DateTime.fromMillis(at, { zone }).toFormat("dd/MM/yyyy 'às' HH:mm");
}

/** Ends "a fatura consta como …". */
export const STATE_WORDS: Record<ReceivableState, string> = {
	open: 'em aberto',
	paid: 'paga',
	cancelled: 'cancelada',
	renegotiated: 'renegociada',
	claimedPaid: 'em conferência (o pagador disse que já pagou)',
	disputed: 'não reconhecida pelo pagador',
	promised: 'com promessa de pagamento',
	wrongPerson: 'com o contato errado',
	human: 'com uma pessoa da equipe',
};
