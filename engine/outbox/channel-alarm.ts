/**
 * Can a number send at all, and was it told that it cannot? An outage concerns every message of the number: a dead token, a
 * blocked account, no registration, no payment. It is told once, however many messages and processes meet it, and its end too.
 */
import type { Instant } from '../model';
import type { Tx } from '../store/open-store';
import { oneOf } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';

/** What one message taught about its number. */
export type ChannelNews =
	| { channelId: string; type: 'accepted' | 'delivered'; messageId: string }
	/** `kept`: the message waits for somebody to mend something, see judgeOutcome. */
	| { channelId: string; type: 'failed'; code: string | null; explanation: string | null; kept: boolean };

/**
 * Notes the news and returns what is to be told: `channelDown` or `channelUp`. Call it in the transaction that records the
 * messages; while nothing changes it costs one look at the numbers concerned.
 */
export async function soundAlarm(tx: Tx, news: readonly ChannelNews[], now: Instant): Promise<TimelineLine[]> {
	const latest = latestByChannel(news);
	if (latest.size === 0) return [];
	const channels = await tx
		.selectFrom('channel')
		.select(['id', 'down_at', 'down_code'])
		.where(oneOf(tx, 'id', [...latest.keys()]))
		.orderBy('id')
		.execute();
	const lines: TimelineLine[] = [];
	for (const channel of channels) {
		const last = latest.get(channel.id)!;
		if (last.type === 'failed') {
			if (channel.down_at === null && (await goDown(tx, channel.id, last.code!, now))) lines.push(downLine(last, now));
		} else if (channel.down_at !== null) {
			const since = Number(channel.down_at);
			if (!(await wasSentSince(tx, proofsFor(news, channel.id, channel.down_code), since))) continue;
			if (await comeUp(tx, channel.id, since)) lines.push(upLine(channel.id, channel.down_code, since, now));
		}
	}
	return lines;
}

/** What answers to sends taught; see soundAlarm. */
export function alarmOfAnswers(
	tx: Tx,
	answers: ReadonlyArray<{
		claimed: { id: string; channelId: string };
		verdict: { status: string; errorCode: string | null; explanation: string | null };
	}>,
	now: Instant,
): Promise<TimelineLine[]> {
	const news = answers.map(({ claimed: { id, channelId }, verdict }): ChannelNews => {
		const { status, errorCode: code, explanation } = verdict;
		if (status === 'sent') return { channelId, type: 'accepted', messageId: id };
		return { channelId, type: 'failed', code, explanation, kept: status !== 'refused' };
	});
	return soundAlarm(tx, news, now);
}

/** What delivery reports taught, as they left their rows; see soundAlarm. */
export function alarmOfReports(
	tx: Tx,
	rows: ReadonlyArray<{
		id: string;
		channel_id: string;
		delivery: string | null;
		error_code: string | null;
		explanation: string | null;
	}>,
	now: Instant,
): Promise<TimelineLine[]> {
	const news = rows.flatMap(({ id, channel_id: channelId, delivery, error_code: code, explanation }): ChannelNews[] => {
		if (delivery === 'failed') return [{ channelId, type: 'failed', code, explanation, kept: false }];
		return delivery === null || delivery === 'sent' ? [] : [{ channelId, type: 'delivered', messageId: id }];
	});
	return soundAlarm(tx, news, now);
}

const OUTAGE = new Set([
	...['0', '3', '10', '33', '190', '131005'],
	...['368', '131031', '131037', '131042', '131045', '133010'],
]);

/** Whether a failure concerns every message of the number. 100 does when it is the number that was not found. */
export function isOutage(code: string | null, kept: boolean): boolean {
	if (code === null) return false;
	if (code === '100' || /^http4\d\d$/.test(code)) return kept && code !== 'http429';
	return OUTAGE.has(code) || /^2\d\d$/.test(code);
}

const PAYMENT = '131042';

/**
 * The messages that may show that a number sends again. Without a payment method messages are accepted and then not
 * delivered, so acceptance shows nothing there.
 */
function proofsFor(news: readonly ChannelNews[], channelId: string, downCode: string | null): string[] {
	return news.flatMap((one) => {
		if (one.channelId !== channelId || one.type === 'failed') return [];
		return one.type === 'delivered' || downCode !== PAYMENT ? [one.messageId] : [];
	});
}

/** What was on its way when the outage began proves nothing about its end. */
async function wasSentSince(tx: Tx, messageIds: readonly string[], since: Instant): Promise<boolean> {
	if (messageIds.length === 0) return false;
	const sent = await tx
		.selectFrom('outbox')
		.select('id')
		.where(oneOf(tx, 'id', messageIds))
		.where('claimed_at', '>', since)
		.limit(1)
		.executeTakeFirst();
	return sent !== undefined;
}

/** The last word about each channel; failures that concern one message alone say nothing about it. */
function latestByChannel(news: readonly ChannelNews[]): Map<string, ChannelNews> {
	const telling = news.filter((one) => one.type !== 'failed' || isOutage(one.code, one.kept));
	return new Map(telling.map((one) => [one.channelId, one]));
}

/** False when another process was first. */
async function goDown(tx: Tx, id: string, code: string, now: Instant): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('channel')
		.set({ down_at: now, down_code: code })
		.where('id', '=', id)
		.where('down_at', 'is', null)
		.executeTakeFirst();
	return Number(numUpdatedRows) > 0;
}

async function comeUp(tx: Tx, id: string, since: Instant): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('channel')
		.set({ down_at: null, down_code: null })
		.where('id', '=', id)
		.where('down_at', '=', since)
		.executeTakeFirst();
	return Number(numUpdatedRows) > 0;
}

function downLine(one: Extract<ChannelNews, { type: 'failed' }>, now: Instant): TimelineLine {
	const why = one.explanation ?? `a Meta recusou com o código ${one.code}.`;
	const text = `O número parou de enviar: ${why}`;
	return { event: 'channelDown', at: now, channelId: one.channelId, text, data: { code: one.code } };
}

function upLine(channelId: string, code: string | null, since: Instant, now: Instant): TimelineLine {
	const text = `O número voltou a enviar, depois de ${duration(now - since)} parado.`;
	return { event: 'channelUp', at: now, channelId, text, data: { code, downSince: new Date(since).toISOString() } };
}

function duration(ms: number): string {
	const minutes = Math.max(1, Math.round(ms / 60_000));
	if (minutes < 60) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
