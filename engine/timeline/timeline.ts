import { newId } from '../ids';
import type { Instant } from '../model';
import type { Topic } from '../model-topic';
import type { Store, Tx } from '../store/open-store';
import { insertMany, lockOrder } from '../store/sql';

/** One fact for people: what happened, by which rule, or why not (D6, X-09). `text` is Brazilian Portuguese. */
export interface TimelineLine {
	event: string;
	text: string;
	at: Instant;
	channelId?: string | null;
	contactId?: string | null;
	conversationId?: string | null;
	data?: unknown;
	/** The same key is told once, however often the work is repeated. */
	key?: string;
	/** What it is about besides its conversation: a ticket, a receivable. */
	topics?: readonly Topic[];
}

export interface TimelineEntry extends Required<Omit<TimelineLine, 'key' | 'topics'>> {
	seq: number;
	id: string;
}

/** Appends lines; call it last in a transaction (it takes the order lock on PostgreSQL). */
export async function appendTimeline(tx: Tx, dialect: Store['dialect'], lines: readonly TimelineLine[]): Promise<void> {
	if (lines.length === 0) return;
	await lockOrder(tx, dialect, 'timeline');
	const named = lines.map((line) => ({ id: newId('tl', line.at), line }));
	await insertMany(
		tx,
		'timeline',
		named.map(({ id, line }) => ({
			id,
			at: line.at,
			event: line.event,
			channel_id: line.channelId ?? null,
			contact_id: line.contactId ?? null,
			conversation_id: line.conversationId ?? null,
			text: line.text,
			data: JSON.stringify(line.data ?? {}),
			key: line.key ?? null,
		})),
		'on conflict ("key") do nothing',
	);
	// A line that was told before leaves a row that names no line: nobody finds it.
	await insertMany(
		tx,
		'timeline_topic',
		named.flatMap(({ id, line }) => [...new Set(line.topics)].map((topic) => ({ topic, timeline_id: id }))),
	);
}

/** Entries after `seq`, oldest first. */
export async function timelineAfter(store: Store, seq: number, limit: number): Promise<TimelineEntry[]> {
	const rows = await store.read((db) =>
		db.selectFrom('timeline').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute(),
	);
	return rows.map(toEntry);
}

/** The whole story of one conversation, oldest first. */
export async function timelineOf(store: Store, conversationId: string): Promise<TimelineEntry[]> {
	const rows = await store.read((db) =>
		db.selectFrom('timeline').selectAll().where('conversation_id', '=', conversationId).orderBy('seq').execute(),
	);
	return rows.map(toEntry);
}

export async function lastTimelineSeq(store: Store): Promise<number> {
	const row = await store.read((db) =>
		db
			.selectFrom('timeline')
			.select((e) => e.fn.max('seq').as('seq'))
			.executeTakeFirst(),
	);
	return Number(row?.seq ?? 0);
}

export function toEntry(row: {
	seq: number;
	id: string;
	at: number;
	event: string;
	text: string;
	data: string;
	channel_id: string | null;
	contact_id: string | null;
	conversation_id: string | null;
}): TimelineEntry {
	return {
		seq: Number(row.seq),
		id: row.id,
		at: Number(row.at),
		event: row.event,
		text: row.text,
		data: JSON.parse(row.data),
		channelId: row.channel_id,
		contactId: row.contact_id,
		conversationId: row.conversation_id,
	};
}
