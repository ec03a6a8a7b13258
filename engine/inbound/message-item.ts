import type {
	ChannelKind,
	ConsentNews,
	ConversationState,
	InboundContent,
	InboundContentType,
	MediaType,
	Origin,
} from '../model';
import type { ReminderReply } from '../model-reminder';
import type { Store } from '../store/open-store';
import { oneOf } from '../store/sql';

/** What a WhatsApp Trigger emits: the stable contract of the pack. New fields may be added, none renamed. */
export interface MessageItem {
	event: 'message' | 'reminderReply' | 'echo' | 'status' | 'wake';
	text: string;
	type: InboundContentType | 'none';
	contact: { id: string; name: string | null; phone: string | null; address: string } | null;
	conversation: {
		id: string;
		state: ConversationState;
		protocolNumber: string;
		queue: string | null;
		agent: string | null;
		openedAt: string;
	} | null;
	channel: { id: string; kind: ChannelKind; phone: string | null };
	reply: { id: string; title: string } | null;
	media: {
		type: MediaType;
		mimeType: string | null;
		fileName: string | null;
		size: number | null;
		sha256: string | null;
		/** Why the file the trigger was to download is not in the item, in Portuguese. */
		error?: string;
	} | null;
	location?: InboundContent['location'];
	contacts?: unknown[];
	reaction?: InboundContent['reaction'];
	providerType?: string;
	referral?: unknown;
	/** For `wake`: which timer rang. For `status`: the delivery news. */
	wake?: string;
	status?: unknown;
	quotedMessageId: string | null;
	/** What the message changed about the contact's consent (D-35); it was confirmed already and is no answer to anything. */
	consent: ConsentNews | null;
	/** What it answers to a payment reminder, and which; null for everything else. */
	reminder: ReminderReply | null;
	origin: Origin;
	late: boolean;
	test: boolean;
	/** Ids of the messages joined into this item, oldest first, when a merge window is set. */
	mergedMessageIds?: string[];
	sentAt: string;
	receivedAt: string;
	messageId: string;
	providerMessageId: string | null;
	raw?: unknown;
}

export interface StoredInbound {
	seq: number;
	id: string;
	kind: string;
	channel_id: string;
	contact_id: string | null;
	conversation_id: string | null;
	provider_message_id: string | null;
	address: string | null;
	sent_at: number;
	received_at: number;
	content: string;
	raw?: string | null;
	test_listener: string | null;
	workflow_id: string | null;
}

/** A message found this late is not answered by the bot; people decide (D3). */
export const LATE_AFTER_MS = 15 * 60_000;

export interface ItemOptions {
	raw: boolean;
	now: number;
	lateAfterMs: number;
}

/**
 * Builds the items of one run: every group is one item (the first group member leads; later ones were joined by the merge window).
 * Contact and conversation are read now, not when the message came: an earlier run may have changed them.
 */
