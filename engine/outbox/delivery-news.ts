/** What does a delivery report change about a message? Pure. */
import type { DeliveryStatus, Instant, StatusEvent } from '../model';
import type { UsageMark } from '../usage/add-usage';

/** What is known of a message when reports about it arrive. */
export interface Known {
	status: string;
	delivery: string | null;
	provider_message_id: string | null;
	attempts: number;
}

const RANK: Record<DeliveryStatus, number> = { sent: 1, failed: 2, delivered: 3, read: 4, played: 5 };

const rankOf = (delivery: string | null): number => (delivery === null ? 0 : (RANK[delivery as DeliveryStatus] ?? 0));

/** Whether news may replace what is known: never backwards; `failed` only before delivery (D-32). */
export function isNews(known: string | null, next: DeliveryStatus): boolean {
	return RANK[next] > rankOf(known);
}

/** Delivered, read or played: prices count from here. */
export function isDelivered(delivery: string | null): boolean {
	return rankOf(delivery) >= RANK.delivered;
}

export function isSettled(status: string): boolean {
	return status === 'sent' || status === 'refused';
}

/**
 * Whether a report tells of another attempt than the one that counts: a message that failed and waits for its next attempt
 * keeps the id of the failed one, and one that was accepted since does not fail because an earlier attempt did.
 * What was delivered was delivered, by whichever attempt.
 */
export function isOfPastAttempt(known: Known, event: StatusEvent): boolean {
	if (isDelivered(event.status) || known.provider_message_id === null) return false;
	const same = known.provider_message_id === event.providerMessageId;
	return isSettled(known.status) ? !same : same;
}

/**
 * Whether no other attempt can be under way: only then a late failure may put the message back in the line.
 * A report may come before the answer to its own send: of two attempts it is the second's when the first's id is known.
 */
export function isSurelyLastAttempt(known: Known, event: Pick<StatusEvent, 'providerMessageId'>): boolean {
	const { status, attempts, provider_message_id: knownId } = known;
	if (status === 'sent') return knownId === event.providerMessageId;
	if (isSettled(status)) return false;
	return attempts === 1 || (attempts === 2 && knownId !== null && knownId !== event.providerMessageId);
}

/** How the counts change when a message goes from one state to another; what no longer holds is taken back. */
export function usageOfChange(
	before: Pick<Known, 'status' | 'delivery'>,
	after: Pick<Known, 'status' | 'delivery'>,
	message: { channelId: string; category: string | null; at: Instant },
): UsageMark[] {
	const { channelId, at, category } = message;
	const marks: UsageMark[] = [];
	const compare = (kind: UsageMark['kind'], holds: (state: typeof before) => boolean) => {
		const count = Number(holds(after)) - Number(holds(before));
		if (count !== 0) marks.push({ channelId, kind, at, count });
	};
	compare('sent', wasAccepted);
	if (category !== null) compare(`sent:template:${category}`, wasAccepted);
	compare('delivered', ({ delivery }) => isDelivered(delivery));
	compare('read', ({ delivery }) => rankOf(delivery) >= RANK.read);
	compare('failed', ({ delivery }) => delivery === 'failed');
	compare('refused', (state) => state.status === 'refused' && state.delivery === null);
	return marks;
}

/** The provider took it; only then it reports on it. */
function wasAccepted({ status, delivery }: Pick<Known, 'status' | 'delivery'>): boolean {
	return status === 'sent' || delivery !== null;
}
