/**
 * Makes a ticket of a conversation, for example of one that began outside business hours (M-22): its protocol number is the
 * code, and what the customer wrote first is the problem. Doing it again adds what was written since.
 */
import type { InboundContent, Instant } from '../model';
import type { Store } from '../store/open-store';
import { unknownConversation } from './find-conversations';
import { upsertTickets, type TicketEntry, type TicketResult } from './upsert-tickets';

/** The source of tickets that were made here. */
export const WHATSAPP_SOURCE = 'whatsapp';

/** What differs from what the conversation says. */
export type ConversationTicket = Pick<TicketEntry, 'problem' | 'product' | 'priority' | 'status' | 'link'>;

/** @param idOrProtocol of the conversation. @throws NotFound */
export async function ticketFromConversation(
	store: Store,
	idOrProtocol: string,
	given: ConversationTicket,
	now: Instant,
): Promise<TicketResult> {
	const wanted = idOrProtocol.trim();
	const { conversation, problem } = await store.read(async (db) => {
		const row = await db
			.selectFrom('conversation')
			.select(['id', 'contact_id', 'protocol_number', 'opened_at'])
			.where((e) => e.or([e('id', '=', wanted), e('protocol_number', '=', wanted.toUpperCase())]))
			.executeTakeFirst();
		if (!row) throw unknownConversation(wanted);
		const messages = await db
			.selectFrom('inbound')
			.select('content')
			.where('conversation_id', '=', row.id)
			.where('kind', '=', 'message')
			.orderBy('seq')
			.limit(MESSAGES_READ)
			.execute();
		return {
			conversation: row,
			problem: problemOf(messages.map((each) => JSON.parse(each.content) as InboundContent)),
		};
	});
	const [result] = await upsertTickets(
		store,
		[
			{
				...given,
				source: WHATSAPP_SOURCE,
				code: conversation.protocol_number,
				number: conversation.protocol_number,
				issuedAt: Number(conversation.opened_at),
				problem: given.problem?.trim() || problem,
				contact: { id: conversation.contact_id },
				conversation: conversation.id,
			},
		],
		now,
	);
	return result!;
}

const MESSAGES_READ = 20;
const LINES_KEPT = 8;
const LONGEST = 1_000;

/** What the customer wrote first, one line per message; answers to a menu say nothing about a problem. */
export function problemOf(messages: readonly InboundContent[]): string | null {
	const lines = messages
		.filter(({ type, text }) => type !== 'menuReply' && type !== 'reaction' && !/^\s*\d{1,2}\s*$/.test(text))
		.map(({ type, text }) => text.trim() || WORDS[type] || '')
		.filter(Boolean)
		.slice(0, LINES_KEPT);
	const problem = lines.join('\n');
	if (problem === '') return null;
	return problem.length <= LONGEST ? problem : `${problem.slice(0, LONGEST - 1)}…`;
}

const WORDS: Partial<Record<InboundContent['type'], string>> = {
	image: '[imagem]',
	video: '[vídeo]',
	audio: '[áudio]',
	document: '[documento]',
	sticker: '[figurinha]',
	location: '[localização]',
	contacts: '[contato]',
	order: '[pedido]',
};
