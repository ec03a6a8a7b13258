import type { DateText } from '../business-hours/dates';
import { percentOf, requireCents } from './percent';

/**
 * What is taken off? A punctuality discount (desconto de pontualidade) rewards paying up to a date. A settlement
 * discount (desconto para quitação) is taken off interest and fine first, and only then off the principal: what the
 * creditor gives up is told apart from what was never his to charge.
 */

/** Off the price, in percent of it or in cents. */
export type Discount = { percent: number } | { cents: number };

/** Cents off when paid on `asOf`; 0 after `until` (usually the due date). Never more than the amount. */
export function punctualityDiscount(amountCents: number, discount: Discount, until: DateText, asOf: DateText): number {
	return asOf <= until ? centsOff(amountCents, discount) : 0;
}

export interface SettlementInput {
	principalCents: number;
	fineCents: number;
	interestCents: number;
	/** A percentage is one of principal + fine + interest. */
	discount: Discount;
}

export interface Settlement {
	discountCents: number;
	/** What is left of each part. */
	principalCents: number;
	fineCents: number;
	interestCents: number;
	totalCents: number;
}

/** Takes a discount off interest, then the fine, then the principal. Never more than all of it. */
export function settle({ principalCents, fineCents, interestCents, discount }: SettlementInput): Settlement {
	const before = requireCents(principalCents) + requireCents(fineCents) + requireCents(interestCents);
	const discountCents = centsOff(before, discount);
	let left = discountCents;
	const reduced = (part: number) => {
		const off = Math.min(part, left);
		left -= off;
		return part - off;
	};
	// In this order.
	const [interest, fine, principal] = [reduced(interestCents), reduced(fineCents), reduced(principalCents)];
	return {
		discountCents,
		principalCents: principal,
		fineCents: fine,
		interestCents: interest,
		totalCents: before - discountCents,
	};
}

function centsOff(amountCents: number, discount: Discount): number {
	const cents =
		'cents' in discount ? requireCents(discount.cents, 'discount') : percentOf(amountCents, discount.percent);
	return Math.min(cents, requireCents(amountCents));
}
