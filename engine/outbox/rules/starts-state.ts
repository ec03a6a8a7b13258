/** How far a number is with its starts: one JSON row per channel, changed only under its lock (sending_state). */
import { z } from 'zod/v4';

const instant = z.number();

export const startsStateSchema = z.object({
	/** Midnight of the day of the first start: the number's age is counted from it (D-13); null = none yet. */
	firstDayAt: instant.nullable(),
	/** The last calendar day on which something was asked; `endsAt` is the next day's first instant. */
	day: z
		.object({
			startsAt: instant,
			endsAt: instant,
			count: z.number(),
			/** When the first start of the day left. */
			firstAt: instant.nullable(),
			/** What waited since yesterday goes on then: at the time of day at which yesterday began, not at midnight. */
			resumesAt: instant,
		})
		.nullable(),
	batch: z.object({ startedAt: instant, count: z.number() }).nullable(),
	/** The random pause after the last start ends then. */
	nextStartAt: instant,
	brake: z.object({ until: instant, reason: z.string() }).nullable(),
	/** How the last starts ended, oldest first: o = accepted, x = rejected. */
	recent: z.string(),
	/** The last news of the account that braked, so that a repeated webhook brakes once. */
	newsKey: z.string().nullable(),
	/** What the waiting messages were last told: reason and until when. */
	told: z.string().nullable(),
});

export type StartsState = z.infer<typeof startsStateSchema>;

export const NO_STARTS: StartsState = {
	firstDayAt: null,
	day: null,
	batch: null,
	nextStartAt: 0,
	brake: null,
	recent: '',
	newsKey: null,
	told: null,
};

/** A row nobody can read any more counts as new: sending goes on. */
export function readStartsState(json: string | null | undefined): StartsState {
	if (!json) return NO_STARTS;
	const parsed = startsStateSchema.safeParse(JSON.parse(json));
	return parsed.success ? parsed.data : NO_STARTS;
}
