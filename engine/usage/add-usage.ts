import type { Instant } from '../model';
import { loadChannelSettings } from '../settings/channel-settings';
import type { Tx } from '../store/open-store';
import { insertMany } from '../store/sql';
import type { UsageKind } from './kinds';
import { dayTeller } from './local-day';

/** Something happened that is counted. */
export interface UsageMark {
	channelId: string;
	kind: UsageKind;
	at: Instant;
	/** Default 1; negative takes back. */
	count?: number;
	costMicros?: number;
	/** Of costs only. */
	currency?: string;
}

/**
 * Adds to what each number did on each day of its own calendar, in the transaction in which it happened: one row per day and
 * kind, however many marks. Call it late: on PostgreSQL the rows stay locked until the end, always taken in the same order.
 */
export async function addUsage(tx: Tx, marks: readonly UsageMark[], now: Instant): Promise<void> {
	if (marks.length === 0) return;
	const channelIds = [...new Set(marks.map((mark) => mark.channelId))];
	const settings = await loadChannelSettings(tx, channelIds);
	const tellers = new Map(channelIds.map((id) => [id, dayTeller(settings.get(id)!.zone)]));
	const rows = new Map<string, UsageRow>();
	for (const { channelId, kind, at, count = 1, costMicros = 0, currency = '' } of marks) {
		const day = tellers.get(channelId)!(Math.min(at, now));
		const key = `${channelId} ${day} ${kind} ${currency}`;
		const row = rows.get(key);
		if (row) {
			row.count += count;
			row.cost_micros += costMicros;
		} else rows.set(key, { channel_id: channelId, day, kind, currency, count, cost_micros: costMicros });
	}
	const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
	await insertMany(
		tx,
		'usage_day',
		sorted.filter((row) => row.count !== 0 || row.cost_micros !== 0),
		ADD,
	);
}

type UsageRow = {
	channel_id: string;
	day: string;
	kind: string;
	currency: string;
	count: number;
	cost_micros: number;
};

const ADD = `on conflict ("channel_id", "day", "kind", "currency") do update set
	"count" = usage_day."count" + excluded."count", "cost_micros" = usage_day."cost_micros" + excluded."cost_micros"`;
