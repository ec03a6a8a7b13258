/**
 * May this message leave now? Judged at the moment of sending, never earlier (D4, D-07, D-19): a human may have taken over, the
 * window may have closed, the contact may have said no while it waited. Pure. How many starts the number may still make is
 * asked afterwards, because that counts (starts-budget.ts).
 */
import type { Instant, OutboundContent } from '../../model';
import { answerFirst } from './answer-first';
import { contactHours } from './contact-hours';
import { isStart, type Objection, type Rule, type SendingFacts } from './facts';
import { humanAttending } from './human-attending';
import { marketingLimit } from './marketing-limit';
import { optedOut } from './opted-out';
import { receivableOpen } from './receivable-open';
import { replyPause } from './reply-pause';
import { serviceWindow } from './service-window';
import { startCooldown } from './start-cooldown';
import { templateApproved } from './template-approved';
import { validity } from './validity';

/** In the order they are asked; the first objection counts. */
const RULES: readonly Rule[] = [
	validity,
	humanAttending,
	optedOut,
	answerFirst,
	receivableOpen,
	replyPause,
	contactHours,
	serviceWindow,
	templateApproved,
	marketingLimit,
	startCooldown,
];

export type Judgement =
	| {
			type: 'send';
			content: OutboundContent;
			/** What is done differently from what was asked. */
			hint: string | null;
			/** It starts a conversation and has no place among the starts yet. */
			needsPlace: boolean;
	  }
	| Exclude<Objection, { type: 'sendInstead' }>;

export function judge(facts: SendingFacts, now: Instant): Judgement {
	return judgeContent(facts, null, now);
}

function judgeContent(facts: SendingFacts, hint: string | null, now: Instant): Judgement {
	for (const rule of RULES) {
		const objection = rule(facts, now);
		if (objection === null) continue;
		// A template passes the window, so this ends.
		if (objection.type === 'sendInstead') {
			return judgeContent({ ...facts, content: objection.content }, objection.hint, now);
		}
		return objection;
	}
	return { type: 'send', content: facts.content, hint, needsPlace: !facts.hasPlace && isStart(facts, now) };
}
