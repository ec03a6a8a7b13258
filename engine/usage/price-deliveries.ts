import { sql } from 'kysely';
import type { Instant } from '../model';
import { loadChannelSettings, type ChannelSettings } from '../settings/channel-settings';
import type { Tx } from '../store/open-store';
import type { UsageMark } from './add-usage';
import { SERVICE_QUOTA } from './kinds';
import { dayTeller, monthOf } from './local-day';
import { costMicros, usesServiceQuota, type Charge } from './price';

/** A message that was delivered, with what the provider says it is charged as. */
export interface Delivery extends Charge {
	channelId: string;
	at: Instant;
}

export interface Priced {
	/** Millionths of `currency`; null when the price table does not know the category. */
	costMicros: number | null;
	currency: string;
	mark: UsageMark;
}

/**
 * What these deliveries cost, in their order. The free service messages of a month are given to the first that are delivered:
 * their counter's row makes sure that two processes never give the same one twice.
 */
export async function priceDeliveries(tx: Tx, deliveries: readonly Delivery[], now: Instant): Promise<Priced[]> {
	if (deliveries.length === 0) return [];
	const settings = await loadChannelSettings(tx, [...new Set(deliveries.map((each) => each.channelId))]);
	const numbers = await numberServiceMessages(tx, deliveries, settings, now);
	return deliveries.map((delivery, i) => {
		const { channelId, category, at } = delivery;
		const { prices } = settings.get(channelId)!;
		const cost = costMicros(delivery, prices, numbers[i]!);
		const group = cost === null ? 'unpriced' : cost === 0 ? 'free' : 'cost';
		const { currency } = prices;
		const mark: UsageMark = { channelId, kind: `${group}:${category}`, at, costMicros: cost ?? 0, currency };
		return { costMicros: cost, currency, mark };
	});
}

/** For each delivery the how-manieth service message of its number and month it is; null for all others. */
async function numberServiceMessages(
	tx: Tx,
	deliveries: readonly Delivery[],
	settings: ReadonlyMap<string, ChannelSettings>,
	now: Instant,
): Promise<Array<number | null>> {
	const tellers = new Map([...settings].map(([id, { zone }]) => [id, dayTeller(zone)]));
	const months = deliveries.map((each) => {
		if (!usesServiceQuota(each)) return null;
		return `${each.channelId} ${monthOf(tellers.get(each.channelId)!(Math.min(each.at, now)))}`;
	});
	const counts = new Map<string, number>();
	for (const month of months) if (month !== null) counts.set(month, (counts.get(month) ?? 0) + 1);
	if (counts.size === 0) return months.map(() => null);
	const next = await takeNumbers(tx, counts);
	return months.map((month) => {
		if (month === null) return null;
		const number = next.get(month)!;
		next.set(month, number + 1);
		return number;
	});
}

/** Raises each month's counter and answers with the first number that was taken. */
async function takeNumbers(tx: Tx, counts: ReadonlyMap<string, number>): Promise<Map<string, number>> {
	const values = [...counts]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, count]) => {
			const [channel_id, day] = [key.slice(0, -11), key.slice(-10)];
			return { channel_id, day, kind: SERVICE_QUOTA, currency: '', count, cost_micros: 0 };
		});
	const rows = await tx
		.insertInto('usage_day')
		.values(values)
		.onConflict((c) =>
			c
				.columns(['channel_id', 'day', 'kind', 'currency'])
				.doUpdateSet({ count: sql`usage_day."count" + excluded."count"` }),
		)
		.returning(['channel_id', 'day', 'count'])
		.execute();
	return new Map(
		rows.map((row) => {
			const key = `${row.channel_id} ${row.day}`;
			return [key, Number(row.count) - counts.get(key)! + 1];
		}),
	);
}
