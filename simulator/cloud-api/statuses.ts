import type { ChatMessage, StatusName } from '../model';
import { later, type Simulation } from '../simulation';
import { type Change, statusChange } from '../webhooks/payloads';
import type { Chat } from '../world';
import { statusError } from './errors';

/** What becomes of an accepted message? sent → delivered → read, or failed; each told by a signed webhook. */
export function planStatuses(simulation: Simulation, chat: Chat, message: ChatMessage): void {
	const tell = tellerFor(simulation, chat);
	later(simulation, simulation.settings.statusDelaysMs.sent, () => {
		report(simulation, chat, message, 'sent', tell);
		// Only `sent` follows a reaction (cloud-api.md §1); a phone that is off gets the rest once it is on.
		if (message.type === 'reaction' || !chat.contact.online) return tell.end();
		deliverNow(simulation, chat, message, tell);
	});
}

export function deliverNow(
	simulation: Simulation,
	chat: Chat,
	message: ChatMessage,
	tell: Teller = tellerFor(simulation, chat),
): void {
	later(simulation, simulation.settings.statusDelaysMs.delivered, () => {
		report(simulation, chat, message, 'delivered', tell);
		// A contact who looks at the chat reads as it arrives.
		const { reads } = simulation.settings;
		const seen = reads === 'auto' || (reads === 'opened' && chat.unread === 0);
		if (seen && chat.contact.readReceipts) readLater(simulation, chat, message, tell);
		else tell.end();
	});
}

export function planFailure(
	simulation: Simulation,
	chat: Chat,
	message: ChatMessage,
	code: number,
	details: string,
): void {
	message.error = statusError(code, details);
	const tell = tellerFor(simulation, chat);
	later(simulation, simulation.settings.statusDelaysMs.sent, () => {
		report(simulation, chat, message, 'failed', tell);
		tell.end();
	});
}

/** The contact looks at the chat: unread becomes zero and, in `opened` mode, read receipts leave. */
export function openChat(simulation: Simulation, chat: Chat): void {
	chat.unread = 0;
	simulation.events.emit({ type: 'opened', waId: chat.contact.waId, phoneNumberId: chat.number.phoneNumberId });
	if (chat.number.linked) return simulation.whatsAppWeb?.open(chat);
	if (simulation.settings.reads !== 'opened') return;
	for (let i = chat.messages.length - 1; i >= 0; i--) {
		const message = chat.messages[i]!;
		if (message.from !== 'business') continue;
		if (message.statuses.read) break;
		if (message.statuses.delivered) readLater(simulation, chat, message);
	}
}

function readLater(
	simulation: Simulation,
	chat: Chat,
	message: ChatMessage,
	tell: Teller = tellerFor(simulation, chat),
): void {
	if (!chat.contact.readReceipts) return;
	later(simulation, simulation.settings.statusDelaysMs.read, () => {
		if (!message.statuses.read) report(simulation, chat, message, 'read', tell);
		tell.end();
	});
}

/** How the statuses of one message travel: each at once, or all at the end in reverse. */
interface Teller {
	tell(change: Change): void;
	end(): void;
}

function tellerFor(simulation: Simulation, chat: Chat): Teller {
	const key = `s:${chat.number.phoneNumberId}:${chat.contact.waId}`;
	const push = (change: Change) => {
		for (let copy = 0; copy <= simulation.faults.webhooks.extraStatuses; copy++) {
			simulation.webhooks.send(chat.number, key, change);
		}
	};
	if (!simulation.faults.webhooks.reverseStatuses) return { tell: push, end: () => undefined };
	const waiting: Change[] = [];
	return { tell: (change) => void waiting.unshift(change), end: () => waiting.splice(0).forEach(push) };
}

function report(simulation: Simulation, chat: Chat, message: ChatMessage, status: StatusName, { tell }: Teller): void {
	const at = simulation.clock.now();
	message.statuses[status] = at;
	const { waId } = chat.contact;
	const { phoneNumberId } = chat.number;
	if (simulation.events.watched) {
		simulation.events.emit({ type: 'status', waId, phoneNumberId, id: message.id, status, at, error: message.error });
	}
	if (simulation.faults.webhooks.dropStatuses.includes(status)) return;
	simulation.metrics.statuses++;
	tell(statusChange(chat.number, chat.contact, message, status, at));
}
