import type { Instant } from '../model';
import type { Store, Tx } from '../store/open-store';
import { oneOf, updateMany } from '../store/sql';
import type { TimelineLine } from '../timeline/timeline';
import type { Claimed } from './claim';
import type { Verdict } from './outcome';

/** What became of one claimed message. */
export interface Answer {
	claimed: Claimed;
	verdict: Verdict;
}

/**
 * Writes down what the network answered. A delivery report may have settled a message before the answer to its send came:
 * what is proven stays, and `overtaken` names it.
 */
export async function recordAnswers(
	tx: Tx,
	dialect: Store['dialect'],
	answers: readonly Answer[],
	now: Instant,
): Promise<{ lines: TimelineLine[]; overtaken: Set<string> }> {
	const stillOpen = await lockSending(
		tx,
		dialect,
		answers.map((a) => a.claimed.id),
	);
	const news = answers.filter((a) => stillOpen.has(a.claimed.id));
	await updateMany(
		tx,
		'outbox',
		news.map(({ claimed, verdict }) => ({
			id: claimed.id,
			status: verdict.status,
			not_before: verdict.notBefore,
			error_code: verdict.errorCode,
			explanation: verdict.explanation,
			provider_message_id: verdict.providerMessageId,
			finished_at: isFinal(verdict) ? now : null,
		})),
	);
	const overtaken = new Set(answers.map((a) => a.claimed.id).filter((id) => !stillOpen.has(id)));
	return { lines: news.filter(({ verdict }) => verdict.status !== 'sent').map((a) => lineOf(a, now)), overtaken };
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

const EVENTS = { refused: 'messageRefused', unknown: 'messageUnconfirmed', queued: 'messagePostponed', sent: '' };

function lineOf({ claimed, verdict }: Answer, now: Instant): TimelineLine {
	return {
		event: EVENTS[verdict.status],
		at: now,
		channelId: claimed.channelId,
		contactId: claimed.contactId,
		conversationId: claimed.conversationId,
		text: verdict.explanation ?? '',
		data: { messageId: claimed.id, code: verdict.errorCode, attempt: claimed.attempts },
		key: `${verdict.status}|${claimed.id}|${claimed.attempts}`,
	};
}
