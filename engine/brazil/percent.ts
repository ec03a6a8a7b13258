import { ConfigurationError } from '../errors';

/** What is a percentage of an amount in whole cents? Exact: no floating point touches the money. */

/** Percentages keep six decimals: 0.033333 % a day is as fine as contracts get. */
const PARTS = 1_000_000;

/** Twice as much is still a safe integer. */
const MOST_EXACT = 2 ** 51;

/** No contract of this country is near it; more is a wrong unit. */
const MOST_PERCENT = 1000;

/**
 * `amountCents` × `percent` / 100 × `times` / `per`, half a cent rounded up.
 * @param percent e.g. 2 for 2 %
 * @throws ConfigurationError when an argument is not an amount, percentage or whole number
 */
export function percentOf(amountCents: number, percent: number, times = 1, per = 1): number {
	const numerator = requireCents(amountCents) * parts(percent) * times;
	const denominator = PARTS * 100 * per;
	// As whole numbers while they are exact: a ladder reckons hundreds of thousands of debts.
	if (numerator < MOST_EXACT) {
		const doubled = 2 * numerator + denominator;
		return (doubled - (doubled % (2 * denominator))) / (2 * denominator);
	}
	const exact = BigInt(amountCents) * BigInt(parts(percent)) * BigInt(times);
	return Number((2n * exact + BigInt(denominator)) / BigInt(2 * denominator));
}

/** @throws ConfigurationError when it is not a whole number of cents from 0 on */
export function requireCents(amountCents: number, field = 'amountCents'): number {
	if (Number.isSafeInteger(amountCents) && amountCents >= 0) return amountCents;
	throw new ConfigurationError(
		`${amountCents} is not an amount in cents.`,
		'Give whole cents: 459,90 is 45990.',
		field,
	);
}

function parts(percent: number): number {
	if (percent >= 0 && percent <= MOST_PERCENT) return Math.round(percent * PARTS);
	throw new ConfigurationError(`${percent} is not a percentage.`, 'Give 2 for 2 %, from 0 to 1000.', 'percent');
}
