/** What is known of a message at the moment it may leave, and what the rules may say about it. Values only. */
import type { Instant, MessageKind, OutboundContent, OutsideWindow } from '../../model';
import type { TemplateCategory, TemplateContent } from '../../model-template';
import type { ContactHours } from '../contact-hours';
import type { Standing } from './receivable-open';

export interface SendingFacts {
	kind: MessageKind;
	origin: string;
	/** What it is for: welcome, menu, transfer… */
	purpose: string | null;
	content: OutboundContent;
	/** What to do when free text may not be written any more. */
	outsideWindow: OutsideWindow;
	/** When it was put into the outbox; of a reminder: when it was planned. */
	askedAt: Instant;
	validUntil: Instant | null;
	/** The hours it keeps to; null = any hour. */
	contactHours: ContactHours | null;
	/** Of a reminder: the receivables among those it names that are not open; null = none, or it is no reminder. */
	reminder: readonly Standing[] | null;
	/** Hours a channel allows free-form messages after the contact wrote; null = no limit. */
	serviceWindowHours: number | null;
	/** Our window closes so much earlier than the provider's. */
	windowMarginMs: number;
	/** Last time the contact wrote on this channel; null = never. */
	lastInboundAt: Instant | null;
	conversation: { state: string; botPausedUntil: Instant | null } | null;
	consent: { optedOutAt: Instant | null; marketingOutAt: Instant | null } | null;
	/** Whether the channel knows templates; elsewhere their text is sent. */
	channelHasTemplates: boolean;
	/** The provider's templates that this message may use, by `templateKey`; absent = not known here. */
	templates: ReadonlyMap<string, KnownTemplate>;
	/** The last start to this contact on this channel, of another message that left; null = none. */
	lastStartAt: Instant | null;
	/** When Meta last did not deliver marketing to the contact because they got too much of it; null = not lately. */
	marketingLimitedAt: Instant | null;
	/** The number starts campaigns only with who has written to it. */
	answerFirst: boolean;
	/** 0 = no cooldown. */
	cooldownMs: number;
	/** It has been counted as a start already, in an attempt of which nobody knows the end. */
	hasPlace: boolean;
}

export interface KnownTemplate {
	status: string;
	/** As the provider sees it today: it may have been changed since the message was written. */
	category: TemplateCategory;
}

export const templateKey = ({ name, language }: Pick<TemplateContent, 'name' | 'language'>): string =>
	`${name} ${language}`;

/**
 * What one rule says; null = it does not object.
 *   refuse       never: it is over
 *   postpone     not before `until`
 *   hold         not before the contact writes again
 *   sendInstead  this template in its place; the rules are asked again about it
 */
export type Objection =
	| { type: 'refuse'; code: string; text: string }
	| { type: 'postpone'; until: Instant; code: string; text: string }
	| { type: 'hold'; code: string; text: string }
	| { type: 'sendInstead'; content: TemplateContent; hint: string };

export type Rule = (facts: SendingFacts, now: Instant) => Objection | null;

const DAY_MS = 24 * 3_600_000;

/** Whether it starts a conversation: the contact has not written on this number for a day (C-11, D-12). */
export function isStart({ lastInboundAt }: Pick<SendingFacts, 'lastInboundAt'>, now: Instant): boolean {
	return lastInboundAt === null || now - lastInboundAt >= DAY_MS;
}

export function refuse(code: string, text: string): Objection {
	return { type: 'refuse', code, text };
}
