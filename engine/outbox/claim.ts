import type { Instant, OutboundContent } from '../model';
import type { Store, Tx } from '../store/open-store';
import { oneOf, updateMany } from '../store/sql';
import type { SendingFacts } from './sending-rules';
import { flying, queued, unfinished } from './unfinished';

/** A message whose turn it is: the first unfinished one of its lane, marked as being sent. */
export interface Claimed {
	id: string;
	channelId: string;
	contactId: string;
	conversationId: string | null;
	address: string;
	content: OutboundContent;
	quotedProviderMessageId: string | null;
	attempts: number;
	createdAt: Instant;
	facts: Omit<SendingFacts, 'serviceWindowHours'>;
}

/**
 * Claims due messages of the channels this process can reach, at most `limit`, oldest first within a channel.
 * A lane moves one at a time: a message waits while an earlier one of the same contact and channel is queued, being sent
 * or unconfirmed. On PostgreSQL rows another process is claiming are skipped, not waited for.
 */
export async function claimDue(
	tx: Tx,
	dialect: Store['dialect'],
	channelIds: readonly string[],
	claimedBy: string,
	limit: number,
	now: Instant,
): Promise<Claimed[]> {
	const rows: Row[] = [];
	for (const channelId of channelIds) {
		if (rows.length >= limit) break;
		rows.push(...(await dueRows(tx, dialect, channelId, limit - rows.length, now)));
	}
	if (rows.length === 0) return [];

	const conversations = await loadConversations(
		tx,
		rows.map((r) => r.conversation_id),
	);
	const windows = await lastInbound(tx, [...new Set(rows.map((r) => r.contact_id))]);
	await updateMany(
		tx,
		'outbox',
		rows.map((r) => ({
			id: r.id,
			status: 'sending',
			claimed_at: now,
			claimed_by: claimedBy,
			attempts: r.attempts + 1,
		})),
	);
	return rows.map((row) => {
		const content = JSON.parse(row.content) as OutboundContent;
		return {
			id: row.id,
			channelId: row.channel_id,
			contactId: row.contact_id,
			conversationId: row.conversation_id,
			address: row.address,
			content,
			quotedProviderMessageId: row.quoted_provider_message_id,
			attempts: row.attempts + 1,
			createdAt: Number(row.created_at),
			facts: {
				origin: row.origin,
				purpose: row.purpose,
				contentType: content.type,
				validUntil: row.valid_until === null ? null : Number(row.valid_until),
				lastInboundAt: windows.get(`${row.contact_id} ${row.channel_id}`) ?? null,
				conversation: (row.conversation_id && conversations.get(row.conversation_id)) || null,
			},
		};
	});
}

/** Whether a claim is worth a transaction: a glance that locks nothing. */
export async function isAnythingDue(db: Store['db'], channelIds: readonly string[], now: Instant): Promise<boolean> {
	for (const channelId of channelIds) {
		const due = await db
			.selectFrom('outbox')
			.select('seq')
			.where('channel_id', '=', channelId)
			.where(queued('status'))
			.where('not_before', '<=', now)
			.limit(1)
			.executeTakeFirst();
		if (due) return true;
	}
	return false;
}

type Row = Awaited<ReturnType<typeof dueRows>>[number];

/** One channel at a time: then the index gives the rows in order and the limit ends the search early, however long the line. */
function dueRows(tx: Tx, dialect: Store['dialect'], channelId: string, limit: number, now: Instant) {
	const query = tx
		.selectFrom('outbox as o')
		.select(['o.id', 'o.channel_id', 'o.contact_id', 'o.conversation_id', 'o.address', 'o.content'])
		.select(['o.quoted_provider_message_id', 'o.attempts', 'o.created_at', 'o.origin', 'o.purpose', 'o.valid_until'])
		.where('o.channel_id', '=', channelId)
		.where(queued('o.status'))
		.where('o.not_before', '<=', now)
		.where((e) => {
			const sameLane = () =>
				e
					.selectFrom('outbox as p')
					.select('p.seq')
					.whereRef('p.contact_id', '=', 'o.contact_id')
					.whereRef('p.channel_id', '=', 'o.channel_id')
					.limit(1);
			const earlier = sameLane()
				.where(unfinished('p.status'))
				.whereRef('p.seq', '<', 'o.seq')
				// A message planned for later holds nobody up; one that is being retried does.
				.where((p) => p.or([p('p.attempts', '>', 0), p('p.not_before', '<=', now)]))
				.orderBy('p.seq');
			// Not "not exists": PostgreSQL may join the line with itself for it, which costs the square of its length.
			return e.and([e(earlier, 'is', null), e(sameLane().where(flying('p.status')), 'is', null)]);
		})
		.orderBy('o.seq')
		.limit(limit);
	return (dialect === 'postgres' ? query.forUpdate('o').skipLocked() : query).execute();
}

async function loadConversations(tx: Tx, ids: ReadonlyArray<string | null>) {
	const wanted = [...new Set(ids.filter((id): id is string => id !== null))];
	const found = new Map<string, { state: string; botPausedUntil: Instant | null }>();
	if (wanted.length === 0) return found;
	const rows = await tx
		.selectFrom('conversation')
		.select(['id', 'state', 'bot_paused_until'])
		.where(oneOf(tx, 'id', wanted))
		.execute();
	for (const row of rows)
		found.set(row.id, {
			state: row.state,
			botPausedUntil: row.bot_paused_until === null ? null : Number(row.bot_paused_until),
		});
	return found;
}

/** When each contact last wrote on each channel: the start of the service window. */
async function lastInbound(tx: Tx, contactIds: readonly string[]): Promise<Map<string, Instant>> {
	const rows = await tx
		.selectFrom('conversation')
		.select((e) => ['contact_id', 'channel_id', e.fn.max('last_inbound_at').as('at')])
		.where(oneOf(tx, 'contact_id', contactIds))
		.groupBy(['contact_id', 'channel_id'])
		.execute();
	return new Map(rows.filter((r) => r.at !== null).map((r) => [`${r.contact_id} ${r.channel_id}`, Number(r.at)]));
}
