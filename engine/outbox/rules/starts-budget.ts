/**
 * May the number start one more conversation now? Daily cap, warm-up, batches, random gaps (C-11, C-12, D-12, D-13) and the brake
 * . Pure: state and settings in, the new state or a "not before" out. Only starts are counted; answers never are.
 */
import { DateTime, IANAZone } from 'luxon';
import type { Instant } from '../../model';
import type { ChannelSettings } from '../../settings/channel-settings';
import type { StartsState } from './starts-state';

export type StartSettings = Pick<ChannelSettings, 'zone' | 'dailyStarts' | 'startBatch' | 'startGap' | 'warmUp'>;

export type Admission = { type: 'admit'; state: StartsState } | Postponed;

export interface Postponed {
	type: 'postpone';
	until: Instant;
	code: 'braked' | 'dailyCap' | 'warmUp' | 'startBatch' | 'startGap';
	text: string;
}

/** @param random in [0, 1): chooses the pause after this start */
export function admitStart(state: StartsState, settings: StartSettings, now: Instant, random: number): Admission {
	const today = openDay(state, settings, now);
	const objection = objectionTo(today, settings, now);
	if (objection) return objection;
	const { day } = today;
	const batch = openBatch(today, settings, now);
	return {
		type: 'admit',
		state: {
			...today,
			firstDayAt: today.firstDayAt ?? day.startsAt,
			day: { ...day, count: day.count + 1, firstAt: day.firstAt ?? now },
			batch: batch && { ...batch, count: batch.count + 1 },
			nextStartAt: settings.startGap ? now + gapMs(settings.startGap, random) : 0,
		},
	};
}

/** How many starts may be made at this moment; `waiting` messages do not go on in the middle of the night. */
export function roomForStarts(state: StartsState, settings: StartSettings, now: Instant): number {
	const today = openDay(state, settings, now);
	if (objectionTo(today, settings, now) || now < today.day.resumesAt) return 0;
	if (settings.startGap) return 1;
	const batch = openBatch(today, settings, now);
	return Math.min(
		dailyCap(today, settings).cap - today.day.count,
		settings.startBatch ? settings.startBatch.size - batch!.count : Infinity,
	);
}

/** How far today is, for reports: the starts made, and the cap in force; null = none. */
export function startsToday(
	state: StartsState,
	settings: StartSettings,
	now: Instant,
): { count: number; cap: number | null } {
	const today = openDay(state, settings, now);
	const { cap } = dailyCap(today, settings);
	return { count: today.day.count, cap: cap === Infinity ? null : cap };
}

/** A start that provably did not leave gives its place back. */
export function giveBack(state: StartsState, startedAt: Instant): StartsState {
	const { day, batch } = state;
	const isToday = day !== null && startedAt >= day.startsAt && startedAt < day.endsAt;
	const isInBatch = batch !== null && startedAt >= batch.startedAt;
	return {
		...state,
		day: isToday ? { ...day, count: Math.max(0, day.count - 1) } : day,
		batch: isInBatch ? { ...batch, count: Math.max(0, batch.count - 1) } : batch,
	};
}

// Days since the first start, and the starts a day until then: about doubling every week.
const WARM_UP: ReadonlyArray<{ beforeDay: number; starts: number }> = [
	{ beforeDay: 3, starts: 10 },
	{ beforeDay: 7, starts: 20 },
	{ beforeDay: 14, starts: 40 },
	{ beforeDay: 21, starts: 80 },
	{ beforeDay: 28, starts: 160 },
];
const DAY_MS = 24 * 3_600_000;

type Today = StartsState & { day: NonNullable<StartsState['day']> };

