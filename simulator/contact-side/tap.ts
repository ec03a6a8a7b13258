import type { ChatMessage, Loose } from '../model';
import type { Chat } from '../world';

/** Which reply does a tap produce? The newest message that offers the option, or the one named. */
export interface Option {
	id: string;
	title: string;
	description?: string;
	kind: 'button' | 'row' | 'templateReply';
}

/** How far back a person scrolls to find a menu. */
const LOOK_BACK = 200;

export function tapped(chat: Chat, wanted: string, messageId?: string): { message: Loose; contextId: string } | null {
	for (let i = chat.messages.length - 1; i >= Math.max(0, chat.messages.length - LOOK_BACK); i--) {
		const message = chat.messages[i]!;
		if (message.from !== 'business' || (messageId !== undefined && message.id !== messageId)) continue;
		const options = optionsOf(message);
		const option =
			options.find((candidate) => candidate.id === wanted) ?? options.find((candidate) => candidate.title === wanted);
		if (option) return { message: replyFor(option), contextId: message.id };
	}
	return null;
}

/** What can be tapped on a message, in the order it is shown. Links are not taps: they send no webhook. */
export function optionsOf(message: Pick<ChatMessage, 'type' | 'content' | 'template'>): Option[] {
	const content = message.content as Loose;
	if (message.type === 'template') {
		return (message.template?.buttons ?? []).flatMap((button) =>
			button.type === 'quickReply' ? [{ id: button.payload, title: button.text, kind: 'templateReply' as const }] : [],
		);
	}
	if (message.type !== 'interactive') return [];
	if (content.type === 'button') {
		return content.action.buttons.map((button: Loose) => ({ ...button.reply, kind: 'button' }));
	}
	if (content.type === 'list') {
		return content.action.sections.flatMap((section: Loose) =>
			section.rows.map((row: Loose) => ({ ...row, kind: 'row' })),
		);
	}
	return [];
}

function replyFor({ id, title, description, kind }: Option): Loose {
	if (kind === 'templateReply') return { type: 'button', button: { payload: id, text: title } };
	if (kind === 'button') {
		return { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id, title } } };
	}
	const row = { id, title, ...(description ? { description } : {}) };
	return { type: 'interactive', interactive: { type: 'list_reply', list_reply: row } };
}
