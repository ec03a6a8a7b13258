/** How far is a number with its starts today, and what holds further ones back? For people; nothing is locked or changed. */
import type { Instant } from '../model';
import { loadChannelSettings, type ChannelSettings } from '../settings/channel-settings';
import type { Db, Tx } from '../store/open-store';
import { startsToday } from './rules/starts-budget';
import { readStartsState } from './rules/starts-state';

export interface StartsSoFar {
	settings: ChannelSettings;
	/** Conversations started today, by the number's own calendar. */
	count: number;
	/** Today's cap, with warm-up; null = none. */
	cap: number | null;
	brake: { until: Instant; reason: string } | null;
}

export async function readStarts(db: Db | Tx, channelId: string, now: Instant): Promise<StartsSoFar> {
	const settings = (await loadChannelSettings(db, [channelId])).get(channelId)!;
	const row = await db
		.selectFrom('sending_state')
		.select('data')
		.where('channel_id', '=', channelId)
		.executeTakeFirst();
	const state = readStartsState(row?.data);
	const brake = state.brake && state.brake.until > now ? state.brake : null;
	return { settings, ...startsToday(state, settings, now), brake };
}
