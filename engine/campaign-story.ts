/** Whom has a campaign not reached, and why? One line per message: refused before or in the outbox, failed, held, or waiting. */
import type { StoryLine } from './outbox/message-history';
import { listMessages, type MessageView } from './outbox/message-views';
import type { Store } from './store/open-store';
import { loadUnqueued } from './usage/unqueued';

/** The last `limit` lines, oldest first. */
export async function storyOfCampaign(store: Store, label: string, limit: number): Promise<StoryLine[]> {
	const failed = await listMessages(store, { label, onlyFailures: true, limit });
	const open = await listMessages(store, { label, statuses: ['held', 'postponed', 'queued', 'unknown'], limit });
	const refusedBefore = await store.read((db) => loadUnqueued(db, { label, since: null, until: null }));
	const lines = [
		...[...failed, ...open].map(lineOfMessage),
		...refusedBefore.map(({ at, code, explanation, to, label: _, ...place }): StoryLine => {
			const who = to?.name || to?.phone || 'Sem nome e sem telefone';
			const text = `${who}: ${explanation}`;
			return { at: new Date(at).toISOString(), event: 'messageRefused', text, code, ...place, messageId: null };
		}),
	];
	return lines.sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-limit);
}

const EVENTS: Partial<Record<MessageView['status'], string>> = {
	held: 'messageHeld',
	postponed: 'messagePostponed',
	queued: 'messagePostponed',
	unknown: 'messageUnconfirmed',
};

function lineOfMessage(message: MessageView): StoryLine {
	const { id, contact, status, delivery, code, reason, createdAt, finishedAt, channelId, conversationId } = message;
	const event = EVENTS[status] ?? (delivery === 'failed' ? 'messageFailed' : 'messageRefused');
	const text = `${contact.name ?? contact.phone ?? contact.address}: ${reason ?? 'Na fila, sai em seguida.'}`;
	const place = { channelId, contactId: contact.id, conversationId, messageId: id };
	return { at: finishedAt ?? createdAt, event, text, ...(code ? { code } : {}), ...place };
}
