import type { Schedule } from '../business-hours/schedule';
import { NO_PHONE } from '../phone-missing';
import { contactHoursOf, DEFAULT_CONTACT_HOURS } from '../dunning/contact-hours';
import type { DunningPlan } from '../dunning/types';
import type { Instant, MessageKind, Origin, OutboundContent, OutsideWindow } from '../model';
import { REMINDER } from '../model-receivable';
import type { Topic } from '../model-topic';
import { checkContactHours } from '../outbox/contact-hours';
import { enqueue, type OutboxRequest } from '../outbox/enqueue';
import { claimSteps, keepClaims, topicsOfPlan } from '../receivable/claim-steps';
import { newId } from '../ids';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import { appendTimeline, type TimelineLine } from '../timeline/timeline';
import { fillQuickReplies, type QuickReplyUse } from './fill-quick-replies';
import { findSeats, type NoSeat, type Seat } from './seats';

/** Who a message goes to. */
export type Recipient =
	/** The contact of a trigger item: the reply goes to the address that wrote. */
	| { type: 'contact'; contactId: string; address: string; conversationId: string | null }
	| { type: 'phone'; phone: string; name?: string | null }
	| { type: 'conversation'; conversationId: string };

/** The sender already knows that this cannot go out: a result and a timeline line, like a missing phone. */
export interface Unsendable {
	type: 'unsendable';
	/** Stable camelCase. */
	code: string;
	/** Portuguese: what is wrong and what to do. */
	explanation: string;
}

export interface SendRequest {
	channelId: string;
	recipient: Recipient;
	content: OutboundContent | QuickReplyUse | Unsendable;
	origin: Extract<Origin, 'bot' | 'agent'>;
	/** What it is for, e.g. notice, away, answer. */
	purpose?: string;
	dedupeKey?: string;
	quotedProviderMessageId?: string;
	validUntil?: Instant;
	/** Scheduled: not sent before this instant. */
	notBefore?: Instant;
	/** Default reply. */
	kind?: MessageKind;
	/** A name for a group of messages, e.g. a campaign. */
	label?: string;
	/** Default fail. */
	outsideWindow?: OutsideWindow;
	/** What it is about: a ticket, a receivable. */
	topics?: readonly Topic[];
	/**
	 * It leaves within these hours only, judged when it leaves. `lawful`: the usual ones of the contact's state, by the area
	 * code of the phone.
	 */
	contactHours?: Schedule | 'lawful';
	/** A reminder of the payment ladder: its key, hours, validity and topics are the plan's, and each of its steps is told once. */
	dunning?: DunningPlan;
}

/** `refused` here means it was never enqueued: no usable phone, or nothing that can be sent. */
export type Accepted =
	| { type: 'enqueued'; id: string; isNew: boolean; contactId: string; conversationId: string | null }
	| { type: 'refused'; code: string; explanation: string; contactId: string | null; conversationId: string | null };

/**
 * Enqueues many messages in one transaction; what cannot go out (no usable phone, a quick reply without a value…) gets a
 * result and a timeline line, not an exception.
 */
export async function acceptSends(store: Store, requests: readonly SendRequest[], now: Instant): Promise<Accepted[]> {
	// When the answer to a commit is lost the transaction runs again: with a key of its own no message is enqueued twice.
	const keyed = requests.map((request) => {
		const planned = asPlanned(request);
		return { ...planned, key: planned.dedupeKey ?? newId('once', now) };
	});
	for (const { contactHours } of keyed) {
		if (contactHours !== undefined && contactHours !== 'lawful') checkContactHours(contactHours, now);
	}
	return store.transaction(async (tx) => {
		const lines: TimelineLine[] = [];
		const seats = await findSeats(tx, keyed, lines, now);
		const contents = await fillQuickReplies(tx, keyed, seats, now);
		const drafts: Draft[] = [];
		const refusals = new Map<number, Refusal>();
		keyed.forEach((request, i) => {
			const [seat, content] = [seats[i]!, contents[i]!];
			if (seat.type === 'noPhone') refusals.set(i, noPhone(request, seat));
			else if (content.type === 'unsendable') refusals.set(i, unsendable(content, seat));
			else drafts.push({ index: i, request, seat, content });
		});
		const skipped = await claimReminders(tx, store.dialect, drafts, lines, now);
		for (const [i, refusal] of skipped) refusals.set(i, refusal);
		const outgoing = drafts.filter(({ index }) => !skipped.has(index));
		const lawful = await lawfulHours(tx, outgoing);
		const enqueued = await enqueue(
			tx,
			outgoing.map((draft) => outboxRequest(draft, lawful)),
			now,
		);
		const places = new Map(outgoing.map((draft, at) => [draft.index, enqueued[at]!]));
		await keepClaims(
			tx,
			outgoing.flatMap(({ request: { dunning: plan }, seat: { contactId } }, at) => {
				const { id: outboxId, isNew } = enqueued[at]!;
				return plan && isNew ? [{ plan, contactId, outboxId }] : [];
			}),
			now,
		);
		for (const [i, refusal] of refusals) lines.push(refusalLine(keyed[i]!, refusal, now));
		await appendTimeline(tx, store.dialect, lines);
		return seats.map((seat, i): Accepted => {
			const refusal = refusals.get(i);
			if (refusal || seat.type === 'noPhone') return refusal!.accepted;
			const { id, isNew } = places.get(i)!;
			const { contactId, conversationId } = seat;
			return { type: 'enqueued', id, isNew: isNew || keyed[i]!.dedupeKey === undefined, contactId, conversationId };
		});
	});
}

