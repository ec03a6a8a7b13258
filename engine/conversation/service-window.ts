import type { Turn } from './turn';

/** May free text still be written to this contact? The bot asks before it speaks on its own; the outbox judges again. */

const DEFAULT_HOURS = 24;
/** The provider's clock may close the window a little earlier than ours. */
const MARGIN_MS = 60_000;

/** The window of a channel by its kind, which is the first part of its id; null: no limit. */
export function serviceWindowHours(channelId: string): number | null {
	return channelId.startsWith('cloudApi:') ? DEFAULT_HOURS : null;
}

export function isWindowOpen({ context, conversation }: Turn): boolean {
	const hours = context.serviceWindowHours === undefined ? DEFAULT_HOURS : context.serviceWindowHours;
	if (hours === null) return true;
	const { lastInboundAt } = conversation;
	return lastInboundAt !== null && context.now < lastInboundAt + hours * 3_600_000 - MARGIN_MS;
}
