/** What was refused before it came into the outbox (no phone, a template without a value…)? Only the timeline knows it. */
import { sql } from 'kysely';
import { z } from 'zod/v4';
import type { Instant } from '../model';
import type { Db } from '../store/open-store';
import { oneOf } from '../store/sql';

export interface Unqueued {
	label: string | null;
	channelId: string | null;
	contactId: string | null;
	conversationId: string | null;
	code: string;
	/** In Portuguese, as the item said it. */
	explanation: string;
	/** Whom it was for, as the workflow named them. */
	to: { name: string | null; phone: string } | null;
	at: Instant;
}

export interface UnqueuedQuery {
	label?: string;
	channelId?: string;
	since: Instant | null;
	until: Instant | null;
}

const dataSchema = z.object({
	code: z.string(),
	messageId: z.string().optional(),
	label: z.string().nullable().default(null),
	to: z.object({ name: z.string().nullable(), phone: z.string() }).nullable().default(null),
});

/** Oldest first. What went out under the same key afterwards, because somebody corrected it, is not among them. */
export async function loadUnqueued(db: Db, { label, channelId, since, until }: UnqueuedQuery): Promise<Unqueued[]> {
	let query = db
		.selectFrom('timeline')
		.select(['at', 'channel_id', 'contact_id', 'conversation_id', 'text', 'data', 'key'])
		// In the words of the index, so that both planners use it.
		.where(sql<boolean>`event = 'messageRefused'`)
		.orderBy('seq');
	if (channelId !== undefined) query = query.where('channel_id', '=', channelId);
	if (since !== null) query = query.where('at', '>=', since);
	if (until !== null) query = query.where('at', '<', until);
	const found = (await query.execute()).flatMap((row) => {
		const data = dataSchema.safeParse(JSON.parse(row.data));
		// Those with a message are in the outbox.
		if (!data.success || data.data.messageId !== undefined) return [];
		if (label !== undefined && data.data.label !== label) return [];
		const { code, to } = data.data;
		const place = { channelId: row.channel_id, contactId: row.contact_id, conversationId: row.conversation_id };
		const line = { ...place, label: data.data.label, code, to, explanation: row.text, at: Number(row.at) };
		return [{ line, key: keyOf(row.key, code) }];
	});
	const corrected = await sentUnder(
		db,
		found.map(({ key }) => key),
	);
	return found.filter(({ key }) => !corrected.has(key)).map(({ line }) => line);
}

/** The message's own key, behind the code (conversation/send.ts). */
function keyOf(key: string | null, code: string): string {
	return (key ?? '').slice(code.length + 1);
}

async function sentUnder(db: Db, keys: readonly string[]): Promise<Set<string>> {
	const wanted = [...new Set(keys)].filter((key) => key !== '');
	if (wanted.length === 0) return new Set();
	const rows = await db
		.selectFrom('outbox')
		.select('dedupe_key')
		.where(oneOf(db, 'dedupe_key', wanted))
		.execute();
	return new Set(rows.map((row) => row.dedupe_key!));
}
