/** What does a judged message become: on its way, over, or resting? Pure but for the places it takes among the starts. */
import type { Instant, OutboundContent } from '../model';
import type { TimelineLine } from '../timeline/timeline';
import type { Candidate } from './candidates';
import { inDoubt } from './in-doubt';
import type { Judgement } from './rules/judge';
import type { Admission } from './rules/starts-budget';
import type { Settled } from './settlements';
import { WAITS } from './unfinished';

export interface Judged {
	row: Candidate;
	judgement: Judgement;
}

export type Decision = Sending | Resting;

export interface Sending {
	type: 'send';
	row: Candidate;
	content: OutboundContent;
	/** Whether `content` takes the place of what was asked. */
	isReplaced: boolean;
	hint: string | null;
	startedAt: Instant | null;
}

export interface Resting {
	type: 'rest';
	row: Candidate;
	status: 'refused' | 'held' | 'queued';
	waits: number;
	notBefore: Instant;
	code: string;
	text: string;
}

/**
 * @param admit takes one place among the channel's starts, if there is one
 * @returns null when it stays as it is: it waited for a start before and still does
 */
export function decide({ row, judgement }: Judged, admit: () => Admission, now: Instant): Decision | null {
	switch (judgement.type) {
		case 'refuse':
			return rest(row, 'refused', WAITS.forNothing, row.not_before, judgement);
		case 'hold':
			return rest(row, 'held', WAITS.forStart, 0, judgement);
		case 'postpone':
			return rest(row, 'queued', WAITS.forTime, judgement.until, judgement);
		case 'send': {
			const { content, hint, needsPlace } = judgement;
			const admission = needsPlace ? admit() : null;
			if (admission?.type === 'postpone') {
				return row.waits === WAITS.forStart ? null : rest(row, 'queued', WAITS.forStart, admission.until, admission);
			}
			const startedAt = admission ? now : row.started_at === null ? null : Number(row.started_at);
			return { type: 'send', row, content, isReplaced: hint !== null, hint: hint ?? row.hint, startedAt };
		}
	}
}

function rest(
	row: Candidate,
	status: Resting['status'],
	waits: number,
	notBefore: Instant,
	{ code, text }: { code: string; text: string },
): Resting {
	const reason = status === 'refused' && row.unconfirmed === 1 ? inDoubt(text) : text;
	return { type: 'rest', row, status, waits, notBefore: Number(notBefore), code, text: reason };
}

/** What a sender that waits is told. */
export function settledOf({ row, status, notBefore, code, text }: Resting, now: Instant): Settled {
	return {
		id: row.id,
		status: status === 'queued' ? 'postponed' : status,
		providerMessageId: null,
		errorCode: code,
		explanation: text,
		hint: row.hint,
		notBefore: status === 'queued' ? notBefore : null,
		finishedAt: status === 'refused' ? now : null,
	};
}

const EVENTS = { refused: 'messageRefused', held: 'messageHeld', queued: 'messagePostponed' };

/** Told once per message and reason, however often it is looked at. */
export function lineOfRest({ row, status, notBefore, code, text }: Resting, now: Instant): TimelineLine {
	return {
		...placeOf(row),
		event: EVENTS[status],
		at: now,
		text,
		data: { messageId: row.id, code, attempt: row.attempts, ...(status === 'queued' ? { until: notBefore } : {}) },
		key: status === 'refused' ? `refused|${row.id}|${row.attempts}` : `${status}|${row.id}|${code}`,
	};
}

/** Only what is not as it was asked is told. */
export function lineOfSending({ row, isReplaced, content, hint }: Sending, now: Instant): TimelineLine | null {
	if (!isReplaced) return null;
	const template = content.type === 'template' ? content.name : null;
	return {
		...placeOf(row),
		event: 'templateUsed',
		at: now,
		text: hint!,
		data: { messageId: row.id, template },
		key: `templateUsed|${row.id}`,
	};
}

function placeOf({ channel_id, contact_id, conversation_id }: Candidate) {
	return { channelId: channel_id, contactId: contact_id, conversationId: conversation_id };
}
