import type { Instant } from '../model';
import type { TemplateContent } from '../model-template';
import type { Store, Tx } from '../store/open-store';
import { oneOf, updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import type { UsageMark } from '../usage/add-usage';
import { alarmOfAnswers } from './channel-alarm';
import type { Claimed } from './claim';
import { newsOfAnswers } from './contact-news';
import { answersInOtherForm } from './other-form';
import type { Verdict } from './outcome';
import { releaseWhoWrote, sinceClaimed } from './release';
import type { StartNews } from './starts-ledger';
import { WAITS } from './unfinished';
import { usageOfAnswers } from './usage-of-sending';

/** What became of one claimed message. */
export interface Answer {
	claimed: Claimed;
	verdict: Verdict;
	/** The provider's answer was about the message itself: nothing of it has left. */
	cameBack: boolean;
	/** What is sent in its place the next time. */
	replacement: TemplateContent | null;
}

/**
 * Writes down what the network answered. A delivery report may have settled a message before the answer to its send came:
 * what is proven stays, and `overtaken` names it. It also names what goes back into the line under another address.
 */
export async function recordAnswers(
	tx: Tx,
	dialect: Store['dialect'],
	answers: readonly Answer[],
	now: Instant,
): Promise<{ lines: TimelineLine[]; overtaken: Set<string>; starts: StartNews[]; usage: UsageMark[] }> {
	const stillOpen = await lockSending(
		tx,
		dialect,
		answers.map((a) => a.claimed.id),
	);
	const open = answers.filter((a) => stillOpen.has(a.claimed.id));
	const { answers: news, readdressed } = await answersInOtherForm(tx, open, now);
	await updateMany(
		tx,
		'outbox',
		news.map(({ claimed, verdict, cameBack }) => ({
			id: claimed.id,
			status: verdict.status,
			waits: verdict.status === 'held' ? WAITS.forStart : WAITS.forNothing,
			started_at: cameBack ? null : claimed.startedAt,
			hint: hintOf({ claimed, verdict }),
			not_before: verdict.notBefore,
			error_code: verdict.errorCode,
			explanation: verdict.explanation,
			provider_message_id: verdict.providerMessageId,
			finished_at: isFinal(verdict) ? now : null,
		})),
	);
	await replaceContents(tx, news);
	await releaseWhoWrote(tx, dialect, news.flatMap(heldBy));
	const overtaken = new Set(answers.map((a) => a.claimed.id).filter((id) => !stillOpen.has(id) || readdressed.has(id)));
	const lines = news.filter(({ verdict }) => verdict.status !== 'sent').map((a) => lineOf(a, now));
	lines.push(...(await newsOfAnswers(tx, news, now)));
	lines.push(...(await alarmOfAnswers(tx, news, now)));
	return { lines, overtaken, starts: news.flatMap(startNewsOf), usage: usageOfAnswers(news, now) };
}

/** What was done differently from what was asked, by us and by the channel. */
export function hintOf({ claimed, verdict }: Pick<Answer, 'claimed' | 'verdict'>): string | null {
	return [claimed.hint, verdict.hint].filter((hint) => hint !== null).join(' ') || null;
}

export function isFinal(verdict: Verdict): boolean {
	return verdict.status === 'sent' || verdict.status === 'refused';
}

/** On PostgreSQL the rows stay locked, so that no delivery report is overwritten by an answer that is already out of date. */
async function lockSending(tx: Tx, dialect: Store['dialect'], ids: readonly string[]): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const query = tx
		.selectFrom('outbox')
		.select('id')
		.where(oneOf(tx, 'id', ids))
		.where('status', '=', 'sending')
		.orderBy('id');
	const rows = await (dialect === 'postgres' ? query.forUpdate() : query).execute();
	return new Set(rows.map((row) => row.id));
}

/** The provider said that the window has closed; what the contact wrote since it was sent opens it again. */
function heldBy({ claimed: { contactId, channelId, claimedAt }, verdict }: Answer) {
	return verdict.status === 'held' ? [{ contactId, channelId, since: sinceClaimed(claimedAt) }] : [];
}

function startNewsOf({ claimed, verdict, cameBack }: Answer): StartNews[] {
	const { channelId, startedAt } = claimed;
	if (startedAt === null) return [];
	const news: StartNews[] = cameBack ? [{ type: 'cameBack', channelId, startedAt }] : [];
	if (verdict.status === 'sent') return [...news, { type: 'ended', channelId, code: null }];
	return verdict.status === 'refused' ? [...news, { type: 'ended', channelId, code: verdict.errorCode }] : news;
}

async function replaceContents(tx: Tx, answers: readonly Answer[]): Promise<void> {
	await updateMany(
		tx,
		'outbox',
		answers.flatMap(({ claimed, replacement }) =>
			replacement
				? [{ id: claimed.id, content: JSON.stringify(replacement), category: replacement.category as string }]
				: [],
		),
	);
}

const EVENTS = {
	refused: 'messageRefused',
	unknown: 'messageUnconfirmed',
	queued: 'messagePostponed',
	held: 'messageHeld',
	sent: '',
};

function lineOf({ claimed, verdict, replacement }: Answer, now: Instant): TimelineLine {
	return {
		event: replacement ? 'templateUsed' : EVENTS[verdict.status],
		at: now,
		channelId: claimed.channelId,
		contactId: claimed.contactId,
		conversationId: claimed.conversationId,
		text: (replacement ? verdict.hint : verdict.explanation) ?? '',
		data: { messageId: claimed.id, code: verdict.errorCode, attempt: claimed.attempts },
		key: `${verdict.status}|${claimed.id}|${claimed.attempts}`,
	};
}
