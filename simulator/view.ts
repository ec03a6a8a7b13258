import { type Option, optionsOf } from './contact-side/tap';
import type { ChatMessage } from './model';
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

type Json = Record<string, any>;

function readableText(message: ChatMessage): string {
	const content = message.content as Json;
	// Inbound content is the whole webhook message, outbound content the object named like the type.
	const part: Json = (message.from === 'contact' ? content[message.type] : content) ?? {};
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
			return templateText(part);
		default:
			return String(part.caption ?? '');
	}
}

function templateText(template: Json): string {
	const components: Json[] = template.components ?? [];
	const values = components
		.filter((component) => String(component.type).toLowerCase() === 'body')
		.flatMap((component) => (component.parameters ?? []) as Json[])
		.map((parameter) => String(parameter.text ?? parameter.currency?.fallback_value ?? ''));
	return [String(template.name), ...values].join(' · ');
}
