/** What do ready messages say to each of these recipients? Everything that is to be known of them is read once for all. */
import type { Instant, OutboundContent } from '../model';
import { fillQuickReply, type QuickReplyFacts } from '../quick-reply/fill';
import { findQuickReplies, noQuickReply, quickReplyNames, type QuickReply } from '../quick-reply/quick-replies';
import { loadChannelSettings } from '../settings/channel-settings';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { NoSeat, Seat } from './seats';
import type { SendRequest, Unsendable } from './send';

/** A ready message, filled in for whoever receives it. */
export interface QuickReplyUse {
	type: 'quickReply';
	/** Its id or name. */
	reply: string;
	/** Values that come before what the desk knows, by the names of the variables. */
	values: Record<string, string>;
}

/**
 * The requests' contents, with ready messages as texts; one that does not exist or lacks a value is unsendable.
 * @throws NotFound when not a single one of those that are used exists: then the node is set wrong
 */
export async function fillQuickReplies(
	tx: Tx,
	requests: readonly SendRequest[],
	seats: ReadonlyArray<Seat | NoSeat>,
	now: Instant,
): Promise<Array<OutboundContent | Unsendable>> {
	const used = requests.flatMap(({ content }) => (content.type === 'quickReply' ? [content.reply] : []));
	if (used.length === 0) return requests.map(({ content }) => content as OutboundContent | Unsendable);
	const replies = await findQuickReplies(tx, used);
	if (replies.size === 0) throw noQuickReply(used[0]!, await quickReplyNames(tx));
	const factsOf = await loadFacts(tx, requests, seats, now);
	return requests.map(({ content }, i) => {
		if (content.type !== 'quickReply') return content;
		const reply = replies.get(content.reply);
		if (!reply) return missing(content.reply);
		const filled = fillQuickReply(reply.content, factsOf(i), content.values);
		return filled.ok ? { type: 'text', text: filled.text } : unfilled(reply, filled);
	});
}

function missing(reply: string): Unsendable {
	return {
		type: 'unsendable',
		code: 'quickReplyMissing',
		explanation: `A mensagem pronta "${reply}" não existe. Confira o nome ou crie a mensagem.`,
	};
}

function unfilled({ name }: QuickReply, { unknown, empty }: { unknown: string[]; empty: string[] }): Unsendable {
	const why = [
		unknown.length > 0 ? `usa ${unknown.join(', ')}, que não é variável conhecida` : '',
		empty.length > 0 ? `precisa de ${empty.join(', ')}, e aqui não há esse valor` : '',
	].filter(Boolean);
	return {
		type: 'unsendable',
		code: 'quickReplyVariables',
		explanation: `A mensagem pronta "${name}" ${why.join('; ')}. Corrija a mensagem ou informe o valor no envio.`,
	};
}

async function loadFacts(
	tx: Tx,
	requests: readonly SendRequest[],
	seats: ReadonlyArray<Seat | NoSeat>,
	now: Instant,
): Promise<(i: number) => QuickReplyFacts> {
	const found = seats.flatMap((seat) => (seat.type === 'found' ? [seat] : []));
	const contactIds = [...new Set(found.map(({ contactId }) => contactId))];
	const conversationIds = [...new Set(found.flatMap(({ conversationId }) => conversationId ?? []))];
	const contacts = await tx
		.selectFrom('contact')
		.select(['id', 'name', 'phone'])
		.where(oneOf(tx, 'id', contactIds))
		.execute();
	const conversations = await tx
		.selectFrom('conversation')
		.select(['id', 'protocol_number', 'queue', 'agent', 'data'])
		.where(oneOf(tx, 'id', conversationIds))
		.execute();
	const queues = await tx.selectFrom('queue').select(['name', 'display_name']).execute();
	const settings = await loadChannelSettings(tx, [...new Set(requests.map(({ channelId }) => channelId))]);

	const contactOf = new Map(contacts.map((row) => [row.id, row]));
	const conversationOf = new Map(conversations.map((row) => [row.id, row]));
	const queueOf = new Map(queues.map((row) => [row.name, row.display_name]));
	return (i) => {
		const seat = seats[i]!;
		const contact = seat.type === 'found' ? contactOf.get(seat.contactId) : undefined;
		const conversation =
			seat.type === 'found' && seat.conversationId ? conversationOf.get(seat.conversationId) : undefined;
		const queue = conversation?.queue ?? null;
		return {
			contactName: contact?.name ?? null,
			contactPhone: contact?.phone ?? null,
			protocolNumber: conversation?.protocol_number ?? null,
			queueName: queue === null ? null : (queueOf.get(queue) ?? queue),
			agentName: conversation ? agentName(conversation) : null,
			now,
			zone: settings.get(requests[i]!.channelId)!.zone,
		};
	};
}

function agentName({ agent, data }: { agent: string | null; data: string }): string | null {
	return (JSON.parse(data) as { agentName?: string | null }).agentName ?? agent;
}