export async function buildItems(
	store: Store,
	groups: ReadonlyArray<readonly StoredInbound[]>,
	options: ItemOptions,
): Promise<MessageItem[]> {
	const rows = groups.map((group) => group.at(-1)!);
	const [conversations, channels] = await Promise.all([
		loadConversations(
			store,
			rows.map((r) => r.conversation_id),
		),
		loadChannels(
			store,
			rows.map((r) => r.channel_id),
		),
	]);
	return groups.map((group) => {
		const row = group.at(-1)!;
		const content = JSON.parse(row.content) as Partial<InboundContent> & {
			quotedMessageId?: string | null;
			consent?: ConsentNews;
			reminder?: ReminderReply;
			offline?: boolean;
			unopened?: boolean;
			wake?: string;
		};
		const conversation = row.conversation_id ? conversations.get(row.conversation_id) : undefined;
		const channel = channels.get(row.channel_id);
		const item: MessageItem = {
			event: row.kind as MessageItem['event'],
			text: group.length > 1 ? group.map(textOf).filter(Boolean).join('\n') : (content.text ?? ''),
			type: content.type ?? 'none',
			contact: conversation?.contact_id
				? {
						id: conversation.contact_id,
						name: conversation.contact_name,
						phone: conversation.contact_phone,
						address: row.address ?? conversation.address,
					}
				: null,
			conversation: conversation
				? {
						id: conversation.id,
						state: conversation.state as ConversationState,
						protocolNumber: conversation.protocol_number,
						queue: conversation.queue,
						agent: conversation.agent,
						openedAt: iso(conversation.opened_at),
					}
				: null,
			channel: {
				id: row.channel_id,
				kind: (channel?.kind ?? 'cloudApi') as ChannelKind,
				phone: channel?.phone ?? null,
			},
			reply: content.reply ?? null,
			media: content.media
				? {
						type: content.media.type,
						mimeType: content.media.mimeType,
						fileName: content.media.fileName,
						size: content.media.size,
						sha256: content.media.sha256,
					}
				: null,
			quotedMessageId: content.quotedMessageId ?? null,
			// Joined with something else to say, the whole deserves an answer.
			consent: (content.consent && group.every((each) => contentOf(each).consent) && content.consent) || null,
			// Joined with something else, the whole is more than that answer.
			reminder: (group.length === 1 && content.reminder) || null,
			origin: row.kind === 'echo' ? 'phone' : 'customer',
			late:
				isWritten(row) &&
				(content.unopened === true ||
					options.now - Math.min(row.sent_at, row.received_at) >
						(content.offline === true ? Math.min(OFFLINE_LATE_MS, options.lateAfterMs) : options.lateAfterMs)),
			test: row.test_listener !== null,
			sentAt: iso(row.sent_at),
			receivedAt: iso(row.received_at),
			messageId: row.id,
			providerMessageId: row.provider_message_id,
		};
		for (const extra of ['location', 'contacts', 'reaction', 'providerType', 'referral'] as const) {
			if (content[extra] !== undefined) (item as unknown as Record<string, unknown>)[extra] = content[extra];
		}
		if (row.kind === 'wake') item.wake = content.wake;
		if (row.kind === 'status') item.status = content;
		if (group.length > 1) item.mergedMessageIds = group.map((r) => r.id);
		if (options.raw && row.raw) item.raw = JSON.parse(row.raw);
		return item;
	});
}

const isWritten = ({ kind }: StoredInbound) => kind === 'message' || kind === 'reminderReply';

function textOf(row: StoredInbound): string {
	return contentOf(row).text ?? '';
}

function contentOf(row: StoredInbound): { text?: string; consent?: ConsentNews } {
	return JSON.parse(row.content) as { text?: string; consent?: ConsentNews };
}

/**
 * What the provider kept while the line was down was written to nobody who answered (D3). A line that was back within a minute, as
 * after each restart WhatsApp asks for, was never away for the customer.
 */
const OFFLINE_LATE_MS = 60_000;

const iso = (at: number) => new Date(Number(at)).toISOString();

/** Conversations with the contact they belong to now: a merge may have given them another one than their messages name. */
async function loadConversations(store: Store, ids: ReadonlyArray<string | null>) {
	const wanted = unique(ids);
	if (wanted.length === 0) return new Map<string, never>();
	const rows = await store.read((db) =>
		db
			.selectFrom('conversation as c')
			.leftJoin('contact as p', 'p.id', 'c.contact_id')
			.select(['c.id', 'c.state', 'c.address', 'c.protocol_number', 'c.queue', 'c.agent', 'c.opened_at'])
			.select(['p.id as contact_id', 'p.name as contact_name', 'p.phone as contact_phone'])
			.where(oneOf(db, 'c.id', wanted))
			.execute(),
	);
	return new Map(rows.map((row) => [row.id, row]));
}

async function loadChannels(store: Store, ids: readonly string[]) {
	const rows = await store.read((db) =>
		db
			.selectFrom('channel')
			.select(['id', 'kind', 'phone'])
			.where(oneOf(db, 'id', unique(ids)))
			.execute(),
	);
	return new Map(rows.map((row) => [row.id, row]));
}

function unique(ids: ReadonlyArray<string | null>): string[] {
	return [...new Set(ids.filter((id): id is string => id !== null))];
}
