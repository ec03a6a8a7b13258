import type { Instant, OutboundContent, OutsideWindow, SendResult } from '../model';
import { HELD, usedTemplate } from './rules/service-window';

/** What becomes of an outbox row after one attempt. */
export interface Verdict {
	status: 'sent' | 'refused' | 'queued' | 'unknown' | 'held';
	/** For `queued`: not before this instant. */
	notBefore: Instant;
	errorCode: string | null;
	explanation: string | null;
	providerMessageId: string | null;
	/** The whole channel should rest until then (throughput limit, broken credential). */
	restChannelUntil: Instant | null;
	/** What the channel did differently from what was asked. */
	hint: string | null;
	/** Under which names the provider knows whom it was sent to. */
	recipient: { waId: string | null; bsuid: string | null } | null;
}

/** After so many tries a message is over. */
export const MAX_ATTEMPTS = 8;
const DAY_MS = 24 * 3_600_000;
const FIX_PAUSE_MS = 60_000;
// The others of the number would fail the same way: no need to try them all.
const CONNECT_REST_MS = 500;
const CONNECT_PAUSES_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];

// Something to mend that concerns this message alone: its recipient, its template, a number under suspicion. Everything else
// to mend (token, permission, payment, registration, a proxy in the way) holds up every message of the number.
const OWN_FAULT: ReadonlySet<string> = new Set(['131030', '131048', '132001', '132015', '133016']);

const SENT: Verdict = {
	status: 'sent',
	notBefore: 0,
	errorCode: null,
	explanation: null,
	providerMessageId: null,
	restChannelUntil: null,
	hint: null,
	recipient: null,
};

/**
 * Reads one attempt's result. A refusal that may pass is tried again with growing gaps; no answer at all is `unknown` and waits
 * for proof (D4). A configuration problem keeps the message, and the channel rests until somebody mends it.
 */
export function judgeOutcome(result: SendResult, attempts: number, createdAt: Instant, now: Instant): Verdict {
	const base = SENT;
	const tooOld = now - createdAt > DAY_MS;
	switch (result.type) {
		case 'sent':
			return {
				...base,
				providerMessageId: result.providerMessageId,
				hint: result.hint ?? null,
				recipient: { waId: result.waId, bsuid: result.bsuid },
			};
		case 'unknown':
			return { ...base, status: 'unknown', explanation: `Sem confirmação: ${result.reason}` };
		case 'notSent': {
			const explanation = `O WhatsApp não pôde ser alcançado: ${result.reason}`;
			if (tooOld) return { ...base, status: 'refused', errorCode: 'unreachable', explanation };
			const pause = CONNECT_PAUSES_MS[Math.min(attempts - 1, CONNECT_PAUSES_MS.length - 1)]!;
			return {
				...base,
				status: 'queued',
				notBefore: now + pause,
				errorCode: 'unreachable',
				explanation,
				restChannelUntil: now + CONNECT_REST_MS,
			};
		}
		case 'refused': {
			const errorCode = String(result.error.code);
			const refused: Verdict = { ...base, status: 'refused', errorCode, explanation: result.explanation };
			if (result.retry.kind === 'never' || tooOld) return refused;
			if (result.retry.kind === 'fix') {
				// A message of its own to mend is over; a number that cannot send keeps its messages until somebody mended it.
				if (OWN_FAULT.has(errorCode)) return refused;
				return { ...refused, status: 'queued', notBefore: now + FIX_PAUSE_MS, restChannelUntil: now + FIX_PAUSE_MS };
			}
			if (attempts >= MAX_ATTEMPTS) return refused;
			const pause = result.retry.minMs;
			return {
				...refused,
				status: 'queued',
				notBefore: now + pause,
				restChannelUntil: result.retry.scope === 'channel' ? now + result.retry.minMs : null,
			};
		}
	}
}

/** The provider says that the service window has closed (131047). */
export const WINDOW_CLOSED = '131047';

/**
 * In rare cases the provider closes the window before we do (D-19). Then the message's own plan counts, as it would have if we
 * had known: a template takes its place at once, or it is kept until the contact writes. Null = the verdict stands.
 */
export function followPlan(
	verdict: Verdict,
	plan: OutsideWindow,
	sent: OutboundContent,
	now: Instant,
): { verdict: Verdict; replacement: Extract<OutsideWindow, { type: 'template' }>['content'] | null } | null {
	if (verdict.status !== 'refused' || verdict.errorCode !== WINDOW_CLOSED || sent.type === 'template') return null;
	if (plan.type === 'hold') {
		return { verdict: { ...verdict, status: 'held', errorCode: HELD.code, explanation: HELD.text }, replacement: null };
	}
	if (plan.type === 'template') {
		const hint = usedTemplate(plan.content.name);
		return { verdict: { ...verdict, status: 'queued', notBefore: now, hint }, replacement: plan.content };
	}
	return null;
}
