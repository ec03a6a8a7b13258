/**
 * What does a message that left the company's phone mean for the bot? Pure. A person who writes takes the conversation over
 * (D-07); one word gives it back; a reaction is no answer; and what the phone says by itself is no person (P-21).
 */
import type { InboundContent } from '../model';
import { fold } from '../text';

/** Typed in the chat on the company's phone; the customer sees it too. */
export const CALL_BACK = '#bot';

export type EchoMeaning = 'takeover' | 'callBack' | 'nothing';

export function meaningOf({ type, text }: Pick<InboundContent, 'type' | 'text'>): EchoMeaning {
	if (type === 'reaction' || type === 'system') return 'nothing';
	return type === 'text' && fold(text).replace(/\s/g, '') === CALL_BACK ? 'callBack' : 'takeover';
}

/** Nobody reads and answers within this time; a greeting or away message of the WhatsApp Business app does. */
export const QUICK_MS = 3_000;

/** The form in which two answers of a phone are the same; null for what is no text. */
export function sameWords({ type, text }: Pick<InboundContent, 'type' | 'text'>): string | null {
	return type === 'text' && text.trim() !== '' ? fold(text) : null;
}

/** How long it is remembered what the phone said so quickly: these apps greet a customer again after 14 days. */
export const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** What to do about it, once a day and number. */
export function autoReplyText(words: string): string {
	const quoted = words.length > 60 ? `${words.slice(0, 59).trimEnd()}…` : words;
	return `O celular da empresa respondeu sozinho a mais de um cliente ("${quoted}"). No WhatsApp Business, abra Ferramentas e desligue a mensagem de saudação e a mensagem de ausência: senão cada cliente recebe duas respostas. O bot não parou por isso.`;
}
