/** How many conversations may the team start today? Gathers what engine/usage/capacity.ts reckons with. */
import type { Instant } from './model';
import { startsToday } from './outbox/rules/starts-budget';
import { readStartsState } from './outbox/rules/starts-state';
import { loadChannelSettings } from './settings/channel-settings';
import type { Store } from './store/open-store';
import { capacityOf, type Capacity } from './usage/capacity';

export interface CapacityRequest {
	agentsOnDuty: number;
	conversationsPerAgent: number;
	/** Share of the started contacts who answer, over 0 up to 1. */
	answerRate: number;
	/** Only conversations of this queue. */
	queue?: string;
	/** Only starts of this number; absent = all numbers. */
	channelId?: string;
}

export interface ChannelStarts {
	channelId: string;
	phone: string | null;
	/** Conversations started today, in the number's own day. */
	startsToday: number;
	/** C-11; null = no cap of our own. */
	dailyCap: number | null;
	startsLeft: number | null;
	/** Why its starts rest at this moment, and until when; null = they do not. */
	brake: { until: Instant; reason: string } | null;
}

export interface CapacityReport extends Capacity {
	waiting: number;
	attending: number;
	startsToday: number;
	/** What the caps of all numbers together leave for today; null = at least one has no cap. */
	startsLeft: number | null;
	channels: ChannelStarts[];
}

export async function teamCapacity(store: Store, request: CapacityRequest, now: Instant): Promise<CapacityReport> {
	const { agentsOnDuty, conversationsPerAgent, answerRate } = request;
	const { waiting, attending } = await countOpen(store, request.queue);
	const channels = await startsOf(store, request.channelId, now);
	const left = channels.map((each) => each.startsLeft);
	const startsLeft =
		left.length === 0 || left.includes(null) ? null : left.reduce<number>((sum, each) => sum + each!, 0);
	const load = { agentsOnDuty, conversationsPerAgent, answerRate, waiting, attending, startsLeft };
	const made = channels.reduce((sum, each) => sum + each.startsToday, 0);
	return { ...capacityOf(load), waiting, attending, startsToday: made, startsLeft, channels };
}

async function countOpen(store: Store, queue: string | undefined): Promise<{ waiting: number; attending: number }> {
	const rows = await store.read((db) => {
		const open = db
			.selectFrom('conversation')
			.select((e) => ['state', e.fn.countAll<number>().as('count')])
			.where('state', 'in', ['queued', 'attending']);
		return (queue === undefined ? open : open.where('queue', '=', queue)).groupBy('state').execute();
	});
	const count = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
	return { waiting: count('queued'), attending: count('attending') };
}

async function startsOf(store: Store, channelId: string | undefined, now: Instant): Promise<ChannelStarts[]> {
	return store.read(async (db) => {
		const known = db.selectFrom('channel').select(['id', 'phone']).orderBy('id');
		const channels = await (channelId === undefined ? known : known.where('id', '=', channelId)).execute();
		const ids = channels.map((each) => each.id);
		const settings = await loadChannelSettings(db, ids);
		const states = await db.selectFrom('sending_state').select(['channel_id', 'data']).execute();
		const data = new Map(states.map((row) => [row.channel_id, row.data]));
		return channels.map(({ id, phone }) => {
			const state = readStartsState(data.get(id));
			const { count, cap } = startsToday(state, settings.get(id)!, now);
			const brake = state.brake && now < state.brake.until ? state.brake : null;
			const left = cap === null ? null : Math.max(0, cap - count);
			return { channelId: id, phone, startsToday: count, dailyCap: cap, startsLeft: brake ? 0 : left, brake };
		});
	});
}
