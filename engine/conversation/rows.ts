import type { Selectable } from 'kysely';
import type { Conversation, ConversationState } from '../model';
import type { Database } from '../store/schema';
import type { Tx } from '../store/open-store';
import { oneOf, updateMany } from '../store/sql';

type Row = Selectable<Database['conversation']>;

/** A conversation with the address replies go to. */
export interface StoredConversation extends Conversation {
	address: string;
}

export function toConversation(row: Row): StoredConversation {
	return {
		id: row.id,
		channelId: row.channel_id,
		contactId: row.contact_id,
		address: row.address,
		state: row.state as ConversationState,
		queue: row.queue,
		agent: row.agent,
		protocolNumber: row.protocol_number,
		openedAt: Number(row.opened_at),
		updatedAt: Number(row.updated_at),
		resolvedAt: instant(row.resolved_at),
		graceUntil: instant(row.grace_until),
		botPausedUntil: instant(row.bot_paused_until),
		lastInboundAt: instant(row.last_inbound_at),
		machineVersion: row.machine_version,
		data: JSON.parse(row.data),
	};
}

/** Loads conversations for a change; on PostgreSQL they stay locked until the transaction ends, in one order, so that two never wait for each other. */
export async function lockConversations(
	tx: Tx,
	dialect: 'sqlite' | 'postgres',
	ids: readonly string[],
): Promise<Map<string, StoredConversation>> {
	const wanted = oneOf(tx, 'id', [...new Set(ids)]);
	let query = tx.selectFrom('conversation').selectAll().where(wanted).orderBy('id');
	if (dialect === 'postgres') query = query.forUpdate();
	return new Map((await query.execute()).map((row) => [row.id, toConversation(row)]));
}

/** Writes what a transition may change. `last_inbound_at` and `address` belong to ingest and are left alone. */
export async function saveConversations(tx: Tx, conversations: readonly Conversation[]): Promise<void> {
	await updateMany(
		tx,
		'conversation',
		conversations.map((c) => ({
			id: c.id,
			state: c.state,
			queue: c.queue,
			agent: c.agent,
			updated_at: c.updatedAt,
			resolved_at: c.resolvedAt,
			grace_until: c.graceUntil,
			bot_paused_until: c.botPausedUntil,
			machine_version: c.machineVersion,
			data: JSON.stringify(c.data),
		})),
	);
}

function instant(value: number | null): number | null {
	return value === null ? null : Number(value);
}
