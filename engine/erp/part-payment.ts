/** Did a payment cover what was owed? What was waived counts as paid; fines and interest within it pay nothing off. */
import type { ErpKind } from './types';
import { centsOf } from './values';

/** The amounts as the sender wrote them, in reais; what is missing counts as nothing. */
export interface Payment {
	/** What came. */
	paid: unknown;
	/** Discounts and rebates. */
	waived: unknown[];
	/** Interest, fines and expenses that are part of what came. */
	charged: unknown[];
}

/**
 * `payment.partial` when less than the whole debt was paid off; `payment.received` also where the body does not say both amounts.
 * Earlier parts are not known here, so that the last one is told as a part too.
 * @param owedCents null = not said
 */
export function kindOfPayment(owedCents: number | null, { paid, waived, charged }: Payment): ErpKind {
	const paidCents = centsOf(paid);
	if (owedCents === null || paidCents === null) return 'payment.received';
	return paidCents + sumOf(waived) - sumOf(charged) < owedCents ? 'payment.partial' : 'payment.received';
}

function sumOf(amounts: unknown[]): number {
	return amounts.reduce((sum: number, amount) => sum + (centsOf(amount) ?? 0), 0);
}
