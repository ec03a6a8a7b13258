import type { InboundEvent } from '../model';

/**
 * The identity of an event at its provider: the same event stored twice has the same claim (D-02).
 * The address is not part of it: one message can arrive under a phone and under an id (D-36).
 * Statuses carry their value, so a message never hides its own statuses (D-03).
 */
export function claimOf(channelId: string, event: InboundEvent): string {
	switch (event.type) {
		case 'message':
			// Should it open after all, it is new.
			return `${channelId}|${event.unopened ? 'u' : 'm'}|${event.providerMessageId}`;
		case 'echo':
			return `${channelId}|m|${event.providerMessageId}`;
		case 'status':
			return `${channelId}|s|${event.providerMessageId}|${event.status}`;
		case 'identity':
			return `${channelId}|i|${event.providerMessageId}`;
		case 'account':
			return `${channelId}|a|${event.key}`;
	}
}
