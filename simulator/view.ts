import { type Option, optionsOf } from './contact-side/tap';
import type { ChatMessage, Loose } from './model';
import type { Simulation } from './simulation';
import type { Chat } from './world';

/** How does a message look to a person? The stored message plus its readable text and what can be tapped. */
export interface MessageView extends ChatMessage {
	text: string;
	options: Option[];
}

export function viewOf(message: ChatMessage): MessageView {
	return {
		...message,
		text: readableText(message),
		options: message.from === 'business' ? optionsOf(message) : [],
	};
}

/** Tells open pages about a new message. */
export function announce(simulation: Simulation, chat: Chat, message: ChatMessage): void {
	if (!simulation.events.watched) return;
	simulation.events.emit({
		type: 'message',
		waId: chat.contact.waId,
		phoneNumberId: chat.number.phoneNumberId,
		message: viewOf(message),
		unread: chat.unread,
	});
}

function readableText(message: ChatMessage): string {
	const content = message.content as Loose;
	// Inbound content is the whole webhook message, outbound content the object named like the type.
	const part: Loose = (message.from === 'contact' ? content[message.type] : content) ?? {};
	switch (message.type) {
		case 'text':
			return String(part.body ?? '');
		case 'interactive':
			return String(part.button_reply?.title ?? part.list_reply?.title ?? part.body?.text ?? '');
		case 'button':
			return String(part.text ?? '');
		case 'reaction':
			return String(part.emoji ?? '');
		case 'template':
			return message.template?.body ?? String(part.name ?? '');
		default:
			return String(part.caption ?? '');
	}
}
