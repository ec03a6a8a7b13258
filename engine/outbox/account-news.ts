import type { AccountEvent, Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import type { TimelineLine } from '../timeline/timeline';
import { accountWarning } from './rules/starts-brake';
import { StartsLedger } from './starts-ledger';

/** News of the account that say its quality dropped, or that it is restricted, let its starts rest. Lines to tell. */
export async function brakeOnAccountNews(
	tx: Tx,
	dialect: Store['dialect'],
	news: ReadonlyArray<{ channelId: string; event: AccountEvent }>,
	now: Instant,
): Promise<TimelineLine[]> {
	const warnings = news.flatMap(({ channelId, event }) => {
		const warning = accountWarning(event, now);
		return warning ? [{ channelId, newsKey: event.key, ...warning }] : [];
	});
	if (warnings.length === 0) return [];
	const ledger = await StartsLedger.open(
		tx,
		dialect,
		warnings.map((each) => each.channelId),
		now,
	);
	for (const { channelId, reason, until, newsKey } of warnings) ledger.brake(channelId, reason, { until, newsKey });
	await ledger.save();
	return ledger.lines;
}
