import type { Instant, MessageKind, OutboundContent, OutsideWindow } from '../model';
import type { Store, Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import { enqueue, PRIORITIES, type OutboxRequest } from './enqueue';
import { WINDOW_CLOSED } from './outcome';
import { usedTemplate } from './rules/service-window';
import { StartsLedger, type StartNews } from './starts-ledger';

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
		.select(['valid_until', 'priority', 'label', 'outside_window', 'started_at'])
		.where(oneOf(tx, 'id', [...codes.keys()]))
		.execute();
	const lines: TimelineLine[] = [];
	const requests: OutboxRequest[] = [];
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
			dedupeKey: `${row.id}|template`,
			kind: kindOf(row.priority),
			...(row.purpose !== null && { purpose: row.purpose }),
			...(row.label !== null && { label: row.label }),
			...(row.valid_until !== null && { validUntil: Number(row.valid_until) }),
		});
		lines.push({
			...place,
			event: 'templateUsed',
			at: now,
			text: usedTemplate(plan.content.name),
			data: { messageId: row.id, template: plan.content.name },
			key: `templateUsed|${row.id}`,
		});
	}
	await enqueue(tx, requests, now);
	const starts = rows.filter((row) => row.started_at !== null);
	const news = starts.map((row): StartNews => ({
		type: 'failedLater',
		channelId: row.channel_id,
		code: codes.get(row.id)!,
	}));
	return [...lines, ...(await countStartNews(tx, dialect, news, now))];
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

function kindOf(priority: number): MessageKind {
	return (Object.keys(PRIORITIES) as MessageKind[]).find((kind) => PRIORITIES[kind] === priority) ?? 'reply';
}
