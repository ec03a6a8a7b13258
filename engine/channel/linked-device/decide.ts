/** What does this process do about a session at this moment? Pure: every second, and whenever something happened. */
import type { Instant } from '../../model';
import { normalizePhone } from '../../phone';

export interface SessionFacts {
	/** A published trigger in this process uses it, or did a moment ago. */
	held: boolean;
	/** This process owns it. */
	mine: boolean;
	/** Nobody owns it. */
	free: boolean;
	wanted: boolean;
	/** Nothing of an earlier link is left to be cleared away. */
	atRest: boolean;
	/** Nothing is tried until somebody acts. */
	stopped: boolean;
	connection: 'none' | 'byQr' | 'byCode' | 'other';
	/** The pause after a failure is over. */
	due: boolean;
	/** Somebody would rather type a code than scan, and none is shown. */
	wantsCode: boolean;
}

/**
 *   none       all is as it should be
 *   take       own it
 *   connect    open a connection
 *   codeAnew   start linking over: a code to type needs a connection, and secrets, of its own
 *   askCode    ask for the code to type
 *   unlink     deactivate: end the link and forget it
 *   leave      end the connection, without unlinking, and let others own it
 */
export type Step = 'none' | 'take' | 'connect' | 'codeAnew' | 'askCode' | 'unlink' | 'leave';

export function decide(facts: SessionFacts): Step {
	const { held, mine, free, wanted, atRest, stopped, connection, due, wantsCode } = facts;
	const busy = mine || connection !== 'none';
	if (!held) return busy ? 'leave' : 'none';
	if (!mine) {
		if (connection !== 'none') return 'leave';
		return free && (wanted ? !stopped : !atRest) ? 'take' : 'none';
	}
	if (!wanted) return atRest && connection === 'none' ? 'leave' : 'unlink';
	if (stopped) return 'leave';
	if (wantsCode && connection === 'byQr') return 'codeAnew';
	if (wantsCode && connection === 'byCode') return 'askCode';
	return connection === 'none' && due ? 'connect' : 'none';
}

const DAY_MS = 24 * 3_600_000;
export const REMINDER_DAYS = 15;

/** Whether it is time to ask for a new link: every 15 days, counted from the link and from the last reminder (C-09). */
export function isReminderDue(linkedAt: Instant | null, remindedAt: Instant | null, now: Instant): boolean {
	if (linkedAt === null) return false;
	return now - Math.max(linkedAt, remindedAt ?? 0) >= REMINDER_DAYS * DAY_MS;
}

/** Whether two numbers are one line: Brazilian mobiles may come without their ninth digit (B-17, D-06). */
export function isSameNumber(digits: string, other: string): boolean {
	return canonical(digits) === canonical(other);
}

function canonical(digits: string): string {
	const phone = normalizePhone(digits, { source: 'waId' });
	return phone.ok ? phone.e164 : `+${digits.replace(/\D/g, '')}`;
}