function objectionTo(state: Today, settings: StartSettings, now: Instant): Postponed | null {
	const { day, brake } = state;
	if (brake && now < brake.until) {
		return postpone('braked', brake.until, `Adiada: os inícios deste número estão em pausa: ${brake.reason}`);
	}
	const { cap, isWarmUp } = dailyCap(state, settings);
	if (day.count >= cap) {
		const until = day.endsAt + hourOf(day.firstAt ?? day.startsAt, day.startsAt);
		const why = isWarmUp
			? `este número está em aquecimento e já iniciou as ${cap} conversas de hoje; o limite cresce com os dias`
			: `este número já iniciou as ${cap} conversas do limite diário`;
		return postpone(isWarmUp ? 'warmUp' : 'dailyCap', until, `Adiada: ${why}. Continua amanhã, na ordem.`);
	}
	const { startBatch } = settings;
	const batch = openBatch(state, settings, now);
	if (startBatch && batch!.count >= startBatch.size) {
		const until = batch!.startedAt + startBatch.everyMinutes * 60_000;
		const text = `Adiada: saem no máximo ${startBatch.size} inícios a cada ${startBatch.everyMinutes} min. Continua em seguida, na ordem.`;
		return postpone('startBatch', until, text);
	}
	if (settings.startGap && now < state.nextStartAt && state.nextStartAt - now <= longestGapMs(settings.startGap)) {
		return postpone(
			'startGap',
			state.nextStartAt,
			'Adiada: há uma pausa entre dois inícios. Sai em seguida, na ordem.',
		);
	}
	return null;
}

function postpone(code: Postponed['code'], until: Instant, text: string): Postponed {
	return { type: 'postpone', code, until, text };
}

function dailyCap(state: Today, { dailyStarts, warmUp }: StartSettings): { cap: number; isWarmUp: boolean } {
	const own = dailyStarts ?? Infinity;
	const age = state.firstDayAt === null ? 0 : Math.round((state.day.startsAt - state.firstDayAt) / DAY_MS);
	const step = warmUp ? WARM_UP.find(({ beforeDay }) => age < beforeDay) : undefined;
	return step && step.starts < own ? { cap: step.starts, isWarmUp: true } : { cap: own, isWarmUp: false };
}

/**
 * The day as it stands, or a new one. A clock that was set back stays in the day it was in: a cap is never given twice. One that
 * was days ahead is believed now, or nothing could start until that day in the future is over.
 */
function openDay(state: StartsState, settings: StartSettings, now: Instant): Today {
	const before = state.day;
	const wasAhead = before !== null && now < before.startsAt - DAY_MS;
	if (before && now < before.endsAt && !wasAhead) return state as Today;
	const zone = IANAZone.isValidZone(settings.zone) ? settings.zone : 'America/Sao_Paulo';
	const midnight = DateTime.fromMillis(now, { zone }).startOf('day');
	const startsAt = midnight.toMillis();
	const firstAt = before?.endsAt === startsAt ? before.firstAt : null;
	const goesOn = firstAt !== null && before!.count >= dailyCap({ ...state, day: before! }, settings).cap;
	return {
		...state,
		firstDayAt: state.firstDayAt === null ? null : Math.min(state.firstDayAt, startsAt),
		day: {
			startsAt,
			endsAt: midnight.plus({ days: 1 }).toMillis(),
			count: 0,
			firstAt: null,
			resumesAt: goesOn ? startsAt + hourOf(firstAt, before!.startsAt) : startsAt,
		},
	};
}

const QUARTER_MS = 15 * 60_000;

/**
 * The time of a day at which its first start left, since midnight. Full quarters: a daily run is a little early on some days, and
 * must not overtake those who have waited since yesterday.
 */
function hourOf(firstAt: Instant, startsAt: Instant): number {
	return Math.floor((firstAt - startsAt) / QUARTER_MS) * QUARTER_MS;
}

function openBatch(state: StartsState, { startBatch }: StartSettings, now: Instant): StartsState['batch'] {
	if (!startBatch) return null;
	const { batch } = state;
	const age = batch ? now - batch.startedAt : Infinity;
	return batch && Math.abs(age) < startBatch.everyMinutes * 60_000 ? batch : { startedAt: now, count: 0 };
}

type Gap = NonNullable<StartSettings['startGap']>;

function longestGapMs({ minSeconds, maxSeconds }: Gap): number {
	return Math.max(minSeconds, maxSeconds) * 1_000;
}

function gapMs(gap: Gap, random: number): number {
	const shortest = gap.minSeconds * 1_000;
	return Math.round(shortest + random * Math.max(0, longestGapMs(gap) - shortest));
}
