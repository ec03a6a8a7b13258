import type { BusinessNumber } from '../model';
import type { Simulation } from '../simulation';
import type { Problem } from './errors';

/** Is this number writing too fast? Both limits are off until a rehearsal switches them on (cloud-api.md §5). */
export function checkLimits(simulation: Simulation, number: BusinessNumber, recipient: string): Problem | null {
	return checkThroughput(simulation, number) ?? checkPair(simulation, number, recipient);
}

/** Counts what passes through a number in the current second, both ways. */
export function countThroughput(simulation: Simulation, number: BusinessNumber): number {
	const second = Math.floor(simulation.clock.now() / 1000);
	const bucket = simulation.limits.perSecond.get(number.phoneNumberId);
	if (bucket?.second === second) return ++bucket.count;
	simulation.limits.perSecond.set(number.phoneNumberId, { second, count: 1 });
	return 1;
}

function checkThroughput(simulation: Simulation, number: BusinessNumber): Problem | null {
	const { enabled, perSecond } = simulation.settings.throughput;
	if (!enabled || countThroughput(simulation, number) <= perSecond) return null;
	return { code: 130429, details: `Message failed to send because the number is limited to ${perSecond} per second.` };
}

// One message per 6 s; a burst is a loan on the future: the pair is free again once the debt is back under it.
function checkPair(simulation: Simulation, number: BusinessNumber, recipient: string): Problem | null {
	const { enabled, burst, everyMs } = simulation.settings.pairLimit;
	if (!enabled) return null;
	const key = `${number.phoneNumberId}:${recipient}`;
	const now = simulation.clock.now();
	const paidUntil = Math.max(simulation.limits.pair.get(key) ?? 0, now) + everyMs;
	if (paidUntil - now > burst * everyMs) {
		return { code: 131056, details: 'Too many messages sent from this phone number to the same phone number.' };
	}
	simulation.limits.pair.set(key, paidUntil);
	return null;
}
