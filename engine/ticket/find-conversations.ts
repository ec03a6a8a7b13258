/** Which conversations and contacts do tickets name, and what are they called? */
import { NotFound } from '../errors';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { Judgement } from './judge-news';

export interface FoundConversation {
	id: string | null;
	contactId: string | null;
	/** pt-BR */
	warnings: string[];
}

const NONE: FoundConversation = { id: null, contactId: null, warnings: [] };

/** By id or protocol number, in the order given; one that does not exist is a warning. */
export async function findConversations(tx: Tx, wanted: ReadonlyArray<string | null>): Promise<FoundConversation[]> {
	const names = [...new Set(wanted.flatMap((each) => (each === null ? [] : [each, each.toUpperCase()])))];
	if (names.length === 0) return wanted.map(() => NONE);
	const rows = await tx
		.selectFrom('conversation')
		.select(['id', 'contact_id', 'protocol_number'])
		.where((e) => e.or([oneOf(tx, 'id', names), oneOf(tx, 'protocol_number', names)]))
		.execute();
	return wanted.map((each) => {
		if (each === null) return NONE;
		const row = rows.find(({ id, protocol_number }) => id === each || protocol_number === each.toUpperCase());
		if (row) return { id: row.id, contactId: row.contact_id, warnings: [] };
		return { ...NONE, warnings: [`A conversa "${each}" não existe: o chamado não foi ligado a ela.`] };
	});
}

export function unknownConversation(wanted: string): NotFound {
	return new NotFound(
		`There is no conversation "${wanted}".`,
		'Use the conversation id or the protocol number from a trigger item or from Conversation: Get Many.',
		'conversation',
	);
}

/** The conversation of each contact that goes on, the one with the latest news when there are several; by contact id. */
export async function openConversationsOf(tx: Tx, contactIds: readonly string[]): Promise<Map<string, string>> {
	if (contactIds.length === 0) return new Map();
	const rows = await tx
		.selectFrom('conversation')
		.select(['id', 'contact_id'])
		.where(oneOf(tx, 'contact_id', [...new Set(contactIds)]))
		.where('state', '<>', 'resolved')
		.orderBy('updated_at')
		.execute();
	// Written last wins.
	return new Map(rows.map((row) => [row.contact_id, row.id]));
}

export interface Surroundings {
	/** Names of contacts and protocol numbers of conversations, by id. */
	labels: ReadonlyMap<string, string>;
	/** The channel of each conversation, by its id. */
	channels: ReadonlyMap<string, string>;
}

/** What the sentences about these changes need. */
export async function surroundingsOf(tx: Tx, judged: readonly Judgement[]): Promise<Surroundings> {
	const labels = new Map<string, string>();
	const channels = new Map<string, string>();
	const named = judged.flatMap(({ changes }) => changes.filter(({ field }) => field === 'contact'));
	const contactIds = named.flatMap(({ from, to }) => [from, to]).filter((id) => id !== null);
	if (contactIds.length > 0) {
		const rows = await tx
			.selectFrom('contact')
			.select(['id', 'name', 'phone'])
			.where(oneOf(tx, 'id', contactIds))
			.execute();
		for (const { id, name, phone } of rows) labels.set(id, name ?? phone ?? 'sem nome');
	}
	const conversationIds = judged.flatMap(({ ticket }) => ticket.conversationId ?? []);
	if (conversationIds.length > 0) {
		const rows = await tx
			.selectFrom('conversation')
			.select(['id', 'channel_id', 'protocol_number'])
			.where(oneOf(tx, 'id', [...new Set(conversationIds)]))
			.execute();
		for (const row of rows) {
			labels.set(row.id, row.protocol_number);
			channels.set(row.id, row.channel_id);
		}
	}
	return { labels, channels };
}