type Keyed = SendRequest & { key: string };

/** A message that can be sent, as far as its own request goes. */
interface Draft {
	/** Among the requests. */
	index: number;
	request: Keyed;
	seat: Seat;
	content: OutboundContent;
}

/** A reminder is what its plan says, whatever else was set. */
function asPlanned(request: SendRequest): SendRequest {
	const { dunning: plan, content, validUntil, topics = [] } = request;
	if (!plan) return request;
	const isMarketing = content.type === 'template' && content.category === 'marketing';
	return {
		...request,
		kind: isMarketing ? 'campaign' : 'notification',
		purpose: REMINDER,
		dedupeKey: plan.dedupeKey,
		validUntil: Math.min(plan.validUntil, validUntil ?? Infinity),
		contactHours: plan.hours,
		topics: [...topics, ...topicsOfPlan(plan)],
	};
}

/** Takes the steps of the reminders among the drafts, which may get another key by it. By index: those that may not be told. */
async function claimReminders(
	tx: Tx,
	dialect: Store['dialect'],
	drafts: readonly Draft[],
	lines: TimelineLine[],
	now: Instant,
): Promise<Map<number, Refusal>> {
	const skipped = new Map<number, Refusal>();
	const reminders = drafts.flatMap((draft) => {
		const { dunning: plan } = draft.request;
		return plan ? [{ draft, plan, contactId: draft.seat.contactId }] : [];
	});
	const { claims, lines: news } = await claimSteps(tx, dialect, reminders, now);
	lines.push(...news);
	claims.forEach((claim, i) => {
		const { draft } = reminders[i]!;
		if (claim.type === 'refused') skipped.set(draft.index, skippedReminder(claim, draft.seat));
		else draft.request = { ...draft.request, key: claim.dedupeKey };
	});
	return skipped;
}

function outboxRequest(
	{ request, content, seat: { contactId, conversationId, address } }: Draft,
	lawful: ReadonlyMap<string, Schedule>,
): OutboxRequest {
	const { recipient: _, key, dedupeKey: __, dunning: ___, contactHours, ...rest } = request;
	const hours = contactHours === 'lawful' ? lawful.get(contactId) : contactHours;
	return { ...rest, content, contactId, conversationId, address, dedupeKey: key, contactHours: hours };
}

/** The hours of the state each contact's phone is from, for those who ask. */
async function lawfulHours(tx: Tx, drafts: readonly Draft[]): Promise<Map<string, Schedule>> {
	const asking = drafts.filter(({ request }) => request.contactHours === 'lawful');
	if (asking.length === 0) return new Map();
	const rows = await tx
		.selectFrom('contact')
		.select(['id', 'phone'])
		.where(oneOf(tx, 'id', [...new Set(asking.map(({ seat }) => seat.contactId))]))
		.execute();
	const phones = new Map(rows.map((row) => [row.id, row.phone]));
	return new Map(
		asking.map(({ seat: { contactId } }) => {
			const phone = phones.get(contactId) ?? null;
			return [contactId, contactHoursOf(DEFAULT_CONTACT_HOURS, { uf: null, phone })];
		}),
	);
}

interface Refusal {
	accepted: Extract<Accepted, { type: 'refused' }>;
	/** For the timeline. */
	text: string;
	data: Record<string, unknown>;
	/** Default messageRefused. */
	event?: string;
}

/** Nothing went wrong: it was told before, or is not to be told any more. */
function skippedReminder({ code, explanation }: { code: string; explanation: string }, seat: Seat): Refusal {
	const { contactId, conversationId } = seat;
	return {
		accepted: { type: 'refused', code, explanation, contactId, conversationId },
		text: explanation,
		data: { code },
		event: 'reminderSkipped',
	};
}

function noPhone({ recipient }: Keyed, { why }: NoSeat): Refusal {
	const known = recipient.type === 'contact' ? recipient : null;
	const explanation = why === '' ? NO_PHONE : `${NO_PHONE}: ${why}`;
	const [contactId, conversationId] = [known?.contactId ?? null, known?.conversationId ?? null];
	return {
		accepted: { type: 'refused', code: 'noPhone', explanation, contactId, conversationId },
		text: NO_PHONE,
		data: { code: 'noPhone', why },
	};
}

function unsendable({ code, explanation }: Unsendable, { contactId, conversationId }: Seat): Refusal {
	return {
		accepted: { type: 'refused', code, explanation, contactId, conversationId },
		text: `Mensagem não enviada: ${explanation}`,
		data: { code },
	};
}

function refusalLine(
	request: Keyed,
	{ accepted, text, data, event = 'messageRefused' }: Refusal,
	now: Instant,
): TimelineLine {
	const { channelId, key, label, recipient, topics } = request;
	// Who it is about: there may be no contact.
	const to = recipient.type === 'phone' ? { to: { name: recipient.name ?? null, phone: recipient.phone } } : {};
	return {
		event,
		at: now,
		channelId,
		contactId: accepted.contactId,
		conversationId: accepted.conversationId,
		text,
		data: { ...data, ...to, ...(label ? { label } : {}) },
		key: `${accepted.code}|${key}`,
		topics,
	};
}
