/** What does the timeline say about one message, conversation or person, or about one topic? Oldest first. */
import type { Topic } from '../model-topic';
import type { Db } from '../store/open-store';
import { oneOf } from '../store/sql';
import { toEntry, type TimelineEntry } from './timeline';

/** Lines that name this message; only those of its own conversation and contact are looked through. */
export async function linesAbout(
	db: Db,
	messageId: string,
	place: { conversationId: string | null; contactId: string },
): Promise<TimelineEntry[]> {
	const naming = db.selectFrom('timeline').selectAll().where('data', 'like', `%"${messageId}"%`).orderBy('seq');
	const rows = await (
		place.conversationId === null
			? naming.where('conversation_id', 'is', null).where('contact_id', '=', place.contactId)
			: naming.where('conversation_id', '=', place.conversationId)
	).execute();
	return rows.map(toEntry);
}

/** The last `limit` lines of a conversation. */
export async function linesOfConversation(db: Db, conversationId: string, limit: number): Promise<TimelineEntry[]> {
	const rows = await db
		.selectFrom('timeline')
		.selectAll()
		.where('conversation_id', '=', conversationId)
		.orderBy('seq', 'desc')
		.limit(limit)
		.execute();
	return rows.map(toEntry).reverse();
}

/** The last `limit` lines about a contact, inside and outside of conversations. */
export async function linesOfContact(db: Db, contactId: string, limit: number): Promise<TimelineEntry[]> {
	const conversations = await db.selectFrom('conversation').select('id').where('contact_id', '=', contactId).execute();
	const newest = db.selectFrom('timeline').selectAll().orderBy('seq', 'desc').limit(limit);
	const inside = await newest
		.where(
			oneOf(
				db,
				'conversation_id',
				conversations.map((row) => row.id),
			),
		)
		.execute();
	const outside = await newest.where('conversation_id', 'is', null).where('contact_id', '=', contactId).execute();
	const lines = [...inside, ...outside].map(toEntry).sort((a, b) => a.seq - b.seq);
	return lines.slice(-limit);
}

/** The last `limit` lines about a topic, wherever they were told. */
export async function linesOfTopic(db: Db, topic: Topic, limit: number): Promise<TimelineEntry[]> {
	const rows = await db
		.selectFrom('timeline_topic as t')
		.innerJoin('timeline as l', 'l.id', 't.timeline_id')
		.selectAll('l')
		.where('t.topic', '=', topic)
		.orderBy('l.seq', 'desc')
		.limit(limit)
		.execute();
	return rows.map(toEntry).reverse();
}
