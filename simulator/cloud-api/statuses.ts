import type { StatusName } from '../model';
import { later, type Simulation } from '../simulation';
import { statusChange } from '../webhooks/payloads';
import type { Chat } from '../world';
import type { ChatMessage } from '../model';
import { statusError } from './errors';

/** What becomes of an accepted message? sent → delivered → read, or failed; each told by a signed webhook. */
export function planStatuses(simulation: Simulation, chat: Chat, message: ChatMessage): void {
	const delays = simulation.settings.statusDelaysMs;
	later(simulation, delays.sent, () => {
		report(simulation, chat, message, 'sent');
		// Only `sent` follows a reaction (cloud-api.md §1).
		if (message.type === 'reaction') return;
		later(simulation, delays.delivered, () => {
			report(simulation, chat, message, 'delivered');
			// A contact who looks at the chat reads as it arrives.
			const seen =
				simulation.settings.reads === 'auto' || (simulation.settings.reads === 'opened' && chat.unread === 0);
			if (seen) readLater(simulation, chat, message);
		});
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
	later(simulation, simulation.settings.statusDelaysMs.sent, () => report(simulation, chat, message, 'failed'));
}

/** The contact looks at the chat: unread becomes zero and, in `opened` mode, read receipts leave. */
export function openChat(simulation: Simulation, chat: Chat): void {
	chat.unread = 0;
	simulation.events.emit({ type: 'opened', waId: chat.contact.waId, phoneNumberId: chat.number.phoneNumberId });
	if (simulation.settings.reads !== 'opened') return;
	for (let i = chat.messages.length - 1; i >= 0; i--) {
		const message = chat.messages[i]!;
		if (message.from !== 'business') continue;
		if (message.statuses.read) break;
		if (message.statuses.delivered) readLater(simulation, chat, message);
	}
}

function readLater(simulation: Simulation, chat: Chat, message: ChatMessage): void {
	if (!chat.contact.readReceipts) return;
	later(simulation, simulation.settings.statusDelaysMs.read, () => {
		if (!message.statuses.read) report(simulation, chat, message, 'read');
	});
}

function report(simulation: Simulation, chat: Chat, message: ChatMessage, status: StatusName): void {
	const at = simulation.clock.now();
	message.statuses[status] = at;
	const { waId } = chat.contact;
	const { phoneNumberId } = chat.number;
	if (simulation.events.watched) {
		simulation.events.emit({ type: 'status', waId, phoneNumberId, id: message.id, status, at, error: message.error });
	}
	if (simulation.faults.webhooks.dropStatuses.includes(status)) return;
	simulation.metrics.statuses++;
	const change = statusChange(chat.number, chat.contact, message, status, at);
	simulation.webhooks.send(chat.number, `s:${phoneNumberId}:${waId}`, change);
}
