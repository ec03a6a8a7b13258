/** What may a number do, and how are its costs counted? The settings a supervisor can change, with defaults that work. */
import { z } from 'zod/v4';
import type { ChannelKind, Instant } from '../model';
import type { Store, Tx } from '../store/open-store';

const count = z.number().int().min(1);
const price = z.number().min(0);

export const channelSettingsSchema = z.object({
	/** IANA zone of the number's days: caps start anew at its midnight, reports count by it. */
	zone: z.string(),
	/** Before Meta's window closes ours already has: clocks differ (D-19). */
	windowMarginSeconds: z.number().min(0).max(3600),
	/** Conversations that may be started per day (C-11); null = no cap of our own. */
	dailyStarts: count.nullable(),
	/** At most so many starts per interval (C-12, "100 queued → 5 per run"); null = no batches. */
	startBatch: z.object({ size: count, everyMinutes: z.number().min(1) }).nullable(),
	/** A random pause between two starts; null = none. */
	startGap: z.object({ minSeconds: z.number().min(0), maxSeconds: z.number().min(0) }).nullable(),
	/** A new number starts with few conversations a day and may start more as it ages (D-13). */
	warmUp: z.boolean(),
	/** Campaigns go only to contacts who have written to this number at least once: cold messages are what gets numbers banned (D-12). */
	answerFirst: z.boolean(),
	/** After an unanswered start no other campaign starts for so long (C-27); 0 = off. */
	cooldownHours: z.number().min(0),
	/** Starts rest for so long when too many are rejected or the number's quality drops; 0 = off. */
	brakeMinutes: z.number().min(0),
	/** Whether exact words of a contact opt out and in again (D-35). */
	optOutWords: z.boolean(),
	/** Per delivered message, in units of `currency`. */
	prices: z.object({
		currency: z.string().regex(/^[A-Z]{3}$/),
		marketing: price,
		utility: price,
		authentication: price,
		service: price,
		/** Free service messages per number and calendar month. */
		freeServicePerMonth: z.number().int().min(0),
	}),
});

export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

/** Meta's card for recipients in Brazil, in USD, October 2026 (reference: cloud-api §5). The invoice wins. */
const BRAZIL_2026_10 = {
	currency: 'USD',
	marketing: 0.0625,
	utility: 0.0068,
	authentication: 0.0068,
	service: 0.0068,
	freeServicePerMonth: 1_000,
};
const FREE = { ...BRAZIL_2026_10, marketing: 0, utility: 0, authentication: 0, service: 0 };

const COMMON = {
	zone: 'America/Sao_Paulo',
	windowMarginSeconds: 60,
	cooldownHours: 24,
	brakeMinutes: 60,
	optOutWords: true,
};

/** The official API has Meta's own limits; a linked device is careful by default (D-12). */
export const DEFAULT_CHANNEL_SETTINGS: Record<ChannelKind, ChannelSettings> = {
	cloudApi: {
		...COMMON,
		dailyStarts: null,
		startBatch: null,
		startGap: null,
		warmUp: false,
		answerFirst: false,
		prices: BRAZIL_2026_10,
	},
	linkedDevice: {
		...COMMON,
		// Reports name 15 to 20 strangers a day as enough for a ban.
		dailyStarts: 20,
		startBatch: { size: 5, everyMinutes: 10 },
		startGap: { minSeconds: 30, maxSeconds: 90 },
		warmUp: true,
		answerFirst: true,
		prices: FREE,
	},
};

// Counting, pricing and judging ask within the same transaction: it reads them once.
const readBy = new WeakMap<object, Map<string, ChannelSettings>>();

/** The settings in force, by channel; several in one read, and once in a transaction. */
export async function loadChannelSettings(
	tx: Tx | Store['db'],
	channelIds: readonly string[],
): Promise<Map<string, ChannelSettings>> {
	const known = (tx.isTransaction && readBy.get(tx)) || new Map<string, ChannelSettings>();
	const asked = channelIds.filter((id) => !known.has(id));
	if (asked.length > 0) {
		const stored = await tx.selectFrom('channel_settings').selectAll().where('channel_id', 'in', asked).execute();
		const byId = new Map(stored.map((row) => [row.channel_id, JSON.parse(row.data) as Partial<ChannelSettings>]));
		for (const id of asked) known.set(id, { ...defaultsOf(id), ...byId.get(id) });
		if (tx.isTransaction) readBy.set(tx, known);
	}
	return new Map(channelIds.map((id) => [id, known.get(id)!]));
}

/** Changes some settings of a number; what is not named stays. Returns all that is in force then. */
export async function saveChannelSettings(
	tx: Tx,
	channelId: string,
	patch: Partial<ChannelSettings>,
	now: Instant,
): Promise<ChannelSettings> {
	const known = (await loadChannelSettings(tx, [channelId])).get(channelId)!;
	const settings = channelSettingsSchema.parse({ ...known, ...patch });
	const row = { channel_id: channelId, data: JSON.stringify(settings), updated_at: now };
	await tx
		.insertInto('channel_settings')
		.values(row)
		.onConflict((c) => c.column('channel_id').doUpdateSet({ data: row.data, updated_at: now }))
		.execute();
	readBy.delete(tx);
	return settings;
}

/** A channel's id begins with its kind. */
function defaultsOf(channelId: string): ChannelSettings {
	return DEFAULT_CHANNEL_SETTINGS[channelId.startsWith('linkedDevice:') ? 'linkedDevice' : 'cloudApi'];
}
