/**
 * When must a number stop starting conversations for a while (X-08, D-12)? When too many of its last starts were rejected, at
 * once when the provider says that people block and report it, and when the account's quality drops. Pure.
 */
import type { AccountEvent, Instant } from '../../model';
import type { StartsState } from './starts-state';

/** Of the last starts so many are remembered, and so many rejected ones are too many. */
const WATCHED = 20;
const TOO_MANY = 6;

/** The number itself is under suspicion. */
const SPAM = '131048';

/** A linked device may answer but not start conversations: each further try makes it worse. */
const RESTRICTED = '463';
const RESTRICTED_MS = 24 * 3_600_000;

/** People or the provider did not want it. Faults of the message, the template or the account say nothing of the number. */
const REJECTED: ReadonlySet<string> = new Set([
	...[SPAM, '131026', '131049', '131050', '130472', 'failed'],
	...[RESTRICTED, '403', 'notOnWhatsApp'],
]);

/** How a start ended: the provider's error code, or null when it was accepted. */
export function noteEnd(state: StartsState, code: string | null): StartsState {
	if (code === null) return { ...state, recent: (state.recent + 'o').slice(-WATCHED) };
	if (!REJECTED.has(code)) return state;
	return { ...state, recent: (state.recent + 'x').slice(-WATCHED) };
}

/** A start that was accepted, and noted so, came back as failed later. */
export function noteLateFailure(state: StartsState, code: string): StartsState {
	if (!REJECTED.has(code)) return state;
	const accepted = state.recent.lastIndexOf('o');
	const rest = accepted < 0 ? state.recent : state.recent.slice(0, accepted) + state.recent.slice(accepted + 1);
	return { ...state, recent: (rest + 'x').slice(-WATCHED) };
}

/** Why the number must brake after such an end; null = it may go on. */
export function reasonToBrake(state: StartsState, code: string | null): string | null {
	if (code === SPAM) return 'a Meta limitou o número por bloqueios e denúncias.';
	if (code === RESTRICTED) return 'o WhatsApp não deixa este número iniciar conversas (463).';
	const rejected = [...state.recent].filter((end) => end === 'x').length;
	if (code === null || !REJECTED.has(code) || rejected < TOO_MANY) return null;
	return `${rejected} dos últimos ${state.recent.length} inícios foram rejeitados.`;
}

/** Until when the provider itself is known to hold such a number back; null = nothing is known. */
export function knownRest(code: string | null, now: Instant): Instant | null {
	return code === RESTRICTED ? now + RESTRICTED_MS : null;
}

/** Starts rest until then. What was counted so far is forgotten: afterwards the number is judged anew. */
export function brake(state: StartsState, until: Instant, reason: string): StartsState {
	return { ...state, recent: '', brake: { until: Math.max(until, state.brake?.until ?? 0), reason } };
}

/** The state once the brake's time is over; the same object while it holds or when there is none. */
export function releaseBrake(state: StartsState, now: Instant): StartsState {
	return state.brake && now >= state.brake.until ? { ...state, brake: null, recent: '' } : state;
}

export interface AccountWarning {
	reason: string;
	/** Until when the provider itself restricts; null = not said. */
	until: Instant | null;
}

const LONGEST_RESTRICTION_MS = 31 * 24 * 3_600_000;
const SERIOUS = /RESTRICT|VIOLATION|DISABLED|BANNED|LOCKED/;

/** Whether news of the account say that its quality dropped or that it is restricted; null for all other news. */
export function accountWarning({ field, raw }: AccountEvent, now: Instant): AccountWarning | null {
	const value = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
	const event = typeof value.event === 'string' ? value.event.toUpperCase() : '';
	if (field === 'phone_number_quality_update' && (event === 'DOWNGRADE' || event === 'FLAGGED')) {
		return { reason: 'a Meta avisou que a qualidade do número caiu.', until: null };
	}
	if (field === 'account_update' && SERIOUS.test(event) && !isReinstated(value.ban_info)) {
		return { reason: 'a Meta restringiu a conta.', until: endOfRestriction(value.restriction_info, now) };
	}
	return null;
}

function isReinstated(info: unknown): boolean {
	return /REINSTATE/i.test(String((info as { waba_ban_state?: unknown } | null | undefined)?.waba_ban_state ?? ''));
}

/** The latest end, in Unix seconds as Meta writes it; nonsense is ignored. */
function endOfRestriction(info: unknown, now: Instant): Instant | null {
	const ends = (Array.isArray(info) ? info : []).flatMap((one: unknown) => {
		const seconds = Number((one as { expiration?: unknown } | null)?.expiration);
		const until = seconds * 1_000;
		return Number.isFinite(until) && until > now && until - now < LONGEST_RESTRICTION_MS ? [until] : [];
	});
	return ends.length > 0 ? Math.max(...ends) : null;
}
