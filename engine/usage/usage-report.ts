import { sql } from 'kysely';
import type { Store } from '../store/open-store';
import { oneOf } from '../store/sql';
import { SERVICE_QUOTA, titleOf } from './kinds';

/** Days are `YYYY-MM-DD` in each number's own calendar, both included. */
export interface UsageQuery {
	from: string;
	to: string;
	by: 'day' | 'month';
	/** Empty or absent: all numbers. */
	channelIds?: readonly string[];
}

/** One kind of one number in one period; `channelId` null = all numbers together (M-23, X-15). */
export interface UsageFigure {
	/** `YYYY-MM-DD` or `YYYY-MM`. */
	period: string;
	channelId: string | null;
	/** As in usage/kinds.ts, e.g. `sent:template:utility`. */
	kind: string;
	/** In Portuguese. */
	title: string;
	count: number;
	/** In units of `currency`; null where there is no cost to tell, or it is unknown (`unpriced:…`). */
	cost: number | null;
	currency: string | null;
}

/** What was counted, by period, number and kind, each period followed by the total of all numbers. */
export async function usageReport(store: Store, query: UsageQuery): Promise<UsageFigure[]> {
	const { from, to, by, channelIds = [] } = query;
	const period = sql<string>`substr("day", 1, ${by === 'month' ? sql.lit(7) : sql.lit(10)})`;
	const rows = await store.read((db) => {
		let chosen = db
			.selectFrom('usage_day')
			.select((e) => [
				period.as('period'),
				...(['channel_id', 'kind', 'currency'] as const),
				e.fn.sum<number>('count').as('count'),
				e.fn.sum<number>('cost_micros').as('micros'),
			])
			.where('day', '>=', from)
			.where('day', '<=', to)
			.where('kind', '<>', SERVICE_QUOTA);
		if (channelIds.length > 0) chosen = chosen.where(oneOf(db, 'channel_id', channelIds));
		return chosen.groupBy([period, 'channel_id', 'kind', 'currency']).execute();
	});
	const sums = new Map<string, Sum>();
	for (const row of rows) {
		for (const channelId of [row.channel_id, null]) {
			const key = [row.period, channelId ?? LAST, row.kind, row.currency].join(' ');
			const sum = sums.get(key) ?? { ...row, channelId, count: 0, micros: 0 };
			sum.count += Number(row.count);
			sum.micros += Number(row.micros);
			sums.set(key, sum);
		}
	}
	const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
	return sorted.filter((sum) => sum.count !== 0 || sum.micros !== 0).map(figureOf);
}

interface Sum {
	period: string;
	channelId: string | null;
	kind: string;
	currency: string;
	count: number;
	micros: number;
}

/** Sorts behind every channel. */
const LAST = '~';

function figureOf({ period, channelId, kind, currency, count, micros }: Sum): UsageFigure {
	const hasCost = currency !== '' && !kind.startsWith('unpriced:');
	return {
		...{ period, channelId, kind, count },
		title: titleOf(kind),
		cost: hasCost ? micros / 1_000_000 : null,
		currency: currency === '' ? null : currency,
	};
}
