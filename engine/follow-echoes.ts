/** What happens when somebody, or something, writes from the company's phone: a takeover, its end, or nothing (X-06, D-07 to D-10, P-21). */
import { createHash } from 'node:crypto';
import { autoReplyText, meaningOf, QUICK_MS, REMEMBERED_MS, sameWords } from './conversation/echo-rules';
import { operateInTransaction } from './conversation/operations';
import type { DeskSettings } from './conversation/settings';
import type { ConversationEvent } from './conversation/types';
import type { Ingested } from './inbound/ingest';
import type { Instant } from './model';
import { loadChannelSettings } from './settings/channel-settings';
import type { Store, Tx } from './store/open-store';
import type { TimelineLine } from './timeline/timeline';
import { dayTeller } from './usage/local-day';

type Heard = Ingested['echoes'][number];

/** In the transaction that stored them: the bot's waiting messages are withdrawn with it. Returns lines for the timeline. */
export async function followEchoes(
	tx: Tx,
	dialect: Store['dialect'],
	echoes: readonly Heard[],
	now: Instant,
): Promise<TimelineLine[]> {
	const lines: TimelineLine[] = [];
	const operate = (conversationId: string, event: ConversationEvent) =>
		operateInTransaction(tx, dialect, conversationId, event, {}, now);
	for (const echo of echoes) {
		const { conversationId, event } = echo;
		const meaning = meaningOf(event.content);
		if (meaning === 'nothing') continue;
		if (meaning === 'callBack') {
			await operate(conversationId, { type: 'botCalledBack', why: 'retomado pelo celular da empresa' });
			continue;
		}
		const others = await saidToOthers(tx, echo);
		if (others.length === 0) {
			await operate(conversationId, { type: 'humanTyped', at: event.sentAt, settings: await settingsFor(tx, echo) });
			continue;
		}
		lines.push(await autoReplyLine(tx, echo, now));
		// The first customer it answered could not be told from one a person answered.
		for (const { conversationId: first, at } of others) {
			const why = 'a mensagem era a resposta automática do celular da empresa';
			await operate(first, { type: 'botCalledBack', why, began: at });
		}
	}
	return lines;
}

interface SaidBefore {
	conversationId: string;
	at: Instant;
}

/** To which other contacts the phone said the same, as quickly as no person can; [] when this one was not so quick. */
async function saidToOthers(tx: Tx, { channelId, contactId, conversationId, event }: Heard): Promise<SaidBefore[]> {
	const words = sameWords(event.content);
	if (words === null || !(await isQuick(tx, conversationId, event.sentAt))) return [];
	const key = createHash('sha256').update(words).digest('hex').slice(0, 32);
	const at = event.sentAt;
	await tx
		.deleteFrom('phone_reply')
		.where('channel_id', '=', channelId)
		.where('at', '<', at - REMEMBERED_MS)
		.execute();
	const rows = await tx
		.selectFrom('phone_reply')
		.select(['conversation_id', 'at'])
		.where('channel_id', '=', channelId)
		.where('words', '=', key)
		.where('contact_id', '<>', contactId)
		.orderBy('conversation_id')
		.execute();
	const row = { channel_id: channelId, words: key, contact_id: contactId, conversation_id: conversationId, at };
	await tx
		.insertInto('phone_reply')
		.values(row)
		.onConflict((c) =>
			c.columns(['channel_id', 'words', 'contact_id']).doUpdateSet({ conversation_id: conversationId, at }),
		)
		.execute();
	return rows.map((one) => ({ conversationId: one.conversation_id, at: Number(one.at) }));
}

async function isQuick(tx: Tx, conversationId: string, at: Instant): Promise<boolean> {
	const asked = await tx
		.selectFrom('inbound')
		.select('id')
		.where('conversation_id', '=', conversationId)
		.where('kind', '<>', 'echo')
		.where('sent_at', '>=', at - QUICK_MS)
		.where('sent_at', '<=', at)
		.limit(1)
		.executeTakeFirst();
	return asked !== undefined;
}

/**
 * How long a pause lasts is set in the Queue Router. A conversation that none has seen yet goes by the last one of its contact, else
 * by the last one of its number; null = the defaults.
 */
async function settingsFor(tx: Tx, { channelId, contactId, conversationId }: Heard): Promise<DeskSettings | null> {
	const ofContact = await tx
		.selectFrom('conversation')
		.select('data')
		.where('contact_id', '=', contactId)
		.where('channel_id', '=', channelId)
		.orderBy('opened_at', 'desc')
		.limit(3)
		.execute();
	const known = firstSettings(ofContact);
	if (known) return known;
	const ofNumber = await tx
		.selectFrom('inbound as i')
		.innerJoin('conversation as c', 'c.id', 'i.conversation_id')
		.select('c.data')
		.where('i.channel_id', '=', channelId)
		.where('c.id', '<>', conversationId)
		.orderBy('i.seq', 'desc')
		.limit(20)
		.execute();
	return firstSettings(ofNumber);
}

function firstSettings(rows: ReadonlyArray<{ data: string }>): DeskSettings | null {
	for (const { data } of rows) {
		const { settings } = JSON.parse(data) as { settings?: DeskSettings | null };
		if (settings) return settings;
	}
	return null;
}

/** Once a day of the number's calendar. */
async function autoReplyLine(
	tx: Tx,
	{ channelId, contactId, conversationId, event }: Heard,
	now: Instant,
): Promise<TimelineLine> {
	const { text } = event.content;
	const { zone } = (await loadChannelSettings(tx, [channelId])).get(channelId)!;
	return {
		event: 'phoneAutoReply',
		at: now,
		channelId,
		contactId,
		conversationId,
		text: autoReplyText(text.trim()),
		data: { text },
		key: `phoneAutoReply|${channelId}|${dayTeller(zone)(now)}`,
	};
}
