import type { Instant, RetryAdvice, StatusEvent } from '../model';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import type { UsageMark } from '../usage/add-usage';
import { priceDeliveries } from '../usage/price-deliveries';
import { alarmOfReports } from './channel-alarm';
import { newsOfReports, type Report } from './contact-news';
import { isDelivered, isNews, isOfPastAttempt, isSettled, isSurelyLastAttempt, usageOfChange } from './delivery-news';
import { findRows, storeRows, type MessageRow } from './delivery-rows';
import { followLateFailures, holdLateFailures } from './late-failures';
import { reportsInOtherForm } from './other-form';
import { judgeOutcome } from './outcome';
import { releaseWhoWrote } from './release';

/** What a report of failure means: whether trying again helps, and the sentence for people. `attempt` counts earlier ones. */
export type ExplainFailure = (
	channelId: string,
	event: StatusEvent,
	attempt: number,
) => { retry: RetryAdvice; explanation: string };

export interface DeliveryNews {
	/** Outbox ids that were settled by them. */
	settled: string[];
	/** Failures, and messages that will be tried again; ordinary news tell nothing. */
	lines: TimelineLine[];
	/** To be counted in the same transaction. */
	usage: UsageMark[];
}

/**
 * Applies delivery news to the outbox. News find their message by our own id (`biz_opaque_callback_data`), else by the provider's:
 * they may come before the answer to the send, and they settle a send whose answer never came (D4). News about messages that
 * another system sent from the same number find nothing and change nothing.
 * What a message costs is counted once: on delivery, or on reading when delivery was never told (M-27).
 */
export async function applyStatuses(
	tx: Tx,
	dialect: Store['dialect'],
	events: ReadonlyArray<{ channelId: string; event: StatusEvent }>,
	explain: ExplainFailure,
	now: Instant,
): Promise<DeliveryNews> {
	const rows = await findRows(tx, dialect, events);
	const changes = new Map<string, Change>();
	const reports: Report[] = [];
	for (const { event } of events) {
		const row = (event.outboxId && rows.byId.get(event.outboxId)) || rows.byProviderId.get(event.providerMessageId);
		if (!row || isOfPastAttempt(row, event)) continue;
		const change = changes.get(row.id) ?? { row, before: { ...row }, wide: false, told: false, at: event.at };
		const priced = notePrice(row, event);
		if (isNews(row.delivery, event.status)) apply(change, event, explain, now);
		else if (!priced) continue;
		change.at = event.at;
		changes.set(row.id, change);
		reports.push({ row, event });
	}
	if (changes.size === 0) return { settled: [], lines: [], usage: [] };
	const all = [...changes.values()];
	await reportsInOtherForm(tx, all, now);
	const held = await holdLateFailures(tx, all.filter(isFailed));
	const costs = await countCosts(tx, all, now);
	await storeRows(tx, all);
	await releaseWhoWrote(tx, dialect, held);
	const followed = await followLateFailures(tx, dialect, all.filter(isFailed).map(failureOf), now);
	const usage = all.flatMap(({ before, row, at }) =>
		usageOfChange(before, row, { channelId: row.channel_id, category: row.category, at }),
	);
	return {
		settled: all.filter(({ before, row }) => !isSettled(before.status) && isSettled(row.status)).map((c) => c.row.id),
		lines: [
			...(await linesOf(
				tx,
				all.filter((change) => change.told),
			)),
			...followed,
			...(await newsOfReports(tx, reports, now)),
			...(await alarmOfReports(
				tx,
				all.filter(isNewDelivery).map(({ row }) => row),
				now,
			)),
		],
		usage: [...usage, ...costs],
	};
}

function isNewDelivery({ before, row }: Change): boolean {
	return before.delivery !== row.delivery;
}

/** It failed for good, and that is new. */
function isFailed({ before, row, told }: Change): boolean {
	return told && row.delivery === 'failed' && before.delivery !== 'failed';
}

function failureOf({ row }: Change): { id: string; code: string } {
	return { id: row.id, code: row.error_code ?? 'failed' };
}

/** A message that reports are about, as it was and as it will be. */
interface Change {
	row: MessageRow;
	before: Readonly<MessageRow>;
	/** Whether more than delivery and price changed. */
	wide: boolean;
	/** Whether people are told. */
	told: boolean;
	at: Instant;
}

