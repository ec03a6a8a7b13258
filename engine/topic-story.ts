/**
 * What became of a ticket or a receivable, and what was written about it (V-12, V-18)? Its lines and every attempt of its
 * messages in one order; who could not be written to at all is among the lines.
 */
import { invoiceTopic, readInvoiceId, type Topic } from './model-topic';
import { historyOf, type StoryLine } from './outbox/message-history';
import { listMessages, type MessageView } from './outbox/message-views';
import { findReceivable } from './receivable/find-receivable';
import type { Store } from './store/open-store';
import { linesOfTopic } from './timeline/stories';
import type { TimelineEntry } from './timeline/timeline';

/** The last `limit` lines, oldest first. */
export async function storyOfTopic(store: Store, topic: Topic, limit: number): Promise<StoryLine[]> {
	const messages = await listMessages(store, { topic, limit });
	const told = await store.read((db) => linesOfTopic(db, topic, limit));
	const ids = new Set(messages.map(({ id }) => id));
	// What is told of a message stands in its own history.
	const lines = told.filter((entry) => !ids.has(messageOf(entry) ?? '')).map(lineOfEntry);
	// Messages are listed newest first; of those that entered the line together the first one comes first.
	for (const message of messages.toReversed()) lines.push(...(await linesOfMessage(store, message)));
	// Sorting is stable: in the same instant the line comes before the messages it caused.
	return lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(-limit);
}

/**
 * @param named "creditor/invoice", where the invoice may be the number the payer knows it by; without a creditor that of any
 * @throws ConfigurationError when several are meant
 */
export async function storyOfInvoice(store: Store, named: string, limit: number): Promise<StoryLine[]> {
	const key = readInvoiceId(named);
	const told = await storyOfTopic(store, invoiceTopic(key), limit);
	if (told.length > 0) return told;
	const meant = await store.read(
		// A number may hold a slash itself: "NF 1004/2".
		async (db) => (await findReceivable(db, key)) ?? findReceivable(db, { creditor: '', invoice: named }),
	);
	return meant === null ? [] : storyOfTopic(store, invoiceTopic(meant), limit);
}

/** A line of the timeline as people read it. */
export function lineOfEntry(entry: TimelineEntry): StoryLine {
	const { at, event, text, channelId, contactId, conversationId } = entry;
	const { code } = (entry.data ?? {}) as { code?: string | null };
	const place = { channelId, contactId, conversationId, messageId: messageOf(entry) };
	return { at: new Date(at).toISOString(), event, text, ...(code ? { code } : {}), ...place };
}

function messageOf({ data }: TimelineEntry): string | null {
	return ((data ?? {}) as { messageId?: string }).messageId ?? null;
}

async function linesOfMessage(store: Store, message: MessageView): Promise<StoryLine[]> {
	const { id, channelId, conversationId, contact } = message;
	const place = { channelId, contactId: contact.id, conversationId, messageId: id };
	const about = `Para ${contact.name ?? contact.phone ?? contact.address}, "${excerpt(message)}"`;
	const history = await historyOf(store, message);
	return history.map((line) => ({ ...line, text: `${about}: ${line.text}`, ...place }));
}

const EXCERPT = 50;

/** Which message it is, for people: several about one ticket may be on their way. */
function excerpt({ text, template, type }: MessageView): string {
	const line = text.replace(/\s+/g, ' ').trim();
	if (line === '') return template?.name ?? type;
	return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT - 1).trimEnd()}…`;
}
