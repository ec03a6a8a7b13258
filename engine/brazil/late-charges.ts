import { daysBetween, isDateText, type DateText } from '../business-hours/dates';
import { ConfigurationError } from '../errors';
import { percentOf, requireCents } from './percent';

/**
 * What has an overdue amount grown to? The fine (multa) counts once, interest (juros de mora) is simple, per month of
 * 30 days, from the original due date: not from the bank day it could still be paid on (STJ REsp 1.954.924).
 * Contract rates only: without a contract both are 0, and a consumer's fine is 2 % at most (CDC art. 52 §1).
 */

/** What consumer contracts usually say. Nothing is charged unless the caller says so. */
export const USUAL_CHARGES = { finePercent: 2, monthlyInterestPercent: 1 };

export interface LateChargesInput {
	amountCents: number;
	dueDate: DateText;
	/** The date of payment, in the payer's zone. */
	asOf: DateText;
	finePercent: number;
	monthlyInterestPercent: number;
	/** Taken off the total, which never becomes negative; default 0. */
	discountCents?: number;
	/** Up to this date nothing is charged: the next bank day of a due date on which banks are closed (Lei 7.089/1983). */
	payableUntil?: DateText;
}

export interface LateCharges {
	/** Calendar days since the original due date; 0 = on time. */
	daysLate: number;
	fineCents: number;
	interestCents: number;
	/** Amount + fine + interest − discount. */
	totalCents: number;
}

/** Each component is rounded to the cent by itself, half up. @throws ConfigurationError for what is no amount, date or rate */
export function lateCharges(input: LateChargesInput): LateCharges {
	const { amountCents, dueDate, asOf, finePercent, monthlyInterestPercent } = input;
	for (const date of [dueDate, asOf, input.payableUntil ?? dueDate]) requireDate(date);
	const discountCents = requireCents(input.discountCents ?? 0, 'discountCents');
	const onTime = asOf <= dueDate || asOf <= (input.payableUntil ?? dueDate);
	const daysLate = onTime ? 0 : daysBetween(dueDate, asOf);
	const fineCents = percentOf(amountCents, onTime ? 0 : finePercent);
	const interestCents = percentOf(amountCents, monthlyInterestPercent, daysLate, 30);
	const totalCents = Math.max(0, amountCents + fineCents + interestCents - discountCents);
	return { daysLate, fineCents, interestCents, totalCents };
}

function requireDate(date: DateText): void {
	if (isDateText(date)) return;
	throw new ConfigurationError(`"${date}" is not a date.`, 'Write it as 2026-11-20.', 'date');
}
