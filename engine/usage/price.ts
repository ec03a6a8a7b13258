/** What does a delivered message cost? Pure and in whole millionths of the currency; the provider's invoice wins. */
import type { ChannelSettings } from '../settings/channel-settings';

/** What the provider says of a message, e.g. utility and regular. */
export interface Charge {
	category: string;
	/** `regular`, or `free_customer_service`, `free_entry_point`. */
	type: string;
}

export type Prices = ChannelSettings['prices'];

const PRICED = ['marketing', 'utility', 'authentication', 'service'] as const;

/**
 * Millionths of `prices.currency`; null for a category the table does not know.
 * `serviceNumber`: the how-manieth service message of its number and month it is, counted from 1.
 */
export function costMicros(charge: Charge, prices: Prices, serviceNumber: number | null): number | null {
	if (isFree(charge)) return 0;
	if (serviceNumber !== null && serviceNumber <= prices.freeServicePerMonth) return 0;
	const category = PRICED.find((each) => each === charge.category);
	return category === undefined ? null : Math.round(prices[category] * 1_000_000);
}

/**
 * Whether it uses the free service messages of the month. What the provider itself calls free counts too: nobody documents
 * which of the two it says of those first messages, and this way neither is given twice.
 */
export function usesServiceQuota({ category, type }: Charge): boolean {
	return category === 'service' && type !== 'free_entry_point';
}

/** Everything within 72 h of an answered ad is free, whatever its category. */
function isFree({ category, type }: Charge): boolean {
	return type.startsWith('free') || category === 'referral_conversion';
}
