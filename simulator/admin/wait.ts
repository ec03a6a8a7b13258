import type { Simulation } from '../simulation';
import type { ChatMessage } from '../model';
import type { Chat } from '../world';

/** Waiting for something to happen, so that tests need no sleeps: answers as soon as it did, or at the deadline. */
export interface MessageFilter {
	/** Only messages with a higher seq. */
	after: number;
	from: ChatMessage['from'] | null;
	count: number;
	waitMs: number;
}

export async function waitForMessages(chat: Chat, filter: MessageFilter): Promise<ChatMessage[]> {
	const deadline = performance.now() + filter.waitMs;
	for (;;) {
		const found = messagesAfter(chat, filter);
		const left = deadline - performance.now();
		if (found.length >= filter.count || left <= 0) return found;
		await wakeUp(chat, left);
	}
}

/** True once no status is planned and no webhook waits, is under way or is going to be retried. */
export async function waitForIdleWebhooks(simulation: Simulation, waitMs: number): Promise<boolean> {
	const deadline = performance.now() + waitMs;
	for (;;) {
		const { waiting, inFlight, retrying } = simulation.webhooks.state();
		if (waiting + inFlight + retrying + simulation.planned.size === 0) return true;
		if (performance.now() >= deadline) return false;
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

function messagesAfter(chat: Chat, { after, from }: MessageFilter): ChatMessage[] {
	const oldest = chat.messages[0]?.seq ?? 1;
	const later = chat.messages.slice(Math.max(0, after + 1 - oldest));
	return from ? later.filter((message) => message.from === from) : later;
}

function wakeUp(chat: Chat, ms: number): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, ms).unref();
		chat.waiters.push(() => {
			clearTimeout(timer);
			resolve();
		});
	});
}
