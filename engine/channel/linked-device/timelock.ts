/**
 * Does WhatsApp let the number start conversations? A message that is turned down with 463 does not tell: it also comes to numbers
 * that nothing holds back, for want of a contact's token (Baileys issues 2688, 2698). So WhatsApp is asked.
 */
import type { Instant } from '../../model';
import type { Socket } from './baileys';

export type Timelock =
	/** Null: it did not say until when. */
	| { type: 'active'; endsAt: Instant | null }
	| { type: 'none' }
	/** It did not answer. */
	| { type: 'unclear'; reason: string };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Its clock and ours may differ. */
const MARGIN_MS = 2_000;

export async function askTimelock(
	socket: Pick<Socket, 'fetchAccountReachoutTimelock'>,
	withinMs: number,
): Promise<Timelock> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<Timelock>((resolve) => {
		const answer: Timelock = { type: 'unclear', reason: `sem resposta em ${withinMs / 1_000} s` };
		timer = setTimeout(() => resolve(answer), withinMs);
	});
	try {
		return await Promise.race([socket.fetchAccountReachoutTimelock().then(read, unclear), late]);
	} finally {
		clearTimeout(timer);
	}
}

/** How long until it is worth asking again; null when nothing is left to be asked. @param unsaidMs where WhatsApp said no end */
export function nextLookMs(lock: Timelock, now: Instant, unsaidMs: number = HOUR_MS): number | null {
	if (lock.type === 'none') return null;
	if (lock.type === 'unclear' || lock.endsAt === null || lock.endsAt <= now) return unsaidMs;
	// It may be lifted sooner than it said.
	return Math.min(lock.endsAt - now + MARGIN_MS, DAY_MS);
}

// ---------------------------------------------------------------- helpers

type Answer = Awaited<ReturnType<Socket['fetchAccountReachoutTimelock']>>;

function read({ isActive, timeEnforcementEnds }: Answer): Timelock {
	if (isActive !== true) return { type: 'none' };
	const endsAt = timeEnforcementEnds?.getTime() ?? NaN;
	return { type: 'active', endsAt: Number.isFinite(endsAt) ? endsAt : null };
}

function unclear(error: unknown): Timelock {
	const { message } = (error ?? {}) as { message?: unknown };
	return { type: 'unclear', reason: typeof message === 'string' ? message.slice(0, 120) : 'sem resposta' };
}
