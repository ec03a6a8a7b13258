/** The whole story of one message: from the line to the contact's phone, or why not (V-18, X-09). */
import type { DeliveryStatus } from '../model';
import type { Store } from '../store/open-store';
import { linesAbout } from '../timeline/stories';
import type { TimelineEntry } from '../timeline/timeline';
import type { MessageView } from './message-views';

/** One sentence of the story; `event` names a timeline event, or a step that needs no line of its own. */
export interface HistoryLine {
	/** ISO 8601, UTC. */
	at: string;
	event: string;
	/** Portuguese. */
	text: string;
	code?: string;
}

/** A line of the timeline for people. */
export interface StoryLine extends HistoryLine {
	channelId: string | null;
	contactId: string | null;
	conversationId: string | null;
	messageId: string | null;
}

/** Oldest first. */
export async function historyOf(store: Store, message: MessageView): Promise<HistoryLine[]> {
	const told = await store.read((db) =>
		linesAbout(db, message.id, { conversationId: message.conversationId, contactId: message.contact.id }),
	);
	return tellStory(message, told);
}

/**
 * Pure: the lines of the timeline among the steps that only the message itself knows. WhatsApp tells whole seconds, so what
 * it reports may seem to come before what it is about; it is put where it belongs.
 */
export function tellStory(message: MessageView, told: readonly TimelineEntry[]): HistoryLine[] {
	const { status, delivery, deliveryAt, createdAt, finishedAt, reason, code } = message;
	const acceptedAt = finishedAt !== null && (status === 'sent' || delivery !== null) ? finishedAt : null;
	const lines = [line(createdAt, 'enqueued', 'Entrou na fila de envio.')];
	for (const entry of told) if (entry.event !== REPORTED) lines.push(toLine(entry, createdAt));
	if (acceptedAt !== null) lines.push(line(acceptedAt, 'accepted', 'Enviada: o WhatsApp aceitou a mensagem.'));
	if (delivery !== null && deliveryAt !== null && DELIVERED[delivery]) {
		lines.push(line(latest(deliveryAt, acceptedAt ?? createdAt), delivery, DELIVERED[delivery]));
	}
	for (const entry of told) if (entry.event === REPORTED) lines.push(toLine(entry, acceptedAt ?? createdAt));
	// Cancelled together with others, for example: the reason stands with the message alone.
	if (status === 'refused' && finishedAt !== null && !told.some(({ event }) => ENDS.has(event))) {
		lines.push({ ...line(finishedAt, 'ended', reason ?? 'Não foi enviada.'), ...(code === null ? {} : { code }) });
	}
	// Sorting is stable: what happened in the same instant stays in its order.
	return lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** The timeline event of what WhatsApp reported after it had accepted the message. */
const REPORTED = 'messageFailed';

const DELIVERED: Partial<Record<DeliveryStatus, string>> = {
	delivered: 'Entregue no aparelho do contato.',
	read: 'Lida pelo contato.',
	played: 'Ouvida pelo contato.',
};

/** Timeline events that say why a message is over. */
const ENDS: ReadonlySet<string> = new Set(['messageRefused', 'messageFailed', 'messageCancelled']);

function toLine({ at, event, text, data }: TimelineEntry, notBefore: string): HistoryLine {
	const { code } = (data ?? {}) as { code?: unknown };
	return {
		...line(latest(new Date(at).toISOString(), notBefore), event, text),
		...(typeof code === 'string' ? { code } : {}),
	};
}

/** Of two instants in the same notation. */
function latest(a: string, b: string): string {
	return a > b ? a : b;
}

function line(at: string, event: string, text: string): HistoryLine {
	return { at, event, text };
}
