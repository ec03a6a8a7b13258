/** The message that an answer quotes, as its reader sees it above the answer; known when it came or left through this desk. */
import type { proto } from '@whiskeysockets/baileys';
import type { InboundContent } from '../../model';
import type { Db } from '../../store/open-store';
import type { Baileys, Composing } from './baileys';
import { loadSent } from './sent-messages';

export type Quoted = NonNullable<Composing['quoted']>;

/** Null when nothing is known of it: then the answer goes out without a quote. */
export async function findQuoted(
	db: Db,
	channelId: string,
	id: string,
	remoteJid: string,
	baileys: Pick<Baileys, 'decode'>,
): Promise<Quoted | null> {
	const sent = await loadSent(db, channelId, id);
	if (sent) return { remoteJid, id, fromMe: true, message: baileys.decode(sent) };
	const row = await db
		.selectFrom('inbound')
		.select(['kind', 'content'])
		.where('claim', '=', `${channelId}|m|${id}`)
		.executeTakeFirst();
	if (!row) return null;
	return { remoteJid, id, fromMe: row.kind === 'echo', message: asText(JSON.parse(row.content) as InboundContent) };
}

/** The reader's own app shows the original; this stands in where it is gone. */
function asText({ text, type }: InboundContent): proto.IMessage {
	return { conversation: text || `(${type})` };
}
