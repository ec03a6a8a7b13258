/** Which options does a contact have in front of them? Those of the menu still to be answered, in triage or from a workflow. */
import type { TriageData } from '../conversation/types';
import type { Instant, MenuContent } from '../model';
import type { Tx } from '../store/open-store';

const DAY_MS = 24 * 3_600_000;
/** How far back a workflow's own menu may lie among the messages of a contact. */
const LOOKED_AT = 10;

export async function pendingOptions(
	tx: Tx,
	seat: { channelId: string; contactId: string; conversationId: string },
	now: Instant,
): Promise<string[]> {
	const conversation = await tx
		.selectFrom('conversation')
		.select(['state', 'data'])
		.where('id', '=', seat.conversationId)
		.executeTakeFirst();
	const triage = conversation ? (JSON.parse(conversation.data) as Partial<TriageData> | null) : null;
	const offered = conversation?.state === 'triage' && !triage?.selfService ? (triage?.menu?.options ?? []) : [];
	return [...offered.map(({ title }) => title), ...(await sentOptions(tx, seat, now))];
}

/** The latest menu a Send Message node sent within a day. The triage's own are known better from the conversation. */
async function sentOptions(
	tx: Tx,
	{ channelId, contactId }: { channelId: string; contactId: string },
	now: Instant,
): Promise<string[]> {
	const rows = await tx
		.selectFrom('outbox')
		.select('content')
		.where('contact_id', '=', contactId)
		.where('created_at', '>', now - DAY_MS)
		.where('channel_id', '=', channelId)
		.where((e) => e.or([e('purpose', 'is', null), e('purpose', '<>', 'menu')]))
		.orderBy('created_at', 'desc')
		.orderBy('seq', 'desc')
		.limit(LOOKED_AT)
		.execute();
	const menu = rows
		.map((row) => JSON.parse(row.content) as { type: string })
		.find((content): content is MenuContent => content.type === 'menu');
	return menu?.options.map(({ title }) => title) ?? [];
}
