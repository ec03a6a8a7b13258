import type { Instant, OutboundContent, OutsideWindow } from '../model';
import { REMINDER } from '../model-receivable';
import type { Store, Tx } from '../store/open-store';
import { oneOf, updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import type { MessageRow } from './delivery-rows';
import { aboutOf, enqueue, kindOf, type OutboxRequest } from './enqueue';
import { WINDOW_CLOSED } from './outcome';
import { sinceClaimed } from './release';
import { passReminder } from './reminder-rows';
import { HELD, usedTemplate } from './rules/service-window';
import { StartsLedger, type StartNews } from './starts-ledger';
import { WAITS } from './unfinished';

/**
 * Messages that were accepted came back as failed, and are over: `code` is the provider's. Too many failed starts brake the number
 * . One that failed because its window had closed (131047) is sent once more as the template its sender chose (D-19).
 * Call it once the failures are stored; returns lines to tell.
 */
export async function followLateFailures(
	tx: Tx,
	dialect: Store['dialect'],
	failures: ReadonlyArray<{ id: string; code: string }>,
	now: Instant,
): Promise<TimelineLine[]> {
	if (failures.length === 0) return [];
	const codes = new Map(failures.map(({ id, code }) => [id, code]));
	const rows = await tx
		.selectFrom('outbox')
		.select(['id', 'channel_id', 'contact_id', 'conversation_id', 'address', 'content', 'origin', 'purpose'])
		.select(['valid_until', 'priority', 'label', 'outside_window', 'started_at', 'topics', 'contact_hours'])
		.where(oneOf(tx, 'id', [...codes.keys()]))
		.execute();
	const lines: TimelineLine[] = [];
	const requests: OutboxRequest[] = [];
	const replaced: string[] = [];
	for (const row of rows) {
		const plan = row.outside_window === null ? null : (JSON.parse(row.outside_window) as OutsideWindow);
		if (codes.get(row.id) !== WINDOW_CLOSED || plan?.type !== 'template') continue;
		if ((JSON.parse(row.content) as OutboundContent).type === 'template') continue;
		const place = { channelId: row.channel_id, contactId: row.contact_id, conversationId: row.conversation_id };
		requests.push({
			...place,
			address: row.address,
			content: plan.content,
			origin: row.origin as OutboxRequest['origin'],
			dedupeKey: templateInPlaceOf(row.id),
			kind: kindOf(row.priority),
			...(row.purpose !== null && { purpose: row.purpose }),
			...(row.label !== null && { label: row.label }),
			...(row.valid_until !== null && { validUntil: Number(row.valid_until) }),
			...aboutOf(row),
		});
		replaced.push(row.id);
		lines.push({
			...place,
			event: 'templateUsed',
			at: now,
			text: usedTemplate(plan.content.name),
			data: { messageId: row.id, template: plan.content.name },
			key: `templateUsed|${row.id}`,
		});
	}
	const enqueued = await enqueue(tx, requests, now);
	for (const [i, id] of replaced.entries()) {
		if (requests[i]!.purpose === REMINDER) await passReminder(tx, id, enqueued[i]!.id);
	}
	const starts = rows.filter((row) => row.started_at !== null);
	const news = starts.map((row): StartNews => ({
		type: 'failedLater',
		channelId: row.channel_id,
		code: codes.get(row.id)!,
	}));
	return [...lines, ...(await countStartNews(tx, dialect, news, now))];
}

/** The dedupe key of the template that is sent in the place of a message whose window had closed. */
export function templateInPlaceOf(messageId: string): string {
	return `${messageId}|template`;
}

/**
 * Of the messages that failed because their window had closed, those whose sender chose to hold them wait for the contact, as if
 * it had been known at once (D-19). Changes their rows, which the caller stores. @returns who was held, for releaseWhoWrote
 */
export async function holdLateFailures(
	tx: Tx,
	failed: ReadonlyArray<{ row: MessageRow }>,
): Promise<Array<{ contactId: string; channelId: string; since: Instant }>> {
	const closed = new Map(failed.flatMap(({ row }) => (row.error_code === WINDOW_CLOSED ? [[row.id, row]] : [])));
	if (closed.size === 0) return [];
	const stored = await tx
		.selectFrom('outbox')
		.select(['id', 'content', 'outside_window', 'claimed_at'])
		.where(oneOf(tx, 'id', [...closed.keys()]))
		.where('outside_window', 'is not', null)
		.execute();
	const held = stored.filter(
		({ content, outside_window }) =>
			(JSON.parse(outside_window!) as OutsideWindow).type === 'hold' &&
			(JSON.parse(content) as OutboundContent).type !== 'template',
	);
	await updateMany(
		tx,
		'outbox',
		held.map(({ id }) => ({ id, waits: WAITS.forStart, started_at: null })),
	);
	return held.map(({ id, claimed_at }) => {
		const row = closed.get(id)!;
		row.status = 'held';
		row.not_before = 0;
		row.error_code = HELD.code;
		row.explanation = HELD.text;
		row.delivery = null;
		row.delivery_at = null;
		row.finished_at = null;
		return { contactId: row.contact_id, channelId: row.channel_id, since: sinceClaimed(Number(claimed_at ?? 0)) };
	});
}

async function countStartNews(tx: Tx, dialect: Store['dialect'], news: readonly StartNews[], now: Instant) {
	if (news.length === 0) return [];
	const ledger = await StartsLedger.open(
		tx,
		dialect,
		news.map((each) => each.channelId),
		now,
	);
	for (const each of news) ledger.note(each);
	await ledger.save();
	return ledger.lines;
}