/** The category comes with `sent` and again with one of the later reports; what was counted already stays. True if it is new. */
function notePrice(row: MessageRow, { pricing }: StatusEvent): boolean {
	if (!pricing || row.currency !== null) return false;
	if (row.price_category === pricing.category && row.price_type === pricing.type) return false;
	row.price_category = pricing.category;
	row.price_type = pricing.type;
	return true;
}

function apply(change: Change, event: StatusEvent, explain: ExplainFailure, now: Instant): void {
	const { row } = change;
	if (event.status === 'failed') return fail(change, event, explain, now);
	// What arrived was sent, whatever was believed before.
	change.wide ||= row.status !== 'sent' || row.provider_message_id === null || row.error_code !== null;
	if (!isSettled(row.status)) row.provider_message_id = event.providerMessageId;
	row.provider_message_id ??= event.providerMessageId;
	row.finished_at ??= now;
	row.delivery = event.status;
	row.delivery_at = event.at;
	row.status = 'sent';
	row.error_code = null;
	row.explanation = null;
	change.told = false;
}

/** Over, or back in the line when the reason may pass: then it keeps the failed attempt's id, by which repeated reports are known. */
function fail(change: Change, event: StatusEvent, explain: ExplainFailure, now: Instant): void {
	const { row } = change;
	const { retry, explanation } = explain(row.channel_id, event, row.attempts - 1);
	const error = event.error ?? { code: 'failed', title: '', details: '' };
	const mayPass = retry.kind === 'backoff' && isSurelyLastAttempt(row, event);
	const verdict = judgeOutcome(
		{ type: 'refused', error, retry: mayPass ? retry : { kind: 'never' }, explanation },
		row.attempts,
		row.created_at,
		now,
	);
	const again = verdict.status === 'queued';
	row.status = verdict.status;
	row.not_before = again ? verdict.notBefore : row.not_before;
	row.error_code = verdict.errorCode;
	row.explanation = verdict.explanation;
	row.delivery = again ? null : 'failed';
	row.delivery_at = again ? null : event.at;
	row.finished_at = again ? null : (row.finished_at ?? now);
	row.provider_message_id = event.providerMessageId;
	change.wide = true;
	change.told = true;
}

/** Prices those that were delivered and never counted; an unknown category is kept by name, without a cost. */
async function countCosts(tx: Tx, changes: readonly Change[], now: Instant): Promise<UsageMark[]> {
	const due = changes.filter(
		({ row }) => row.currency === null && row.price_category !== null && isDelivered(row.delivery),
	);
	const deliveries = due.map(({ row, at }) => ({
		channelId: row.channel_id,
		category: row.price_category!,
		type: row.price_type ?? 'regular',
		at,
	}));
	const priced = await priceDeliveries(tx, deliveries, now);
	due.forEach(({ row }, i) => {
		row.cost_micros = priced[i]!.costMicros;
		row.currency = priced[i]!.currency;
	});
	return priced.map((each) => each.mark);
}

/** What is not over yet is told as what it is. */
const EVENTS: Record<string, string> = { queued: 'messagePostponed', held: 'messageHeld' };

/** The same sentence as if it had been refused at once, and what a workflow needs to act on it (V-12). */
async function linesOf(tx: Tx, changes: readonly Change[]): Promise<TimelineLine[]> {
	if (changes.length === 0) return [];
	const ids = changes.map(({ row }) => row.id);
	const contents = await tx
		.selectFrom('outbox')
		.select(['id', 'content'])
		.where(oneOf(tx, 'id', ids))
		.execute();
	const templates = new Map(contents.map((each) => [each.id, templateOf(each.content)]));
	return changes.map(({ row, at }) => {
		const again = row.status === 'queued' || row.status === 'held';
		return {
			event: EVENTS[row.status] ?? 'messageFailed',
			at,
			channelId: row.channel_id,
			contactId: row.contact_id,
			conversationId: row.conversation_id,
			text: row.explanation!,
			data: {
				messageId: row.id,
				code: row.error_code,
				template: templates.get(row.id) ?? null,
				label: row.label,
				...(again ? { attempt: row.attempts } : {}),
			},
			key: again ? `${row.status}|${row.id}|${row.attempts}|reported` : `failed|${row.id}`,
		};
	});
}

function templateOf(content: string): string | null {
	const { type, name } = JSON.parse(content) as { type: string; name?: string };
	return type === 'template' ? (name ?? null) : null;
}
