import type { Store } from '../store/open-store';
import { toEntry, type TimelineEntry } from '../timeline/timeline';
import { listWhere, type ConversationView } from './operations';

/** A timeline entry as a workflow gets it, with the conversation it is about. */
export interface DeskEvent {
	event: string;
	/** One sentence for people, in Portuguese. */
	text: string;
	at: string;
	conversation: ConversationView | null;
	channelId: string | null;
	contactId: string | null;
	data: unknown;
	eventId: string;
}

export async function describeEntries(store: Store, entries: readonly TimelineEntry[]): Promise<DeskEvent[]> {
	const ids = [...new Set(entries.flatMap((e) => (e.conversationId ? [e.conversationId] : [])))];
	const conversations = new Map((await listWhere(store, { ids, limit: ids.length || 1 })).map((c) => [c.id, c]));
	return entries.map((entry) => ({
		event: entry.event,
		text: entry.text,
		at: new Date(entry.at).toISOString(),
		conversation: (entry.conversationId && conversations.get(entry.conversationId)) || null,
		channelId: entry.channelId,
		contactId: entry.contactId,
		data: entry.data,
		eventId: entry.id,
	}));
}

/** The latest entries of these kinds, newest first. */
export async function latestEntries(store: Store, events: readonly string[], limit: number): Promise<TimelineEntry[]> {
	const rows = await store.read((db) =>
		db
			.selectFrom('timeline')
			.selectAll()
			.where('event', 'in', [...events])
			.orderBy('seq', 'desc')
			.limit(limit)
			.execute(),
	);
	return rows.map(toEntry);
}
