import type { Loose } from '../model';
import type { Chat } from '../world';

/** Which number stands before an option of the newest numbered menu? "*2* - Financeiro", "2. Financeiro", "2) …" */
const LINE = /^\s*\*?(\d{1,3})\*?\s*(?:[-–—.):]|️?⃣)\s*(.+?)\s*$/u;
const LOOK_BACK = 50;

/** The number to type for an option, by its number or its words; null when no menu offers it. */
export function chosenNumber(chat: Chat, option: string): string | null {
	for (const message of chat.messages.slice(-LOOK_BACK).reverse()) {
		if (message.from !== 'business') continue;
		const body = String((message.content as Loose).body ?? (message.content as Loose).caption ?? '');
		for (const line of body.split('\n')) {
			const [, number, title] = LINE.exec(line) ?? [];
			if (number && (number === option || plain(title!) === plain(option))) return number;
		}
	}
	return null;
}

function plain(text: string): string {
	return text.replace(/[*_~]/g, '').trim().toLowerCase();
}
