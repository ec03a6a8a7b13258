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

/** Oldest first. */
export async function historyOf(store: Store, message: MessageView): Promise<HistoryLine[]> {
	const told = await store.read((db) =>
		linesAbout(db, message.id, { conversationId: message.conversationId, contactId: message.contact.id }),
	);
	return tellStory(message, told);
}

/** Pure: the lines of the timeline among the steps that only the message itself knows. */
export function tellStory(message: MessageView, told: readonly TimelineEntry[]): HistoryLine[] {
	const lines = [line(message.createdAt, 'enqueued', 'Entrou na fila de envio.'), ...told.map(toLine)];
	const { status, delivery, deliveryAt, finishedAt, reason, code } = message;
	if (finishedAt !== null && (status === 'sent' || delivery !== null)) {
		lines.push(line(finishedAt, 'accepted', 'Enviada: o WhatsApp aceitou a mensagem.'));
	}
	if (delivery !== null && deliveryAt !== null && DELIVERED[delivery]) {
		lines.push(line(deliveryAt, delivery, DELIVERED[delivery]));
	}
	// Cancelled together with others, for example: the reason stands with the message alone.
	if (status === 'refused' && finishedAt !== null && !told.some(({ event }) => ENDS.has(event))) {
		lines.push({ ...line(finishedAt, 'ended', reason ?? 'Não foi enviada.'), ...(code === null ? {} : { code }) });
	}
	// Sorting is stable: what happened in the same instant stays in its order.
	return lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const DELIVERED: Partial<Record<DeliveryStatus, string>> = {
	delivered: 'Entregue no aparelho do contato.',
	read: 'Lida pelo contato.',
	played: 'Ouvida pelo contato.',
};

/** Timeline events that say why a message is over. */
const ENDS: ReadonlySet<string> = new Set(['messageRefused', 'messageFailed', 'messageCancelled']);

function toLine({ at, event, text, data }: TimelineEntry): HistoryLine {
	const { code } = (data ?? {}) as { code?: unknown };
	return { ...line(new Date(at).toISOString(), event, text), ...(typeof code === 'string' ? { code } : {}) };
}

function line(at: string, event: string, text: string): HistoryLine {
	return { at, event, text };
}
